package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Pressable makes one thing of its content that can be pressed as a whole: a
// row that leads somewhere, a card that is an answer. The content must hold
// nothing else that takes taps or the keyboard.
type Pressable struct {
	press
	content fyne.CanvasObject
	radius  float32
}

// NewPressable returns content that can be pressed. It is tinted under the
// pointer; radius is that of the tint and of the focus ring.
func NewPressable(content fyne.CanvasObject, radius float32, onTap func()) *Pressable {
	p := &Pressable{content: content, radius: radius}
	p.onPress = onTap
	p.ExtendBaseWidget(p)
	return p
}

// heightFor lets paragraphs inside decide the height.
func (p *Pressable) heightFor(width float32) float32 { return heightAt(p.content, width) }

// CreateRenderer implements fyne.Widget.
func (p *Pressable) CreateRenderer() fyne.WidgetRenderer {
	back, ring := rect(p.radius), newBox(p.radius)
	return show(&drawing{
		widget: p, objects: append([]fyne.CanvasObject{back, p.content}, ring.objects()...),
		paint: func() {
			paper, line := look.Clear, look.Clear
			if p.hovered && !p.off {
				paper = look.Sunken
			}
			if p.focused {
				line = look.Primary
			}
			fill(back, paper)
			ring.paint(look.Clear, line, 2)
		},
		layout: func(size fyne.Size) {
			place(back, 0, 0, size.Width, size.Height)
			place(p.content, 0, 0, size.Width, size.Height)
			ring.place(0, 0, size.Width, size.Height)
		},
		min: func() fyne.Size { return p.content.MinSize() },
	})
}

package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// NewLink returns words in the primary colour that can be pressed.
func NewLink(text string, onTap func()) *Link {
	return NewLinkIn(LinkSpec{Text: text, OnTap: onTap})
}

// LinkSpec describes a link.
type LinkSpec struct {
	Text  string
	Icon  look.IconName // before the words
	Style Style         // zero: Body in the primary colour
	OnTap func()
}

// Link is words that can be pressed, without padding.
type Link struct {
	press
	spec LinkSpec
}

// NewLinkIn returns a link in another size, colour or with an icon.
func NewLinkIn(spec LinkSpec) *Link {
	if spec.Style.Size == 0 {
		spec.Style = Body().In(look.Primary)
	}
	l := &Link{spec: spec}
	l.onPress = func() {
		if l.spec.OnTap != nil {
			l.spec.OnTap()
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// SetText changes the words.
func (l *Link) SetText(text string) {
	l.spec.Text = text
	l.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	icon, text, line, ring := newPicture(), newCanvasText(), rect(0), newBox(look.RadiusTag)
	size := look.IconSize
	if l.spec.Style.Size <= look.TextSmall {
		size = 14
	}
	lead := func() float32 {
		if l.spec.Icon == "" {
			return 0
		}
		return size + 6
	}
	return show(&drawing{
		widget: l, objects: append(ring.objects(), icon.image, text, line),
		paint: func() {
			style := l.spec.Style
			if l.off {
				style = style.In(look.Muted)
			}
			ink(text, l.spec.Text, style)
			icon.paint(l.spec.Icon, style.Color)
			fill(line, look.Clear)
			if l.hovered && !l.off {
				fill(line, style.Color)
			}
			ring.paint(look.Clear, look.Clear, 0)
			if l.focused {
				ring.paint(look.Clear, look.Primary, 2)
			}
		},
		layout: func(at fyne.Size) {
			width := l.spec.Style.Measure(l.spec.Text)
			icon.place(0, floor((at.Height-size)/2), size)
			place(text, lead(), 0, width.Width, at.Height)
			place(line, lead(), floor((at.Height+width.Height)/2)-2, width.Width, 1)
			ring.place(-4, -2, lead()+width.Width+8, at.Height+4)
		},
		min: func() fyne.Size {
			width := l.spec.Style.Measure(l.spec.Text).Width
			return fyne.NewSize(ceil(lead()+width), max(l.spec.Style.Height(), 20))
		},
	})
}

package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// IconButtonSpec describes a button that is only an icon.
type IconButtonSpec struct {
	Icon  look.IconName
	Label string // says what it does, for tests and screen readers
	Token look.Token
	Size  float32 // of the button; 0 is 28
	OnTap func()
}

// IconButton is a button that is only an icon.
type IconButton struct {
	press
	spec IconButtonSpec
	bare bool // no fill under the pointer, as on dark paper
}

// NewIconButton returns a button that is only an icon, 28 high and wide unless
// the spec says otherwise.
func NewIconButton(spec IconButtonSpec) *IconButton {
	if spec.Size == 0 {
		spec.Size = look.ControlSmall
	}
	if spec.Token == "" {
		spec.Token = look.Text
	}
	b := &IconButton{spec: spec}
	b.onPress = func() {
		if b.spec.OnTap != nil {
			b.spec.OnTap()
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// Text says what the button does.
func (b *IconButton) Text() string { return b.spec.Label }

// SetIcon changes drawing and colour.
func (b *IconButton) SetIcon(name look.IconName, t look.Token) {
	b.spec.Icon, b.spec.Token = name, t
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	body, image := newBox(look.RadiusControl), newPicture()
	return show(&drawing{
		widget: b, objects: append(body.objects(), image.image),
		paint: func() {
			filling, token := look.Clear, b.spec.Token
			if b.hovered && !b.off && !b.bare {
				filling = look.Neutral
			}
			if b.off {
				token = look.Strong
			}
			body.paint(filling, look.Clear, 0)
			if b.focused {
				body.paint(filling, look.Primary, 2)
			}
			image.paint(b.spec.Icon, token)
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			icon := look.IconSize
			if b.bare {
				icon = 14
			}
			image.place(floor((size.Width-icon)/2), floor((size.Height-icon)/2), icon)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(b.spec.Size) },
	})
}

package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Icon is one of our drawings in the colour of a token.
type Icon struct {
	base
	name  look.IconName
	token look.Token
	size  float32
}

// NewIcon returns a drawing as high and wide as size.
func NewIcon(name look.IconName, t look.Token, size float32) *Icon {
	i := &Icon{name: name, token: t, size: size}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes drawing and colour.
func (i *Icon) Set(name look.IconName, t look.Token) {
	if i.name != name || i.token != t {
		i.name, i.token = name, t
		i.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	image := newPicture()
	return show(&drawing{
		widget: i, objects: []fyne.CanvasObject{image.image},
		paint: func() { image.paint(i.name, i.token) },
		layout: func(size fyne.Size) {
			image.place(floor((size.Width-i.size)/2), floor((size.Height-i.size)/2), i.size)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(i.size) },
	})
}

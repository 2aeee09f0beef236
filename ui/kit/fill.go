package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/look"
)

// Fill is a plain area of one colour, behind other things.
type Fill struct {
	base
	token  look.Token
	radius float32
}

// NewFill returns an area in the colour of a token.
func NewFill(t look.Token, radius float32) *Fill {
	f := &Fill{token: t, radius: radius}
	f.ExtendBaseWidget(f)
	return f
}

// SetToken changes the colour.
func (f *Fill) SetToken(t look.Token) { f.token = t; f.Refresh() }

// CreateRenderer implements fyne.Widget.
func (f *Fill) CreateRenderer() fyne.WidgetRenderer {
	area := rect(f.radius)
	return show(&drawing{
		widget: f, objects: []fyne.CanvasObject{area},
		paint:  func() { fill(area, f.token) },
		layout: func(size fyne.Size) { place(area, 0, 0, size.Width, size.Height) },
		min:    func() fyne.Size { return fyne.NewSize(1, 1) },
	})
}

// On puts an object on an area of one colour.
func On(t look.Token, o fyne.CanvasObject) *fyne.Container {
	return container.New(newFrame(Edges{}), NewFill(t, 0), o)
}

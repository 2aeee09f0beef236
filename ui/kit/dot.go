package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Dot is a filled circle, such as the mark of an unreviewed row.
type Dot struct {
	base
	token look.Token
	size  float32
}

// NewDot returns a circle of a diameter.
func NewDot(t look.Token, size float32) *Dot {
	d := &Dot{token: t, size: size}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	circle := canvas.NewCircle(color.Transparent)
	return show(&drawing{
		widget: d, objects: []fyne.CanvasObject{circle},
		paint: func() { circle.FillColor = look.Color(d.token) },
		layout: func(size fyne.Size) {
			place(circle, (size.Width-d.size)/2, (size.Height-d.size)/2, d.size, d.size)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(d.size) },
	})
}

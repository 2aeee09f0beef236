package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// ReadoutSpec describes a value that stands like a field, and cannot be changed
// there.
type ReadoutSpec struct {
	Text string
	Mono bool
	Icon look.IconName // at the right
	// Helper is a muted sentence below.
	Helper string
}

// Dots stand for a secret that is kept. How many there are says nothing about it.
const Dots = "••••••••••••••••••••••"

// NewReadout returns a value in the box of a field, 32 high.
func NewReadout(spec ReadoutSpec) fyne.CanvasObject {
	style := Body()
	if spec.Mono {
		style = Code()
	}
	row := []fyne.CanvasObject{Grow(middle(NewText(spec.Text, style).Shrink()))}
	if spec.Icon != "" {
		row = append(row, NewIcon(spec.Icon, look.Muted, look.IconSize))
	}
	box := &readout{inner: Sides(11, 0, HBox(8, row...))}
	box.ExtendBaseWidget(box)
	if spec.Helper == "" {
		return box
	}
	return VBox(5, box, NewText(spec.Helper, Small()).Shrink())
}

type readout struct {
	base
	inner fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (r *readout) CreateRenderer() fyne.WidgetRenderer {
	body := newBox(look.RadiusControl)
	return show(&drawing{
		widget: r, objects: append(body.objects(), r.inner),
		paint: func() { body.paint(look.Surface, look.Control, 1) },
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			place(r.inner, 0, 0, size.Width, size.Height)
		},
		min: func() fyne.Size { return fyne.NewSize(80, look.ControlHeight) },
	})
}

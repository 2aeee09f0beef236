package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Rule is a line of 1 px.
type Rule struct {
	base
	token   look.Token
	upright bool
}

// NewRule returns a level line across.
func NewRule() *Rule { return newRule(false) }

// NewUprightRule returns an upright line.
func NewUprightRule() *Rule { return newRule(true) }

func newRule(upright bool) *Rule {
	r := &Rule{token: look.Border, upright: upright}
	r.ExtendBaseWidget(r)
	return r
}

// In returns the line in another colour.
func (r *Rule) In(t look.Token) *Rule { r.token = t; return r }

// CreateRenderer implements fyne.Widget.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	line := rect(0)
	return show(&drawing{
		widget: r, objects: []fyne.CanvasObject{line},
		paint: func() { fill(line, r.token) },
		layout: func(size fyne.Size) {
			if r.upright {
				place(line, 0, 0, 1, size.Height)
				return
			}
			place(line, 0, 0, size.Width, 1)
		},
		min: func() fyne.Size { return fyne.NewSize(1, 1) },
	})
}

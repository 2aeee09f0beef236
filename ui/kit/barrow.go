package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// BarRow is a label, an amount and a bar below them, 38 high.
type BarRow struct {
	base
	label, value string
	part         float32
	token        look.Token
}

// NewBarRow returns a row whose bar fills part (0 to 1) of its track.
func NewBarRow(label, value string, part float32) *BarRow {
	b := &BarRow{label: label, value: value, part: part, token: look.ChartOut}
	b.ExtendBaseWidget(b)
	return b
}

// In returns the row with a bar of another colour.
func (b *BarRow) In(t look.Token) *BarRow { b.token = t; return b }

// CreateRenderer implements fyne.Widget.
func (b *BarRow) CreateRenderer() fyne.WidgetRenderer {
	const thick = 6
	label, value, track, bar := newCanvasText(), newCanvasText(), rect(thick/2), rect(thick/2)
	return show(&drawing{
		widget: b, objects: []fyne.CanvasObject{track, bar, label, value},
		paint: func() {
			ink(label, b.label, Body())
			ink(value, b.value, Body().Right())
			fill(track, look.Neutral)
			fill(bar, b.token)
		},
		layout: func(size fyne.Size) {
			wide := Body().Measure(b.value).Width
			label.Text = Body().Fit(b.label, size.Width-wide-12)
			place(label, 0, 0, size.Width-wide-12, 20)
			place(value, size.Width-wide, 0, wide, 20)
			place(track, 0, 23, size.Width, thick)
			place(bar, 0, 23, max(size.Width*max(min(b.part, 1), 0), 0), thick)
			bar.Hidden = b.part <= 0
		},
		min: func() fyne.Size {
			return fyne.NewSize(60+Body().Measure(b.value).Width, 29)
		},
	})
}

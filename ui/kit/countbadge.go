package kit

import (
	"fyne.io/fyne/v2"
)

// CountBadge is a small figure in a tint, such as the number of alerts.
type CountBadge struct {
	base
	text string
	tone Tone
}

// NewCountBadge returns a figure in a tint.
func NewCountBadge(text string, tone Tone) *CountBadge {
	b := &CountBadge{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the figure.
func (b *CountBadge) SetText(text string) { b.text = text; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *CountBadge) CreateRenderer() fyne.WidgetRenderer {
	body, text := rect(10), newCanvasText()
	return show(&drawing{
		widget: b, objects: []fyne.CanvasObject{body, text},
		paint: func() {
			fill(body, b.tone.Paper())
			ink(text, b.text, Small().In(b.tone.Ink()).Center())
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - 20) / 2)
			place(body, 0, y, size.Width, 20)
			place(text, 0, y, size.Width, 20)
		},
		min: func() fyne.Size { return countBadgeSize(b.text) },
	})
}

func countBadgeSize(text string) fyne.Size {
	return fyne.NewSize(max(ceil(Small().Measure(text).Width)+12, 20), 20)
}

package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/look"
)

// Total is one cell of a totals card.
type Total struct {
	Label string
	Value string
	Note  string
	Tone  Tone // of the note: Success for the better, Warning for stale
}

// Totals shows figures side by side in a card, 82 high.
type Totals struct {
	base
	cells []Total
}

// NewTotals returns a card of figures.
func NewTotals(cells ...Total) *Totals {
	t := &Totals{cells: cells}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the figures. Their number stays.
func (t *Totals) Set(cells ...Total) { t.cells = cells; t.Refresh() }

func (c Total) noteStyle() Style {
	if c.Tone == Neutral {
		return Small()
	}
	return Small().In(c.Tone.Ink())
}

// CreateRenderer implements fyne.Widget.
func (t *Totals) CreateRenderer() fyne.WidgetRenderer {
	const high, parts = 82, 4
	body := newBox(look.RadiusCard)
	d := &drawing{widget: t}
	d.paint = func() {
		body.paint(look.Surface, look.Border, 1)
		d.objects = body.objects()
		for i, c := range t.cells {
			label, value, note, line := newCanvasText(), newCanvasText(), newCanvasText(), rect(0)
			ink(label, c.Label, Small())
			ink(value, c.Value, Page())
			ink(note, c.Note, c.noteStyle())
			fill(line, look.Border)
			line.Hidden = i == 0
			d.objects = append(d.objects, line, label, value, note)
		}
	}
	d.layout = func(size fyne.Size) {
		body.place(0, 0, size.Width, size.Height)
		wide := (size.Width - 2) / float32(max(len(t.cells), 1))
		for i := range t.cells {
			own := d.objects[2+i*parts : 2+(i+1)*parts]
			x := 1 + floor(float32(i)*wide)
			place(own[0], x, 10, 1, high-20)
			inner := wide - 2*look.Space4
			place(own[1], x+look.Space4, 9, inner, 18)
			place(own[2], x+look.Space4, 27, inner, 29)
			place(own[3], x+look.Space4, 55, inner, 18)
		}
	}
	d.min = func() fyne.Size {
		widest := float32(0)
		for _, c := range t.cells {
			widest = max(widest, Page().Measure(c.Value).Width, c.noteStyle().Measure(c.Note).Width)
		}
		return fyne.NewSize((widest+2*look.Space4)*float32(len(t.cells)), high)
	}
	return show(d)
}

// SummaryStrip shows what a filter holds: 36 high, a bold count, then labels
// with bold values.
func SummaryStrip(count string, trailing fyne.CanvasObject, pairs ...Span) *fyne.Container {
	parts := []fyne.CanvasObject{NewText(count, Body().Strong())}
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, HBox(look.Space2, NewText(pairs[i].Text, pairs[i].Style), NewText(pairs[i+1].Text, pairs[i+1].Style)))
	}
	parts = append(parts, Spring())
	if trailing != nil {
		parts = append(parts, trailing)
	}
	return Fixed(0, look.SummaryHeight, container.New(newFrame(Edges{Left: 16, Right: 16}), HBox(28, parts...)))
}

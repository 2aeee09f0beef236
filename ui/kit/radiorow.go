package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// RadioRowSpec describes a radio button that is a whole row or a small card.
type RadioRowSpec struct {
	Title    string
	Badge    string // an info pill beside the title
	Sentence string
	Tile     fyne.CanvasObject // left of the words, such as an icon tile
	Trailing fyne.CanvasObject // at the right end
	Card     bool              // a card of its own, not a row of one
	Chosen   bool
	First    bool // the row reaches the upper corners of a card
	Last     bool // the row reaches the lower corners of a card
	OnChoose func()
}

// RadioRow is a radio button with a title and a sentence.
type RadioRow struct {
	press
	spec RadioRowSpec
	body fyne.CanvasObject
}

// NewRadioRow returns a radio button that is a row. Whoever holds the group
// sets the others.
func NewRadioRow(spec RadioRowSpec) *RadioRow {
	r := &RadioRow{spec: spec}
	r.onPress = func() {
		if r.spec.OnChoose != nil {
			r.spec.OnChoose()
		}
	}
	title := []fyne.CanvasObject{NewText(spec.Title, Body().Strong())}
	if spec.Badge != "" {
		title = append(title, NewPill(PillSpec{Text: spec.Badge, Tone: Info}))
	}
	words := VBox(1, HBox(8, title...))
	if spec.Sentence != "" {
		style := Small()
		if spec.Card {
			style = Body().In(look.Text2)
		}
		words.Add(NewParagraph(spec.Sentence, style, 0))
	}
	parts := []fyne.CanvasObject{Grow(middle(words))}
	if spec.Tile != nil {
		parts = append([]fyne.CanvasObject{spec.Tile}, parts...)
	}
	if spec.Trailing != nil {
		parts = append(parts, spec.Trailing)
	}
	r.body = Pad(Edges{Top: 12, Right: 16, Bottom: 12, Left: r.left()}, HBox(14, parts...))
	r.ExtendBaseWidget(r)
	return r
}

// left is where the words begin.
func (r *RadioRow) left() float32 {
	if r.spec.Tile != nil {
		return 46
	}
	return 42
}

// SetChosen chooses or clears the row without reporting it.
func (r *RadioRow) SetChosen(chosen bool) {
	if r.spec.Chosen != chosen {
		r.spec.Chosen = chosen
		r.Refresh()
	}
}

func (r *RadioRow) colors() (paper, line look.Token, width float32) {
	switch {
	case r.spec.Card && r.spec.Chosen:
		return look.Surface, look.Primary, 2
	case r.spec.Card:
		return look.Surface, look.Control, 1
	case r.spec.Chosen:
		return look.RowChecked, look.Clear, 0
	case r.hovered:
		return look.Sunken, look.Clear, 0
	}
	return look.Clear, look.Clear, 0
}

// CreateRenderer implements fyne.Widget.
func (r *RadioRow) CreateRenderer() fyne.WidgetRenderer {
	radius := float32(0)
	if r.spec.Card {
		radius = look.RadiusControl
	}
	paper, mark, ring := newBox(radius), newRadioMark(), newBox(11)
	objects := append(paper.objects(), r.body)
	objects = append(append(objects, ring.objects()...), mark.objects()...)
	return show(&drawing{
		widget: r, objects: objects,
		paint: func() {
			paper.paint(r.colors())
			if r.spec.First {
				paper.inner.TopLeftCornerRadius, paper.inner.TopRightCornerRadius = look.RadiusInside, look.RadiusInside
			}
			if r.spec.Last {
				paper.inner.BottomLeftCornerRadius, paper.inner.BottomRightCornerRadius = look.RadiusInside, look.RadiusInside
			}
			mark.paint(r.spec.Chosen, r.off)
			ringPaint(ring, r.focused)
		},
		layout: func(size fyne.Size) {
			paper.place(0, 0, size.Width, size.Height)
			place(r.body, 0, 0, size.Width, size.Height)
			y := floor((size.Height - checkSize) / 2)
			if r.spec.Card {
				y = 14
			}
			mark.place(16, y, checkSize)
			ring.place(13, y-3, checkSize+6, checkSize+6)
		},
		min: func() fyne.Size { return r.body.MinSize() },
	})
}

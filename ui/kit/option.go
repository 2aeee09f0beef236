package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/look"
)

// OptionFact is a line of facts on an option card.
type OptionFact struct {
	Icon look.IconName
	Good bool // the icon in the positive colour
	Text string
}

// OptionSpec describes one of the large answers of the welcome screen.
type OptionSpec struct {
	Icon      look.IconName
	Ink       look.Token
	Paper     look.Token
	Title     string
	Badge     string // an info pill beside the title
	Sentence  string
	Facts     []OptionFact
	Chosen    bool
	OnChoose  func()
	MinHeight float32
}

// OptionCard is a large radio button with facts.
type OptionCard struct {
	press
	spec OptionSpec
	body fyne.CanvasObject
}

// NewOptionCard returns a large radio button. Whoever holds the group sets the
// others.
func NewOptionCard(spec OptionSpec) *OptionCard {
	c := &OptionCard{spec: spec}
	c.onPress = func() {
		if c.spec.OnChoose != nil {
			c.spec.OnChoose()
		}
	}
	title := []fyne.CanvasObject{NewText(spec.Title, Heading())}
	if spec.Badge != "" {
		title = append(title, NewPill(PillSpec{Text: spec.Badge, Tone: Info}))
	}
	parts := []fyne.CanvasObject{
		Leading(NewIconTile(spec.Icon, spec.Ink, spec.Paper, 40)),
		Pad(Edges{Top: 16}, Fixed(0, 22, HBox(8, title...))),
		Pad(Edges{Top: 6}, Fixed(0, 38, NewParagraph(spec.Sentence, Body().In(look.Text2), 0))),
		Pad(Edges{Top: 16, Bottom: 14}, NewRule()),
	}
	for _, fact := range spec.Facts {
		token := look.Muted
		if fact.Good {
			token = look.Positive
		}
		parts = append(parts, Fixed(0, 28, HBox(8, NewIcon(fact.Icon, token, look.IconSize), NewText(fact.Text, Body()))))
	}
	c.body = Inset(25, VBox(0, parts...))
	c.ExtendBaseWidget(c)
	return c
}

// SetChosen chooses or clears the card without reporting it.
func (c *OptionCard) SetChosen(chosen bool) {
	if c.spec.Chosen != chosen {
		c.spec.Chosen = chosen
		c.Refresh()
	}
}

func (c *OptionCard) heightFor(width float32) float32 {
	return max(heightAt(c.body, width), c.spec.MinHeight)
}

// CreateRenderer implements fyne.Widget.
func (c *OptionCard) CreateRenderer() fyne.WidgetRenderer {
	const radio = 18
	paper, mark, ring := newBox(look.RadiusCard), newRadioMark(), newBox(12)
	objects := append(paper.objects(), c.body)
	objects = append(append(objects, ring.objects()...), mark.objects()...)
	return show(&drawing{
		widget: c, objects: objects,
		paint: func() {
			line, width := look.Border, float32(1)
			if c.hovered {
				line = look.Control
			}
			if c.spec.Chosen {
				line, width = look.Primary, 2
			}
			paper.paint(look.Surface, line, width)
			mark.paint(c.spec.Chosen, c.off)
			ringPaint(ring, c.focused)
		},
		layout: func(size fyne.Size) {
			paper.place(0, 0, size.Width, size.Height)
			place(c.body, 0, 0, size.Width, size.Height)
			mark.place(size.Width-25-radio, 36, radio)
			ring.place(size.Width-25-radio-3, 33, radio+6, radio+6)
		},
		min: func() fyne.Size {
			least := c.body.MinSize()
			return fyne.NewSize(max(least.Width, 200), max(c.spec.MinHeight, least.Height))
		},
	})
}

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

// SettingRow is a row of a settings card: a title, what it means, and a control
// at the right.
func SettingRow(title, note string, control fyne.CanvasObject) *fyne.Container {
	words := VBox(1, NewText(title, Body()))
	if note != "" {
		words.Add(NewText(note, Small()).Shrink())
	}
	parts := []fyne.CanvasObject{Grow(middle(words))}
	if control != nil {
		parts = append(parts, control)
	}
	return Fixed(0, 56, Sides(16, 0, HBox(16, parts...)))
}

// middle keeps words at their own height, centred upright.
func middle(o fyne.CanvasObject) *fyne.Container { return container.New(upright{}, o) }

// upright gives objects the width of their place and centres them upright.
type upright struct{}

func (upright) MinSize(objects []fyne.CanvasObject) fyne.Size { return anchor{}.MinSize(objects) }

func (upright) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightAt(objects[0], width)
}

func (upright) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		height := heightAt(o, size.Width)
		place(o, 0, floor((size.Height-height)/2), size.Width, height)
	}
}

package kit

import (
	"fyne.io/fyne/v2"

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

package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// CardSpec describes a card: up to a title row, a body, and a footer.
type CardSpec struct {
	Title    string            // 14 bold at the left of the title row
	Beside   fyne.CanvasObject // right of the title, such as a count
	Trailing fyne.CanvasObject // at the right end of the title row
	Dense    bool              // title row of 40 instead of 44
	Body     fyne.CanvasObject // fills the card; brings its own padding
	Footer   fyne.CanvasObject // on Sunken under a line; brings its own padding
	Foot     Tone              // Warning and Failure tint the footer
	Chosen   bool              // 2 px primary line
	NoRule   bool              // no line under the title row
}

// Card is a surface with a line around it and rounded corners.
type Card struct {
	base
	spec CardSpec
}

// NewCard returns a card.
func NewCard(spec CardSpec) *Card {
	c := &Card{spec: spec}
	c.ExtendBaseWidget(c)
	return c
}

// SetChosen shows or ends the chosen state.
func (c *Card) SetChosen(chosen bool) {
	if c.spec.Chosen != chosen {
		c.spec.Chosen = chosen
		c.Refresh()
	}
}

// SetTitle changes the title.
func (c *Card) SetTitle(title string) { c.spec.Title = title; c.Refresh() }

func (c *Card) titled() bool {
	return c.spec.Title != "" || c.spec.Beside != nil || c.spec.Trailing != nil
}

func (c *Card) titleHeight() float32 {
	switch {
	case !c.titled():
		return 0
	case c.spec.Dense:
		return look.CardTitleDense
	}
	return look.CardTitle
}

// footLook returns fill and line of the footer.
func (c *Card) footLook() (paper, line look.Token) {
	switch c.spec.Foot {
	case Warning:
		return look.WarningTint, look.WarningBorder
	case Failure:
		return look.ErrorTint, look.ErrorBorder
	}
	return look.Sunken, look.Border
}

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	body, foot := newBox(look.RadiusCard), rect(0)
	foot.BottomLeftCornerRadius, foot.BottomRightCornerRadius = look.RadiusInside, look.RadiusInside
	titleRule, footRule, title := rect(0), rect(0), newCanvasText()
	objects := append(body.objects(), foot, titleRule, footRule, title)
	for _, o := range []fyne.CanvasObject{c.spec.Beside, c.spec.Trailing, c.spec.Body, c.spec.Footer} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return show(&drawing{
		widget: c, objects: objects,
		paint: func() {
			line, width := look.Border, float32(1)
			if c.spec.Chosen {
				line, width = look.Primary, 2
			}
			body.paint(look.Surface, line, width)
			paper, footLine := c.footLook()
			fill(foot, paper)
			fill(footRule, footLine)
			fill(titleRule, look.Border)
			ink(title, c.spec.Title, Title())
			titleRule.Hidden = !c.titled() || c.spec.NoRule || c.spec.Body == nil
			foot.Hidden, footRule.Hidden = c.spec.Footer == nil, c.spec.Footer == nil
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			head, low := c.titleHeight(), c.footHeight(size.Width)
			c.layoutTitle(title, size.Width)
			place(titleRule, 1, head, size.Width-2, 1)
			if c.spec.Body != nil {
				top := c.bodyTop()
				place(c.spec.Body, 1, top, size.Width-2, size.Height-top-low-1)
			}
			if c.spec.Footer != nil {
				place(footRule, 1, size.Height-1-low, size.Width-2, 1)
				place(foot, 1, size.Height-low, size.Width-2, low-1)
				place(c.spec.Footer, 1, size.Height-low, size.Width-2, low-1)
			}
		},
		min: func() fyne.Size { return c.least(title.MinSize().Width) },
	})
}

// bodyTop is the upper edge of the body, below the line of the title row.
func (c *Card) bodyTop() float32 {
	if !c.titled() {
		return 1
	}
	if c.spec.NoRule {
		return c.titleHeight()
	}
	return c.titleHeight() + 1
}

// footHeight is the height of the footer with the line above it.
func (c *Card) footHeight(width float32) float32 {
	if c.spec.Footer == nil {
		return 0
	}
	return heightAt(c.spec.Footer, width-2) + 1
}

func (c *Card) layoutTitle(title fyne.CanvasObject, width float32) {
	const side = look.Space4 + 1 // in line with the body, which stands inside the line
	head, x := c.titleHeight(), side
	least := title.MinSize().Width
	place(title, x, 1, least, head)
	if c.spec.Beside != nil {
		size := c.spec.Beside.MinSize()
		place(c.spec.Beside, x+least+look.Space2, 1+round((head-size.Height)/2), size.Width, size.Height)
	}
	if c.spec.Trailing != nil {
		size := c.spec.Trailing.MinSize()
		place(c.spec.Trailing, width-side-size.Width, 1+round((head-size.Height)/2), size.Width, size.Height)
	}
}

func (c *Card) least(title float32) fyne.Size {
	size := fyne.NewSize(2*look.Space4+title, c.bodyTop()+1)
	if c.spec.Beside != nil {
		size.Width += c.spec.Beside.MinSize().Width + look.Space2
	}
	if c.spec.Trailing != nil {
		size.Width += c.spec.Trailing.MinSize().Width + look.Space4
	}
	if c.spec.Body != nil {
		body := c.spec.Body.MinSize()
		size = fyne.NewSize(max(size.Width, body.Width+2), size.Height+body.Height)
	}
	if c.spec.Footer != nil {
		foot := c.spec.Footer.MinSize()
		size = fyne.NewSize(max(size.Width, foot.Width+2), size.Height+foot.Height+1)
	}
	return size
}

// heightFor lets paragraphs inside the card decide its height.
func (c *Card) heightFor(width float32) float32 {
	height := c.bodyTop() + 1 + c.footHeight(width)
	if c.spec.Body != nil {
		height += heightAt(c.spec.Body, width-2)
	}
	return height
}

// Lines sets rows below each other with a 1 px line between them, as inside a
// card.
func Lines(rows ...fyne.CanvasObject) *fyne.Container {
	parts := make([]fyne.CanvasObject, 0, 2*len(rows))
	for i, row := range rows {
		if i > 0 {
			parts = append(parts, NewRule())
		}
		parts = append(parts, row)
	}
	return VBox(0, parts...)
}

package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/ui/look"
)

// HeaderSpec describes the bar above a screen.
type HeaderSpec struct {
	Title  string
	Beside string              // muted behind the title, such as a mask
	Trail  []Crumb             // before the title: where one has come from
	Search fyne.CanvasObject   // 280 wide, less in a narrow window; nil none
	End    []fyne.CanvasObject // at the right, such as a status and a button
}

// NewHeader returns the bar above a screen, 56 high with its lower line.
func NewHeader(spec HeaderSpec) fyne.CanvasObject {
	parts := []fyne.CanvasObject{NewText(spec.Title, Page()), Spring()}
	switch {
	case len(spec.Trail) > 0 || spec.Beside != "":
		parts = []fyne.CanvasObject{Grow(container.New(trailLayout{}, trail(spec)...))}
	case spec.Search != nil:
		parts[1] = Grow(AtRight(280, spec.Search))
	}
	if len(spec.End) > 0 {
		parts = append(parts, Pad(Edges{Left: 12}, HBox(12, spec.End...)))
	}
	return Fixed(0, look.HeaderHeight, On(look.Surface, VBox(0,
		Grow(Sides(24, 0, HBox(16, parts...))), NewRule(),
	)))
}

// Crumb is a place above the one that is shown.
type Crumb struct {
	Text  string
	OnTap func()
}

const (
	// crumbMost and titleMost are how wide a crumb and the title behind it may get.
	crumbMost, titleMost = 132, 240
	trailGap             = 10
	// searchLeast and searchMost are how wide the search beside a trail is.
	searchLeast, searchMost = 120, 280
)

// trail is the search, the title, and the way that leads to it.
func trail(spec HeaderSpec) []fyne.CanvasObject {
	beside := ""
	if spec.Beside != "" {
		beside = " " + spec.Beside
	}
	room := titleMost - Page().Measure(beside).Width
	search := spec.Search
	if search == nil {
		search = Spring()
	}
	parts := []fyne.CanvasObject{search, NewSpans(
		Span{Text: Page().Fit(spec.Title, room), Style: Page()}, Span{Text: beside, Style: Style{Size: look.TextPage, Color: look.Muted}},
	)}
	for _, c := range spec.Trail {
		style := Lead().In(look.Muted)
		link := NewLinkIn(LinkSpec{Text: style.Fit(c.Text, crumbMost), Style: style, OnTap: c.OnTap})
		parts = append(parts, link, NewIcon(look.IconChevronRight, look.Muted, 14))
	}
	return parts
}

// trailLayout sets crumbs, title and search in a line. Where room is short the search
// shrinks first, and then the crumbs go.
type trailLayout struct{}

// MinSize implements fyne.Layout.
func (trailLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title := objects[1].MinSize()
	return fyne.NewSize(title.Width+look.Space4+searchLeast, max(title.Height, objects[0].MinSize().Height))
}

// Layout implements fyne.Layout.
func (trailLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	search, title, crumbs := objects[0], objects[1], objects[2:]
	whole := title.MinSize().Width
	for _, o := range crumbs {
		whole += o.MinSize().Width + trailGap
	}
	fits := size.Width-whole-look.Space4 >= searchLeast
	x := float32(0)
	for _, o := range crumbs {
		showIf(o, fits)
		if least := o.MinSize(); fits {
			place(o, round(x), round((size.Height-least.Height)/2), least.Width, least.Height)
			x += least.Width + trailGap
		}
	}
	least := title.MinSize()
	place(title, round(x), round((size.Height-least.Height)/2), least.Width, least.Height)
	wide := min(size.Width-x-least.Width-look.Space4, searchMost)
	high := search.MinSize().Height
	place(search, size.Width-wide, round((size.Height-high)/2), wide, high)
}

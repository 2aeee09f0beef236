package kit

import (
	"fyne.io/fyne/v2"

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
	title := fyne.CanvasObject(NewText(spec.Title, Page()))
	if len(spec.Trail) > 0 || spec.Beside != "" {
		title = trail(spec)
	}
	parts := []fyne.CanvasObject{title, Spring()}
	if spec.Search != nil {
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
	// crumbMost and trailMost are how wide a crumb and the title behind it may get.
	crumbMost, trailMost = 132, 240
)

// trail is the title with the way that leads to it.
func trail(spec HeaderSpec) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, c := range spec.Trail {
		style := Lead().In(look.Muted)
		link := NewLinkIn(LinkSpec{Text: style.Fit(c.Text, crumbMost), Style: style, OnTap: c.OnTap})
		parts = append(parts, link, NewIcon(look.IconChevronRight, look.Muted, 14))
	}
	beside := ""
	if spec.Beside != "" {
		beside = " " + spec.Beside
	}
	room := trailMost - Page().Measure(beside).Width
	return HBox(10, append(parts, NewSpans(
		Span{Text: Page().Fit(spec.Title, room), Style: Page()}, Span{Text: beside, Style: Style{Size: look.TextPage, Color: look.Muted}},
	))...)
}

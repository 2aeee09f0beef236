package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// HeaderSpec describes the bar above a screen.
type HeaderSpec struct {
	Title  string
	Search fyne.CanvasObject   // 280 wide, less in a narrow window; nil none
	End    []fyne.CanvasObject // at the right, such as a status and a button
}

// NewHeader returns the bar above a screen, 56 high with its lower line.
func NewHeader(spec HeaderSpec) fyne.CanvasObject {
	parts := []fyne.CanvasObject{NewText(spec.Title, Page()), Spring()}
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

package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// LegendMark is what a legend shows before a word.
func LegendMark(t look.Token, line bool) fyne.CanvasObject {
	if line {
		return Fixed(14, 2, NewFill(t, 1))
	}
	return Fixed(10, 10, NewFill(t, 2))
}

// Legend is a mark and a word.
func Legend(t look.Token, line bool, word string) fyne.CanvasObject {
	return HBox(6, LegendMark(t, line), NewText(word, Small().In(look.Text2)))
}

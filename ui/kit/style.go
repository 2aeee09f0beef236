package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Style is how a text looks. The zero value is not useful: start from Body or
// one of its siblings and change it with the methods.
type Style struct {
	Size  float32
	Bold  bool
	Mono  bool
	Color look.Token
	Align fyne.TextAlign
}

// Body is 13 regular: everything by default.
func Body() Style { return Style{Size: look.TextBody, Color: look.Text} }

// Small is 12 muted: labels, helper text, dates.
func Small() Style { return Style{Size: look.TextSmall, Color: look.Muted} }

// Lead is 14 in the second text colour: the lead sentence of a wizard.
func Lead() Style { return Style{Size: look.TextTitle, Color: look.Text2} }

// Title is 14 bold: titles of cards.
func Title() Style { return Style{Size: look.TextTitle, Bold: true, Color: look.Text} }

// Heading is 16 bold: titles of dialogs and sections.
func Heading() Style { return Style{Size: look.TextHeading, Bold: true, Color: look.Text} }

// Page is 20 bold: page titles and totals.
func Page() Style { return Style{Size: look.TextPage, Bold: true, Color: look.Text} }

// Hero is 28 bold: the welcome question, the amount under review.
func Hero() Style { return Style{Size: look.TextHero, Bold: true, Color: look.Text} }

// Code is 12 monospace: identifiers, paths, JSON.
func Code() Style { return Style{Size: look.TextSmall, Mono: true, Color: look.Text} }

// In returns the style in another colour.
func (s Style) In(t look.Token) Style { s.Color = t; return s }

// Strong returns the style in bold.
func (s Style) Strong() Style { s.Bold = true; return s }

// Muted returns the style in the muted colour.
func (s Style) Muted() Style { s.Color = look.Muted; return s }

// Right returns the style aligned to the right.
func (s Style) Right() Style { s.Align = fyne.TextAlignTrailing; return s }

// Center returns the style centred.
func (s Style) Center() Style { s.Align = fyne.TextAlignCenter; return s }

// Sized returns the style in another size.
func (s Style) Sized(size float32) Style { s.Size = size; return s }

func (s Style) fyne() fyne.TextStyle { return fyne.TextStyle{Bold: s.Bold, Monospace: s.Mono} }

// Measure returns the size that a text takes on one line.
func (s Style) Measure(text string) fyne.Size { return fyne.MeasureText(text, s.Size, s.fyne()) }

// leading is the height of a line relative to the size of its letters.
const leading = 1.45

// Height returns the height of one line in whole units.
func (s Style) Height() float32 { return lineHeight(s.Size) }

func lineHeight(size float32) float32 { return round(size * leading) }

// Fit returns the text, shortened with an ellipsis to width.
func (s Style) Fit(text string, width float32) string {
	const slack = 0.5 // rounding of widths must not cost a letter
	if s.Measure(text).Width <= width+slack {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if s.Measure(clipped(runes[:middle])).Width <= width+slack {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return clipped(runes[:low])
}

// clipped ends a text with an ellipsis, without a space before it.
func clipped(runes []rune) string {
	for len(runes) > 0 && runes[len(runes)-1] == ' ' {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

func newCanvasText() *canvas.Text { return &canvas.Text{Color: look.Color(look.Text)} }

// ink sets what a text primitive shows.
func ink(t *canvas.Text, text string, s Style) {
	t.Text = text
	t.TextSize = s.Size
	t.TextStyle = s.fyne()
	t.Alignment = s.Align
	t.Color = look.Color(s.Color)
}

package look

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// Token names a colour of the product. It is a Fyne colour name, so a token
// works wherever Fyne takes one.
type Token = fyne.ThemeColorName

// The tokens. Every colour on screen is one of these.
const (
	Background    Token = "background"    // window, card pages
	Surface       Token = "surface"       // cards, sidebar, header, tables, pop-ups
	Sunken        Token = "sunken"        // table heads, card footers, row hover
	Border        Token = "border"        // 1 px lines of cards, rows and panes
	Control       Token = "control"       // 1 px outline of buttons and inputs at rest
	Strong        Token = "strong"        // check boxes, radios, switch off, sparklines
	Text          Token = "text"          // primary text
	Text2         Token = "text2"         // sidebar items, body copy in cards, text on tints
	Muted         Token = "muted"         // labels, dates, masks, helper text
	Primary       Token = "primary"       // buttons, links, selection, net line
	OnPrimary     Token = "onPrimary"     // text on Primary
	Tint          Token = "primaryTint"   // selected sidebar item, active filter, info pill
	RowFocus      Token = "rowFocus"      // focused table row
	RowChecked    Token = "rowChecked"    // checked rows, chosen option card
	Positive      Token = "positive"      // money in, verified, done
	SuccessTint   Token = "successTint"   // success pill and note
	Warning       Token = "warningText"   // text of warnings
	WarningTint   Token = "warningTint"   // fill of warnings
	WarningBorder Token = "warningBorder" // line where a warning tint meets a card
	Error         Token = "errorText"     // text of errors
	ErrorTint     Token = "errorTint"     // fill of errors
	ErrorBorder   Token = "errorBorder"   // line where an error tint meets a card
	Neutral       Token = "neutralTint"   // tags, neutral pill, bar track, sidebar hover
	Practice      Token = "practiceText"  // practice bank badge only
	PracticeTint  Token = "practiceTint"  // practice bank badge only
	Inverse       Token = "inverse"       // bulk bar, toast, production badge
	OnInverse     Token = "onInverse"     // text on Inverse
	ChartIn       Token = "chartIn"       // bars, money in
	ChartOut      Token = "chartOut"      // bars, money out
	ChartGrid     Token = "chartGrid"     // grid lines of charts
	Scrim         Token = "scrim"         // behind modal pop-ups
	PopupShadow   Token = "popupShadow"   // under pop-ups, bulk bar, toast
	White         Token = "white"         // knobs, initials on logos, paper of a QR code
	Black         Token = "black"         // modules of a QR code
	Clear         Token = "clear"         // nothing at all
)

// pair is a token's colour in the light and in the dark palette.
type pair struct{ light, dark color.NRGBA }

func hex(light, dark uint32) pair { return pair{rgb(light), rgb(dark)} }

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

func alpha(v uint32, percent int) color.NRGBA {
	c := rgb(v)
	c.A = uint8((255*percent + 50) / 100)
	return c
}

// lookup returns the colours of a token.
func lookup(t Token) (pair, bool) {
	for _, part := range [...]func(Token) (pair, bool){surfaces, texts, states, charts} {
		if p, ok := part(t); ok {
			return p, true
		}
	}
	return pair{}, false
}

func surfaces(t Token) (pair, bool) {
	switch t {
	case Background:
		return hex(0xF6F7F9, 0x14161A), true
	case Surface:
		return hex(0xFFFFFF, 0x1C1F25), true
	case Sunken:
		return hex(0xF9FAFB, 0x181B20), true
	case Border:
		return hex(0xE4E7EC, 0x2C313A), true
	case Control:
		return hex(0xCDD3DC, 0x3D4450), true
	case Strong:
		return hex(0x828C9D, 0x7A8494), true
	case Neutral:
		return hex(0xF0F2F5, 0x2A2F38), true
	case Inverse:
		return hex(0x1B1F27, 0xE8EAEE), true
	case Scrim:
		return pair{alpha(0x141820, 38), alpha(0x000000, 55)}, true
	case PopupShadow:
		return pair{alpha(0x101828, 14), alpha(0x000000, 50)}, true
	case Clear:
		return pair{}, true
	}
	return pair{}, false
}

func texts(t Token) (pair, bool) {
	switch t {
	case Text:
		return hex(0x1B1F27, 0xE8EAEE), true
	case Text2:
		return hex(0x475467, 0xC3C9D3), true
	case Muted:
		return hex(0x667085, 0x98A1B0), true
	case OnPrimary:
		return hex(0xFFFFFF, 0x0E1630), true
	case OnInverse:
		return hex(0xFFFFFF, 0x14161A), true
	case White:
		return hex(0xFFFFFF, 0xFFFFFF), true
	case Black:
		return hex(0x1B1F27, 0x1B1F27), true
	}
	return pair{}, false
}

func states(t Token) (pair, bool) {
	switch t {
	case Primary:
		return hex(0x3056D3, 0x7C9BFF), true
	case Tint:
		return hex(0xEAF0FE, 0x25304F), true
	case RowFocus:
		return hex(0xF0F4FE, 0x25304F), true
	case RowChecked:
		return hex(0xF3F6FE, 0x20273A), true
	case Positive:
		return hex(0x14804A, 0x5CCB8D), true
	case SuccessTint:
		return hex(0xE9F8EF, 0x16301F), true
	case Warning:
		return hex(0x93500B, 0xF0B65C), true
	case WarningTint:
		return hex(0xFFF6E5, 0x33270F), true
	case WarningBorder:
		return hex(0xF3DDB3, 0x57431C), true
	case Error:
		return hex(0xB42318, 0xFF8F85), true
	case ErrorTint:
		return hex(0xFEF1F0, 0x3A1D1B), true
	case ErrorBorder:
		return hex(0xF6CFCB, 0x60302C), true
	case Practice:
		return hex(0x6B3FA0, 0xC9ADF5), true
	case PracticeTint:
		return hex(0xF3EDFB, 0x2E2440), true
	}
	return pair{}, false
}

func charts(t Token) (pair, bool) {
	switch t {
	case ChartIn:
		return hex(0x2F9E6E, 0x3FB57F), true
	case ChartOut:
		return hex(0x8A94A6, 0x6B7686), true
	case ChartGrid:
		return hex(0xEEF0F3, 0x262B33), true
	}
	return pair{}, false
}

// Tokens lists every token, for contact sheets and tests.
func Tokens() []Token {
	return []Token{
		Background, Surface, Sunken, Border, Control, Strong, Text, Text2, Muted, Primary, OnPrimary, Tint,
		RowFocus, RowChecked, Positive, SuccessTint, Warning, WarningTint, WarningBorder, Error, ErrorTint,
		ErrorBorder, Neutral, Practice, PracticeTint, Inverse, OnInverse, ChartIn, ChartOut, ChartGrid,
		Scrim, PopupShadow, White, Black, Clear,
	}
}

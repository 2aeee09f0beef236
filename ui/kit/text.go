package kit

import (
	"fyne.io/fyne/v2"
)

// Text is one line of text. It needs the width of the whole text, unless Shrink
// allows an ellipsis.
type Text struct {
	base
	text   string
	style  Style
	shrink bool
}

// NewText returns one line of text.
func NewText(text string, s Style) *Text {
	t := &Text{text: text, style: s}
	t.ExtendBaseWidget(t)
	return t
}

// Shrink lets the text become narrower than it is, with an ellipsis.
func (t *Text) Shrink() *Text {
	t.shrink = true
	return t
}

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetStyle changes how the words look.
func (t *Text) SetStyle(s Style) {
	if t.style == s {
		return
	}
	t.style = s
	t.Refresh()
}

// Set changes words and look together.
func (t *Text) Set(text string, s Style) {
	if t.text == text && t.style == s {
		return
	}
	t.text, t.style = text, s
	t.Refresh()
}

// Value returns the whole text, also where an ellipsis shows less.
func (t *Text) Value() string { return t.text }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := newCanvasText()
	return show(&drawing{
		widget: t, objects: []fyne.CanvasObject{line},
		paint: func() { ink(line, t.text, t.style) },
		layout: func(size fyne.Size) {
			line.Text = t.style.Fit(t.text, size.Width)
			place(line, 0, 0, size.Width, size.Height)
		},
		min: func() fyne.Size {
			width := t.style.Measure(t.text).Width
			if t.shrink {
				width = min(width, t.style.Measure("…").Width)
			}
			return fyne.NewSize(ceil(width), t.style.Height())
		},
	})
}

// NewSpans returns a line of parts. Parts are set side by side without a gap:
// a space between them belongs to one of the texts.
func NewSpans(spans ...Span) *Spans {
	s := &Spans{spans: spans}
	s.ExtendBaseWidget(s)
	return s
}

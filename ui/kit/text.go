package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

// Paragraph is text that wraps at words. It is as wide as it is made, up to
// most, and as high as it then must be.
type Paragraph struct {
	base
	text  string
	style Style
	most  float32
	width float32
}

// NewParagraph returns wrapping text of at most the given width; 0 leaves the
// width to the layout.
func NewParagraph(text string, s Style, most float32) *Paragraph {
	p := &Paragraph{text: text, style: s, most: most}
	p.ExtendBaseWidget(p)
	return p
}

// SetText changes the words.
func (p *Paragraph) SetText(text string) {
	if p.text == text {
		return
	}
	p.text = text
	p.Refresh()
}

// SetStyle changes how the words look.
func (p *Paragraph) SetStyle(s Style) { p.style = s; p.Refresh() }

// Value returns the text.
func (p *Paragraph) Value() string { return p.text }

// Resize remembers the width, which decides the height.
func (p *Paragraph) Resize(size fyne.Size) {
	p.width = size.Width
	p.BaseWidget.Resize(size)
}

// across returns the width at which lines break.
func (p *Paragraph) across() float32 {
	switch {
	case p.most == 0:
		return p.width
	case p.width == 0:
		return p.most
	}
	return min(p.most, p.width)
}

// heightFor returns the height at a width, for layouts that know the width
// before the height.
func (p *Paragraph) heightFor(width float32) float32 {
	if p.most > 0 {
		width = min(width, p.most)
	}
	return p.pitch() * float32(len(p.style.wrap(p.text, width)))
}

func (p *Paragraph) pitch() float32 { return p.style.Height() }

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{widget: p}
	d.layout = func(size fyne.Size) {
		lines := p.style.wrap(p.text, p.across())
		for len(d.objects) < len(lines) {
			d.objects = append(d.objects, newCanvasText())
		}
		d.objects = d.objects[:len(lines)]
		for i, words := range lines {
			line, _ := d.objects[i].(*canvas.Text)
			ink(line, words, p.style)
			place(line, 0, float32(i)*p.pitch(), size.Width, p.pitch())
		}
	}
	d.min = func() fyne.Size {
		width := p.across()
		lines := p.style.wrap(p.text, width)
		widest := float32(0)
		if p.most > 0 {
			for _, words := range lines {
				widest = max(widest, p.style.Measure(words).Width)
			}
			widest = min(widest, p.most)
		}
		return fyne.NewSize(ceil(widest), p.pitch()*float32(len(lines)))
	}
	return show(d)
}

// wrap breaks text into lines of at most width; without a width into its own
// lines.
func (s Style) wrap(text string, width float32) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		if width <= 0 {
			lines = append(lines, part)
			continue
		}
		lines = append(lines, s.wrapLine(part, width)...)
	}
	return lines
}

func (s Style) wrapLine(text string, width float32) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line == "" || s.Measure(longer).Width <= width+0.5 {
			line = longer
			continue
		}
		lines = append(lines, line)
		line = word
	}
	return append(lines, line)
}

// Span is a part of a line with its own style.
type Span struct {
	Text  string
	Style Style
}

// Spans is one line made of parts in several styles, such as a name and its
// mask. The first part gets the ellipsis when room is short.
type Spans struct {
	base
	spans []Span
}

// NewSpans returns a line of parts. Parts are set side by side without a gap:
// a space between them belongs to one of the texts.
func NewSpans(spans ...Span) *Spans {
	s := &Spans{spans: spans}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the parts.
func (s *Spans) Set(spans ...Span) {
	s.spans = spans
	s.Refresh()
}

// Value returns the words of all parts.
func (s *Spans) Value() string {
	words := ""
	for _, span := range s.spans {
		words += span.Text
	}
	return words
}

// CreateRenderer implements fyne.Widget.
func (s *Spans) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{widget: s}
	d.layout = func(size fyne.Size) {
		for len(d.objects) < len(s.spans) {
			d.objects = append(d.objects, newCanvasText())
		}
		d.objects = d.objects[:len(s.spans)]
		over := d.min().Width - size.Width
		x := float32(0)
		for i, span := range s.spans {
			text := span.Text
			if i == 0 && over > 0.5 {
				text = span.Style.Fit(text, span.Style.Measure(text).Width-over)
			}
			line, _ := d.objects[i].(*canvas.Text)
			ink(line, text, span.Style)
			line.Alignment = fyne.TextAlignLeading
			width := span.Style.Measure(text).Width
			place(line, x, 0, width, size.Height)
			x += width
		}
	}
	d.min = func() fyne.Size {
		size := fyne.Size{}
		for _, span := range s.spans {
			size.Width += span.Style.Measure(span.Text).Width
			size.Height = max(size.Height, span.Style.Height())
		}
		return fyne.NewSize(ceil(size.Width), size.Height)
	}
	return show(d)
}

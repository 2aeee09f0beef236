package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

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

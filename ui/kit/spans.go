package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

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

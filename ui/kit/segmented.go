package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Segmented offers a few answers side by side. Left and Right move the choice.
type Segmented struct {
	base
	options  []string
	chosen   int
	onChoose func(index int)
	height   float32
	focused  bool
}

// NewSegmented returns a row of answers, 32 high.
func NewSegmented(options []string, chosen int, onChoose func(index int)) *Segmented {
	s := &Segmented{options: options, chosen: chosen, onChoose: onChoose, height: look.ControlHeight}
	s.ExtendBaseWidget(s)
	return s
}

// Compact makes the row 28 high, as in card titles.
func (s *Segmented) Compact() *Segmented { s.height = look.ControlSmall; return s }

// Chosen returns the index of the chosen answer.
func (s *Segmented) Chosen() int { return s.chosen }

// SetChosen changes the choice without reporting it.
func (s *Segmented) SetChosen(index int) {
	if s.chosen != index {
		s.chosen = index
		s.Refresh()
	}
}

// SetOptions changes the words, for instance to show a count.
func (s *Segmented) SetOptions(options []string) { s.options = options; s.Refresh() }

func (s *Segmented) choose(index int) {
	if index < 0 || index >= len(s.options) || index == s.chosen {
		return
	}
	s.SetChosen(index)
	if s.onChoose != nil {
		s.onChoose(index)
	}
}

// Tapped chooses the answer under the pointer.
func (s *Segmented) Tapped(e *fyne.PointEvent) {
	if width := s.Size().Width; width > 0 && len(s.options) > 0 {
		s.choose(min(int(e.Position.X/width*float32(len(s.options))), len(s.options)-1))
	}
}

// FocusGained shows the focus ring.
func (s *Segmented) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost hides the focus ring.
func (s *Segmented) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune does nothing.
func (s *Segmented) TypedRune(rune) {}

// TypedKey moves the choice.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	stir()
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.choose(s.chosen - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.choose(s.chosen + 1)
	case fyne.KeyHome:
		s.choose(0)
	case fyne.KeyEnd:
		s.choose(len(s.options) - 1)
	case fyne.KeyEscape:
		escape()
	}
}

// widest is the width of one answer: as wide as the widest needs in bold.
func (s *Segmented) widest() float32 {
	width := float32(0)
	for _, option := range s.options {
		width = max(width, Body().Strong().Measure(option).Width)
	}
	return ceil(width) + 24
}

// CreateRenderer implements fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	body, chosen := newBox(look.RadiusControl), rect(look.RadiusTag)
	d := &drawing{widget: s}
	fixed := append(body.objects(), chosen)
	d.paint = func() {
		body.paint(look.Surface, look.Control, 1)
		if s.focused {
			body.paint(look.Surface, look.Primary, 2)
		}
		fill(chosen, look.Tint)
		chosen.Hidden = s.chosen < 0 || s.chosen >= len(s.options)
		d.objects = append([]fyne.CanvasObject(nil), fixed...)
		for i, option := range s.options {
			text := newCanvasText()
			style := Body().In(look.Text2).Center()
			if i == s.chosen {
				style = style.In(look.Primary).Strong()
			}
			ink(text, option, style)
			d.objects = append(d.objects, text)
		}
	}
	d.layout = func(size fyne.Size) {
		const inset = 3
		body.place(0, 0, size.Width, size.Height)
		width := (size.Width - 2*inset) / float32(max(len(s.options), 1))
		place(chosen, inset+width*float32(s.chosen), inset, width, size.Height-2*inset)
		for i := range s.options {
			place(d.objects[len(fixed)+i], inset+width*float32(i), 0, width, size.Height)
		}
	}
	d.min = func() fyne.Size {
		return fyne.NewSize(s.widest()*float32(len(s.options))+6, s.height)
	}
	return show(d)
}

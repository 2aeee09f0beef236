package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// NewMenuButton returns a button with a chevron that opens a menu, such as a
// filter. items is asked each time it opens.
func NewMenuButton(spec ButtonSpec, items func() MenuSpec) *Button {
	if spec.Trailing == "" {
		spec.Trailing = look.IconChevronDown
	}
	b := NewButton(spec)
	b.SetOnTap(func() { ShowMenu(b, items()) })
	return b
}

// Select is a field that offers a list of answers.
type Select struct {
	press
	options     []string
	chosen      int
	placeholder string
	onChoose    func(index int)
}

// NewSelect returns a field with answers. chosen is the index of the answer in
// force, -1 none.
func NewSelect(options []string, chosen int, onChoose func(index int)) *Select {
	s := &Select{options: options, chosen: chosen, onChoose: onChoose}
	s.onPress = s.open
	s.ExtendBaseWidget(s)
	return s
}

// SetPlaceholder says what to choose while nothing is chosen.
func (s *Select) SetPlaceholder(text string) { s.placeholder = text; s.Refresh() }

// Chosen returns the index of the answer in force, -1 none.
func (s *Select) Chosen() int { return s.chosen }

// SetChosen changes the answer without reporting it.
func (s *Select) SetChosen(index int) {
	if s.chosen != index {
		s.chosen = index
		s.Refresh()
	}
}

// SetOptions changes the list and the answer in force.
func (s *Select) SetOptions(options []string, chosen int) {
	s.options, s.chosen = options, chosen
	s.Refresh()
}

// TypedKey opens the list on Down as well, and steps through it on Up.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		s.press.press()
	case fyne.KeyUp:
		if s.chosen > 0 {
			s.choose(s.chosen - 1)
		}
	default:
		s.press.TypedKey(e)
	}
}

func (s *Select) choose(index int) {
	if index == s.chosen {
		return
	}
	s.SetChosen(index)
	if s.onChoose != nil {
		s.onChoose(index)
	}
}

func (s *Select) open() {
	items := make([]MenuItem, len(s.options))
	for i, option := range s.options {
		items[i] = MenuItem{Text: option, Checked: i == s.chosen, OnTap: func() { s.choose(i) }}
	}
	ShowMenu(s, MenuSpec{Items: items, Width: max(s.Size().Width, 160)})
}

func (s *Select) shown() (string, Style) {
	if s.chosen >= 0 && s.chosen < len(s.options) {
		return s.options[s.chosen], Body()
	}
	return s.placeholder, Body().Muted()
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	body, text, arrow := newBox(look.RadiusControl), newCanvasText(), newPicture()
	return show(&drawing{
		widget: s, objects: append(body.objects(), text, arrow.image),
		paint: func() {
			paper := look.Surface
			if s.hovered || s.off {
				paper = look.Sunken
			}
			body.paint(paper, look.Control, 1)
			if s.focused {
				body.paint(paper, look.Primary, 2)
			}
			words, style := s.shown()
			if s.off {
				style = style.Muted()
			}
			ink(text, words, style)
			arrow.paint(look.IconChevronDown, look.Muted)
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			words, style := s.shown()
			room := size.Width - 11 - 36
			text.Text = style.Fit(words, room)
			place(text, 11, 0, room, size.Height)
			arrow.place(size.Width-10-look.IconSize, (size.Height-look.IconSize)/2, look.IconSize)
		},
		min: func() fyne.Size {
			widest := Body().Measure(s.placeholder).Width
			for _, option := range s.options {
				widest = max(widest, Body().Measure(option).Width)
			}
			return fyne.NewSize(min(ceil(widest)+47, 320), look.ControlHeight)
		},
	})
}

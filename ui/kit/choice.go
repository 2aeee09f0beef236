package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Check is a box with a mark and a label.
type Check struct {
	press
	label string
	on    bool
}

// NewCheck returns a check box. onChange gets the new state.
func NewCheck(label string, on bool, onChange func(on bool)) *Check {
	c := &Check{label: label, on: on}
	c.onPress = func() {
		c.SetOn(!c.on)
		if onChange != nil {
			onChange(c.on)
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// On reports whether the box is checked.
func (c *Check) On() bool { return c.on }

// SetOn checks or clears the box without reporting it.
func (c *Check) SetOn(on bool) {
	if c.on != on {
		c.on = on
		c.Refresh()
	}
}

// checkMark is the box of a Check, also inside table rows.
type checkMark struct {
	body *box
	mark *picture
}

const checkSize = 16

func newCheckMark() *checkMark { return &checkMark{newBox(look.RadiusTag), newPicture()} }

func (m *checkMark) objects() []fyne.CanvasObject { return append(m.body.objects(), m.mark.image) }

func (m *checkMark) paint(on, off bool) {
	switch {
	case on && off:
		m.body.paint(look.Strong, look.Clear, 0)
		m.mark.paint(look.IconTick, look.Surface)
	case on:
		m.body.paint(look.Primary, look.Clear, 0)
		m.mark.paint(look.IconTick, look.OnPrimary)
	default:
		m.body.paint(look.Surface, look.Strong, 1)
		m.mark.paint("", look.Clear)
	}
}

func (m *checkMark) place(x, y float32) {
	m.body.place(x, y, checkSize, checkSize)
	m.mark.place(x+2, y+2, checkSize-4)
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	ring, mark, text := newBox(look.RadiusControl), newCheckMark(), newCanvasText()
	return show(&drawing{
		widget: c, objects: append(append(ring.objects(), mark.objects()...), text),
		paint: func() {
			mark.paint(c.on, c.off)
			ringPaint(ring, c.focused)
			style := Body()
			if c.off {
				style = style.Muted()
			}
			ink(text, c.label, style)
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - checkSize) / 2)
			ring.place(-3, y-3, checkSize+6, checkSize+6)
			mark.place(0, y)
			place(text, checkSize+8, 0, size.Width-checkSize-8, size.Height)
		},
		min: func() fyne.Size { return labelled(checkSize, c.label) },
	})
}

// ringPaint shows or hides a focus ring around a small control.
func ringPaint(ring *box, on bool) {
	ring.paint(look.Clear, look.Clear, 0)
	if on {
		ring.paint(look.Clear, look.Primary, 2)
	}
}

// labelled is the size of a small control with words beside it.
func labelled(control float32, label string) fyne.Size {
	if label == "" {
		return fyne.NewSize(control, 20)
	}
	return fyne.NewSize(control+8+Body().Measure(label).Width, 20)
}

// radioMark is the circle of a radio button.
type radioMark struct{ outer, paper, middle *canvas.Circle }

func newRadioMark() *radioMark {
	circle := func() *canvas.Circle { return canvas.NewCircle(color.Transparent) }
	return &radioMark{circle(), circle(), circle()}
}

func (m *radioMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.outer, m.paper, m.middle}
}

func (m *radioMark) paint(on, off bool) {
	line := look.Strong
	if on && !off {
		line = look.Primary
	}
	m.outer.FillColor, m.paper.FillColor = look.Color(line), look.Color(look.Surface)
	m.middle.FillColor = look.Color(line)
	m.middle.Hidden = !on
}

func (m *radioMark) place(x, y, size float32) {
	place(m.outer, x, y, size, size)
	place(m.paper, x+1, y+1, size-2, size-2)
	dot := floor(size/4)*2 + 0
	place(m.middle, x+(size-dot)/2, y+(size-dot)/2, dot, dot)
}

// Radio is one of several answers of which one holds.
type Radio struct {
	press
	label string
	on    bool
}

// NewRadio returns a radio button. onChoose is called when the person chooses
// it; whoever holds the group sets the others.
func NewRadio(label string, on bool, onChoose func()) *Radio {
	r := &Radio{label: label, on: on}
	r.onPress = onChoose
	r.ExtendBaseWidget(r)
	return r
}

// SetOn chooses or clears the button without reporting it.
func (r *Radio) SetOn(on bool) {
	if r.on != on {
		r.on = on
		r.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	ring, mark, text := newBox(11), newRadioMark(), newCanvasText()
	return show(&drawing{
		widget: r, objects: append(append(ring.objects(), mark.objects()...), text),
		paint: func() {
			mark.paint(r.on, r.off)
			ringPaint(ring, r.focused)
			ink(text, r.label, Body())
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - checkSize) / 2)
			ring.place(-3, y-3, checkSize+6, checkSize+6)
			mark.place(0, y, checkSize)
			place(text, checkSize+8, 0, size.Width-checkSize-8, size.Height)
		},
		min: func() fyne.Size { return labelled(checkSize, r.label) },
	})
}

// Switch turns something on and off at once: 32 by 18.
type Switch struct {
	press
	on bool
}

// NewSwitch returns a switch. onChange gets the new state.
func NewSwitch(on bool, onChange func(on bool)) *Switch {
	s := &Switch{on: on}
	s.onPress = func() {
		s.SetOn(!s.on)
		if onChange != nil {
			onChange(s.on)
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// On reports the state.
func (s *Switch) On() bool { return s.on }

// SetOn changes the state without reporting it.
func (s *Switch) SetOn(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

func (s *Switch) colors() (track, knob look.Token) {
	switch {
	case s.off:
		return look.Control, look.Surface
	case s.on:
		return look.Primary, look.OnPrimary
	}
	return look.Strong, look.White
}

// CreateRenderer implements fyne.Widget.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	const width, height, inset = 32, 18, 2
	ring, track, knob := newBox(12), rect(height/2), canvas.NewCircle(color.Transparent)
	return show(&drawing{
		widget: s, objects: append(ring.objects(), track, knob),
		paint: func() {
			paper, dot := s.colors()
			fill(track, paper)
			knob.FillColor = look.Color(dot)
			ringPaint(ring, s.focused)
		},
		layout: func(size fyne.Size) {
			y := floor((size.Height - height) / 2)
			ring.place(-3, y-3, width+6, height+6)
			place(track, 0, y, width, height)
			x := float32(inset)
			if s.on {
				x = width - height + inset
			}
			place(knob, x, y+inset, height-2*inset, height-2*inset)
		},
		min: func() fyne.Size { return fyne.NewSize(width, 20) },
	})
}

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

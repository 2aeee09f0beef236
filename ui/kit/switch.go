package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

// Switch turns something on and off at once: 32 by 18.
type Switch struct {
	press
	on   bool
	name string
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

// Named says what the switch turns on, for tests and screen readers.
func (s *Switch) Named(name string) *Switch { s.name = name; return s }

// Text returns what the switch turns on.
func (s *Switch) Text() string { return s.name }

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

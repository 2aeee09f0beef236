package kit

import (
	"fyne.io/fyne/v2"

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

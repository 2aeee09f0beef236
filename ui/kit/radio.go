package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bankbook/ui/look"
)

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

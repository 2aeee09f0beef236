package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Tabs is a row of screens below the header, 44 high, the chosen one bold with
// a line below it. Left and Right move.
type Tabs struct {
	base
	names    []string
	chosen   int
	focused  bool
	onChoose func(index int)
}

// NewTabs returns a row of tabs.
func NewTabs(names []string, chosen int, onChoose func(index int)) *Tabs {
	t := &Tabs{names: names, chosen: chosen, onChoose: onChoose}
	t.ExtendBaseWidget(t)
	return t
}

// SetChosen changes the choice without reporting it.
func (t *Tabs) SetChosen(index int) {
	if t.chosen != index {
		t.chosen = index
		t.Refresh()
	}
}

func (t *Tabs) choose(index int) {
	if index < 0 || index >= len(t.names) || index == t.chosen {
		return
	}
	t.SetChosen(index)
	if t.onChoose != nil {
		t.onChoose(index)
	}
}

const tabGap = 24

func (t *Tabs) style(i int) Style {
	if i == t.chosen {
		return Body().Strong()
	}
	return Body().In(look.Text2)
}

// Tapped chooses the tab under the pointer.
func (t *Tabs) Tapped(e *fyne.PointEvent) {
	x := float32(0)
	for i, name := range t.names {
		x += t.style(i).Measure(name).Width + tabGap
		if e.Position.X < x-tabGap/2 {
			t.choose(i)
			return
		}
	}
}

// FocusGained shows the focus ring.
func (t *Tabs) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost hides the focus ring.
func (t *Tabs) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune does nothing.
func (t *Tabs) TypedRune(rune) {}

// TypedKey moves the choice.
func (t *Tabs) TypedKey(e *fyne.KeyEvent) {
	stir()
	switch e.Name {
	case fyne.KeyLeft:
		t.choose(t.chosen - 1)
	case fyne.KeyRight:
		t.choose(t.chosen + 1)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	line, ring := rect(0), newBox(look.RadiusTag)
	d := &drawing{widget: t}
	d.paint = func() {
		fill(line, look.Primary)
		ringPaint(ring, t.focused)
		d.objects = append(ring.objects(), line)
		for i, name := range t.names {
			text := newCanvasText()
			ink(text, name, t.style(i))
			d.objects = append(d.objects, text)
		}
	}
	d.layout = func(size fyne.Size) {
		x := float32(0)
		for i, name := range t.names {
			width := t.style(i).Measure(name).Width
			place(d.objects[3+i], x, 0, width, size.Height)
			if i == t.chosen {
				place(line, x, size.Height-2, width, 2)
				ring.place(x-6, 8, width+12, size.Height-16)
			}
			x += width + tabGap
		}
	}
	d.min = func() fyne.Size {
		width := float32(0)
		for i, name := range t.names {
			width += t.style(i).Measure(name).Width + tabGap
		}
		return fyne.NewSize(width, 44)
	}
	return show(d)
}

package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// HeaderSpec describes the bar above a screen.
type HeaderSpec struct {
	Title  string
	Search fyne.CanvasObject   // 280 wide; nil none
	End    []fyne.CanvasObject // at the right, such as a status and a button
}

// NewHeader returns the bar above a screen, 56 high with its lower line.
func NewHeader(spec HeaderSpec) fyne.CanvasObject {
	parts := []fyne.CanvasObject{NewText(spec.Title, Page()), Spring()}
	if spec.Search != nil {
		parts = append(parts, Fixed(280, look.ControlHeight, spec.Search))
	}
	if len(spec.End) > 0 {
		parts = append(parts, Pad(Edges{Left: 12}, HBox(12, spec.End...)))
	}
	return Fixed(0, look.HeaderHeight, On(look.Surface, VBox(0,
		Grow(Sides(24, 0, HBox(16, parts...))), NewRule(),
	)))
}

// SearchButton looks like a search field and opens the command palette.
type SearchButton struct {
	press
	words string
	keys  fyne.Widget
}

// NewSearchButton returns a search field that is a button.
func NewSearchButton(words, keys string, onTap func()) *SearchButton {
	b := &SearchButton{words: words, keys: NewKeyCap(keys)}
	b.onPress = onTap
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *SearchButton) CreateRenderer() fyne.WidgetRenderer {
	body, image, text := newBox(look.RadiusControl), newPicture(), newCanvasText()
	return show(&drawing{
		widget: b, objects: append(body.objects(), image.image, text, b.keys),
		paint: func() {
			paper := look.Surface
			if b.hovered {
				paper = look.Sunken
			}
			body.paint(paper, look.Control, 1)
			if b.focused {
				body.paint(paper, look.Primary, 2)
			}
			image.paint(look.IconSearch, look.Muted)
			ink(text, b.words, Body().Muted())
		},
		layout: func(size fyne.Size) {
			body.place(0, 0, size.Width, size.Height)
			image.place(11, (size.Height-look.IconSize)/2, look.IconSize)
			keys := b.keys.MinSize()
			room := size.Width - 35 - keys.Width - 18
			text.Text = Body().Fit(b.words, room)
			place(text, 35, 0, room, size.Height)
			place(b.keys, size.Width-11-keys.Width, (size.Height-keys.Height)/2, keys.Width, keys.Height)
		},
		min: func() fyne.Size { return fyne.NewSize(180, look.ControlHeight) },
	})
}

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

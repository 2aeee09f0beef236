package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// MenuItem is a line of a menu. An item without OnTap is a muted heading; a
// zero item is a line between groups.
type MenuItem struct {
	Text     string
	Note     string // below Text, which is bold then and stands beside an avatar
	Avatar   string // decides the avatar's colour
	Icon     look.IconName
	Trailing string // at the right, such as a file ending, in monospace
	Keys     string // at the right, a shortcut
	Checked  bool
	Danger   bool
	Disabled bool
	OnTap    func()
}

func (m MenuItem) rule() bool    { return m.Text == "" && m.OnTap == nil }
func (m MenuItem) heading() bool { return m.Text != "" && m.OnTap == nil && !m.Disabled }
func (m MenuItem) active() bool  { return m.OnTap != nil && !m.Disabled }

// MenuSpec describes a menu.
type MenuSpec struct {
	Title string // bold, above all items
	Items []MenuItem
	Width float32 // 0 is 248
	// OnClosed is called when the menu closes, before what was chosen is done.
	OnClosed func()
}

// menu holds the items of an open menu and the one that the keys are at.
type menu struct {
	lines []*menuLine
	at    int
	close func()
}

// ShowMenu opens a menu below an object. Up and Down move, Enter takes, Escape
// and a tap outside close. The returned function closes it.
func ShowMenu(below fyne.CanvasObject, spec MenuSpec) (hide func()) {
	c := CanvasOf(below)
	if c == nil {
		return func() {}
	}
	if spec.Width == 0 {
		spec.Width = look.MenuWidth
	}
	m := &menu{at: -1}
	o := &overlay{canvas: c, content: NewPanel(Fixed(spec.Width-2, 0, m.build(spec))), scrim: look.Clear, outside: true, onClosed: spec.OnClosed}
	o.where = func(window, size fyne.Size) fyne.Position { return beside(below, window, size) }
	o.onKey = m.typed
	m.close = o.close
	o.show()
	c.Unfocus()
	return o.close
}

func (m *menu) build(spec MenuSpec) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	if spec.Title != "" {
		rows = append(rows, Fixed(0, 30, Sides(16, 0, Leading(NewText(spec.Title, Body().Strong())))))
	}
	for _, item := range spec.Items {
		switch {
		case item.rule():
			rows = append(rows, Sides(16, 6, NewRule()))
		case item.heading():
			rows = append(rows, Fixed(0, 29, Sides(16, 0, Leading(NewText(item.Text, Small())))))
		default:
			line := newMenuLine(item, m)
			m.lines = append(m.lines, line)
			rows = append(rows, line)
		}
	}
	list := fyne.CanvasObject(VBox(0, rows...))
	const most = 420
	if list.MinSize().Height > most {
		list = Fixed(0, most, NewScroll(list))
	}
	return Sides(0, 6, list)
}

func (m *menu) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		m.move(1)
	case fyne.KeyUp:
		m.move(-1)
	case fyne.KeyHome:
		m.at = -1
		m.move(1)
	case fyne.KeyEnd:
		m.at = len(m.lines)
		m.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if m.at >= 0 && m.at < len(m.lines) {
			m.lines[m.at].Tapped(nil)
		}
	}
}

// move goes to the next usable line in a direction and stays if there is none.
func (m *menu) move(step int) {
	for i := m.at + step; i >= 0 && i < len(m.lines); i += step {
		if m.lines[i].item.active() {
			m.goTo(m.lines[i])
			return
		}
	}
}

func (m *menu) goTo(line *menuLine) {
	for i, l := range m.lines {
		on := l == line
		if on {
			m.at = i
		}
		if l.lit != on {
			l.lit = on
			l.Refresh()
		}
	}
}

// menuLine is one item, 32 high.
type menuLine struct {
	press
	item MenuItem
	menu *menu
	lit  bool
}

func newMenuLine(item MenuItem, m *menu) *menuLine {
	l := &menuLine{item: item, menu: m}
	l.off = !item.active()
	l.onPress = func() {
		m.close()
		item.OnTap()
	}
	l.ExtendBaseWidget(l)
	return l
}

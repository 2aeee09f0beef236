package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bankbook/ui/look"
)

// tableBody is the scrolling part of a table. Being a fyne.Scrollable, it clips
// its rows.
type tableBody struct {
	base
	table    *Table
	count    int
	row      int     // at the upper edge
	offset   float32 // of that row scrolled away, 0 to less than its height
	focusRow int
	hoverRow int
	hasFocus bool
	shift    bool
	rows     []*Row // row i stands in rows[i % len(rows)]
	spans    []span
	seen     [2]int
	wanted   int // row to reveal once there is a size, -1 none
	pinned   *Row
}

func newTableBody(t *Table) *tableBody {
	b := &tableBody{table: t, focusRow: -1, hoverRow: -1, wanted: -1}
	b.pinned = newRow(b)
	b.pinned.over, b.pinned.box.Hidden = true, true
	b.ExtendBaseWidget(b)
	return b
}

func (b *tableBody) pitch() float32 { return b.table.spec.RowHeight }

// moveTo goes to a place, kept between the first row at the top and the last
// row whole at the bottom. The arithmetic is 64 bit: a million rows are more
// pixels than a float32 counts.
func (b *tableBody) moveTo(row int, offset float32) {
	pitch := float64(b.pitch())
	place := float64(row)*pitch + float64(offset)
	lowest := float64(b.count)*pitch - float64(b.Size().Height)
	place = max(min(place, lowest), 0)
	b.row = int(place / pitch)
	b.offset = float32(place - float64(b.row)*pitch)
	b.arrange()
}

// scrollBy moves by a distance in pixels, down if positive.
func (b *tableBody) scrollBy(distance float32) { b.moveTo(b.row, b.offset+distance) }

// top is the place of a row below the upper edge of the body.
func (b *tableBody) top(row int) float32 { return float32(row-b.row)*b.pitch() - b.offset }

// fit is how many rows are whole on screen.
func (b *tableBody) fit() int { return max(int(b.Size().Height/b.pitch()), 1) }

func (b *tableBody) window() (first, last int) {
	if b.Size().Height <= 0 {
		return b.row, b.row
	}
	return b.row, min(b.row+int((b.Size().Height+b.offset-0.01)/b.pitch())+1, b.count)
}

// reveal brings a row whole onto the screen.
func (b *tableBody) reveal(row int) {
	if row < 0 || row >= b.count {
		return
	}
	if b.Size().Height <= 0 {
		b.wanted = row
		return
	}
	switch {
	case b.table.spec.Section != nil && row > 0 && b.top(row) < b.pitch():
		b.moveTo(row-1, 0) // not under the heading
	case row < b.row || (row == b.row && b.offset > 0):
		b.moveTo(row, 0)
	case b.top(row)+b.pitch() > b.Size().Height:
		b.moveTo(row+1, -b.Size().Height)
	}
}

// need returns how many row widgets a height takes: one more than fit, for the
// rows cut at both edges.
func (b *tableBody) need() int {
	height := b.Size().Height
	whole := int(height / b.pitch())
	if float32(whole)*b.pitch() < height {
		whole++
	}
	return whole + 1
}

// arrange moves the row widgets to their places and binds those that now show
// another row.
func (b *tableBody) arrange() {
	if b.Size().Height <= 0 {
		return
	}
	for len(b.rows) < b.need() {
		b.rows = append(b.rows, newRow(b))
	}
	first, last := b.window()
	for row := first; row < first+len(b.rows); row++ {
		r := b.rows[row%len(b.rows)]
		if row >= last {
			r.box.Hidden = true
			continue
		}
		r.box.Hidden = false
		if r.index != row {
			b.bind(r, row)
		}
		r.box.Move(fyne.NewPos(0, b.top(row)))
	}
	b.pin()
	if b.seen != [2]int{first, last} {
		b.seen = [2]int{first, last}
		if b.table.spec.OnWindow != nil {
			b.table.spec.OnWindow(first, last)
		}
	}
	b.table.bar.follow()
}

// pin shows the heading of the topmost row over the rows. The next heading pushes
// it away.
func (b *tableBody) pin() {
	if b.table.spec.Section == nil {
		return
	}
	section := b.table.spec.Section(b.row)
	b.pinned.box.Hidden = section < 0 || section == b.row && b.offset == 0
	if b.pinned.box.Hidden {
		return
	}
	if b.pinned.index != section {
		b.bind(b.pinned, section)
	}
	y := float32(0)
	if b.row+1 < b.count && b.table.spec.Section(b.row+1) == b.row+1 {
		y = -b.offset
	}
	b.pinned.box.Move(fyne.NewPos(0, y))
}

func (b *tableBody) bind(r *Row, row int) {
	r.begin(row)
	if b.table.spec.Bind != nil {
		b.table.spec.Bind(row, r)
	}
	r.end(b.spans, fyne.NewSize(b.Size().Width, b.pitch()))
}

// rebind binds all rows on screen again.
func (b *tableBody) rebind() {
	for _, r := range b.rows {
		r.index = -1
	}
	b.pinned.index = -1
	b.spans = b.table.spans(b.Size().Width)
	b.arrange()
	b.Refresh()
}

func (b *tableBody) rebindRow(row int) {
	if row < 0 || len(b.rows) == 0 {
		return
	}
	if r := b.rows[row%len(b.rows)]; r.index == row && !r.box.Hidden {
		b.bind(r, row)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *tableBody) CreateRenderer() fyne.WidgetRenderer {
	paper := rect(0)
	d := &drawing{widget: b}
	gather := func() {
		d.objects = append(d.objects[:0], paper)
		for _, r := range b.rows {
			d.objects = append(d.objects, r.box)
		}
		d.objects = append(d.objects, b.pinned.box)
	}
	d.paint = func() {
		fill(paper, look.Surface)
		paper.Hidden = b.table.spec.InCard
		gather()
	}
	d.layout = func(size fyne.Size) {
		place(paper, 0, 0, size.Width, size.Height)
		if len(b.rows) > b.need() {
			b.rows = b.rows[:b.need()]
		}
		for _, r := range b.rows {
			r.index = -1
		}
		b.pinned.index = -1
		b.spans = b.table.spans(size.Width)
		b.moveTo(b.row, b.offset)
		if b.wanted >= 0 && size.Height > 0 {
			b.reveal(b.wanted)
			b.wanted = -1
		}
		gather()
	}
	d.min = func() fyne.Size { return fyne.NewSize(100, b.pitch()) }
	return show(d)
}

// Scrolled moves the rows with the wheel.
func (b *tableBody) Scrolled(e *fyne.ScrollEvent) {
	stir()
	b.scrollBy(-e.Scrolled.DY)
	b.hover(b.rowAt(e.Position.Y))
}

// rowAt returns the row at a height of the body, -1 none.
func (b *tableBody) rowAt(y float32) int {
	row := b.row + int((y+b.offset)/b.pitch())
	if y < 0 || row >= b.count {
		return -1
	}
	return row
}

func (b *tableBody) hover(row int) {
	if b.hoverRow == row {
		return
	}
	before := b.hoverRow
	b.hoverRow = row
	b.repaintRow(before)
	b.repaintRow(row)
}

// repaintRow colours a row again without binding it.
func (b *tableBody) repaintRow(row int) {
	if row < 0 || len(b.rows) == 0 {
		return
	}
	if r := b.rows[row%len(b.rows)]; r.index == row {
		r.paintBack()
	}
}

// MouseIn follows the pointer.
func (b *tableBody) MouseIn(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseMoved follows the pointer.
func (b *tableBody) MouseMoved(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseOut ends the hover state.
func (b *tableBody) MouseOut() { b.hover(-1) }

// MouseDown remembers whether Shift is held.
func (b *tableBody) MouseDown(e *desktop.MouseEvent) {
	b.shift = e.Modifier&fyne.KeyModifierShift != 0
}

// MouseUp does nothing.
func (b *tableBody) MouseUp(*desktop.MouseEvent) {}

// Tapped goes to a row, or checks it if the tap is on its check box. A tap is
// reported for the row that has the focus as well: the person means that row,
// and may have closed what it opened.
func (b *tableBody) Tapped(e *fyne.PointEvent) {
	if c := CanvasOf(b); c != nil {
		c.Focus(b)
	}
	row := b.rowAt(e.Position.Y)
	if row < 0 {
		return
	}
	r := b.rows[row%len(b.rows)]
	if r.index == row && r.onCheckCell(e.Position.X, b.spans) {
		b.check(row, b.shift)
		return
	}
	col := b.columnAt(e.Position.X)
	if row == b.focusRow && b.table.spec.OnFocus != nil {
		b.reveal(row)
		b.table.spec.OnFocus(row)
	} else {
		b.goTo(row)
	}
	if col >= 0 && b.table.spec.OnCell != nil {
		b.table.spec.OnCell(row, col)
	}
}

// columnAt returns the column at a distance from the left, -1 between them.
func (b *tableBody) columnAt(x float32) int {
	for i, s := range b.spans {
		if x >= s.x && x < s.x+s.width {
			return i
		}
	}
	return -1
}

// TappedSecondary asks for the menu of a row.
func (b *tableBody) TappedSecondary(e *fyne.PointEvent) {
	row := b.rowAt(e.Position.Y)
	if row < 0 || b.table.spec.OnMenu == nil {
		return
	}
	b.goTo(row)
	b.table.spec.OnMenu(row, e.AbsolutePosition)
}

func (b *tableBody) check(row int, extend bool) {
	if b.table.spec.OnCheck != nil && row >= 0 {
		b.table.spec.OnCheck(row, extend)
	}
}

// goTo moves the focus to a row and reports it.
func (b *tableBody) goTo(row int) {
	if b.count == 0 {
		return
	}
	row = max(min(row, b.count-1), 0)
	if row == b.focusRow {
		b.reveal(row)
		return
	}
	before := b.focusRow
	b.focusRow = row
	b.rebindRow(before)
	b.rebindRow(row)
	b.reveal(row)
	if b.table.spec.OnFocus != nil {
		b.table.spec.OnFocus(row)
	}
}

// FocusGained makes sure that some row is the focused one.
func (b *tableBody) FocusGained() {
	b.hasFocus = true
	if b.focusRow < 0 && b.count > 0 {
		b.focusRow = b.row
	}
	b.rebindRow(b.focusRow)
}

// FocusLost keeps the row.
func (b *tableBody) FocusLost() {
	b.hasFocus = false
	b.rebindRow(b.focusRow)
}

// TypedRune does nothing.
func (b *tableBody) TypedRune(rune) {}

// TypedKey moves through the rows.
func (b *tableBody) TypedKey(e *fyne.KeyEvent) {
	stir()
	if b.table.spec.OnKey != nil && b.table.spec.OnKey(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeyDown:
		b.goTo(b.focusRow + 1)
	case fyne.KeyUp:
		b.goTo(b.focusRow - 1)
	case fyne.KeyPageDown:
		b.goTo(b.focusRow + b.fit())
	case fyne.KeyPageUp:
		b.goTo(b.focusRow - b.fit())
	case fyne.KeyHome:
		b.goTo(0)
	case fyne.KeyEnd:
		b.goTo(b.count - 1)
	case fyne.KeySpace:
		b.check(b.focusRow, false)
	case fyne.KeyReturn, fyne.KeyEnter:
		if b.table.spec.OnActivate != nil && b.focusRow >= 0 {
			b.table.spec.OnActivate(b.focusRow)
		}
	case fyne.KeyEscape:
		escape()
	}
}

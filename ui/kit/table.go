package kit

import (
	"fyne.io/fyne/v2"

	"bankbook/ui/look"
)

// Column describes a column of a table.
type Column struct {
	Key       string  // handed to OnSort; "" is a column that cannot be sorted by
	Title     string  // of the head
	Width     float32 // 0 shares with its like what the fixed ones leave over
	Right     bool    // content and title at the right
	Check     bool    // the head shows a check box for all rows
	HideBelow float32 // the column is left out while the table is narrower
	Roomy     float32 // the width in a table of 900 or more; 0 is Width
}

// TableSpec describes a table. Bind is the only function it needs.
type TableSpec struct {
	Columns   []Column
	RowHeight float32 // with its 1 px bottom line; 0 is 36
	Side      float32 // room left and right; 0 is 16
	NoHead    bool
	InCard    bool // the table reaches the lower corners of a card (and without a head the upper ones)
	TopOfCard bool // with InCard: the head reaches the upper corners
	// Bind fills a row. It is called for rows on screen only, and again for
	// each row whenever the table refreshes, so it must be quick. Call
	// Row.Loading when the content is not there yet.
	Bind func(row int, r *Row)
	// Section returns the heading that a row stands under, which is a row too, or -1.
	// The heading of the topmost row then stays on screen. nil is none.
	Section func(row int) int
	// OnFocus hears that the person moved to a row, by key or pointer.
	OnFocus func(row int)
	// OnActivate hears Enter on a row.
	OnActivate func(row int)
	// OnCell hears a tap on a cell, after the row has the focus. nil is no difference
	// between the cells.
	OnCell func(row, col int)
	// OnCheck hears Space on a row and a tap on a check cell. With extend the
	// person held Shift: everything from the last check to here.
	OnCheck func(row int, extend bool)
	// OnCheckAll hears a tap on the check box of the head.
	OnCheckAll func()
	// OnSort hears a tap on the head of a column with a Key.
	OnSort func(key string)
	// OnMenu hears a tap with the other button; at is relative to the window.
	OnMenu func(row int, at fyne.Position)
	// OnKey is asked first for every key and reports whether it took it.
	OnKey func(key fyne.KeyName) bool
	// OnWindow hears that other rows are on screen, first to last-1.
	OnWindow func(first, last int)
}

// Table shows any number of rows, of which only those on screen exist. Its
// place is a row number and the part of that row that is scrolled away, not a
// distance from the top: 32-bit distances lose whole pixels after 430,000 rows.
type Table struct {
	base
	spec TableSpec
	head *tableHead
	body *tableBody
	bar  *scrollBar
}

// NewTable returns an empty table.
func NewTable(spec TableSpec) *Table {
	if spec.RowHeight == 0 {
		spec.RowHeight = look.RowHeight
	}
	if spec.Side == 0 {
		spec.Side = look.Space4
	}
	t := &Table{spec: spec}
	t.head = newTableHead(t)
	t.body = newTableBody(t)
	t.bar = newScrollBar(t.body)
	t.ExtendBaseWidget(t)
	return t
}

// SetCount tells how many rows there are and binds those on screen again. The
// place on screen stays as far as there are rows.
func (t *Table) SetCount(n int) {
	t.body.count = max(n, 0)
	if t.body.focusRow >= n {
		t.body.focusRow = n - 1
	}
	t.body.moveTo(t.body.row, t.body.offset)
	t.body.rebind()
	t.bar.Refresh()
}

// Count returns how many rows there are.
func (t *Table) Count() int { return t.body.count }

// Reload binds every row on screen again, after their content changed.
func (t *Table) Reload() { t.body.rebind() }

// ReloadRow binds one row again if it is on screen.
func (t *Table) ReloadRow(row int) { t.body.rebindRow(row) }

// ScrollTo brings a row onto the screen, moving no more than needed.
func (t *Table) ScrollTo(row int) { t.body.reveal(row) }

// ScrollToTop shows the first row.
func (t *Table) ScrollToTop() { t.body.moveTo(0, 0) }

// Anchor returns the row at the upper edge and how much of it is scrolled
// away, to come back to this place with SetAnchor.
func (t *Table) Anchor() (row int, offset float32) { return t.body.row, t.body.offset }

// SetAnchor goes to a place that Anchor returned.
func (t *Table) SetAnchor(row int, offset float32) { t.body.moveTo(row, offset) }

// Inserted tells that n rows came in before row at. What is on screen and the
// focused row stay where they are, unless the table stands at its very top,
// where new rows shall be seen.
func (t *Table) Inserted(at, n int) {
	b := t.body
	atTop := b.row == 0 && b.offset == 0
	b.count += n
	if b.focusRow >= at {
		b.focusRow += n
	}
	if at <= b.row && !atTop {
		b.moveTo(b.row+n, b.offset)
	}
	t.settle()
}

// Removed tells that n rows from at on are gone.
func (t *Table) Removed(at, n int) {
	b := t.body
	b.count = max(b.count-n, 0)
	if b.focusRow >= at {
		b.focusRow = max(b.focusRow-n, min(at, b.count-1))
	}
	row := b.row
	if at < row {
		row = max(row-n, at)
	}
	b.moveTo(row, b.offset)
	t.settle()
}

func (t *Table) settle() {
	t.body.moveTo(t.body.row, t.body.offset)
	t.body.rebind()
	t.bar.Refresh()
}

// FocusedRow returns the row that the person is at, -1 none.
func (t *Table) FocusedRow() int { return t.body.focusRow }

// SetFocusedRow moves to a row without reporting it; -1 to none.
func (t *Table) SetFocusedRow(row int) {
	before := t.body.focusRow
	t.body.focusRow = min(row, t.body.count-1)
	t.body.rebindRow(before)
	t.body.rebindRow(t.body.focusRow)
	if row >= 0 {
		t.body.reveal(row)
	}
}

// SetSort shows by which column the rows are sorted; "" by none.
func (t *Table) SetSort(key string, descending bool) {
	t.head.sortKey, t.head.descending = key, descending
	t.head.Refresh()
}

// SetAllChecked shows the state of the check box in the head.
func (t *Table) SetAllChecked(on bool) {
	if t.head.all != on {
		t.head.all = on
		t.head.Refresh()
	}
}

// SetColumns changes the columns.
func (t *Table) SetColumns(columns []Column) {
	t.spec.Columns = columns
	t.head.Refresh()
	t.body.rebind()
}

// Window returns the rows on screen, first to last-1.
func (t *Table) Window() (first, last int) { return t.body.window() }

// Focusable returns what takes the keyboard, for Canvas.Focus.
func (t *Table) Focusable() fyne.Focusable { return t.body }

// Rows returns how many row widgets exist, to prove that it depends on the
// screen alone.
func (t *Table) Rows() int { return len(t.body.rows) }

// RowOnScreen returns the upper and lower edge of a row relative to the table,
// and whether any of it is on screen.
func (t *Table) RowOnScreen(row int) (top, bottom float32, ok bool) {
	first, last := t.body.window()
	if row < first || row >= last {
		return 0, 0, false
	}
	top = t.headHeight() + t.body.top(row)
	return top, top + t.spec.RowHeight, true
}

func (t *Table) headHeight() float32 {
	if t.spec.NoHead {
		return 0
	}
	return look.HeadHeight
}

// CreateRenderer implements fyne.Widget.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	t.head.Hidden = t.spec.NoHead
	return show(&drawing{
		widget: t, objects: []fyne.CanvasObject{t.head, t.body, t.bar},
		layout: func(size fyne.Size) {
			top := t.headHeight()
			place(t.head, 0, 0, size.Width, top)
			place(t.body, 0, top, size.Width, max(size.Height-top, 0))
			place(t.bar, size.Width-scrollBarWidth, top, scrollBarWidth, max(size.Height-top, 0))
		},
		min: func() fyne.Size {
			return fyne.NewSize(200, t.headHeight()+t.spec.RowHeight)
		},
	})
}

// span is the place of a column: its left edge and width.
type span struct{ x, width float32 }

const columnGap = 12

// roomy is how wide a table is whose columns can take more than they must.
const roomy = 900

// in returns the column's width in a table of a width.
func (c Column) in(total float32) float32 {
	if total >= roomy && c.Roomy > 0 {
		return c.Roomy
	}
	return c.Width
}

// spans returns the places of all columns in a table of a width. A column that
// is left out has no width.
func (t *Table) spans(total float32) []span {
	var widths []float32
	var shown []int
	for i, c := range t.spec.Columns {
		if total >= c.HideBelow {
			widths = append(widths, c.in(total))
			shown = append(shown, i)
		}
	}
	spans := make([]span, len(t.spec.Columns))
	x := t.spec.Side
	for i, width := range (columns{gap: columnGap, widths: widths}).spread(total - 2*t.spec.Side) {
		spans[shown[i]] = span{x, width}
		x += width + columnGap
	}
	return spans
}

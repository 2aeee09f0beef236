package kit

import (
	"fmt"
	"slices"
	"sort"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"bankbook/ui/look"
	"bankbook/ui/uitest"
)

// stage shows an object in a window of a fixed size.
func stage(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Canvas {
	t.Helper()
	return uitest.Window(t, o, fyne.NewSize(width, height), uitest.Light).Canvas()
}

// ledger is a table of numbered rows.
func ledger(t testing.TB, n int, change func(*TableSpec)) (*Table, fyne.Canvas) {
	t.Helper()
	spec := TableSpec{
		Columns: []Column{{Key: "date", Title: "Date", Width: 60}, {Key: "name", Title: "Name"}, {Title: "Amount", Width: 90, Right: true}},
		Bind: func(row int, r *Row) {
			r.Text(0, "Nov 17", Body().Muted())
			r.Text(1, fmt.Sprintf("Row %d", row), Body())
			r.Pill(1, PillSpec{Text: "Pending"})
			r.Text(2, "$1.00", Body())
		},
	}
	if change != nil {
		change(&spec)
	}
	table := NewTable(spec)
	c := stage(t, table, 600, look.HeadHeight+360) // ten rows
	table.SetCount(n)
	return table, c
}

// shownNames returns the names on screen from top to bottom.
func shownNames(table *Table) []string {
	type at struct {
		y    float32
		name string
	}
	var all []at
	for _, r := range table.body.rows {
		if r.box.Hidden {
			continue
		}
		for _, o := range r.box.Objects {
			if text, ok := o.(*canvas.Text); ok && text.Visible() && len(text.Text) > 4 && text.Text[:4] == "Row " {
				all = append(all, at{r.box.Position().Y, text.Text})
			}
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].y < all[j].y })
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.name
	}
	return names
}

func TestTableOfAMillionRowsShowsItsLastRowWhole(t *testing.T) {
	for _, n := range []int{1_000_000, 100_000_000} {
		table, _ := ledger(t, n, nil)
		table.ScrollTo(n - 1)
		names := shownNames(table)
		if got, want := names[len(names)-1], fmt.Sprintf("Row %d", n-1); got != want {
			t.Fatalf("last row is %s, want %s", got, want)
		}
		top, bottom, ok := table.RowOnScreen(n - 1)
		if !ok || bottom != look.HeadHeight+360 || bottom-top != look.RowHeight {
			t.Errorf("last row of %d from %v to %v, want its end at %v", n, top, bottom, look.HeadHeight+360)
		}
		if len(names) != 10 {
			t.Errorf("%d rows on screen, want 10", len(names))
		}
	}
}

func TestTableMakesNoMoreRowsThanFit(t *testing.T) {
	table, _ := ledger(t, 1_000_000, nil)
	for step := range 500 {
		table.body.scrollBy(float32(step%7) * 31)
	}
	for _, row := range []int{999_999, 0, 500_000, 3, 777_777} {
		table.ScrollTo(row)
	}
	if table.Rows() > 11 {
		t.Errorf("%d row widgets for 10 rows on screen", table.Rows())
	}
	objects := 0
	for _, r := range table.body.rows {
		objects += len(r.box.Objects)
	}
	table.ScrollTo(123_456)
	after := 0
	for _, r := range table.body.rows {
		after += len(r.box.Objects)
	}
	if objects != after {
		t.Errorf("a jump made primitives: %d, then %d", objects, after)
	}
}

func TestTableScrollsByPartsOfARow(t *testing.T) {
	table, c := ledger(t, 1000, nil)
	test.Scroll(c, fyne.NewPos(100, 100), 0, -50)
	if row, offset := table.Anchor(); row != 1 || offset != 14 {
		t.Errorf("anchor %d+%v, want 1+14", row, offset)
	}
	if names := shownNames(table); len(names) != 11 || names[0] != "Row 1" || names[10] != "Row 11" {
		t.Errorf("on screen %v", names)
	}
	test.Scroll(c, fyne.NewPos(100, 100), 0, 5000)
	if row, offset := table.Anchor(); row != 0 || offset != 0 {
		t.Errorf("scrolled above the first row: %d+%v", row, offset)
	}
}

func TestTableWithFewRowsDoesNotScroll(t *testing.T) {
	table, c := ledger(t, 3, nil)
	test.Scroll(c, fyne.NewPos(100, 100), 0, -500)
	if row, offset := table.Anchor(); row != 0 || offset != 0 {
		t.Errorf("anchor %d+%v", row, offset)
	}
	if names := shownNames(table); len(names) != 3 {
		t.Errorf("on screen %v", names)
	}
	if _, height := table.bar.thumb(); height != 0 {
		t.Error("a scrollbar for three rows")
	}
}

func TestTableKeys(t *testing.T) {
	var focused []int
	table, c := ledger(t, 1_000_000, func(s *TableSpec) { s.OnFocus = func(row int) { focused = append(focused, row) } })
	c.Focus(table.Focusable())
	for _, k := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 1},
		{fyne.KeyPageDown, 11},
		{fyne.KeyUp, 10},
		{fyne.KeyEnd, 999_999},
		{fyne.KeyDown, 999_999},
		{fyne.KeyPageUp, 999_989},
		{fyne.KeyHome, 0},
		{fyne.KeyUp, 0},
	} {
		table.body.TypedKey(&fyne.KeyEvent{Name: k.key})
		if table.FocusedRow() != k.want {
			t.Fatalf("%s leads to %d, want %d", k.key, table.FocusedRow(), k.want)
		}
		if top, bottom, ok := table.RowOnScreen(k.want); !ok || top < look.HeadHeight || bottom > look.HeadHeight+360 {
			t.Fatalf("row %d after %s stands at %v to %v", k.want, k.key, top, bottom)
		}
	}
	if want := []int{1, 11, 10, 999_999, 999_989, 0}; !slices.Equal(focused, want) {
		t.Errorf("reported %v, want %v", focused, want)
	}
}

func TestTableKeepsItsPlaceWhenRowsComeInOnTop(t *testing.T) {
	table, _ := ledger(t, 1000, nil)
	table.ScrollTo(500)
	table.SetFocusedRow(500)
	before, offset := table.Anchor()
	table.Inserted(0, 7)
	if row, o := table.Anchor(); row != before+7 || o != offset {
		t.Errorf("anchor %d+%v, want %d+%v", row, o, before+7, offset)
	}
	if table.FocusedRow() != 507 || table.Count() != 1007 {
		t.Errorf("focus %d of %d", table.FocusedRow(), table.Count())
	}
	table.Removed(0, 7)
	if row, _ := table.Anchor(); row != before || table.FocusedRow() != 500 {
		t.Errorf("after removal anchor %d, focus %d", row, table.FocusedRow())
	}
}

func TestTableAtItsTopShowsNewRows(t *testing.T) {
	table, _ := ledger(t, 1000, nil)
	table.Inserted(0, 2)
	if row, _ := table.Anchor(); row != 0 {
		t.Errorf("anchor %d, want the new rows on screen", row)
	}
}

func TestTableThatShrinksStaysInRange(t *testing.T) {
	table, _ := ledger(t, 1_000_000, nil)
	table.ScrollTo(999_999)
	table.SetFocusedRow(999_999)
	table.SetCount(20)
	if names := shownNames(table); len(names) != 10 || names[9] != "Row 19" || table.FocusedRow() != 19 {
		t.Errorf("on screen %v, focus %d", names, table.FocusedRow())
	}
	table.SetCount(0)
	if names := shownNames(table); len(names) != 0 || table.FocusedRow() != -1 {
		t.Errorf("on screen %v, focus %d", names, table.FocusedRow())
	}
	table.body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
}

func TestTableReportsItsWindow(t *testing.T) {
	var last [2]int
	table, _ := ledger(t, 1000, func(s *TableSpec) { s.OnWindow = func(a, b int) { last = [2]int{a, b} } })
	if last != [2]int{0, 10} {
		t.Errorf("window %v at the start", last)
	}
	table.body.scrollBy(36*100 + 1)
	if last != [2]int{100, 111} {
		t.Errorf("window %v after scrolling", last)
	}
}

func TestTableScrollbar(t *testing.T) {
	table, _ := ledger(t, 1_000_000, nil)
	_, height := table.bar.thumb()
	if height < thumbLeast {
		t.Errorf("thumb %v high", height)
	}
	table.bar.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 1000)}, Dragged: fyne.NewDelta(0, 990)})
	table.bar.DragEnd()
	if _, bottom, ok := table.RowOnScreen(999_999); !ok || bottom != look.HeadHeight+360 {
		t.Errorf("dragging to the end shows the last row to %v, %v", bottom, ok)
	}
	table.bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 1)})
	if row, _ := table.Anchor(); row != 999_980 {
		t.Errorf("a page up leads to %d", row)
	}
}

func TestTableHidesColumnsThatHaveNoRoom(t *testing.T) {
	table, _ := ledger(t, 5, func(s *TableSpec) { s.Columns[0].HideBelow, s.Columns[0].Roomy = 700, 90 })
	spans := table.spans(600)
	if spans[0].width != 0 || spans[1].x != look.Space4 {
		t.Errorf("spans %v", spans)
	}
	if wide := table.spans(800); wide[0].width != 60 {
		t.Errorf("spans of a wide table %v", wide)
	}
	if roomy := table.spans(900); roomy[0].width != 90 {
		t.Errorf("spans of a roomy table %v", roomy)
	}
}

func TestTableShortensTheFirstTextAndDropsTags(t *testing.T) {
	table, _ := ledger(t, 1, func(s *TableSpec) {
		s.Columns = []Column{{Width: 130}}
		s.Bind = func(_ int, r *Row) {
			r.Text(0, "A name that is much too long", Body())
			r.Tag(0, "Ingredients")
		}
	})
	r := table.body.rows[0]
	for _, o := range r.box.Objects {
		if text, ok := o.(*canvas.Text); ok && text.Visible() && text.Position().X+text.Size().Width > 16+130+1 {
			t.Errorf("%q ends at %v", text.Text, text.Position().X+text.Size().Width)
		}
	}
}

func TestLoadingRowsHaveNoText(t *testing.T) {
	table, _ := ledger(t, 3, func(s *TableSpec) { s.Bind = func(_ int, r *Row) { r.Loading() } })
	bars := 0
	for _, o := range table.body.rows[0].box.Objects {
		switch o := o.(type) {
		case *canvas.Text:
			if o.Visible() {
				t.Errorf("text %q in a loading row", o.Text)
			}
		case *canvas.Rectangle:
			if o.Visible() && o.Size().Height == 10 {
				bars++
			}
		}
	}
	if bars != 3 {
		t.Errorf("%d bars, want 3", bars)
	}
}

// BenchmarkScroll prints the median of one scroll step of this table at a
// million rows and of Fyne's list at 300,000, where its offsets still hold.
func BenchmarkScroll(b *testing.B) {
	b.Run("table-1M", func(b *testing.B) {
		table, _ := ledger(b, 1_000_000, nil)
		table.ScrollTo(600_000)
		median(b, func() { table.body.scrollBy(25) })
	})
	b.Run("list-300k", func(b *testing.B) {
		list := widget.NewList(func() int { return 300_000 },
			func() fyne.CanvasObject {
				return HBox(8, NewText("Nov 17", Body()), NewText("", Body()), NewPill(PillSpec{Text: "Pending"}), NewText("$1.00", Body()))
			},
			func(i widget.ListItemID, o fyne.CanvasObject) {
				box, _ := o.(*fyne.Container)
				name, _ := box.Objects[1].(*Text)
				name.SetText(fmt.Sprintf("Row %d", i))
			})
		stage(b, list, 600, 360)
		list.ScrollTo(200_000)
		offset := list.GetScrollOffset()
		median(b, func() { offset += 25; list.ScrollToOffset(offset) })
	})
}

// median reports the median of one call.
func median(b *testing.B, step func()) {
	b.Helper()
	times := make([]time.Duration, 0, b.N)
	for b.Loop() {
		start := time.Now()
		step()
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds())/1000, "µs-median")
}

func TestTheHeadingOfTheTopmostRowStaysOnScreen(t *testing.T) {
	table, _ := ledger(t, 100, func(spec *TableSpec) {
		spec.Section = func(row int) int { return row - row%20 }
	})
	pinned := table.body.pinned
	if !pinned.box.Hidden {
		t.Error("the first heading stands over itself")
	}
	table.SetAnchor(27, 5)
	if pinned.box.Hidden || pinned.index != 20 || pinned.box.Position().Y != 0 {
		t.Errorf("over row 27 stands %d at %v, hidden %v", pinned.index, pinned.box.Position(), pinned.box.Hidden)
	}
	table.SetAnchor(39, 12) // the next heading comes in
	if pinned.index != 20 || pinned.box.Position().Y != -12 {
		t.Errorf("pushed by row 40, %d stands at %v", pinned.index, pinned.box.Position())
	}
	table.SetAnchor(60, 0)
	table.ScrollTo(50)
	if top, _, ok := table.RowOnScreen(50); !ok || top < look.HeadHeight+look.RowHeight {
		t.Errorf("row 50 is at %v, under its heading", top)
	}
}

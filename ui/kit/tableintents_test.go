package kit

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"bankbook/ui/look"
)

func TestTableIntents(t *testing.T) {
	var got []string
	say := func(format string, a ...any) { got = append(got, fmt.Sprintf(format, a...)) }
	table, c := ledger(t, 50, func(s *TableSpec) {
		s.Columns = append([]Column{{Width: 16, Check: true}}, s.Columns...)
		s.Bind = func(row int, r *Row) { r.Check(0, row == 2) }
		s.OnCheck = func(row int, extend bool) { say("check %d %v", row, extend) }
		s.OnCheckAll = func() { say("all") }
		s.OnSort = func(key string) { say("sort %s", key) }
		s.OnActivate = func(row int) { say("open %d", row) }
		s.OnFocus = func(row int) { say("focus %d", row) }
		s.OnMenu = func(row int, _ fyne.Position) { say("menu %d", row) }
		s.OnKey = func(key fyne.KeyName) bool { return key == fyne.KeyF2 }
	})
	at := func(row int) float32 { return look.HeadHeight + 36*float32(row) + 18 }
	test.TapCanvas(c, fyne.NewPos(24, at(3)))
	table.body.MouseDown(&desktop.MouseEvent{Modifier: fyne.KeyModifierShift})
	test.TapCanvas(c, fyne.NewPos(24, at(6)))
	test.TapCanvas(c, fyne.NewPos(200, at(4)))
	table.body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	table.body.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	table.body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	test.TapCanvas(c, fyne.NewPos(24, 14))
	test.TapCanvas(c, fyne.NewPos(60, 14))
	test.TapCanvas(c, fyne.NewPos(560, 14)) // a column without a key
	table.body.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(200, 36*5+1)})
	want := []string{"check 3 false", "check 6 true", "focus 4", "open 4", "check 4 false", "all", "sort date", "focus 5", "menu 5"}
	if !slices.Equal(got, want) {
		t.Errorf("intents %q, want %q", got, want)
	}
}

func TestTableTellsWhichCellIsTapped(t *testing.T) {
	var got []string
	_, c := ledger(t, 50, func(s *TableSpec) {
		s.OnFocus = func(row int) { got = append(got, fmt.Sprintf("focus %d", row)) }
		s.OnCell = func(row, col int) { got = append(got, fmt.Sprintf("cell %d %d", row, col)) }
	})
	at := func(row int) float32 { return look.HeadHeight + 36*float32(row) + 18 }
	test.TapCanvas(c, fyne.NewPos(560, at(3))) // the last column of a table of 600
	test.TapCanvas(c, fyne.NewPos(300, at(3)))
	test.TapCanvas(c, fyne.NewPos(20, at(4)))
	test.TapCanvas(c, fyne.NewPos(2, at(4))) // before the first column
	want := []string{"focus 3", "cell 3 2", "focus 3", "cell 3 1", "focus 4", "cell 4 0", "focus 4"}
	if !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

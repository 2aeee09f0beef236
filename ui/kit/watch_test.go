package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/uitest"
)

func TestWatchHearsOfEverySignOfAHand(t *testing.T) {
	signs := 0
	button, input := NewButton(ButtonSpec{Text: "Save"}), NewInput(InputSpec{Placeholder: "Nickname"})
	tabs, segmented := NewTabs([]string{"Data", "Security"}, 0, nil), NewSegmented([]string{"In", "Out"}, 0, nil)
	table := NewTable(TableSpec{Columns: []Column{{Title: "Name", Width: 100}}, Bind: func(int, *Row) {}})
	table.SetCount(100)
	scroll := NewScroll(Fixed(0, 4000, NewFill(look.Clear, 0)))
	watch := NewWatch(VBox(0, button, input, tabs, segmented, Fixed(0, 200, table), Fixed(0, 100, scroll)), func() { signs++ })
	w := uitest.Window(t, watch, fyne.NewSize(400, 600), uitest.Light)
	c := w.Canvas()
	uitest.MustShow(t, c, "Save", "Data")
	wheel := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -40)}
	for name, hand := range map[string]func(){
		"a press":                         func() { uitest.Tap(t, c, "Save") },
		"a key on a button":               func() { key(button, fyne.KeyDown) },
		"a letter":                        func() { input.Focusable().TypedRune('a') },
		"a key in a field":                func() { key(input.Focusable(), fyne.KeyLeft) },
		"a key on tabs":                   func() { key(tabs, fyne.KeyRight) },
		"a key on answers":                func() { key(segmented, fyne.KeyRight) },
		"a key in a table":                func() { key(table.body, fyne.KeyDown) },
		"the wheel over a table":          func() { table.body.Scrolled(wheel) },
		"the wheel over a page":           func() { scroll.Scrolled(wheel) },
		"the pointer":                     func() { _ = watch.Cursor() },
		"the pointer over a dialog":       func() { _ = (&overlay{}).Cursor() },
		"a key nobody in a dialog is for": func() { (&overlay{}).typed(&fyne.KeyEvent{Name: fyne.KeyDown}) },
	} {
		before := signs
		hand()
		if signs == before {
			t.Errorf("%s went unheard", name)
		}
	}
	var pointed desktop.Cursorable = watch
	if pointed.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer looks different")
	}
}

func TestCloseAllClosesWhatIsOnTop(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(uitest.Themed(uitest.Light))
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(800, 600))
	shell := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { shell++ })
	closed := 0
	m := NewModal(w.Canvas(), ModalSpec{Title: "One", Body: NewText("", Body()), OnClosed: func() { closed++ }})
	m.Show()
	dialog.ShowInformation("Fyne’s own", "", w)
	ShowPopup(w.Content(), NewText("Two", Body()), func() { closed++ })
	CloseAll(w.Canvas())
	if w.Canvas().Overlays().Top() != nil || closed != 2 || m.Open() {
		t.Errorf("closed %d of 2; on top is %v", closed, w.Canvas().Overlays().Top())
	}
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if shell != 1 {
		t.Error("keys do not go to the window again")
	}
}

func TestToastsCanBeCleared(t *testing.T) {
	q := run.NewQueue()
	defer q.Close()
	toasts := NewToasts(q)
	c := stage(t, toasts, 600, 300)
	toasts.Post(ToastSpec{Text: "First"})
	toasts.Post(ToastSpec{Text: "Second"})
	toasts.Clear()
	if uitest.Shows(c, "First") || uitest.Shows(c, "Second") || q.Clocks() != 0 {
		t.Error("a toast is left")
	}
}

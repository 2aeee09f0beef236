package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"bankbook/ui/look"
	"bankbook/ui/uitest"
)

func TestModalClosesOnEscapeWhereverTheFocusIs(t *testing.T) {
	c := stage(t, NewText("Behind", Body()), 1280, 800)
	shellKeys := 0
	c.SetOnTypedKey(func(*fyne.KeyEvent) { shellKeys++ })
	closed := 0
	input := NewInput(InputSpec{Placeholder: "Nickname"})
	button := NewButton(ButtonSpec{Text: "Add account", Kind: Primary})
	open := func() *Modal {
		m := NewModal(c, ModalSpec{Title: "Add an account manually", Body: input, Foot: HBox(8, Spring(), button), OnClosed: func() { closed++ }})
		m.Show()
		return m
	}
	for i, focus := range []fyne.Focusable{nil, input.Focusable(), button} {
		m := open()
		uitest.MustShow(t, c, "Add an account manually")
		if uitest.Shows(c, "Behind") {
			t.Error("what is behind the dialog counts as shown")
		}
		c.Focus(focus)
		uitest.Key(c, fyne.KeyEscape)
		if m.Open() || closed != i+1 || c.Overlays().Top() != nil {
			t.Fatalf("focus %T: open %v, closed %d times", focus, m.Open(), closed)
		}
	}
	uitest.Key(c, fyne.KeyEscape)
	if shellKeys != 1 {
		t.Errorf("the shell got %d keys, want 1", shellKeys)
	}
}

func TestModalStaysOnTapsAndIs520Wide(t *testing.T) {
	c := stage(t, NewText("Behind", Body()), 1280, 800)
	input := NewInput(InputSpec{})
	m := NewModal(c, ModalSpec{Title: "Dialog", Body: input, Initial: input.Focusable()})
	m.Show()
	if c.Focused() != input.Focusable() {
		t.Error("the first field has no focus")
	}
	test.TapCanvas(c, fyne.NewPos(10, 10))
	test.TapCanvas(c, fyne.NewPos(640, 400))
	if !m.Open() {
		t.Error("a tap closed the dialog")
	}
	if got := m.overlay.content.Size().Width; got != 520 {
		t.Errorf("dialog is %v wide", got)
	}
	uitest.Tap(t, c, "Close")
	if m.Open() {
		t.Error("the x does not close")
	}
	m.Close()
}

func TestMenuByKeysAndTaps(t *testing.T) {
	var taken []string
	take := func(name string) func() { return func() { taken = append(taken, name) } }
	b := NewMenuButton(ButtonSpec{Text: "Export"}, func() MenuSpec {
		return MenuSpec{Title: "Export 847 transactions", Items: []MenuItem{
			{Text: "Spreadsheet"},
			{Text: "CSV", Trailing: ".csv", OnTap: take("csv")},
			{},
			{Text: "Excel", Trailing: ".xlsx", Disabled: true},
			{Text: "OFX", Trailing: ".ofx", OnTap: take("ofx")},
		}}
	})
	c := stage(t, Trailing(b), 600, 500)
	uitest.Tap(t, c, "Export")
	uitest.MustShow(t, c, "Export 847 transactions", "Spreadsheet", ".csv")
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		uitest.Key(c, k)
	}
	if c.Overlays().Top() != nil || !slices.Equal(taken, []string{"ofx"}) {
		t.Fatalf("taken %v, menu open %v", taken, c.Overlays().Top() != nil)
	}
	uitest.Tap(t, c, "Export")
	uitest.Tap(t, c, "CSV")
	uitest.Tap(t, c, "Export")
	uitest.Key(c, fyne.KeyEscape)
	uitest.Tap(t, c, "Export")
	test.TapCanvas(c, fyne.NewPos(5, 5))
	if c.Overlays().Top() != nil || !slices.Equal(taken, []string{"ofx", "csv"}) {
		t.Errorf("taken %v, menu open %v", taken, c.Overlays().Top() != nil)
	}
}

func TestMenuStaysInsideTheWindow(t *testing.T) {
	b := NewMenuButton(ButtonSpec{Text: "Export"}, func() MenuSpec {
		return MenuSpec{Items: []MenuItem{{Text: "One", OnTap: func() {}}, {Text: "Two", OnTap: func() {}}}}
	})
	c := stage(t, VBox(0, Spring(), Trailing(b)), 300, 200)
	uitest.Tap(t, c, "Export")
	top, _ := c.Overlays().Top().(*overlay)
	at, size := top.content.Position(), top.content.Size()
	if at.X < 0 || at.X+size.Width > 300 || at.Y < 0 || at.Y+size.Height > 200-32 {
		t.Errorf("menu at %v of %v in 300 by 200", at, size)
	}
}

func TestSelect(t *testing.T) {
	var chosen []int
	s := NewSelect([]string{"15 minutes", "1 hour", "Never"}, 0, func(i int) { chosen = append(chosen, i) })
	c := stage(t, Leading(s), 400, 300)
	uitest.Tap(t, c, "15 minutes")
	uitest.Tap(t, c, "1 hour")
	key(s, fyne.KeyUp, fyne.KeyUp)
	key(s, fyne.KeyDown)
	uitest.Tap(t, c, "Never")
	if want := []int{1, 0, 2}; !slices.Equal(chosen, want) || s.Chosen() != 2 {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
}

func TestKeysAreOfferedToTheFieldFirst(t *testing.T) {
	var got []fyne.KeyName
	i := NewInput(InputSpec{Placeholder: "Command", OnKey: func(k fyne.KeyName) bool { got = append(got, k); return k == fyne.KeyDown }})
	c := stage(t, i, 300, 40)
	c.Focus(i.Focusable())
	uitest.Key(c, fyne.KeyDown)
	if !slices.Equal(got, []fyne.KeyName{fyne.KeyDown}) {
		t.Errorf("heard %v", got)
	}
}

func TestModalGolden(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"light": uitest.Light, "dark": uitest.Dark} {
		w := uitest.Window(t, On(look.Background, Centered(NewText("Behind", Page()))), fyne.NewSize(640, 460), variant)
		routing := NewInput(InputSpec{Text: "021000012"})
		routing.SetError("This routing number fails its check digit")
		number := NewInput(InputSpec{Text: "123456784417", Secret: true})
		number.SetHelper("Kept in your system’s keychain")
		add := NewButton(ButtonSpec{Text: "Add account"})
		add.Disable()
		NewModal(w.Canvas(), ModalSpec{
			Title: "Add an account manually",
			Body: VBox(16,
				NewParagraph("For an account you don’t want to link. You enter its numbers yourself.", Body().In(look.Text2), 0),
				Columns(16, []float32{0, 0}, Field("Routing number", routing), Field("Account number", number)),
				Columns(16, []float32{0, 0}, Field("Type", NewSegmented([]string{"Checking", "Savings"}, 0, nil)), Field("Owner", NewSelect([]string{"Juniper Bakery LLC"}, 0, nil))),
			),
			Foot: HBox(8, NewText("Fix 1 field to continue", Body().In(look.Text2)), Spring(), NewButton(ButtonSpec{Text: "Cancel"}), add),
		}).Show()
		uitest.Golden(t, "modal-"+name, w.Canvas())
	}
}

func TestMenuGolden(t *testing.T) {
	b := NewMenuButton(ButtonSpec{Text: "Export", Icon: look.IconDownload, Kind: Active}, func() MenuSpec {
		return MenuSpec{Title: "Export 847 transactions", Items: []MenuItem{
			{Text: "Spreadsheet"},
			{Text: "CSV", Trailing: ".csv", OnTap: func() {}},
			{Text: "Excel", Trailing: ".xlsx", OnTap: func() {}},
			{},
			{Text: "New profile…", Icon: look.IconPlus, OnTap: func() {}},
			{Text: "Chosen", Checked: true, OnTap: func() {}},
			{Text: "Remove", Icon: look.IconTrash, Danger: true, OnTap: func() {}},
			{Text: "Later", Disabled: true},
			{Text: "Lock", Keys: "Ctrl+L", OnTap: func() {}},
		}}
	})
	c := stage(t, On(look.Background, Inset(16, VBox(0, Leading(b), Spring()))), 290, 390)
	uitest.Tap(t, c, "Export")
	uitest.Key(c, fyne.KeyDown)
	uitest.Golden(t, "menu-light", c)
}

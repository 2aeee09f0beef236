package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/ui/look"
	"bankbook/ui/uitest"
)

func key(f fyne.Focusable, names ...fyne.KeyName) {
	for _, name := range names {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func TestButtonPresses(t *testing.T) {
	presses := 0
	b := NewButton(ButtonSpec{Text: "Save", OnTap: func() { presses++ }})
	c := stage(t, Leading(b), 200, 60)
	uitest.Tap(t, c, "Save")
	key(b, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab)
	if presses != 4 {
		t.Errorf("%d presses, want 4", presses)
	}
	b.SetBusy(true)
	b.Tapped(nil)
	b.SetBusy(false)
	b.Disable()
	b.Tapped(nil)
	key(b, fyne.KeySpace)
	if presses != 4 {
		t.Errorf("a busy or disabled button was pressed: %d", presses)
	}
	if uitest.Enabled(c, "Save") {
		t.Error("a disabled button counts as enabled")
	}
}

func TestBusyButtonKeepsItsWidth(t *testing.T) {
	for _, spec := range []ButtonSpec{{Text: "Sync", Icon: look.IconRefresh}, {Text: "Save"}, {Text: "Export", Trailing: look.IconChevronDown}} {
		b := NewButton(spec)
		stage(t, b, 200, 60)
		before := b.MinSize()
		b.SetBusy(true)
		if b.MinSize() != before {
			t.Errorf("%s: %v busy, %v before", spec.Text, b.MinSize(), before)
		}
	}
}

func TestButtonSizes(t *testing.T) {
	for size, want := range map[ButtonSize]float32{Compact: 28, Medium: 32, Large: 40} {
		b := NewButton(ButtonSpec{Text: "Save", Size: size})
		stage(t, b, 200, 60)
		if got := b.MinSize().Height; got != want {
			t.Errorf("size %d is %v high, want %v", size, got, want)
		}
	}
}

func TestTabReachesWhatCanBePressedAndSkipsDisabled(t *testing.T) {
	first, off, last := NewButton(ButtonSpec{Text: "A"}), NewButton(ButtonSpec{Text: "B"}), NewLink("C", nil)
	off.Disable()
	c := stage(t, HBox(8, first, off, last, NewTag(TagSpec{Text: "still"})), 300, 60)
	c.FocusNext()
	if c.Focused() != fyne.Focusable(first) || !first.focused {
		t.Errorf("first stop is %v", c.Focused())
	}
	c.FocusNext()
	if c.Focused() != fyne.Focusable(last) || first.focused {
		t.Errorf("second stop is %v", c.Focused())
	}
	c.FocusNext()
	if c.Focused() != fyne.Focusable(first) {
		t.Errorf("third stop is %v, want the first again", c.Focused())
	}
}

func TestFocusShowsARing(t *testing.T) {
	for name, w := range map[string]fyne.Widget{
		"button": NewButton(ButtonSpec{Text: "Save"}), "primary": NewButton(ButtonSpec{Text: "Save", Kind: Primary}),
		"plain": NewButton(ButtonSpec{Text: "Save", Kind: Plain}), "link": NewLink("More", nil),
		"icon": NewIconButton(IconButtonSpec{Icon: look.IconMore}), "check": NewCheck("Yes", true, nil),
		"radio": NewRadio("Yes", true, nil), "switch": NewSwitch(true, nil), "segmented": NewSegmented([]string{"a", "b"}, 0, nil),
		"sidebar": NewSidebarItem(SidebarSpec{Text: "Banks"}), "select": NewSelect([]string{"a"}, 0, nil),
		"profile": NewProfileHeader(ProfileSpec{Name: "J"}), "badge": NewEnvironmentBadge(SandboxLook, "Sandbox", nil),
		"option": NewOptionCard(OptionSpec{Title: "A"}), "row": NewRadioRow(RadioRowSpec{Title: "A"}),
		"tag": NewTag(TagSpec{Text: "a", OnTap: func() {}}), "search": NewSearchButton("Search", "Ctrl+K", nil), "tabs": NewTabs([]string{"a", "b"}, 0, nil),
	} {
		c := stage(t, Inset(12, w), 300, 300)
		before := c.Capture()
		f, ok := w.(fyne.Focusable)
		if !ok {
			t.Errorf("%s cannot be reached by keyboard", name)
			continue
		}
		c.Focus(f)
		if uitest.Differing(before, c.Capture()) < 20 {
			t.Errorf("%s looks the same with the focus", name)
		}
	}
}

func TestChoices(t *testing.T) {
	var heard []bool
	hear := func(on bool) { heard = append(heard, on) }
	check, turn := NewCheck("Loans", false, hear), NewSwitch(true, hear)
	c := stage(t, VBox(8, check, turn), 200, 80)
	uitest.Tap(t, c, "Loans")
	key(turn, fyne.KeySpace)
	check.SetOn(false)
	if !slices.Equal(heard, []bool{true, false}) || check.On() || turn.On() {
		t.Errorf("heard %v, check %v, switch %v", heard, check.On(), turn.On())
	}
}

func TestSegmentedByArrowsAndTaps(t *testing.T) {
	var chosen []int
	s := NewSegmented([]string{"3 months", "12 months", "24 months"}, 0, func(i int) { chosen = append(chosen, i) })
	c := stage(t, s, 336, 32)
	key(s, fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd)
	uitest.Tap(t, c, "12 months")
	uitest.Tap(t, c, "12 months")
	if want := []int{1, 2, 0, 2, 1}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
}

func TestTabsByArrowsAndTaps(t *testing.T) {
	var chosen []int
	tabs := NewTabs([]string{"Data", "Keys", "Security"}, 0, func(i int) { chosen = append(chosen, i) })
	c := stage(t, tabs, 336, 44)
	key(tabs, fyne.KeyRight, fyne.KeyLeft, fyne.KeyLeft)
	uitest.Tap(t, c, "Security")
	if want := []int{1, 0, 2}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
}

func TestStepperAndTimelineShowTheirWords(t *testing.T) {
	steps := NewStepper([]string{"Options", "In your browser", "First sync"}, 0)
	times := NewTimeline(Moment{Title: "Pending", Beside: "Nov 15", End: "$20.00"}, Moment{Title: "Posted", Before: "+$4.00", End: "$24.00", State: Now})
	c := stage(t, VBox(8, steps, times), 600, 200)
	uitest.MustShow(t, c, "Options", "2", "3", "Pending", "Nov 15", "+$4.00")
	steps.SetStep(2)
	if texts := uitest.Texts(c); slices.Contains(texts, "1") || !slices.Contains(texts, "3") {
		t.Errorf("a finished step still shows its number: %q", texts)
	}
	times.Set(Moment{Title: "Created", Note: "By you"})
	uitest.MustShow(t, c, "By you")
	if uitest.Shows(c, "Pending") {
		t.Error("the old moments are still there")
	}
}

func TestQRHoldsItsText(t *testing.T) {
	q := NewQR("https://secure.plaid.com/hl/abc", 180)
	stage(t, q, 180, 180)
	if !q.Encoded() || q.code.Content() != "https://secure.plaid.com/hl/abc" {
		t.Error("the code does not hold the address")
	}
	q.Set(strings.Repeat("x", 5000))
	if q.Encoded() {
		t.Error("5000 letters became a code")
	}
}

func TestCardAddsUpItsParts(t *testing.T) {
	card := NewCard(CardSpec{Title: "Accounts", Body: Fixed(100, 50, NewFill(look.Clear, 0)), Footer: Fixed(100, 30, NewFill(look.Clear, 0))})
	stage(t, card, 300, 300)
	if got := card.MinSize().Height; got != 44+1+50+1+30+1 {
		t.Errorf("a card of 44, 50 and 30 is %v high", got)
	}
}

func TestNoteGrowsWithItsWords(t *testing.T) {
	short := NewNote(NoteSpec{Text: "Backed up.", Tone: Success})
	stage(t, short, 336, 100)
	if got := short.heightFor(336); got != 39 {
		t.Errorf("one line is %v high", got)
	}
	if got := NewNote(NoteSpec{Text: strings.Repeat("word ", 40), Tone: Failure}).heightFor(336); got < 80 {
		t.Errorf("forty words are %v high", got)
	}
}

func TestBulkBar(t *testing.T) {
	var done []string
	bar := NewBulkBar(BulkBarSpec{
		Actions: []ButtonSpec{{Text: "Mark reviewed", Icon: look.IconCheck, OnTap: func() { done = append(done, "review") }}},
		OnClose: func() { done = append(done, "close") },
	})
	c := stage(t, VBox(0, bar), 712, 60)
	bar.Set("3 selected", "–$1,102.80")
	uitest.MustShow(t, c, "3 selected", "–$1,102.80")
	uitest.Tap(t, c, "Mark reviewed")
	uitest.Tap(t, c, "Clear selection")
	if !slices.Equal(done, []string{"review", "close"}) || bar.Size().Height != 44 {
		t.Errorf("done %v, %v high", done, bar.Size().Height)
	}
	uitest.Golden(t, "bulkbar-light", c)
}

func TestHeaderShowsTheWay(t *testing.T) {
	gone := ""
	long := strings.Repeat("A very long name ", 10)
	for _, title := range []string{"Payroll", long} {
		header := NewHeader(HeaderSpec{
			Title: title, Beside: "••7890", Search: NewSearchButton("Search", "Ctrl+K", func() {}),
			Trail: []Crumb{{"Banks", func() { gone = "banks" }}, {long, func() {}}},
		})
		c := stage(t, header, 872, 56)
		uitest.MustShow(t, c, "Banks", "••7890")
		if wide := header.MinSize().Width; wide > 500 {
			t.Errorf("%.9s: the header is %v wide", title, wide)
		}
		uitest.Tap(t, c, "Banks")
		c = stage(t, header, 460, 56)
		uitest.MustShow(t, c, "••7890")
		if uitest.Shows(c, "Banks") {
			t.Error("the crumbs take the room of the title")
		}
	}
	if gone != "banks" {
		t.Error("the first crumb leads nowhere")
	}
}

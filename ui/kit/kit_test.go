package kit

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bankbook/core/money"
	"bankbook/ui/look"
	"bankbook/ui/run"
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

func TestTextShortensWithAnEllipsis(t *testing.T) {
	text := NewText("First Gingham Credit Union", Body()).Shrink()
	c := stage(t, Fixed(80, 20, text), 80, 20)
	shown := uitest.Texts(c)[0]
	if !strings.HasSuffix(shown, "…") || strings.HasSuffix(shown, " …") || Body().Measure(shown).Width > 80.5 {
		t.Errorf("shown %q, %v wide", shown, Body().Measure(shown).Width)
	}
	if text.Value() != "First Gingham Credit Union" {
		t.Error("the whole text is lost")
	}
	if got := Body().Fit("Short", 200); got != "Short" {
		t.Errorf("Fit shortened %q", got)
	}
	if got := Body().Fit("Nothing fits", 0); got != "…" {
		t.Errorf("Fit to nothing is %q", got)
	}
}

func TestParagraphWrapsToItsPlace(t *testing.T) {
	p := NewParagraph("Your balances, spending and cash flow appear here as soon as the first sync is done.", Lead(), 420)
	stage(t, Centered(p), 800, 200)
	if size := p.MinSize(); size.Height != 40 || size.Width > 420 || size.Width < 380 {
		t.Errorf("two lines of at most 420 are %v", size)
	}
	fluid := NewParagraph("One two three four five six seven eight nine ten", Body(), 0)
	box := VBox(0, fluid, NewRule())
	stage(t, box, 100, 400)
	if rule := box.Objects[1].Position().Y; rule < 3*19 {
		t.Errorf("what follows the paragraph stands at %v", rule)
	}
}

func TestSpansShortenTheFirst(t *testing.T) {
	s := NewSpans(Span{"A very long account name", Body()}, Span{" ••0000", Body().Muted()})
	c := stage(t, s, 120, 20)
	texts := uitest.Texts(c)
	if !strings.HasSuffix(texts[0], "…") || texts[1] != " ••0000" {
		t.Errorf("shown %q", texts)
	}
}

func TestMoneyText(t *testing.T) {
	in, out := money.Of(241635, money.USD), money.Of(-128450, money.USD)
	for _, c := range []struct {
		amount money.Amount
		form   MoneyForm
		hidden bool
		text   string
		token  look.Token
	}{
		{in, Flow, false, "+$2,416.35", look.Positive},
		{out, Flow, false, "–$1,284.50", look.Text},
		{money.Of(0, money.USD), Flow, false, "$0.00", look.Text},
		{in, Balance, false, "$2,416.35", look.Text},
		{out, Balance, false, "–$1,284.50", look.Text},
		{out, Stopped, false, "$1,284.50", look.Muted},
		{in, Flow, true, "$••••", look.Muted},
		{out, Stopped, true, "$••••", look.Muted},
	} {
		if text, style := MoneyText(c.amount, c.form, c.hidden, Body()); text != c.text || style.Color != c.token {
			t.Errorf("%v, form %d, hidden %v: %q in %s, want %q in %s", c.amount, c.form, c.hidden, text, style.Color, c.text, c.token)
		}
	}
}

func TestToastsGoByThemselvesAndStayWhileHovered(t *testing.T) {
	queue := run.NewQueue()
	defer queue.Close()
	layer := NewToasts(queue)
	undone := 0
	c := stage(t, layer, 800, 600)
	layer.Post(ToastSpec{Text: "14 transactions marked reviewed", Action: "Undo", OnTap: func() { undone++ }})
	uitest.MustShow(t, c, "14 transactions marked reviewed", "Undo")
	layer.shown[0].MouseIn(nil)
	queue.Advance(10 * time.Second)
	uitest.MustShow(t, c, "Undo")
	layer.shown[0].MouseOut()
	queue.Advance(4 * time.Second)
	uitest.MustShow(t, c, "Undo")
	queue.Advance(time.Second)
	if uitest.Shows(c, "Undo") || queue.Clocks() != 0 {
		t.Errorf("still there after 5 s; %d clocks run", queue.Clocks())
	}
	layer.Post(ToastSpec{Text: "One"})
	layer.Post(ToastSpec{Text: "Two"})
	layer.Post(ToastSpec{Text: "Three", Action: "Undo", OnTap: func() { undone++ }})
	if uitest.Shows(c, "One") || !uitest.Shows(c, "Two") {
		t.Errorf("three toasts show %q", uitest.Texts(c))
	}
	uitest.Tap(t, c, "Undo")
	if undone != 1 || uitest.Shows(c, "Three") {
		t.Errorf("undone %d times, on screen %q", undone, uitest.Texts(c))
	}
}

func TestToastLayerLetsTapsThrough(t *testing.T) {
	queue := run.NewQueue()
	defer queue.Close()
	presses := 0
	layer := NewToasts(queue)
	below := NewButton(ButtonSpec{Text: "Below", OnTap: func() { presses++ }})
	c := stage(t, fyneStack(below, layer), 600, 400)
	layer.Post(ToastSpec{Text: "Saved"})
	test.TapCanvas(c, fyne.NewPos(50, 50))
	if presses != 1 {
		t.Error("the layer took the tap")
	}
	test.TapCanvas(c, fyne.NewPos(300, 350))
	if presses != 1 {
		t.Error("the toast let a tap through")
	}
}

// fyneStack sets objects above each other.
func fyneStack(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: newFrame(Edges{}), Objects: objects}
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

func TestFlowChartShowsMonthsScaleAndValues(t *testing.T) {
	chart := NewFlowChart(160)
	c := stage(t, chart, 600, 160)
	usd := func(dollars int64) money.Amount { return money.Of(dollars*100, money.USD) }
	chart.Set([]FlowMonth{
		{Label: "Oct", In: usd(58600), Out: usd(47000), Net: usd(11600), Hover: []string{"October", "In $58,600"}},
		{Label: "Nov", In: usd(30000), Out: usd(32000), Net: usd(-2000), Current: true, Hover: []string{"November"}},
	}, false)
	uitest.MustShow(t, c, "Oct", "Nov", "$0", "$20k", "$40k", "$60k")
	test.MoveMouse(c, fyne.NewPos(120, 60))
	uitest.MustShow(t, c, "October", "In $58,600")
	chart.MouseOut()
	if uitest.Shows(c, "October") {
		t.Error("the values stay without the pointer")
	}
	chart.Set([]FlowMonth{{Label: "Nov", In: usd(1), Out: usd(1), Net: usd(0)}}, true)
	if uitest.Shows(c, "$") {
		t.Errorf("hidden amounts show %q", uitest.Texts(c))
	}
	chart.Set(nil, false)
	if len(uitest.Texts(c)) != 0 {
		t.Error("a chart without months shows something")
	}
}

func TestNiceTick(t *testing.T) {
	for high, want := range map[int64]int64{0: 100, 100: 100, 5_860_000: 2_000_000, 99_900: 50_000, 10_000_000: 5_000_000} {
		if got := niceTick(high, money.USD); got != want {
			t.Errorf("tick for %d is %d, want %d", high, got, want)
		}
	}
	if got := niceTick(300, "JPY"); got != 100 {
		t.Errorf("tick for 300 yen is %d", got)
	}
	const most = math.MaxInt64
	for high, want := range map[int64]int64{most: 5e18, most - 1: 5e18, 8e18: 2e18, 8e18 + 1: 5e18, most / 4: 1e18, -1: 1} {
		if got := niceTick(high, "JPY"); got != want {
			t.Errorf("tick for %d is %d, want %d", high, got, want)
		}
	}
}

func TestUpToAWholeNumberOfTicks(t *testing.T) {
	for high, want := range map[int64]int64{0: 0, 1: 500, 500: 500, 501: 1000, -1: -1, math.MaxInt64: math.MaxInt64} {
		if got := upTo(high, 500); got != want {
			t.Errorf("%d goes up to %d, want %d", high, got, want)
		}
	}
}

// TestAChartOfTheHighestAmounts is drawn, and ends.
func TestAChartOfTheHighestAmounts(t *testing.T) {
	for _, high := range []int64{math.MaxInt64, 6e18, 5e18} {
		chart := NewFlowChart(230)
		c := stage(t, chart, 700, 230)
		chart.Set([]FlowMonth{
			{Label: "Oct", In: money.Of(high, "JPY"), Out: money.Of(0, "JPY"), Net: money.Of(math.MinInt64, "JPY")},
			{Label: "Nov", In: money.Of(1, "JPY"), Out: money.Of(high, "JPY"), Net: money.Of(1-high, "JPY")},
		}, false)
		uitest.MustShow(t, c, "Oct", "Nov")
		for _, o := range test.WidgetRenderer(chart).Objects() {
			if at := o.Position().Y; at < -20 || at > 240 {
				t.Errorf("of up to %d something stands at %v", high, at)
			}
		}
	}
}

func TestSparklineOfEqualValuesIsFlat(t *testing.T) {
	s := NewSparkline([]int64{5, 5, 5})
	stage(t, s, 56, 20)
	for _, o := range test.WidgetRenderer(s).Objects() {
		if line, ok := o.(*canvas.Line); !ok || line.Position1.Y != line.Position2.Y {
			t.Errorf("a line of equal values rises: %v", o)
		}
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

func TestBalanceChartShowsDaysScaleAndValues(t *testing.T) {
	chart := NewBalanceChart(160)
	c := stage(t, chart, 600, 160)
	point := func(day int, dollars int64) BalancePoint {
		return BalancePoint{Day: day, Label: fmt.Sprintf("Nov %d", day), Amount: money.Of(dollars*100, money.USD), Hover: []string{fmt.Sprintf("day %d", day), "worked out"}}
	}
	chart.Set([]BalancePoint{point(1, 12_000), point(2, 12_000), point(3, 5_000), point(20, -3_000)})
	uitest.MustShow(t, c, "Nov 1", "Nov 20", "$0", "$10k", "–$5k")
	test.MoveMouse(c, fyne.NewPos(590, 60))
	uitest.MustShow(t, c, "day 20", "worked out")
	test.MoveMouse(c, fyne.NewPos(46, 60))
	uitest.MustShow(t, c, "day 1")
	chart.MouseOut()
	if uitest.Shows(c, "worked out") {
		t.Error("the values stay without the pointer")
	}
	for _, points := range [][]BalancePoint{nil, {point(1, 0)}, {point(1, 0), point(2, 0)}} {
		chart.Set(points)
		if shown := len(uitest.Texts(c)) > 0; shown != (len(points) > 0) {
			t.Errorf("%d points show %q", len(points), uitest.Texts(c))
		}
	}
	// The whole range of amounts has a scale that fits.
	chart.Set([]BalancePoint{
		{Day: 1, Amount: money.Of(1<<62, money.USD)}, {Day: 2, Amount: money.Of(-(1 << 62), money.USD)},
	})
	if len(uitest.Texts(c)) == 0 || len(uitest.Texts(c)) > 20 {
		t.Errorf("%d texts", len(uitest.Texts(c)))
	}
}

func TestInputTellsWhenTheKeyboardGoesElsewhere(t *testing.T) {
	var left []string
	field := NewInput(InputSpec{Text: "Payroll", OnBlur: func(text string) { left = append(left, text) }})
	other := NewInput(InputSpec{})
	stage(t, VBox(8, field, other), 300, 80)
	other.entry.FocusGained()
	other.entry.FocusLost() // nobody wants to know
	field.entry.FocusGained()
	field.SetText("Payroll!")
	field.entry.FocusLost()
	field.entry.FocusLost()
	if !slices.Equal(left, []string{"Payroll!"}) {
		t.Errorf("left with %q", left)
	}
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

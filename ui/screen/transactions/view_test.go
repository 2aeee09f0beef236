package transactions_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/ui/screen/transactions"
	"bankbook/ui/uitest"
)

// shown is a bench with its view in a window.
type shown struct {
	*bench
	t      *testing.T
	view   *transactions.View
	window fyne.Window
}

func show(t *testing.T, src *source, size fyne.Size) *shown {
	t.Helper()
	if src.err == nil {
		if err := src.index.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, src)
	s := &shown{bench: b, t: t, view: transactions.NewView(b.Model)}
	s.window = uitest.Window(t, s.view.Content(), size, uitest.Light)
	b.Load()
	s.settle()
	return s
}

func (s *shown) settle() {
	s.queue.Settle()
	uitest.Relayout(s.window)
	s.queue.Settle()
}

func (s *shown) shows(texts ...string) {
	s.t.Helper()
	uitest.MustShow(s.t, s.window.Canvas(), texts...)
}

func (s *shown) hides(text string) {
	s.t.Helper()
	if uitest.Shows(s.window.Canvas(), text) {
		s.t.Errorf("%q is on screen", text)
	}
}

func (s *shown) tap(text string) {
	s.t.Helper()
	uitest.Tap(s.t, s.window.Canvas(), text)
	s.settle()
}

func (s *shown) key(k fyne.KeyName) {
	uitest.Key(s.window.Canvas(), k)
	s.settle()
}

var size = fyne.NewSize(1072, 744)

func TestViewShowsRowsAndSums(t *testing.T) {
	day := core.NewDate(2026, 11, 10)
	pending := tx("p", day, -2_400, "Blue Door Diner")
	pending.Pending = true
	euro := tx("e", day.AddDays(-1), -900, "Café")
	euro.Amount = money.Of(-900, "EUR")
	s := show(t, newSource(pending, tx("i", day.AddDays(-400), 10_000, "Counter sales"), euro), size)
	s.shows("3 transactions", "Debits", "$24.00", "Credits", "$100.00", "+$76.00", "Net in EUR", "–€9.00",
		"Nov 10", "Oct 6, 2025", "Blue Door Diner", "Pending", "Food and drink", "Checking", " ••0000", "–$24.00", "Newest first")
}

func TestAMillionRowsNeedNoMoreThanTheScreen(t *testing.T) {
	src := million(t)
	b := newBench(t, src)
	view := transactions.NewView(b.Model)
	w := uitest.Window(t, view.Content(), size, uitest.Light)
	b.Load()
	b.queue.Settle()
	uitest.Relayout(w)
	b.queue.Settle()
	uitest.MustShow(t, w.Canvas(), "1,000,000 transactions", "Shop at the corner")
	if got := src.Reads(); got != 0 {
		t.Errorf("%d pages read before the index is there", got)
	}
	b.refresh(t)
	uitest.Relayout(w)
	b.queue.Settle()
	uitest.MustShow(t, w.Canvas(), "1,000,000 transactions", "Shop at the corner")
	if got := src.Reads(); got != 1 {
		t.Errorf("%d pages read", got)
	}
}

func TestKeysMoveAndEscapeClosesThePane(t *testing.T) {
	s := show(t, newSource(history(1, 5)...), size)
	s.tap("Shop 1")
	s.shows("Transaction ID", "t-00-00001", "First Platypus Bank")
	s.window.Canvas().Focus(focusable(s))
	s.key(fyne.KeyJ)
	s.shows("t-00-00002")
	s.key(fyne.KeyDown)
	s.shows("t-00-00003")
	s.key(fyne.KeyK)
	s.key(fyne.KeyK)
	s.key(fyne.KeyK)
	s.key(fyne.KeyK)
	s.shows("t-00-00000")
	s.key(fyne.KeyEscape)
	s.hides("Transaction ID")
	if s.State().Selected != transactions.NoRow {
		t.Errorf("row %d is still selected", s.State().Selected)
	}
}

// focusable finds the list, which takes the keyboard.
func focusable(s *shown) fyne.Focusable {
	canvas := s.window.Canvas()
	uitest.Tap(s.t, canvas, "Shop 1")
	return canvas.Focused()
}

func TestSearchFieldFindsAndDownGoesToTheList(t *testing.T) {
	s := show(t, newSource(history(2, 10)...), size)
	uitest.Type(t, s.window.Canvas(), "Search name, category, amount…", "shop 3")
	s.shows("20 transactions")
	s.queue.Advance(time.Second)
	s.settle()
	s.shows("2 transactions", "Clear")
	s.key(fyne.KeyDown)
	s.key(fyne.KeyDown)
	s.shows("Transaction ID")
	s.tap("Clear")
	s.shows("20 transactions")
}

func TestFilterMenus(t *testing.T) {
	card := tx("c", core.NewDate(2026, 11, 3), -100, "Card shop")
	card.Account = "card"
	s := show(t, newSource(append(history(1, 3), card)...), size)
	s.tap("Account")
	s.tap("Card ••3333")
	s.shows("1 transaction", "Card shop")
	s.tap("Status")
	s.tap("Pending")
	s.shows("Nothing matches these filters", "0 transactions", "No transaction of this account has this status.")
	s.tap("Clear all filters")
	s.shows("4 transactions")
}

func TestNothingFoundKeepsTheText(t *testing.T) {
	s := show(t, newSource(history(1, 3)...), size)
	uitest.Type(t, s.window.Canvas(), "Search name, category, amount…", "shop 1")
	s.ForStatus(review.Pending)
	s.settle()
	s.shows("1 transaction contains “shop 1”. It is not pending.")
	s.tap("Keep only “shop 1”")
	s.shows("1 transaction", "Shop 1")
}

func TestPaneShowsTheLineage(t *testing.T) {
	posted := tx("posted", core.NewDate(2026, 11, 17), -2_400, "Blue Door Diner")
	posted.PendingID, posted.Original, posted.Counterparty = "pending", "SQ *BLUE DOOR", "Blue Door Diner"
	posted.CounterpartyType, posted.Category.Detailed = "merchant", "FOOD_AND_DRINK_RESTAURANT"
	pending := tx("pending", core.NewDate(2026, 11, 15), -2_000, "Blue Door Diner")
	src := newSource(posted)
	src.removed["pending"] = pending
	s := show(t, src, size)
	s.tap("Blue Door Diner")
	s.shows("Nov 17, 2026", "Pending", "Nov 15", "–$20.00", "–$4.00", "SQ *BLUE DOOR", "Blue Door Diner, merchant", "Restaurant")
	s.tap("Copy transaction ID")
	if len(s.copied) != 1 || s.copied[0] != "posted" {
		t.Errorf("copied %q", s.copied)
	}
	s.tap("Close")
	s.hides("Transaction ID")
}

func TestNarrowWindowPutsThePaneOverTheList(t *testing.T) {
	s := show(t, newSource(history(1, 3)...), fyne.NewSize(691, 544))
	s.tap("Shop 1")
	s.shows("Transaction ID", "Shop 0")
}

func TestLoadingRowsAreDrawnAndOpenWhenTheyCome(t *testing.T) {
	s := show(t, newSource(history(1, 3)...), size)
	release := s.src.Hold()
	s.Type("shop 1")
	s.Submit()
	s.queue.Drain()
	s.shows("3 transactions", "Shop 0")
	release()
	s.settle()
	s.shows("1 transaction", "Shop 1")
	s.hides("Shop 0")
}

func TestColumnHeadsAndMenuSort(t *testing.T) {
	s := show(t, newSource(history(1, 3)...), size)
	s.tap("Newest first")
	s.tap("Largest amount first")
	s.shows("Largest amount first")
	if got := s.State().Filter.Bar.Sort; got != (review.Sort{By: review.ByAmount, Reverse: true}) {
		t.Errorf("order %+v", got)
	}
	s.tap("Name")
	s.shows("Name A to Z")
	s.tap("Name")
	s.shows("Name Z to A")
}

func TestProblemsOfTheSearchLineAreToldQuietly(t *testing.T) {
	s := show(t, newSource(history(1, 3)...), size)
	s.Type("shop account:savings")
	s.Submit()
	s.settle()
	s.shows("“account:savings” is the name of nothing here.", "Clear all filters")
	s.tap("Clear all filters")
	s.shows("3 transactions")
}

func TestBarOfAWideWindow(t *testing.T) {
	s := show(t, newSource(history(3, 3)...), size)
	s.tap("Date")
	s.tap("This month")
	s.shows("3 transactions", "This month")
	s.tap("Amount")
	s.tap("Money in")
	s.shows("Nothing matches these filters", "No transaction meets all of them.")
	s.tap("Clear")
	s.tap("Category")
	s.tap("Food and drink")
	s.shows("9 transactions")
}

func TestEmptyViews(t *testing.T) {
	s := show(t, newSource(), size)
	s.shows("No transactions yet", "See banks")
	src := newSource()
	src.fail(errBroken)
	s = show(t, src, size)
	s.shows("Something went wrong in Bankbook", "Copy details")
}

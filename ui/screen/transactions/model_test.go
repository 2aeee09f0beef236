package transactions_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/money"
	"bankbook/ui/screen/transactions"
)

func TestUnfilteredListReadsOnlyWhatIsLookedAt(t *testing.T) {
	b := loaded(t, newSource(history(24, 40)...))
	if got := b.src.reads(); got != 0 {
		t.Errorf("%d months read before a row was looked at", got)
	}
	if b.Len() != 24*40 {
		t.Fatalf("len %d", b.Len())
	}
	if _, ok := b.Row(500); ok {
		t.Error("row 500 was there at once")
	}
	b.queue.Settle()
	row, ok := b.Row(500)
	if !ok || row.ID != "t-12-00020" {
		t.Errorf("row 500 is %q, %v", row.ID, ok)
	}
	if got := b.src.reads(); got != 1 || b.rows != 1 {
		t.Errorf("%d months read, rows came in %d times; want 1 and 1", got, b.rows)
	}
}

func TestRowsComeNewestFirstAcrossMonths(t *testing.T) {
	b := loaded(t, newSource(
		tx("a", core.NewDate(2026, 11, 2), -100, "A"), tx("b", core.NewDate(2026, 11, 2), -100, "B"),
		tx("c", core.NewDate(2026, 10, 31), -100, "C"), tx("d", core.NewDate(2025, 12, 1), -100, "D"),
	))
	if got := b.ids(0, 4); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("got %v", got)
	}
}

func TestScrollingFastReadsTheLastMonthsFirst(t *testing.T) {
	b := newBench(t, newSource(history(24, 10)...))
	b.Load()
	b.queue.Settle()
	b.src.gate = make(chan struct{})
	for n := 0; n < b.Len(); n += 10 {
		b.Row(n)
	}
	close(b.src.gate)
	b.queue.Settle()
	if _, ok := b.Row(b.Len() - 1); !ok {
		t.Error("the last row looked at is not there")
	}
	if got := b.src.reads(); got != 5 {
		t.Errorf("%d months read, want the first and the last four", got)
	}
}

func TestFilters(t *testing.T) {
	november := core.NewDate(2026, 11, 10)
	flour := tx("flour", november, -128450, "MARLOW FLOUR MILL 22")
	flour.Merchant, flour.Pending = "Marlow Flour Mill", true
	sales := tx("sales", november.AddDays(-1), 241635, "Counter sales")
	diner := tx("diner", november.AddDays(-40), -2400, "SQ *BLUE DOOR")
	diner.Account, diner.Counterparty = "card", "Blue Döor Diner"
	diner.Category.Primary = "ENTERTAINMENT"
	src := newSource(flour, sales, diner)

	for _, tt := range []struct {
		name   string
		filter transactions.Filter
		want   []string
	}{
		{"merchant", transactions.Filter{Text: "flour"}, []string{"flour"}},
		{"any case, several words", transactions.Filter{Text: "MILL marlow"}, []string{"flour"}},
		{"all words have to occur", transactions.Filter{Text: "mill sales"}, nil},
		{"not only ASCII", transactions.Filter{Text: "DÖOR"}, []string{"diner"}},
		{"amount", transactions.Filter{Text: "$1,284.50"}, []string{"flour"}},
		{"beginning of an amount", transactions.Filter{Text: "24"}, []string{"sales", "diner"}},
		{"category in words", transactions.Filter{Text: "food"}, []string{"flour", "sales"}},
		{"account", transactions.Filter{Account: "card"}, []string{"diner"}},
		{"pending", transactions.Filter{Status: transactions.Pending}, []string{"flour"}},
		{"posted", transactions.Filter{Status: transactions.Posted}, []string{"sales", "diner"}},
		{"together", transactions.Filter{Text: "24", Status: transactions.Posted, Account: "card"}, []string{"diner"}},
		{"spaces are no filter", transactions.Filter{Text: "  "}, []string{"flour", "sales", "diner"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := loaded(t, src)
			b.Type(tt.filter.Text)
			b.ForAccount(tt.filter.Account)
			b.ForStatus(tt.filter.Status)
			b.queue.Settle()
			if got := b.ids(0, 10); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSearchBeginsWhenNobodyTypes(t *testing.T) {
	b := loaded(t, newSource(history(2, 10)...))
	b.Type("sh")
	b.Type("shop 3")
	b.queue.Settle()
	if b.Len() != 20 {
		t.Errorf("searched before the pause: %d rows", b.Len())
	}
	b.queue.Advance(time.Second)
	b.queue.Settle()
	if b.Len() != 2 {
		t.Errorf("%d rows after the pause, want 2", b.Len())
	}
	if n := b.queue.Clocks(); n != 0 {
		t.Errorf("%d timers still run", n)
	}
}

func TestLastSearchWins(t *testing.T) {
	b := loaded(t, newSource(history(3, 10)...))
	b.src.gate = make(chan struct{})
	b.Type("shop 1")
	b.Submit()
	b.Type("shop 2")
	b.Submit()
	close(b.src.gate)
	b.queue.Settle()
	for _, id := range b.ids(0, 10) {
		if id[len(id)-1] != '2' {
			t.Errorf("row %s of the search before", id)
		}
	}
	if b.Len() != 3 || b.State().Scan.Running {
		t.Errorf("%d rows, running %v", b.Len(), b.State().Scan.Running)
	}
}

func TestStoppedSearchSaysSo(t *testing.T) {
	b := loaded(t, newSource(history(3, 10)...))
	b.src.gate = make(chan struct{})
	b.Type("shop")
	b.Submit()
	if !b.State().Scan.Running || b.State().Scan.Total != 30 {
		t.Errorf("scan %+v", b.State().Scan)
	}
	b.StopScan()
	close(b.src.gate)
	b.queue.Settle()
	if s := b.State().Scan; s.Running || !s.Cut {
		t.Errorf("scan %+v", s)
	}
	b.Clear()
	if b.Len() != 30 || b.State().Scan.Cut {
		t.Errorf("after clearing: %d rows, %+v", b.Len(), b.State().Scan)
	}
}

func TestSearchOverManyRowsKeepsPlacesAndFindsThemAgain(t *testing.T) {
	b := loaded(t, newSource(history(12, 1000)...))
	b.Type("shop")
	b.Submit()
	b.queue.Settle()
	if b.Len() != 12_000 {
		t.Fatalf("%d rows", b.Len())
	}
	if got := b.ids(11_999, 1); !slices.Equal(got, []string{"t-11-00999"}) {
		t.Errorf("last row %v", got)
	}
}

func TestSumsArePerCurrency(t *testing.T) {
	day := core.NewDate(2026, 11, 10)
	euro := tx("euro", day, -1000, "Café")
	euro.Amount = money.Of(-1000, "EUR")
	b := loaded(t, newSource(tx("a", day, -2500, "Out"), tx("b", day, 10000, "In"), euro))
	check := func(when string, want ...string) {
		t.Helper()
		var got []string
		for _, s := range b.State().Sums {
			got = append(got, s.Debits.Amount.Text()+" "+s.Credits.Amount.Text()+" "+s.Net().Amount.Signed())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", when, got, want)
		}
	}
	check("all", "–$25.00 $100.00 +$75.00", "–€10.00 €0.00 –€10.00")
	b.Type("in")
	b.Submit()
	b.queue.Settle()
	// "in" is also part of "drink", the category of every row.
	check("food and drink", "–$25.00 $100.00 +$75.00", "–€10.00 €0.00 –€10.00")
	b.Type("caf")
	b.Submit()
	b.queue.Settle()
	check("found", "–€10.00 €0.00 –€10.00")
}

func TestNothingFoundSaysWhatTheTextAloneFinds(t *testing.T) {
	b := loaded(t, newSource(history(2, 10)...))
	b.Type("shop 1")
	b.ForStatus(transactions.Pending)
	b.queue.Settle()
	if b.Len() != 0 || b.State().TextOnly != 2 {
		t.Errorf("%d rows, %d by text", b.Len(), b.State().TextOnly)
	}
	b.KeepText()
	b.queue.Settle()
	if b.Len() != 2 {
		t.Errorf("%d rows with the text alone", b.Len())
	}
}

func TestSelectionStepsAndStaysAtTheEnds(t *testing.T) {
	b := loaded(t, newSource(history(1, 3)...))
	b.ids(0, 3)
	for _, tt := range []struct {
		by   int
		want int
	}{{1, 0}, {1, 1}, {1, 2}, {1, 2}, {-1, 1}, {-5, 0}} {
		b.Step(tt.by)
		if got := b.State().Selected; got != tt.want {
			t.Errorf("after %+d: row %d, want %d", tt.by, got, tt.want)
		}
	}
	if b.State().Detail.In.Bank != "First Platypus Bank" {
		t.Errorf("detail %+v", b.State().Detail)
	}
	b.CopyID()
	if !slices.Equal(b.copied, []string{"t-00-00000"}) {
		t.Errorf("copied %v", b.copied)
	}
	b.Close()
	if b.State().Selected != transactions.NoRow || b.State().Detail.ID != "" {
		t.Errorf("after closing: %+v", b.State())
	}
}

func TestDetailShowsThePendingTransactionBefore(t *testing.T) {
	posted := tx("posted", core.NewDate(2026, 11, 17), -2400, "Blue Door Diner")
	posted.PendingID = "pending"
	pending := tx("pending", core.NewDate(2026, 11, 15), -2000, "Blue Door Diner")
	pending.Pending = true
	src := newSource(posted)
	src.removed["pending"] = pending
	b := loaded(t, src)
	b.ids(0, 1)
	b.Select(0)
	if b.State().Detail.HasEarlier {
		t.Error("there before it was read")
	}
	b.queue.Settle()
	if d := b.State().Detail; !d.HasEarlier || !d.Changed() || d.Earlier.Amount.Minor != -2000 {
		t.Errorf("detail %+v", d)
	}
}

func TestSelectionFollowsItsTransaction(t *testing.T) {
	day := core.NewDate(2026, 11, 10)
	b := loaded(t, newSource(tx("b", day, -100, "Bread"), tx("c", day, -100, "Cake")))
	b.ids(0, 2)
	b.Select(1)

	b.src.add(tx("a", day.AddDays(1), -100, "Apples"))
	b.Handle(event.TransactionsChanged{Item: "item"})
	b.queue.Settle()
	if s := b.State(); s.Selected != 2 || s.Detail.ID != "c" {
		t.Errorf("row %d, %q; want row 2, c", s.Selected, s.Detail.ID)
	}
	b.Type("cake")
	b.Submit()
	b.queue.Settle()
	if s := b.State(); s.Selected != 0 || s.Detail.ID != "c" {
		t.Errorf("in the search: row %d, %q", s.Selected, s.Detail.ID)
	}
	b.Type("bread")
	b.Submit()
	b.queue.Settle()
	if s := b.State(); s.Selected != transactions.NoRow {
		t.Errorf("still selected though not shown: row %d", s.Selected)
	}
}

func TestNewRowsShowTheOldOnesUntilTheyAreRead(t *testing.T) {
	day := core.NewDate(2026, 11, 10)
	b := loaded(t, newSource(tx("b", day, -100, "Bread")))
	b.ids(0, 1)
	b.src.add(tx("a", day.AddDays(1), -100, "Apples"))
	b.Load()
	for b.Len() == 1 {
		b.queue.Drain()
	}
	if row, ok := b.Row(0); !ok || row.ID != "b" {
		t.Errorf("row 0 is %q, %v while it is read again", row.ID, ok)
	}
	b.queue.Settle()
	if row, _ := b.Row(0); row.ID != "a" {
		t.Errorf("row 0 is %q", row.ID)
	}
}

func TestFaultLeavesTheRowsAsTheyWere(t *testing.T) {
	b := loaded(t, newSource(history(2, 5)...))
	b.ids(0, 1)
	b.src.err = errors.New("disk gone")
	b.Load()
	b.queue.Settle()
	if s := b.State(); s.Err == nil || b.Len() != 10 {
		t.Errorf("err %v, %d rows", s.Err, b.Len())
	}
	if _, ok := b.Row(0); !ok {
		t.Error("row 0 is gone")
	}
	b.Row(9)
	b.queue.Settle()
	if b.State().Err == nil {
		t.Error("fault of a month is not shown")
	}
}

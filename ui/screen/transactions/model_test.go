package transactions_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/ui/screen/transactions"
)

func TestListReadsOnlyWhatIsLookedAt(t *testing.T) {
	b := loaded(t, newSource(history(24, 40)...))
	before := b.src.Reads()
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
	if got := b.src.Reads() - before; got != 1 || b.rows != 1 {
		t.Errorf("read %d times, rows came in %d times; want 1 and 1", got, b.rows)
	}
}

func TestNewestRowsAndTotalsAreThereBeforeTheIndex(t *testing.T) {
	b := newBench(t, newSource(history(24, 40)...))
	b.Load()
	b.queue.Settle()
	if s := b.State(); !s.Ready || s.Searching || s.Indexed || len(s.Sums) != 1 || s.Sums[0].Rows != 960 || b.Len() != 960 {
		t.Fatalf("%+v", s)
	}
	if row, ok := b.Row(0); !ok || row.ID != "t-00-00000" {
		t.Errorf("row 0 is %q, %v", row.ID, ok)
	}
	if _, ok := b.Row(959); ok {
		t.Error("the last row is there before the index")
	}
	b.Select(3)
	b.Type(`"shop 3"`)
	b.Submit()
	b.queue.Settle()
	if s := b.State(); !s.Searching {
		t.Error("the search was not left to the index")
	}
	b.refresh(t)
	// "Shop 3" and "Shop 30" to "Shop 39".
	if s := b.State(); s.Searching || !s.Indexed || b.Len() != 24*11 || s.Selected != 0 {
		t.Errorf("%d rows, %+v", b.Len(), s)
	}
	b.Clear()
	b.queue.Settle()
	if got := b.ids(959, 1); !slices.Equal(got, []string{"t-23-00039"}) {
		t.Errorf("last row %v", got)
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

func TestScrollingFastReadsTheLastPagesFirst(t *testing.T) {
	b := loaded(t, newSource(history(24, 100)...))
	before := b.src.Reads()
	release := b.src.Hold()
	for n := 0; n < b.Len(); n += 10 {
		b.Row(n)
	}
	release()
	b.queue.Settle()
	if _, ok := b.Row(b.Len() - 1); !ok {
		t.Error("the last row looked at is not there")
	}
	if got := b.src.Reads() - before; got != 5 {
		t.Errorf("%d pages read, want the first and the last four", got)
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
		{"account", transactions.Filter{}.InAccount("card"), []string{"diner"}},
		{"pending", transactions.Filter{Bar: review.Query{Status: review.Pending}}, []string{"flour"}},
		{"posted", transactions.Filter{Bar: review.Query{Status: review.Posted}}, []string{"sales", "diner"}},
		{"together", transactions.Filter{Text: "24", Bar: review.Query{Status: review.Posted}}.InAccount("card"), []string{"diner"}},
		{"search line", transactions.Filter{Text: "account:checking amount:>1000 is:in before:2026-12"}, []string{"sales"}},
		{"without a word", transactions.Filter{Text: "-flour"}, []string{"sales", "diner"}},
		{"line and bar", transactions.Filter{Text: "-pending"}.InAccount("checking"), []string{"sales"}},
		{"preset", transactions.Filter{Bar: review.Query{Dates: review.Dates{Preset: review.ThisMonth}}}, []string{"flour", "sales"}},
		{"category", transactions.Filter{Bar: review.Query{Categories: review.Set[string]{In: []string{"ENTERTAINMENT"}}}}, []string{"diner"}},
		{"money in", transactions.Filter{Bar: review.Query{Amounts: []review.Amount{{Sign: 1}}}}, []string{"sales"}},
		{"largest first", transactions.Filter{Bar: review.Query{Sort: review.Sort{By: review.ByAmount, Reverse: true}}}, []string{"sales", "diner", "flour"}},
		{"spaces are no filter", transactions.Filter{Text: "  "}, []string{"flour", "sales", "diner"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := loaded(t, src)
			b.Show(tt.filter)
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
	release := b.src.Hold()
	b.Type("shop 1")
	b.Submit()
	b.Type("shop 2")
	b.Submit()
	release()
	b.queue.Settle()
	for _, id := range b.ids(0, 10) {
		if id[len(id)-1] != '2' {
			t.Errorf("row %s of the search before", id)
		}
	}
	if b.Len() != 3 || b.State().Searching {
		t.Errorf("%d rows, searching %v", b.Len(), b.State().Searching)
	}
}

func TestOrders(t *testing.T) {
	b := loaded(t, newSource(history(2, 3)...))
	b.SortBy(review.ByName)
	b.queue.Settle()
	if got := b.ids(0, 6); !slices.Equal(got, []string{"t-00-00000", "t-01-00000", "t-00-00001", "t-01-00001", "t-00-00002", "t-01-00002"}) {
		t.Errorf("by name: %v", got)
	}
	b.SortBy(review.ByDate)
	b.SortBy(review.ByDate)
	b.queue.Settle()
	if got := b.ids(0, 6); !slices.Equal(got, []string{"t-01-00002", "t-01-00001", "t-01-00000", "t-00-00002", "t-00-00001", "t-00-00000"}) {
		t.Errorf("oldest first: %v", got)
	}
	b.Type("shop 1")
	b.Clear()
	if s := b.State().Filter; !s.IsZero() || !s.Bar.Sort.Reverse {
		t.Errorf("clearing the filter took the order along: %+v", s)
	}
}

func TestWhatIsNotUnderstoodIsShownAndSearched(t *testing.T) {
	b := loaded(t, newSource(history(1, 3)...))
	b.Type("shop colour:blue")
	b.Submit()
	b.queue.Settle()
	if s := b.State(); len(s.Problems) != 1 || s.Problems[0].Why != review.UnknownKey || b.Len() != 0 {
		t.Errorf("%d rows, %+v", b.Len(), s.Problems)
	}
	b.Clear()
	b.queue.Settle()
	if s := b.State(); len(s.Problems) != 0 || b.Len() != 3 {
		t.Errorf("%d rows, %+v", b.Len(), s.Problems)
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
	if got := b.ids(0, 1); !slices.Equal(got, []string{"t-00-00000"}) {
		t.Errorf("first row %v", got)
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
	b.ForStatus(review.Pending)
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
	b.refresh(t)
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
	b := loaded(t, newSource(history(4, 40)...))
	b.ids(100, 1)
	b.src.add(tx("a", core.NewDate(2026, 11, 29), -100, "Apples"))
	b.Load()
	b.queue.Settle()
	if row, ok := b.Row(100); !ok || row.ID != "t-02-00020" {
		t.Errorf("row 100 is %q, %v before the index knows", row.ID, ok)
	}
	if err := b.src.index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.Handle(event.IndexChanged{})
	for b.Len() == 160 {
		b.queue.Drain()
	}
	if row, ok := b.Row(100); !ok || row.ID != "t-02-00020" {
		t.Errorf("row 100 is %q, %v while it is read again", row.ID, ok)
	}
	b.queue.Settle()
	if row, _ := b.Row(100); row.ID != "t-02-00019" {
		t.Errorf("row 100 is %q", row.ID)
	}
	if row, _ := b.Row(0); row.ID != "a" {
		t.Errorf("row 0 is %q", row.ID)
	}
}

// A page whose rows have moved waits for the index, which is on its way.
func TestRowsThatHaveMovedComeWithTheIndex(t *testing.T) {
	b := loaded(t, newSource(history(4, 40)...))
	b.src.Remove("t-02-00020")
	b.Row(100)
	b.queue.Settle()
	if s := b.State(); s.Err != nil {
		t.Errorf("moved rows are a fault: %v", s.Err)
	}
	b.refresh(t)
	if got := b.ids(100, 1); !slices.Equal(got, []string{"t-02-00021"}) {
		t.Errorf("row 100 is %v", got)
	}
}

func TestFaultLeavesTheRowsAsTheyWere(t *testing.T) {
	b := loaded(t, newSource(history(2, 50)...))
	b.ids(0, 1)
	b.src.fail(errors.New("disk gone"))
	b.Load()
	b.queue.Settle()
	if s := b.State(); s.Err == nil || b.Len() != 100 {
		t.Errorf("err %v, %d rows", s.Err, b.Len())
	}
	if _, ok := b.Row(0); !ok {
		t.Error("row 0 is gone")
	}
	b.src.fail(nil)
	b.Load()
	b.queue.Settle()
	b.src.fail(errBroken)
	b.Row(99)
	b.queue.Settle()
	if b.State().Err == nil {
		t.Error("fault of a page is not shown")
	}
	b.refresh(t)
	if !errors.Is(b.State().Err, errBroken) {
		t.Errorf("fault of the index is not shown: %v", b.State().Err)
	}
}

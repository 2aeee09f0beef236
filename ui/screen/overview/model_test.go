package overview_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/ui/run"
	"bankbook/ui/screen/overview"
	"bankbook/ui/uitest"
)

// source is what the screen reads, in memory.
type source struct {
	mu   sync.Mutex
	data overview.Data
	err  error
}

func (s *source) set(d overview.Data, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data, s.err = d, err
}

func (s *source) get() (overview.Data, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.data, s.err
}

func (s *source) Items() ([]core.Item, error)       { d, err := s.get(); return d.Items, err }
func (s *source) Accounts() ([]core.Account, error) { d, err := s.get(); return d.Accounts, err }
func (s *source) Totals() ([]core.Total, error)     { d, err := s.get(); return d.Totals, err }
func (s *source) Active() []link.Session            { d, _ := s.get(); return d.Links }

func (s *source) Newest(n int) ([]core.Transaction, error) {
	d, err := s.get()
	return d.Newest[:min(n, len(d.Newest))], err
}

// bench is a model on a source, with what it asks for written down.
type bench struct {
	*overview.Model
	src   *source
	queue *run.Queue
	went  []string
}

func newBench(t *testing.T, d overview.Data, e core.Environment) *bench {
	t.Helper()
	b := &bench{src: &source{data: d}, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	went := func(where string) func() { return func() { b.went = append(b.went, where) } }
	b.Model = overview.New(overview.Deps{
		Runner: b.queue, Now: func() time.Time { return now }, Environment: e, Source: b.src, Links: b.src,
		CopyDetails: func(error) { b.went = append(b.went, "details") },
		Navigate: overview.Navigate{
			Link: went("link"), Banks: went("banks"), Transactions: went("transactions"),
			Resume: func(id core.LinkID) { b.went = append(b.went, "resume "+string(id)) },
			Repair: func(id core.ItemID) { b.went = append(b.went, "repair "+string(id)) },
		},
	})
	return b
}

func someData() overview.Data {
	gingham := item("First Gingham Credit Union", core.SignInNeeded)
	checking := account("Checking", core.Depository, 4_820_631, money.USD)
	checking.Item, checking.Mask = gingham.ID, "0000"
	return overview.Data{
		Items: []core.Item{gingham}, Accounts: []core.Account{checking},
		Totals: []core.Total{total(11, "Checking", "FOOD_AND_DRINK", 0, -2_400)},
		Newest: []core.Transaction{{
			ID: "t", Account: "Checking", Date: core.NewDate(2026, 11, 17), Name: "Blue Door Diner", Pending: true,
			Amount: money.Of(-2_400, money.USD),
		}},
		Links: []link.Session{{ID: "l1", Stage: link.Waiting}},
	}
}

func TestHiddenAccountsDoNotCount(t *testing.T) {
	d := someData()
	hidden := account("Card", core.Credit, 999, money.USD)
	hidden.Item, hidden.Choices.Hidden = d.Items[0].ID, true
	d.Accounts = append(d.Accounts, hidden)
	b := newBench(t, d, core.Practice)
	b.Load()
	b.queue.Settle()
	if p := b.State().Page; p.Sums.Cards != 0 || len(p.Banks) != 1 || len(p.Banks[0].Accounts) != 1 {
		t.Errorf("page %+v", p)
	}
}

func TestLoadsAgainAfterEvents(t *testing.T) {
	b := newBench(t, overview.Data{}, core.Practice)
	changes := 0
	b.OnChange(func() { changes++ })
	b.Load()
	b.queue.Settle()
	if !b.State().Ready || !b.State().Page.Empty {
		t.Fatalf("state %+v", b.State())
	}
	b.src.set(someData(), nil)
	for range 10 {
		b.Handle(event.TransactionsChanged{})
	}
	b.Handle(event.SyncProgress{})
	b.queue.Settle()
	if b.State().Page.Empty {
		t.Error("still empty")
	}
	if changes != 3 {
		t.Errorf("%d changes; want one, and two for ten events at once", changes)
	}
}

func TestFaultKeepsThePage(t *testing.T) {
	b := newBench(t, someData(), core.Practice)
	b.Load()
	b.queue.Settle()
	b.src.set(overview.Data{}, errors.New("disk gone"))
	b.Load()
	b.queue.Settle()
	if s := b.State(); s.Err == nil || s.Page.Empty {
		t.Errorf("err %v, empty %v", s.Err, s.Page.Empty)
	}
}

func (b *bench) show(t *testing.T) fyne.Canvas {
	t.Helper()
	w := uitest.Window(t, overview.NewView(b.Model).Content(), fyne.NewSize(1072, 744), uitest.Light)
	b.Load()
	b.queue.Settle()
	uitest.Relayout(w)
	return w.Canvas()
}

func TestViewShowsEverything(t *testing.T) {
	b := newBench(t, someData(), core.Practice)
	c := b.show(t)
	uitest.MustShow(t, c, "Needs attention", "First Gingham Credit Union", "$48,206.31", "1 account", "Cash flow", "Blue Door Diner",
		"Pending", "–$24.00", "Checking", "••0000", "Spending this month", "Food and drink", "Balances from 1 min ago")
	for _, press := range []string{"Reconnect", "Continue", "See all", "Link a bank", "Blue Door Diner"} {
		uitest.Tap(t, c, press)
	}
	want := []string{"repair First Gingham Credit Union", "resume l1", "transactions", "link", "transactions"}
	if !slices.Equal(b.went, want) {
		t.Errorf("went %q, want %q", b.went, want)
	}
}

func TestEmptyViewInvites(t *testing.T) {
	b := newBench(t, overview.Data{}, core.Practice)
	c := b.show(t)
	uitest.MustShow(t, c, "Link your first bank", "user_good")
	uitest.Tap(t, c, "Link a bank")
	if !slices.Equal(b.went, []string{"link"}) {
		t.Errorf("went %q", b.went)
	}
}

func TestOnlyThePracticeBankShowsItsSignIn(t *testing.T) {
	if c := newBench(t, overview.Data{}, core.Production).show(t); uitest.Shows(c, "user_good") {
		t.Error("the practice sign-in stands beside real banks")
	}
}

func TestFailedViewOffersToTryAgain(t *testing.T) {
	b := newBench(t, overview.Data{}, core.Practice)
	b.src.set(overview.Data{}, errors.New("disk gone"))
	c := b.show(t)
	uitest.Tap(t, c, "Copy details")
	b.src.set(someData(), nil)
	uitest.Tap(t, c, "Try again")
	b.queue.Settle()
	uitest.MustShow(t, c, "Needs attention")
	if !slices.Equal(b.went, []string{"details"}) {
		t.Errorf("went %q", b.went)
	}
}

func TestNarrowWindowHasOneColumn(t *testing.T) {
	b := newBench(t, someData(), core.Practice)
	w := uitest.Window(t, overview.NewView(b.Model).Content(), fyne.NewSize(691, 544), uitest.Light)
	b.Load()
	b.queue.Settle()
	uitest.Relayout(w)
	uitest.MustShow(t, w.Canvas(), "Accounts", "Cash flow")
	flow, accounts := place(w.Canvas(), "Cash flow"), place(w.Canvas(), "Accounts")
	if accounts.Y < flow.Y || accounts.X != flow.X {
		t.Errorf("accounts at %v, cash flow at %v", accounts, flow)
	}
}

func place(c fyne.Canvas, text string) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(uitest.Find(c, text))
}

package banks_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/ui/run"
	"bankbook/ui/screen/banks"
	"bankbook/ui/uitest"
)

var now = time.Date(2026, 11, 18, 9, 43, 0, 0, time.UTC)

// bench is a model with services in memory that write down what they are asked.
type bench struct {
	*banks.Model
	mu       sync.Mutex
	items    []core.Item
	accounts []core.Account
	owners   map[core.ProfileID]string
	err      error
	syncErr  error
	removeEr error
	asked    []string
	reported []error
	queue    *run.Queue
	canvas   fyne.Canvas
}

func (b *bench) Items() ([]core.Item, error)       { return b.items, b.err }
func (b *bench) Accounts() ([]core.Account, error) { return b.accounts, b.err }

func (b *bench) Owners() (map[core.ProfileID]string, error) { return b.owners, b.err }

func (b *bench) Continuations() ([]core.Continuation, error) {
	return []core.Continuation{{ID: "c", From: bank("Omega", core.Connected, fault.None), To: "Gamma"}}, b.err
}

func (b *bench) note(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, what)
}

// syncer and remover keep the names of the model's own methods apart.
type services struct{ *bench }

func (s services) Sync(_ context.Context, id core.ItemID) error {
	s.note("sync " + string(id))
	return s.syncErr
}

func (s services) SetPrimary(id core.AccountID, _ core.Primary, on bool) (accounts.Row, error) {
	s.note(fmt.Sprintf("primary %s %v", id, on))
	return accounts.Row{}, nil
}

func (s services) Stop(id core.ItemID) { s.note("stop " + string(id)) }

func (s services) RemoveBank(_ context.Context, id core.ItemID, keep bool) error {
	if keep {
		s.note("keep " + string(id))
	} else {
		s.note("remove " + string(id))
	}
	return s.removeEr
}

func (s services) RotateToken(_ context.Context, id core.ItemID) error {
	s.note("rotate " + string(id))
	return s.removeEr
}

func (s services) UndoRemove(id core.ItemID) error {
	s.note("undo " + string(id))
	return s.removeEr
}

func newBench(t *testing.T, items ...core.Item) *bench {
	t.Helper()
	b := &bench{items: items, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	for _, i := range items {
		b.accounts = append(b.accounts, core.Account{
			ID: core.AccountID(i.ID + "-checking"), Item: i.ID, Name: "Checking", Mask: "0000", Type: core.Depository, Subtype: "checking",
			Balance: core.Balance{Current: money.Known(money.Of(12_345, money.USD))}, ACH: core.ACHAccount{Status: core.Verified},
		})
	}
	b.Model = banks.New(banks.Deps{
		Runner: b.queue, Now: func() time.Time { return now }, Environment: core.Production,
		Source: b, Syncer: services{b}, Remover: services{b}, Primary: services{b},
		Report:      func(err error) { b.reported = append(b.reported, err) },
		CopyDetails: func(error) { b.note("details") },
		Say:         func(text string) { b.note(text) },
		Removing:    func(_ core.ItemID, name string) { b.note("removing " + name) },
		Navigate: banks.Navigate{
			History: func(id core.ItemID) { b.note("history of " + string(id)) },
			Link:    func() { b.note("link") }, Add: func() { b.note("add") }, Account: func(id core.AccountID) { b.note("account " + string(id)) }, Keys: func() { b.note("keys") },
			Repair:       func(id core.ItemID) { b.note("repair " + string(id)) },
			Accounts:     func(id core.ItemID) { b.note("accounts " + string(id)) },
			Numbers:      func(id core.ItemID) { b.note("numbers " + string(id)) },
			Verify:       func(id core.ItemID, a core.AccountID) { b.note("verify " + string(id) + " " + string(a)) },
			Continue:     func(i core.Item) { b.note("continue in " + string(i.ID)) },
			UndoContinue: func(c core.Continuation) { b.note("separate " + c.ID) },
		},
	})
	return b
}

func bank(name string, status core.ItemStatus, trouble fault.Kind) core.Item {
	return core.Item{
		ID: core.ItemID(name), Institution: core.Institution{ID: "ins", Name: name}, Status: status,
		Sync: core.SyncState{LastSuccess: now.Add(-2 * time.Minute), LastTry: now.Add(-2 * time.Minute), Trouble: core.Trouble{Kind: trouble}},
	}
}

func (b *bench) load() *bench {
	b.Load()
	b.queue.Settle()
	return b
}

func (b *bench) card(name string) banks.Card {
	for _, c := range b.State().Cards {
		if c.Institution.Name == name {
			return c
		}
	}
	return banks.Card{}
}

func TestBanksThatNeedThePersonComeFirst(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None), bank("Beta", core.Connected, fault.Network), bank("Gamma", core.SignInNeeded, fault.SignIn)).load()
	var names []string
	for _, c := range b.State().Cards {
		names = append(names, c.Institution.Name)
	}
	if !slices.Equal(names, []string{"Gamma", "Beta", "Alpha"}) || b.State().Accounts() != 3 {
		t.Errorf("got %v, %d accounts", names, b.State().Accounts())
	}
}

func TestWhatABankOffers(t *testing.T) {
	ending := bank("Ending", core.Connected, fault.None)
	ending.ConsentEnds = now.AddDate(0, 0, 3)
	for _, tt := range []struct {
		item               core.Item
		sync, repair, note bool
	}{
		{bank("Fine", core.Connected, fault.None), true, false, false},
		{bank("Offline", core.Connected, fault.Network), true, false, true},
		{bank("Stopped", core.Connected, fault.Canceled), true, false, false},
		{bank("SignIn", core.SignInNeeded, fault.SignIn), false, true, false},
		{bank("Consent", core.ConsentNeeded, fault.Consent), false, true, true},
		{bank("Gone", core.Gone, fault.Gone), false, false, true},
		{ending, true, true, false},
	} {
		t.Run(tt.item.Institution.Name, func(t *testing.T) {
			c := newBench(t, tt.item).load().card(tt.item.Institution.Name)
			if c.CanSync() != tt.sync || c.CanRepair(now) != tt.repair || c.Trouble().IsZero() == tt.note {
				t.Errorf("sync %v, repair %v, trouble %+v", c.CanSync(), c.CanRepair(now), c.Trouble())
			}
		})
	}
}

func TestProgressIsShownWithoutReading(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None)).load()
	var all int
	var one []int
	b.OnChange(func() { all++ }, func(c banks.Card) { one = append(one, c.Progress.Rows) })
	b.err = errors.New("must not be read")
	for _, rows := range []int{0, 500, 1240} {
		b.Handle(event.SyncProgress{Item: "Alpha", Running: true, Rows: rows})
	}
	b.queue.Settle()
	if all != 1 || !slices.Equal(one, []int{500, 1240}) || b.State().Err != nil {
		t.Errorf("all %d, one %v, err %v", all, one, b.State().Err)
	}
	if c := b.card("Alpha"); !c.Syncing || c.CanSync() {
		t.Errorf("card %+v", c)
	}
	b.err = nil
	b.Handle(event.SyncProgress{Item: "Alpha"})
	b.queue.Settle()
	if b.card("Alpha").Syncing {
		t.Error("still syncing after the end")
	}
}

func TestFaultsOfASyncAreReportedUnlessTheCardSaysThem(t *testing.T) {
	for kind, reported := range map[fault.Kind]bool{
		fault.Network: true, fault.KeychainLocked: true, fault.Canceled: false, fault.SignIn: false, fault.Gone: false,
	} {
		b := newBench(t, bank("Alpha", core.Connected, fault.None)).load()
		b.syncErr = fault.New("sync", kind, nil)
		b.Sync("Alpha")
		b.queue.Settle()
		if got := len(b.reported) == 1; got != reported {
			t.Errorf("%s: reported %v", kind, b.reported)
		}
	}
}

func TestRemove(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None)).load()
	b.removeEr = errors.New("disk")
	b.Remove(b.card("Alpha"), false)
	b.queue.Settle()
	if len(b.reported) != 1 || !slices.Equal(b.asked, []string{"remove Alpha"}) {
		t.Errorf("reported %v, asked %v", b.reported, b.asked)
	}
	b.removeEr = nil
	b.Remove(b.card("Alpha"), true)
	b.queue.Settle()
	b.Undo("Alpha")
	b.queue.Settle()
	if want := []string{"remove Alpha", "keep Alpha", "removing Alpha", "undo Alpha"}; !slices.Equal(b.asked, want) || len(b.reported) != 1 {
		t.Errorf("asked %v, reported %v", b.asked, b.reported)
	}
}

func TestOwnersAreNamedWhereThereAreSeveral(t *testing.T) {
	mine := bank("Alpha", core.Connected, fault.None)
	mine.Profile = "shop"
	b := newBench(t, mine)
	b.owners = map[core.ProfileID]string{"shop": "Juniper Bakery LLC"}
	b.show(t)
	uitest.MustShow(t, b.canvas, "Alpha", "Juniper Bakery LLC")
}

func TestRenewAccess(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None)).show(t)
	for range 2 {
		uitest.Tap(t, b.canvas, "More for Alpha")
		uitest.Tap(t, b.canvas, "Renew access")
		b.queue.Settle()
		b.removeEr = errors.New("network")
	}
	if want := []string{"rotate Alpha", "Access to Alpha renewed", "rotate Alpha"}; !slices.Equal(b.asked, want) || len(b.reported) != 1 {
		t.Errorf("asked %q, reported %v", b.asked, b.reported)
	}
}

func TestEarlierBanksGoOn(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None), bank("Gamma", core.Connected, fault.None)).show(t)
	uitest.Tap(t, b.canvas, "More for Alpha")
	if uitest.Shows(b.canvas, "Separate") {
		t.Error("nothing has been continued in Alpha")
	}
	uitest.Tap(t, b.canvas, "Continue an earlier bank…")
	uitest.Tap(t, b.canvas, "More for Gamma")
	uitest.Tap(t, b.canvas, "Separate the earlier bank")
	if want := []string{"continue in Alpha", "separate c"}; !slices.Equal(b.asked, want) {
		t.Errorf("asked %q", b.asked)
	}
}

func TestABankThatIsBeingRemoved(t *testing.T) {
	leaving := func(l core.Leaving) core.Item {
		i := bank("Alpha", core.Connected, fault.None)
		i.Leaving = l
		return i
	}
	b := newBench(t, leaving(core.Leaving{Since: now})).show(t)
	if c := b.card("Alpha"); c.CanSync() || c.CanRepair(now) || !c.Trouble().IsZero() {
		t.Errorf("card %+v", c)
	}
	uitest.MustShow(t, b.canvas, "About to be removed")
	uitest.Tap(t, b.canvas, "Keep bank")
	b.queue.Settle()
	if !slices.Equal(b.asked, []string{"undo Alpha"}) {
		t.Errorf("asked %q", b.asked)
	}
	b = newBench(t, leaving(core.Leaving{Since: now, Told: true})).show(t)
	uitest.MustShow(t, b.canvas, "Removing…")
	if uitest.Shows(b.canvas, "Keep bank") {
		t.Error("a bank that has been told is offered to stay")
	}
	b = newBench(t, leaving(core.Leaving{Since: now, Told: true, Trouble: core.Trouble{Kind: fault.Network}})).show(t)
	uitest.MustShow(t, b.canvas, "Removing, will be tried again", "Copy details")
}

func (b *bench) show(t *testing.T) *bench {
	t.Helper()
	w := uitest.Window(t, banks.NewView(b.Model).Content(), fyne.NewSize(1072, 744), uitest.Light)
	b.load()
	uitest.Relayout(w)
	b.canvas = w.Canvas()
	return b
}

func TestViewShowsCardsAndDoesWhatIsPressed(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None), bank("Gamma", core.SignInNeeded, fault.SignIn)).show(t)
	uitest.MustShow(t, b.canvas, "2 banks, 2 accounts", "Connected", "Sign-in needed", "Synced 2 min ago", "$123.45", "Verified", "Checking")
	for _, press := range []string{"Reconnect", "Sync", "Link a bank"} {
		uitest.Tap(t, b.canvas, press)
		b.queue.Settle()
	}
	if want := []string{"repair Gamma", "sync Alpha", "link"}; !slices.Equal(b.asked, want) {
		t.Errorf("asked %q, want %q", b.asked, want)
	}
	b.Handle(event.SyncProgress{Item: "Alpha", Running: true, Rows: 1240, Started: now.Add(-20 * time.Second)})
	b.queue.Settle()
	uitest.MustShow(t, b.canvas, "Syncing 1,240 transactions…", "started 20 s ago")
	b.Handle(event.SyncProgress{Item: "Alpha", Running: true, Rows: 2480, Started: now.Add(-20 * time.Second)})
	uitest.MustShow(t, b.canvas, "Syncing 2,480 transactions…")
	uitest.Tap(t, b.canvas, "Stop")
	if b.asked[len(b.asked)-1] != "stop Alpha" {
		t.Errorf("asked %q", b.asked)
	}
}

func TestRemoveAsksFirstAndSaysWhatIsLost(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None)).show(t)
	openDialog := func() {
		uitest.Tap(t, b.canvas, "More for Alpha")
		uitest.Tap(t, b.canvas, "Remove bank…")
	}
	openDialog()
	uitest.MustShow(t, b.canvas, "Remove Alpha?", "1 account", "trial plan", "deleted from this computer")
	uitest.Tap(t, b.canvas, "Keep its history")
	uitest.MustShow(t, b.canvas, "Nothing new comes in")
	uitest.Tap(t, b.canvas, "Keep bank")
	b.queue.Settle()
	if len(b.asked) != 0 || b.canvas.Overlays().Top() != nil {
		t.Fatalf("asked %q", b.asked)
	}
	openDialog()
	uitest.Tap(t, b.canvas, "Remove bank")
	b.queue.Settle()
	if !slices.Equal(b.asked, []string{"remove Alpha", "removing Alpha"}) {
		t.Errorf("asked %q", b.asked)
	}
}

func TestTroubleHasItsNextStep(t *testing.T) {
	for kind, press := range map[fault.Kind]string{
		fault.BankDown: "Try again", fault.Keys: "Enter keys…", fault.SecretMissing: "Remove bank…", fault.Network: "Copy details",
	} {
		b := newBench(t, bank("Alpha", core.Connected, kind)).show(t)
		uitest.Tap(t, b.canvas, press)
		b.queue.Settle()
		if len(b.asked) == 0 && b.canvas.Overlays().Top() == nil {
			t.Errorf("%s: %q did nothing", kind, press)
		}
	}
}

func TestEmptyAndFailedViews(t *testing.T) {
	b := newBench(t).show(t)
	uitest.MustShow(t, b.canvas, "No banks yet")
	b = newBench(t)
	b.err = fault.New("vault: read", fault.Unreadable, nil)
	b.show(t)
	uitest.MustShow(t, b.canvas, "The data folder can’t be used", "Try again")
}

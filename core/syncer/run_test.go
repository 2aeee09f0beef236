package syncer_test

import (
	"context"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// gate is a bank whose answers wait until they are let through.
type gate struct {
	script
	open    chan bank.Page
	waiting atomic.Int32
	most    atomic.Int32
	asked   atomic.Int32
}

func newGate() *gate {
	g := &gate{open: make(chan bank.Page)}
	g.sync = func(ctx context.Context, _ secret.Text, _ string) (bank.Page, error) {
		g.asked.Add(1)
		g.most.Store(max(g.most.Load(), g.waiting.Add(1)))
		defer g.waiting.Add(-1)
		select {
		case page := <-g.open:
			return page, nil
		case <-ctx.Done():
			return bank.Page{}, ctx.Err()
		}
	}
	return g
}

var (
	initialPage = bank.Page{Next: "1", Phase: core.InitialDone}
	historyPage = bank.Page{Next: "2", Phase: core.HistoryDone}
)

// wait calls fn on its own goroutine and returns where its error will be.
func wait(fn func() error) <-chan error {
	result := make(chan error, 1)
	go func() { result <- fn() }()
	return result
}

func TestOneRunPerItem(t *testing.T) {
	bubble(t, "a second request joins", secondRequestJoins)
	bubble(t, "a first sync makes a simple run go on", firstSyncJoins)
	bubble(t, "a wish that comes at the very end is heard", firstSyncJoinsAtTheEnd)
	bubble(t, "one who gives up does not end it for the others", oneWaiterGivesUp)
}

func secondRequestJoins(t *testing.T) {
	g := newGate()
	f := newFixture(t, g, item)
	first := wait(func() error { return f.Sync(t.Context(), item) })
	second := wait(func() error { return f.Sync(t.Context(), item) })
	synctest.Wait()
	if got := f.Running(); !slices.Equal(got, []core.ItemID{item}) {
		t.Errorf("running %v", got)
	}
	g.open <- historyPage
	if err1, err2 := <-first, <-second; err1 != nil || err2 != nil {
		t.Errorf("got %v and %v", err1, err2)
	}
	if got := g.asked.Load(); got != 1 {
		t.Errorf("the bank was asked %d times", got)
	}
	if got := f.Running(); len(got) != 0 {
		t.Errorf("still running %v", got)
	}
}

func firstSyncJoins(t *testing.T) {
	g := newGate()
	f := newFixture(t, g, item)
	simple := wait(func() error { return f.Sync(t.Context(), item) })
	synctest.Wait()
	whole := wait(func() error { return f.FirstSync(t.Context(), item) })
	synctest.Wait()
	g.open <- initialPage
	g.open <- historyPage
	if err1, err2 := <-simple, <-whole; err1 != nil || err2 != nil {
		t.Errorf("got %v and %v", err1, err2)
	}
	if got := g.most.Load(); got != 1 {
		t.Errorf("%d requests at a time for one item", got)
	}
}

func firstSyncJoinsAtTheEnd(t *testing.T) {
	g := newGate()
	f := newFixture(t, g, item)
	whole := make(chan error, 1)
	g.accounts = func(context.Context) ([]core.Account, error) {
		if g.asked.Load() == 1 {
			go func() { whole <- f.FirstSync(t.Context(), item) }()
			synctest.Wait()
		}
		return nil, nil
	}
	simple := wait(func() error { return f.Sync(t.Context(), item) })
	g.open <- initialPage
	g.open <- historyPage
	if err1, err2 := <-simple, <-whole; err1 != nil || err2 != nil {
		t.Errorf("got %v and %v", err1, err2)
	}
}

func oneWaiterGivesUp(t *testing.T) {
	g := newGate()
	f := newFixture(t, g, item)
	ctx, giveUp := context.WithCancel(t.Context())
	first := wait(func() error { return f.Sync(ctx, item) })
	synctest.Wait()
	second := wait(func() error { return f.Sync(t.Context(), item) })
	synctest.Wait()
	giveUp()
	if err := <-first; !fault.Is(err, fault.Canceled) {
		t.Errorf("got %v", err)
	}
	g.open <- historyPage
	if err := <-second; err != nil {
		t.Errorf("got %v", err)
	}
}

func TestStop(t *testing.T) {
	bubble(t, "ends the run, and is no trouble of the bank", func(t *testing.T) {
		g := newGate()
		f := newFixture(t, g, item)
		result := wait(func() error { return f.Sync(t.Context(), item) })
		synctest.Wait()
		f.Stop(item)
		if len(f.Running()) != 0 || g.waiting.Load() != 0 {
			t.Error("something still runs")
		}
		if err := <-result; !fault.Is(err, fault.Canceled) {
			t.Errorf("got %v", err)
		}
		if kept := f.item(t); kept.Sync.Trouble.Kind != fault.None || !kept.Sync.LastTry.IsZero() {
			t.Errorf("item %+v", kept)
		}
		f.Stop(item)
		f.Stop("another")
	})
	bubble(t, "the last who gives up ends it before they are let go", func(t *testing.T) {
		g := newGate()
		f := newFixture(t, g, item)
		ctx, giveUp := context.WithCancel(t.Context())
		result := wait(func() error { return f.Sync(ctx, item) })
		synctest.Wait()
		giveUp()
		if err := <-result; !fault.Is(err, fault.Canceled) || len(f.Running()) != 0 {
			t.Errorf("got %v, running %v", err, f.Running())
		}
	})
	bubble(t, "whoever asks while it ends gets a run of their own", func(t *testing.T) {
		g := newGate()
		f := newFixture(t, g, item)
		var next <-chan error
		f.deps.Events.Subscribe(func(e event.Event) {
			if p, ok := e.(event.SyncProgress); ok && !p.Running && next == nil {
				next = wait(func() error { return f.Sync(t.Context(), item) })
				synctest.Wait()
			}
		})
		first := wait(func() error { return f.Sync(t.Context(), item) })
		synctest.Wait()
		f.Stop(item)
		if err := <-first; !fault.Is(err, fault.Canceled) {
			t.Errorf("got %v", err)
		}
		g.open <- historyPage
		if err := <-next; err != nil {
			t.Errorf("got %v", err)
		}
	})
}

var ids = []core.ItemID{"a", "b", "c", "d", "e", "f", "g"}

func TestSyncAll(t *testing.T) {
	bubble(t, "runs side by side up to the bound", syncAllUpToBound)
	bubble(t, "one failure does not stop the others, and the user is not pressed", syncAllDespiteFailure)
	bubble(t, "an item that waits for its history holds up nobody", syncAllBesideWaiting)
	bubble(t, "an item without a bank, or one that is being ended, is never asked about", neverSynced)
}

func neverSynced(t *testing.T) {
	asked := false
	f := newFixture(t, script{sync: func(context.Context, secret.Text, string) (bank.Page, error) {
		asked = true
		return historyPage, nil
	}}, ids...)
	for _, id := range ids {
		before := core.Item{ID: id, Status: core.Connected, Leaving: core.Leaving{Since: time.Now()}}
		want := fault.Canceled
		if id < "d" {
			before, want = core.Item{ID: id, Status: core.Connected, Connection: core.ByHand}, fault.ByHand
		}
		if err := f.repo.PutItem(before); err != nil {
			t.Fatal(err)
		}
		if err := f.Sync(t.Context(), id); !fault.Is(err, want) {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
		if after, err := f.repo.Item(id); err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("%s: %+v became %+v, %v", id, before, after, err)
		}
	}
	if err := f.SyncAll(t.Context()); err != nil || asked {
		t.Errorf("asked %v, %v", asked, err)
	}
}

func syncAllUpToBound(t *testing.T) {
	g := newGate()
	f := newFixture(t, g, ids...)
	result := wait(func() error { return f.SyncAll(t.Context()) })
	synctest.Wait()
	if got := g.waiting.Load(); got != 4 {
		t.Errorf("%d requests at a time, want 4", got)
	}
	for range ids {
		g.open <- historyPage
	}
	if err := <-result; err != nil {
		t.Error(err)
	}
	if got := g.most.Load(); got != 4 {
		t.Errorf("up to %d requests at a time, want 4", got)
	}
}

func syncAllDespiteFailure(t *testing.T) {
	var asked atomic.Int32
	f := newFixture(t, script{sync: func(_ context.Context, access secret.Text, _ string) (bank.Page, error) {
		asked.Add(1)
		if access.Reveal() == "access-b" {
			return bank.Page{}, fault.New("test", fault.BankDown, nil)
		}
		return historyPage, nil
	}}, ids...)
	for id, status := range map[core.ItemID]core.ItemStatus{"e": core.SignInNeeded, "f": core.ConsentNeeded, "g": core.Gone} {
		if err := f.repo.PutItem(core.Item{ID: id, Status: status}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SyncAll(t.Context()); !fault.Is(err, fault.BankDown) {
		t.Errorf("got %v", err)
	}
	if got := asked.Load(); got != 4 {
		t.Errorf("%d items were asked for, want 4", got)
	}
	if got := len(f.repo.Batches()); got != 3 {
		t.Errorf("%d batches, want 3", got)
	}
}

func syncAllBesideWaiting(t *testing.T) {
	f := newFixture(t, script{sync: func(_ context.Context, access secret.Text, _ string) (bank.Page, error) {
		if access.Reveal() == "access-g" {
			return historyPage, nil
		}
		return bank.Page{Phase: core.NotReady}, nil
	}}, ids...)
	ctx, cancel := context.WithCancel(t.Context())
	var slow []<-chan error
	for _, id := range ids[:6] {
		slow = append(slow, wait(func() error { return f.FirstSync(ctx, id) }))
	}
	if err := f.Sync(t.Context(), "g"); err != nil {
		t.Error(err)
	}
	cancel()
	for _, result := range slow {
		if err := <-result; !fault.Is(err, fault.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

func TestClose(t *testing.T) {
	bubble(t, "ends what runs and refuses what comes later", closeEndsAll)
}

func closeEndsAll(t *testing.T) {
	f := newFixture(t, pages(notReady), "item-1", "item-2")
	first := wait(func() error { return f.FirstSync(t.Context(), "item-1") })
	synctest.Wait()
	f.Close()
	f.Close()
	if err := <-first; !fault.Is(err, fault.Canceled) {
		t.Errorf("the run under way ended with %v", err)
	}
	if err := f.Sync(t.Context(), "item-2"); !fault.Is(err, fault.Canceled) {
		t.Errorf("a run after Close ended with %v", err)
	}
	if left := f.Running(); len(left) != 0 {
		t.Errorf("%v still run", left)
	}
}

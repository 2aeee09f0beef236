package syncer_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// answered is a bank whose answers have requests.
func answered(from script) script {
	ask, n := from.sync, 0
	from.sync = func(ctx context.Context, access secret.Text, cursor string) (bank.Page, error) {
		n++
		bank.Answered(ctx, fmt.Sprintf("request-%d", n))
		return ask(ctx, access, cursor)
	}
	return from
}

// ended returns what was told once of a run's end.
func ended(t *testing.T, f *fixture) event.SyncEnded {
	t.Helper()
	told := heard[event.SyncEnded](f)
	if len(told) != 1 {
		t.Fatalf("told of %d ends, want 1", len(told))
	}
	return told[0]
}

func TestEveryRunTellsItsEnd(t *testing.T) {
	bubble(t, "all loops are counted together", func(t *testing.T) {
		f := newFixture(t, answered(pages(notReady, initial, history)), item)
		if err := f.FirstSync(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		want := event.SyncEnded{Item: item, Count: core.SyncCount{Added: 2}, RequestID: "request-3"}
		if got := ended(t, f); got != want {
			t.Errorf("told %+v, want %+v", got, want)
		}
	})
	bubble(t, "a failure keeps what was committed before", func(t *testing.T) {
		down := fault.New("bank: sync", fault.BankDown, nil)
		f := newFixture(t, answered(pages(initial, down)), item)
		err := f.FirstSync(t.Context(), item)
		want := event.SyncEnded{Item: item, Count: core.SyncCount{Added: 1}, RequestID: "request-2", Err: err}
		if got := ended(t, f); got != want || !fault.Is(err, fault.BankDown) {
			t.Errorf("told %+v, want %+v", got, want)
		}
	})
	bubble(t, "who waits hears of the end first", func(t *testing.T) {
		f := newFixture(t, pages(history), item)
		if err := f.Sync(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		if _, last := f.events[len(f.events)-1].(event.SyncEnded); !last {
			t.Errorf("told last: %T", f.events[len(f.events)-1])
		}
	})
}

func TestARunIsAskedForIfAnybodyAsks(t *testing.T) {
	bubble(t, "by nobody", func(t *testing.T) {
		f := newFixture(t, pages(history), item)
		if err := f.SyncAll(activity.Unasked(t.Context())); err != nil {
			t.Fatal(err)
		}
		if !ended(t, f).Unasked {
			t.Error("somebody is said to have asked")
		}
	})
	bubble(t, "by one who joins", func(t *testing.T) {
		g := newGate()
		f := newFixture(t, g, item)
		first := wait(func() error { return f.Sync(activity.Unasked(t.Context()), item) })
		second := wait(func() error { return f.Sync(t.Context(), item) })
		synctest.Wait()
		g.open <- historyPage
		if err1, err2 := <-first, <-second; err1 != nil || err2 != nil {
			t.Errorf("got %v and %v", err1, err2)
		}
		if ended(t, f).Unasked {
			t.Error("nobody is said to have asked")
		}
	})
}

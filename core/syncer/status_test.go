package syncer_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/core/syncer"
)

// standing is a bank that says how a connection stands, and counts what else it is
// asked for.
type standing struct {
	script
	told  bank.Item
	err   error
	rows  int
	asked int
}

func newStanding(t *testing.T, status core.ItemStatus) (*standing, *fixture) {
	t.Helper()
	s := &standing{}
	s.item = func(context.Context) (bank.Item, error) { s.asked++; return s.told, s.err }
	s.sync = func(context.Context, secret.Text, string) (bank.Page, error) { s.rows++; return historyPage, nil }
	f := newFixture(t, s, item)
	if err := f.repo.PutItem(core.Item{
		ID: item, Status: status, Products: []core.Product{"transactions"}, Sync: core.SyncState{Trouble: core.Trouble{Kind: fault.SignIn}},
	}); err != nil {
		t.Fatal(err)
	}
	return s, f
}

func TestAnItemsOwnTroubleEndsTheRun(t *testing.T) {
	for kind, want := range map[fault.Kind]core.ItemStatus{
		fault.SignIn: core.SignInNeeded, fault.Consent: core.ConsentNeeded, fault.Gone: core.Gone, fault.BankDown: core.Connected,
	} {
		for name, ask := range map[string]func(*syncer.Syncer, context.Context, core.ItemID) error{
			"sync": (*syncer.Syncer).Sync, "check": (*syncer.Syncer).Check,
		} {
			bubble(t, name+" of "+string(kind), func(t *testing.T) {
				s, f := newStanding(t, core.Connected)
				s.told.Trouble = core.Trouble{Kind: kind, Code: "CODE", RequestID: "request"}
				err := ask(f.Syncer, t.Context(), item)
				if d := fault.Describe(err); d.Kind != kind || d.Code != "CODE" || d.RequestID != "request" || s.rows != 0 {
					t.Errorf("asked for rows %d times, %v", s.rows, err)
				}
				kept := f.item(t)
				if kept.Status != want || kept.Sync.Trouble != s.told.Trouble || !kept.Sync.LastTry.Equal(time.Now()) || !kept.Sync.LastSuccess.IsZero() {
					t.Errorf("kept %+v", kept)
				}
			})
		}
	}
}

func TestWhatTheProviderSaysOfAnItemIsKept(t *testing.T) {
	bubble(t, "once", func(t *testing.T) {
		s, f := newStanding(t, core.Connected)
		s.told = bank.Item{ConsentEnds: time.Now().AddDate(0, 0, 5), Products: []core.Product{"transactions", "auth"}}
		for range 2 {
			if err := f.Check(t.Context(), item); err != nil {
				t.Fatal(err)
			}
			slices.Reverse(s.told.Products)
		}
		kept := f.item(t)
		if !kept.ConsentEnds.Equal(s.told.ConsentEnds) || !slices.Equal(kept.Products, []core.Product{"transactions", "auth"}) {
			t.Errorf("kept %+v", kept)
		}
		if told := heard[event.ItemChanged](f); len(told) != 1 {
			t.Errorf("told %d times", len(told))
		}
		s.told = bank.Item{}
		if err := f.Check(t.Context(), item); err != nil {
			t.Fatal(err)
		}
		if kept = f.item(t); !kept.ConsentEnds.IsZero() || len(kept.Products) != 2 {
			t.Errorf("after it was renewed: %+v", kept)
		}
	})
	bubble(t, "or it is a fault", func(t *testing.T) {
		s, f := newStanding(t, core.Connected)
		s.told.ConsentEnds = time.Now()
		f.deps.Repo = unchangeable{f.deps.Repo}
		if err := syncer.New(f.deps).Check(t.Context(), item); !fault.Is(err, fault.DiskFull) {
			t.Errorf("got %v", err)
		}
	})
}

type unchangeable struct{ syncer.Repo }

func (unchangeable) UpdateItem(core.ItemID, func(*core.Item) error) (core.Item, error) {
	return core.Item{}, fault.New("test", fault.DiskFull, nil)
}

func TestCheck(t *testing.T) {
	bubble(t, "clears what was mended elsewhere, without a sync", func(t *testing.T) {
		s, f := newStanding(t, core.SignInNeeded)
		if err := f.Check(t.Context(), item); err != nil || s.rows != 0 {
			t.Errorf("asked for rows %d times, %v", s.rows, err)
		}
		if kept := f.item(t); kept.Status != core.Connected || kept.Sync.Trouble != (core.Trouble{}) {
			t.Errorf("kept %+v", kept)
		}
		if told := heard[event.SyncProgress](f); len(told) != 0 {
			t.Errorf("told of a sync: %+v", told)
		}
	})
	bubble(t, "is no try where nothing is wrong", func(t *testing.T) {
		_, f := newStanding(t, core.Connected)
		before := f.item(t)
		if err := f.Check(t.Context(), item); err != nil || f.item(t).Sync != before.Sync {
			t.Errorf("kept %+v, %v", f.item(t), err)
		}
	})
	bubble(t, "does not take a healthy item for one with permission", checkOfConsent)
	bubble(t, "joins the run that is there", checkJoins)
	bubble(t, "is followed by a sync that was asked for meanwhile", checkIsFollowed)
	bubble(t, "waits while the item is held", func(t *testing.T) {
		s, f := newStanding(t, core.Connected)
		release, err := f.Hold(t.Context(), item)
		if err != nil {
			t.Fatal(err)
		}
		check := wait(func() error { return f.Check(t.Context(), item) })
		synctest.Wait()
		if s.asked != 0 {
			t.Error("asked with a token that is being changed")
		}
		release()
		if err := <-check; err != nil || s.asked != 1 {
			t.Errorf("asked %d times, %v", s.asked, err)
		}
	})
	bubble(t, "is nothing for an item without a bank", func(t *testing.T) {
		s, f := newStanding(t, core.Connected)
		for _, i := range []core.Item{{ID: item, Connection: core.ByHand}, {ID: item, Leaving: core.Leaving{Since: time.Now()}}} {
			if err := f.repo.PutItem(i); err != nil {
				t.Fatal(err)
			}
			if err := f.Check(t.Context(), item); !fault.Is(err, fault.ByHand, fault.Canceled) || s.asked != 0 || f.item(t).Sync != (core.SyncState{}) {
				t.Errorf("%+v: %v", f.item(t), err)
			}
		}
		if err := f.Check(t.Context(), "other"); !fault.Is(err, fault.NotFound) {
			t.Errorf("of one that is not there: %v", err)
		}
	})
	bubble(t, "can be stopped, and leaves no trace then", func(t *testing.T) {
		s, f := newStanding(t, core.Connected)
		s.item = func(ctx context.Context) (bank.Item, error) { <-ctx.Done(); return bank.Item{}, ctx.Err() }
		before := f.item(t)
		ctx, cancel := context.WithCancel(t.Context())
		done := wait(func() error { return f.Check(ctx, item) })
		synctest.Wait()
		cancel()
		if err := <-done; !fault.Is(err, fault.Canceled) || f.item(t).Sync != before.Sync || len(f.Running()) != 0 {
			t.Errorf("kept %+v, %v", f.item(t), err)
		}
		f.Close()
		if err := f.Check(t.Context(), item); !fault.Is(err, fault.Canceled) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func checkOfConsent(t *testing.T) {
	s, f := newStanding(t, core.ConsentNeeded)
	refused := errors.New("not yet")
	s.accounts = func(context.Context) ([]core.Account, error) {
		if refused != nil {
			return nil, &fault.Error{Op: "test", Kind: fault.Consent, Code: "NO_ACCOUNTS"}
		}
		return nil, nil
	}
	s.sync = func(context.Context, secret.Text, string) (bank.Page, error) {
		if now := f.item(t).Status; now != core.ConsentNeeded {
			t.Errorf("before its accounts are read it is %s", now)
		}
		return historyPage, nil
	}
	if err := f.Check(t.Context(), item); !fault.Is(err, fault.Consent) || f.item(t).Status != core.ConsentNeeded {
		t.Errorf("%v, kept %+v", err, f.item(t))
	}
	refused = nil
	if err := f.Check(t.Context(), item); err != nil || f.item(t).Status != core.Connected {
		t.Errorf("%v, kept %+v", err, f.item(t))
	}
}

func checkJoins(t *testing.T) {
	g := newGate()
	f := newFixture(t, g, item)
	sync := wait(func() error { return f.Sync(t.Context(), item) })
	synctest.Wait()
	check := wait(func() error { return f.Check(t.Context(), item) })
	synctest.Wait()
	g.open <- historyPage
	if err1, err2 := <-sync, <-check; err1 != nil || err2 != nil || g.asked.Load() != 1 {
		t.Errorf("got %v and %v, asked %d times", err1, err2, g.asked.Load())
	}
}

func checkIsFollowed(t *testing.T) {
	s, f := newStanding(t, core.Connected)
	open := make(chan bool)
	s.item = func(context.Context) (bank.Item, error) { <-open; return bank.Item{}, nil }
	check := wait(func() error { return f.Check(t.Context(), item) })
	synctest.Wait()
	sync := wait(func() error { return f.Sync(t.Context(), item) })
	synctest.Wait()
	if s.rows != 0 {
		t.Error("two runs at a time")
	}
	open <- true
	if err := <-check; err != nil || s.rows != 0 {
		t.Errorf("a check asked for rows %d times, %v", s.rows, err)
	}
	open <- true
	if err := <-sync; err != nil || s.rows != 1 {
		t.Errorf("the sync asked for rows %d times, %v", s.rows, err)
	}
}

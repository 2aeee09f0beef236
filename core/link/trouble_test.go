package link_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

func TestKeychainThatRefuses(t *testing.T) {
	bubble(t, "holds the access until it relents", keychainRelents)
	bubble(t, "and a user who calls it off: the item is given back", keychainAndCancel)
}

// refusingKeychain returns a life in which setting a secret fails until relent
// is called.
func refusingKeychain(t *testing.T) (w *world, l *life, relent func()) {
	w = newWorld()
	w.bank.singleUse = true
	store := &refusingSecrets{fakeSecrets: w.secrets, refuse: true}
	l = &life{gate: newGate(), events: &event.Bus{}}
	l.Driver = link.NewDriver(t.Context(), link.Deps{
		Bank: w.bank, Secrets: store, Repo: w.repo, Syncer: gatedSyncer{w, l.gate}, Events: l.events,
		Clock: systemClock, Env: w.env, OpenURL: func(string) error { return nil },
	})
	t.Cleanup(l.Close)
	return w, l, func() { store.refuse = false }
}

func keychainRelents(t *testing.T) {
	w, l, relent := refusingKeychain(t)
	id := l.mustBegin(t)
	for range 3 {
		s := l.finish(t, id, link.Exchanging)
		if s.Trouble.Kind != fault.KeychainLocked || len(w.secrets.names()) != 0 {
			t.Fatalf("trouble %+v, secrets %v", s.Trouble, w.secrets.names())
		}
		if err := l.Retry(id); err != nil {
			t.Fatal(err)
		}
	}
	l.finish(t, id, link.Exchanging)
	relent()
	if err := l.Retry(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Done)
	if w.check(t) != 0 {
		t.Error("access was lost")
	}
}

func keychainAndCancel(t *testing.T) {
	w, l, _ := refusingKeychain(t)
	id := l.mustBegin(t)
	l.finish(t, id, link.Exchanging)
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	if w.check(t) != 0 {
		t.Error("an item was left at the bank")
	}
}

type refusingSecrets struct {
	*fakeSecrets
	refuse bool
}

func (s *refusingSecrets) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if s.refuse {
		return fault.New("test", fault.KeychainLocked, nil)
	}
	return s.fakeSecrets.Set(ctx, name, value)
}

func TestVaultThatRefuses(t *testing.T) {
	bubble(t, "nothing is done for a session that could not be committed", func(t *testing.T) {
		w, g, full := newWorld(), newGate(), false
		g.on["before put session"] = func() error {
			if full {
				return fault.New("test", fault.DiskFull, nil)
			}
			return nil
		}
		g.on["after create link"] = func() error { full = true; return nil }
		l := w.live(t, g)
		id := l.mustBegin(t)
		for range 3 {
			s := l.finish(t, id, link.Preparing)
			if last := g.names[len(g.names)-1]; s.Trouble.Kind != fault.DiskFull || last != "before put session" {
				t.Fatalf("trouble %+v, last done: %s", s.Trouble, last)
			}
			if err := l.Retry(id); err != nil {
				t.Fatal(err)
			}
		}
		l.finish(t, id, link.Preparing)
		full = false
		if err := l.Retry(id); err != nil {
			t.Fatal(err)
		}
		if s := l.finish(t, id, link.Done); s.Trouble.Kind != fault.None || len(w.bank.asked) != 1 || w.check(t) != 0 {
			t.Errorf("session %+v, %d pages asked for", s, len(w.bank.asked))
		}
	})
}

func TestExchangeThatFails(t *testing.T) {
	bubble(t, "again and again: the session rests until the user retries", exchangeKeepsFailing)
	bubble(t, "with its answer lost, and called off: the item is given back", exchangeLostAndCanceled)
	bubble(t, "and a bank that does not take the item back at once", exchangeCanceledSlowly)
}

// once returns what fails the first time it is called.
func once(kind fault.Kind) func() error {
	called := false
	return func() error {
		if called {
			return nil
		}
		called = true
		return fault.New("test", kind, nil)
	}
}

func exchangeKeepsFailing(t *testing.T) {
	g := newGate()
	g.on["before exchange"] = func() error { return fault.New("test", fault.Network, nil) }
	w := newWorld()
	l := w.live(t, g)
	begin := time.Now()
	s := l.finish(t, l.mustBegin(t), link.Exchanging)
	if waited := time.Since(begin); s.Trouble.Kind != fault.Network || waited < 2*time.Minute || waited > 10*time.Minute {
		t.Errorf("trouble %+v after %v", s.Trouble, waited)
	}
	begin = time.Now()
	if err := l.Retry(s.ID); err != nil {
		t.Fatal(err)
	}
	l.finish(t, s.ID, link.Exchanging)
	if waited := time.Since(begin); waited < 2*time.Minute {
		t.Errorf("the user's wish was worth %v of trying", waited)
	}
}

func exchangeLostAndCanceled(t *testing.T) {
	g := newGate()
	g.on["after exchange"] = once(fault.Keys)
	w := newWorld()
	l := w.live(t, g)
	id := l.mustBegin(t)
	l.finish(t, id, link.Exchanging)
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	if w.check(t) != 0 {
		t.Error("an item was left at the bank")
	}
}

func exchangeCanceledSlowly(t *testing.T) {
	g := newGate()
	g.on["before exchange"] = once(fault.Keys)
	refusals := 3
	g.on["before remove"] = func() error {
		if refusals--; refusals < 0 {
			return nil
		}
		return fault.New("test", fault.Network, nil)
	}
	w := newWorld()
	w.bank.singleUse = true
	l := w.live(t, g)
	id := l.mustBegin(t)
	l.finish(t, id, link.Exchanging)
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	if w.check(t) != 0 || refusals != -1 {
		t.Errorf("an item was left at the bank, or %d refusals are", refusals)
	}
}

func TestSyncThatFails(t *testing.T) {
	bubble(t, "for now: the item stays and the session can go on", syncFailsForNow)
	bubble(t, "after a repair: the item is shown as mended all the same", syncFailsAfterRepair)
	bubble(t, "because of the item: that is shown there", syncFailsForItem)
	bubble(t, "because the program ends: that is no trouble", syncEndsWithProgram)
	bubble(t, "or is called off: the item stays", syncCanceled)
}

// failingSyncs returns a life in which syncs end as kind says at the time.
func failingSyncs(t *testing.T, w *world, kind *fault.Kind) *life {
	l := &life{gate: newGate(), events: &event.Bus{}}
	l.Driver = link.NewDriver(t.Context(), link.Deps{
		Bank: w.bank, Secrets: w.secrets, Repo: w.repo, Syncer: failingSyncer{gatedSyncer{w, l.gate}, kind},
		Events: l.events, Clock: systemClock, Env: w.env, OpenURL: func(string) error { return nil },
	})
	t.Cleanup(l.Close)
	return l
}

func syncFailsForNow(t *testing.T) {
	w, kind := newWorld(), fault.Network
	l := failingSyncs(t, w, &kind)
	id := l.mustBegin(t)
	if s := l.finish(t, id, link.Syncing); s.Trouble.Kind != fault.Network || w.check(t) != 0 {
		t.Errorf("trouble %+v", s.Trouble)
	}
	kind = fault.None
	if err := l.Retry(id); err != nil {
		t.Fatal(err)
	}
	if s := l.finish(t, id, link.Done); s.Trouble.Kind != fault.None {
		t.Errorf("trouble %+v", s.Trouble)
	}
}

func syncFailsAfterRepair(t *testing.T) {
	w, kind := newWorld(), fault.None
	l := failingSyncs(t, w, &kind)
	item := l.link(t)
	if err := w.repo.RecordTry(item, time.Now(), core.Trouble{Kind: fault.SignIn}, core.SignInNeeded); err != nil {
		t.Fatal(err)
	}
	kind = fault.Network
	id, err := l.Repair(t.Context(), item, none)
	if err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Syncing)
	if k, err := w.repo.Item(item); err != nil || k.Status != core.Connected || k.Sync.Trouble.Kind != fault.None {
		t.Errorf("item %+v, error %v", k, err)
	}
}

func syncFailsForItem(t *testing.T) {
	w, kind := newWorld(), fault.SignIn
	l := failingSyncs(t, w, &kind)
	if s := l.finish(t, l.mustBegin(t), link.Done); s.Trouble.Kind != fault.SignIn || w.check(t) != 0 {
		t.Errorf("trouble %+v", s.Trouble)
	}
}

func syncEndsWithProgram(t *testing.T) {
	w, kind := newWorld(), fault.Kind("wait")
	l := failingSyncs(t, w, &kind)
	id := l.mustBegin(t)
	time.Sleep(time.Minute)
	synctest.Wait()
	l.Close()
	if s, err := w.repo.Session(id); err != nil || s.Stage != link.Syncing || s.Trouble.Kind != fault.None {
		t.Errorf("session %+v, error %v", s, err)
	}
}

func syncCanceled(t *testing.T) {
	w, kind := newWorld(), fault.Kind("wait")
	l := failingSyncs(t, w, &kind)
	id := l.mustBegin(t)
	time.Sleep(time.Minute)
	synctest.Wait()
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	if s := l.finish(t, id, link.Done); s.Trouble.Kind != fault.Canceled || w.check(t) != 0 {
		t.Errorf("trouble %+v", s.Trouble)
	}
}

// failingSyncer fails with a kind, or waits for its context.
type failingSyncer struct {
	gatedSyncer
	kind *fault.Kind
}

func (f failingSyncer) FirstSync(ctx context.Context, id core.ItemID) error {
	switch *f.kind {
	case fault.None:
		return f.gatedSyncer.FirstSync(ctx, id)
	case "wait":
		<-ctx.Done()
		return ctx.Err()
	}
	return fault.New("test", *f.kind, nil)
}

func TestResumeGoesOnPastASessionThatCannotBeDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, g := newWorld(), newGate()
		g.on["before delete session"] = func() error { return fault.New("test", fault.DiskFull, nil) }
		for _, old := range []core.LinkID{"old 1", "old 2", "old 3", "old 4"} {
			w.repo.sessions[old] = link.Session{ID: old, Stage: link.Done}
		}
		w.repo.sessions["new"] = link.Session{
			ID: "new", Purpose: link.New, Stage: link.Preparing, Options: link.Options{HistoryDays: 90}, Updated: time.Now(),
		}
		l := w.live(t, g)
		if err := l.Resume(t.Context()); !fault.Is(err, fault.DiskFull) {
			t.Errorf("Resume = %v, want that the disk is full", err)
		}
		if s := l.finish(t, "new", link.Done); s.Trouble.Kind != fault.None {
			t.Errorf("session %+v", s)
		}
	})
}

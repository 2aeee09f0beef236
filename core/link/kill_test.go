package link_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

const stale = 30 * time.Minute

var systemClock = clock.System{}

var wanted = link.Options{Profile: "profile", HistoryDays: 90, Numbers: true}

// spend lets the program live until it dies or nothing moves any more.
func (l *life) spend(t *testing.T, id core.LinkID) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = l.Wait(t.Context(), id)
	}()
	select {
	case <-done:
	case <-l.gate.died:
	}
	l.Close()
	<-done
}

// begin starts a session; false means that the program died over it.
func (l *life) begin(t *testing.T, w *world) (core.LinkID, bool) {
	id, err := l.start(t, w)
	if err != nil && !l.gate.isDead() {
		t.Fatal(err)
	}
	return id, err == nil
}

// start starts a session of the kind that the world is about.
func (l *life) start(t *testing.T, w *world) (core.LinkID, error) {
	if w.instant {
		return l.Instant(t.Context(), wanted, bank.InstantRequest{Institution: "ins_109508"})
	}
	return l.Begin(t.Context(), wanted)
}

// afterlife resumes what is in the vault, without any more harm, and returns
// how the sessions end.
func (w *world) afterlife(t *testing.T) []link.Session {
	l := w.live(t, newGate())
	if err := l.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	sessions, err := w.repo.Sessions()
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sessions {
		if sessions[i], err = l.Wait(t.Context(), s.ID); err != nil {
			t.Fatal(err)
		}
	}
	l.Close()
	return sessions
}

// check sees that nothing is half-way: vault, secret store and bank know of
// the same Items, and nothing else is left. It returns how many Items the bank
// has to whose access nobody has the token.
func (w *world) check(t *testing.T) (orphans int) {
	t.Helper()
	items, err := w.repo.Items()
	if err != nil {
		t.Fatal(err)
	}
	live := w.bank.live()
	var names []string
	for _, item := range items {
		there := live[item.ID]
		if there == nil {
			t.Fatalf("item %s is in the vault but not at the bank", item.ID)
		}
		w.checkItem(t, item, there)
		delete(live, item.ID)
		names = append(names, "token/"+string(item.ID), "numbers/"+string(there.accounts[0].ID))
	}
	slices.Sort(names)
	if got := w.secrets.names(); !slices.Equal(got, names) {
		t.Fatalf("secrets %v, want %v", got, names)
	}
	return len(live)
}

func (w *world) checkItem(t *testing.T, item core.Item, there *fakeItem) {
	t.Helper()
	token, err := w.secrets.Get(t.Context(), secret.TokenName(w.env, item.ID))
	if err != nil || token != there.access {
		t.Fatalf("item %s: the token is not in the store (%v)", item.ID, err)
	}
	accounts, err := w.repo.AccountsOf(item.ID)
	if err != nil || len(accounts) != 1 || accounts[0].ACH.NumberLast4 != "0000" || accounts[0].Item != item.ID {
		t.Fatalf("item %s: accounts %+v, error %v", item.ID, accounts, err)
	}
	if item.Profile != wanted.Profile || item.HistoryDays != wanted.HistoryDays || item.Institution.Name == "" {
		t.Fatalf("item %+v", item)
	}
}

// lost reports whether a session says that an access could not be kept.
func lost(s link.Session) bool {
	return s.Stage == link.Failed && s.Trouble.Kind == fault.Expired && s.Trouble.Code == link.CodeAccessLost
}

// crossings returns what a life without harm passes through.
func crossings(t *testing.T, w *world) []string {
	var names []string
	bubble(t, "no harm", func(t *testing.T) {
		l := w.live(t, newGate())
		id, _ := l.begin(t, w)
		l.spend(t, id)
		names = l.gate.names
		if s, err := w.repo.Session(id); err != nil || s.Stage != link.Done || w.check(t) != 0 {
			t.Fatalf("session %+v, error %v", s, err)
		}
	})
	return names
}

func bubble(t *testing.T, name string, test func(t *testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}

// TestKilledAnywhere kills the program at every crossing, and then lets it
// start again. Only between the answer to the exchange and its first write to
// the secret store can access be lost, and then only if the bank takes a
// public token once.
func TestKilledAnywhere(t *testing.T) {
	for _, singleUse := range []bool{false, true} {
		for _, results := range []int{1, 2} {
			t.Run(fmt.Sprintf("single use %v, %d items", singleUse, results), func(t *testing.T) {
				fresh := func() *world {
					w := newWorld()
					w.bank.singleUse, w.bank.results = singleUse, results
					return w
				}
				losses, want := 0, 0
				if singleUse {
					want = 2 * results
				}
				for n, name := range crossings(t, fresh()) {
					bubble(t, fmt.Sprintf("%d %s", n, name), func(t *testing.T) {
						losses += killOnce(t, fresh(), n)
					})
				}
				if losses != want {
					t.Errorf("%d losses, want %d", losses, want)
				}
			})
		}
	}
}

func killOnce(t *testing.T, w *world, n int) (losses int) {
	l := w.live(t, newGate().killAt(n))
	if id, begun := l.begin(t, w); begun {
		l.spend(t, id)
	}
	sessions := w.afterlife(t)
	orphans := w.check(t)
	for _, s := range sessions {
		switch {
		case s.Stage == link.Done && orphans == 0 && len(s.Items) == w.bank.results:
		case lost(s) && orphans == 1 && w.bank.singleUse && len(s.Items) == w.bank.results-1:
			losses++
		default:
			t.Fatalf("ended %s (%+v) with items %v and %d orphans", s.Stage, s.Trouble, s.Items, orphans)
		}
	}
	if len(sessions) == 0 && len(w.secrets.names()) > 0 {
		t.Fatal("something was done before there was a session")
	}
	return losses
}

// TestKilledTwice kills the program, and kills it again while it resumes.
func TestKilledTwice(t *testing.T) {
	names := crossings(t, newWorld())
	for n := range names {
		bubble(t, fmt.Sprintf("first at %d", n), func(t *testing.T) {
			for m := range names {
				w := newWorld()
				first := w.live(t, newGate().killAt(n))
				if id, begun := first.begin(t, w); begun {
					first.spend(t, id)
				}
				second := w.live(t, newGate().killAt(m))
				_ = second.Resume(t.Context()) // may die over it
				sessions, err := w.repo.Sessions()
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range sessions {
					second.spend(t, s.ID)
				}
				for _, s := range w.afterlife(t) {
					if s.Stage != link.Done || w.check(t) != 0 {
						t.Fatalf("second at %d: ended %s (%+v)", m, s.Stage, s.Trouble)
					}
				}
			}
		})
	}
}

// TestAnyStepFails lets every operation fail once, before or after it took
// effect, and has the user try again. Nothing may be lost, except by an
// exchange whose answer does not arrive and cannot be had again.
func TestAnyStepFails(t *testing.T) {
	for _, kind := range []fault.Kind{
		fault.Network, fault.Keys, fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.DiskFull,
	} {
		t.Run(string(kind), func(t *testing.T) {
			for n, name := range crossings(t, newWorld()) {
				bubble(t, fmt.Sprintf("%d %s", n, name), func(t *testing.T) {
					failOnce(t, newWorld(), n, name, kind)
				})
			}
		})
	}
}

func failOnce(t *testing.T, w *world, n int, name string, kind fault.Kind) {
	w.bank.singleUse = true
	g := newGate()
	g.at[n] = func() error { return fault.New("test", kind, nil) }
	l := w.live(t, g)
	id, err := l.Begin(t.Context(), wanted)
	if err != nil {
		if n > 1 || !fault.Is(err, kind) {
			t.Fatalf("begin: %v", err)
		}
		return
	}
	s := l.insist(t, id)
	orphans := w.check(t)
	switch {
	case s.Stage == link.Done && orphans == 0 && s.Trouble.Kind == fault.None:
	case name == "after exchange" && lost(s) && orphans == 1:
	case (name == "before create link" || name == "after create link") && s.Stage == link.Failed && s.Trouble.Kind == kind:
	default:
		t.Fatalf("ended %s (%+v) with %d orphans", s.Stage, s.Trouble, orphans)
	}
}

// insist tries again whenever the session waits for it, until it is over.
func (l *life) insist(t *testing.T, id core.LinkID) link.Session {
	for range 10 {
		s, err := l.Wait(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if s.Stage.Over() {
			return s
		}
		if err := l.Retry(id); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("it does not help to try again")
	return link.Session{}
}

// TestCanceledAnywhere calls the session off at every crossing, and kills the
// program at every later one. Either nothing is left anywhere, or the bank was
// linked already and stays.
func TestCanceledAnywhere(t *testing.T) {
	for _, instant := range []bool{false, true} {
		t.Run(fmt.Sprintf("instant %v", instant), func(t *testing.T) {
			fresh := func() *world {
				w := newWorld()
				w.instant = instant
				return w
			}
			names := crossings(t, fresh())
			for n, name := range names {
				bubble(t, fmt.Sprintf("%d %s", n, name), func(t *testing.T) {
					for m := n; m <= len(names)+10; m++ {
						cancelAndKill(t, fresh(), n, m)
					}
					killAndCancel(t, fresh(), n)
				})
			}
		})
	}
}

// cancelAndKill cancels at the n-th crossing, and kills at the m-th.
func cancelAndKill(t *testing.T, w *world, n, m int) {
	g := newGate().killAt(m)
	l := w.live(t, g)
	if n != m {
		g.at[n] = l.cancelAll
	}
	if id, begun := l.begin(t, w); begun {
		l.spend(t, id)
	}
	w.allOrNothing(t, w.afterlife(t), fmt.Sprintf("killed at %d", m))
}

// killAndCancel kills at the n-th crossing, and cancels as soon as the program
// is there again.
func killAndCancel(t *testing.T, w *world, n int) {
	l := w.live(t, newGate().killAt(n))
	if id, begun := l.begin(t, w); begun {
		l.spend(t, id)
	}
	next := newGate()
	l = w.live(t, next)
	next.at[0] = l.cancelAll
	if err := l.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, s := range l.Active() {
		l.spend(t, s.ID)
	}
	w.allOrNothing(t, w.afterlife(t), "canceled after the start")
}

// cancelAll calls all sessions off; too late is no error here.
func (l *life) cancelAll() error {
	for _, s := range l.Active() {
		_ = l.Cancel(s.ID)
	}
	return nil
}

func (w *world) allOrNothing(t *testing.T, sessions []link.Session, when string) {
	t.Helper()
	items, err := w.repo.Items()
	if err != nil {
		t.Fatal(err)
	}
	orphans := w.check(t)
	for _, s := range sessions {
		interrupted := w.instant && s.Stage == link.Failed && s.Trouble.Code == link.CodeInterrupted
		switch {
		case orphans > 0:
		case s.Stage == link.Done && len(items) == 1:
			continue
		case (s.Stage == link.Discarded || interrupted) && len(items) == 0:
			continue
		}
		t.Fatalf("%s: ended %s (%+v) with %d items and %d orphans", when, s.Stage, s.Trouble, len(items), orphans)
	}
}

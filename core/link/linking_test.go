package link_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// finish waits until nothing moves in the session and checks its stage.
func (l *life) finish(t *testing.T, id core.LinkID, want link.Stage) link.Session {
	t.Helper()
	s, err := l.Wait(t.Context(), id)
	if err != nil || s.Stage != want {
		t.Fatalf("stage %s (%+v), error %v, want %s", s.Stage, s.Trouble, err, want)
	}
	return s
}

// mustBegin starts a session.
func (l *life) mustBegin(t *testing.T) core.LinkID {
	t.Helper()
	id, err := l.Begin(t.Context(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// link links a bank and returns its Item.
func (l *life) link(t *testing.T) core.ItemID {
	t.Helper()
	return l.finish(t, l.mustBegin(t), link.Done).Items[0]
}

func TestLinking(t *testing.T) {
	bubble(t, "tells of every commit", linkTellsOfCommits)
	bubble(t, "refuses a history the provider does not know", linkRefusesHistory)
	bubble(t, "instantly, without a browser", linkInstantly)
	bubble(t, "asks for what the options say", linkAsksForOptions)
	bubble(t, "an item that is broken at once is kept, to be repaired", linkBrokenItem)
	bubble(t, "an item that is gone at once is lost, and leaves no token", linkGoneItem)
	bubble(t, "a bank without numbers is linked without them", linkWithoutNumbers)
}

func linkTellsOfCommits(t *testing.T) {
	w := newWorld()
	l := w.live(t, newGate())
	var stages []link.Stage
	l.events.Subscribe(func(e event.Event) {
		if changed, ok := e.(event.LinkChanged); ok {
			s, err := w.repo.Session(changed.Session)
			if err == nil && (len(stages) == 0 || stages[len(stages)-1] != s.Stage) {
				stages = append(stages, s.Stage)
			}
		}
	})
	l.link(t)
	want := []link.Stage{
		link.Preparing, link.Waiting, link.Deciding, link.Exchanging, link.Fetching, link.Syncing, link.Done,
	}
	if !slices.Equal(stages, want) {
		t.Errorf("told of %v, want %v", stages, want)
	}
	if len(l.Active()) != 0 {
		t.Error("a session that is over is active")
	}
}

func linkRefusesHistory(t *testing.T) {
	l := newWorld().live(t, newGate())
	for _, days := range []int{0, 731} {
		if _, err := l.Begin(t.Context(), link.Options{HistoryDays: days}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d days: %v", days, err)
		}
	}
}

func linkInstantly(t *testing.T) {
	w := newWorld()
	l := w.live(t, newGate())
	id, err := l.Instant(t.Context(), wanted, bank.InstantRequest{Institution: "ins_109508"})
	if err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Done)
	if orphans := w.check(t); orphans != 0 || len(l.opened) != 0 {
		t.Errorf("%d orphans, %d pages opened", orphans, len(l.opened))
	}
}

func linkAsksForOptions(t *testing.T) {
	w := newWorld()
	l := w.live(t, newGate())
	l.link(t)
	got := w.bank.asked[0]
	if got.HistoryDays != 90 || !slices.Equal(got.Products, []core.Product{core.Transactions}) ||
		!slices.Equal(got.Optional, []core.Product{core.Auth}) || !got.Access.IsEmpty() {
		t.Errorf("request %+v", got)
	}
}

func linkBrokenItem(t *testing.T) {
	for name, breakIt := range map[string]func(*fakeBank){
		"as the item says":     func(b *fakeBank) { b.trouble = core.Trouble{Kind: fault.SignIn} },
		"as its accounts show": func(b *fakeBank) { b.failing.accounts = fault.SignIn },
	} {
		w := newWorld()
		breakIt(w.bank)
		item, err := w.repo.Item(w.live(t, newGate()).link(t))
		if err != nil || item.Status != core.SignInNeeded {
			t.Errorf("%s: item %+v, error %v", name, item, err)
		}
	}
}

func linkGoneItem(t *testing.T) {
	w := newWorld()
	g := newGate()
	g.on["before item"] = func() error {
		return w.bank.RemoveItem(t.Context(), secret.New("access-1"))
	}
	l := w.live(t, g)
	if s := l.finish(t, l.mustBegin(t), link.Failed); !lost(s) || len(s.Items) != 0 || w.check(t) != 0 {
		t.Errorf("session %+v", s)
	}
}

func linkWithoutNumbers(t *testing.T) {
	w := newWorld()
	w.bank.failing.numbers = fault.Unsupported
	accounts, err := w.repo.AccountsOf(w.live(t, newGate()).link(t))
	if err != nil || len(accounts) != 1 || accounts[0].ACH.Exists() {
		t.Errorf("accounts %+v, error %v", accounts, err)
	}
}

func TestResumeTidiesUp(t *testing.T) {
	bubble(t, "what has long been over", func(t *testing.T) {
		w := newWorld()
		w.live(t, newGate()).link(t)
		for _, at := range []struct {
			after time.Duration
			want  int
		}{{time.Hour, 1}, {5 * time.Hour, 1}, {2 * time.Hour, 0}} {
			time.Sleep(at.after)
			if err := w.live(t, newGate()).Resume(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := len(w.repo.sessions); got != at.want {
				t.Errorf("%d sessions are left, want %d", got, at.want)
			}
		}
	})
	bubble(t, "and forgets one that never got its page", func(t *testing.T) {
		w := newWorld()
		l := w.live(t, newGate().killAt(2))
		id := l.mustBegin(t)
		l.spend(t, id)
		time.Sleep(time.Hour)
		l = w.live(t, newGate())
		if err := l.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.finish(t, id, link.Expired)
	})
}

func TestResumeTwice(t *testing.T) {
	bubble(t, "is as good as once", func(t *testing.T) {
		w := newWorld()
		w.bank.never = true
		first := w.live(t, newGate())
		id := first.mustBegin(t)
		synctest.Wait()
		w.bank.never = false
		for range 2 {
			if err := first.Resume(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		first.finish(t, id, link.Done)
		looks := 0
		for _, name := range first.gate.names {
			if name == "after look" {
				looks++
			}
		}
		if looks != 2 || w.check(t) != 0 {
			t.Errorf("%d looks, want 2", looks)
		}
	})
}

func TestClose(t *testing.T) {
	bubble(t, "waits for an exchange under way and keeps its answer", func(t *testing.T) {
		w := newWorld()
		w.bank.singleUse = true
		g := newGate()
		asked, answer := make(chan struct{}), make(chan struct{})
		g.on["after exchange"] = func() error { close(asked); <-answer; return nil }
		l := w.live(t, g)
		id := l.mustBegin(t)
		<-asked
		closed := make(chan struct{})
		go func() { l.Close(); close(closed) }()
		synctest.Wait()
		close(answer)
		<-closed
		if s, err := w.repo.Session(id); err != nil || s.Stage != link.Fetching {
			t.Fatalf("session %+v, error %v", s, err)
		}
		if sessions := w.afterlife(t); sessions[0].Stage != link.Done || w.check(t) != 0 {
			t.Errorf("sessions %+v", sessions)
		}
		if _, err := l.Begin(t.Context(), wanted); !fault.Is(err, fault.Canceled) {
			t.Errorf("begin after close: %v", err)
		}
	})
}

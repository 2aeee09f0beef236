package link_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
)

func TestWaitingForTheUser(t *testing.T) {
	bubble(t, "who never comes", waitForNobody)
	bubble(t, "who has the page open when it expires", waitForOpenPage)
	bubble(t, "who leaves", waitForOneWhoLeaves)
	bubble(t, "with pauses from 2 s to 10 s, or none if asked", waitWithPauses)
	bubble(t, "a program started again looks at once", waitAfterRestart)
	bubble(t, "who calls it off", waitUntilCanceled)
}

func waitForNobody(t *testing.T) {
	w := newWorld()
	w.bank.never = true
	l := w.live(t, newGate())
	begin := time.Now()
	l.finish(t, l.mustBegin(t), link.Expired)
	if waited := time.Since(begin); waited < stale || waited > stale+2*time.Minute {
		t.Errorf("expired after %v", waited)
	}
}

func waitForOpenPage(t *testing.T) {
	w := newWorld()
	w.bank.open = true
	l := w.live(t, newGate())
	begin := time.Now()
	l.finish(t, l.mustBegin(t), link.Expired)
	if waited := time.Since(begin); waited < 6*time.Hour || waited > 7*time.Hour {
		t.Errorf("expired after %v", waited)
	}
	if got := len(l.gate.names) / 2; got > 600 {
		t.Errorf("%d operations; once expired, a look a minute is enough", got)
	}
}

func waitForOneWhoLeaves(t *testing.T) {
	w := newWorld()
	w.bank.exit = &left
	l := w.live(t, newGate())
	if s := l.finish(t, l.mustBegin(t), link.Exited); s.Exit != left {
		t.Errorf("exit %+v", s.Exit)
	}
}

func waitWithPauses(t *testing.T) {
	w := newWorld()
	w.bank.never = true
	g := newGate()
	l := w.live(t, g)
	id := l.mustBegin(t)
	looks := func() int {
		g.mu.Lock()
		defer g.mu.Unlock()
		n := 0
		for _, name := range g.names {
			if name == "after look" {
				n++
			}
		}
		return n
	}
	for _, at := range []struct {
		after time.Duration
		want  int
	}{{2, 1}, {4, 2}, {8, 3}, {10, 4}, {10, 5}} {
		time.Sleep(at.after*time.Second - time.Millisecond)
		synctest.Wait()
		if got := looks(); got != at.want-1 {
			t.Errorf("%d looks too early, want %d", got, at.want-1)
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if got := looks(); got != at.want {
			t.Errorf("%d looks, want %d", got, at.want)
		}
	}
	l.CheckNow(id)
	synctest.Wait()
	if got := looks(); got != 6 {
		t.Errorf("%d looks after asking, want 6", got)
	}
	time.Sleep(2 * time.Second)
	synctest.Wait()
	if got := looks(); got != 7 {
		t.Errorf("%d looks 2 s later, want 7: the pauses begin anew", got)
	}
	l.CheckNow("another")
}

func waitAfterRestart(t *testing.T) {
	w := newWorld()
	w.bank.never = true
	first := w.live(t, newGate())
	id := first.mustBegin(t)
	synctest.Wait()
	first.Close()
	w.bank.never, w.bank.visits = false, 1
	begin := time.Now()
	second := w.live(t, newGate())
	if err := second.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	second.finish(t, id, link.Done)
	if waited := time.Since(begin); waited != 0 || len(second.opened) != 0 {
		t.Errorf("waited %v, opened %d pages", waited, len(second.opened))
	}
}

func waitUntilCanceled(t *testing.T) {
	w := newWorld()
	w.bank.never = true
	l := w.live(t, newGate())
	id := l.mustBegin(t)
	synctest.Wait()
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	if err := l.Cancel(id); !fault.Is(err, fault.Invalid) {
		t.Errorf("a second time: %v", err)
	}
}

func TestBrowser(t *testing.T) {
	bubble(t, "none: the user opens the page by hand", browserMissing)
	bubble(t, "in the foreground: it holds up nothing", browserInForeground)
	bubble(t, "never at an address that came from elsewhere", browserNotAtTamperedURL)
	bubble(t, "never at an address that is not the provider's", browserNotAtForeignURL)
}

// driverWith starts a driver that opens pages in its own way.
func driverWith(t *testing.T, w *world, open func(string) error) *link.Driver {
	d := link.NewDriver(t.Context(), link.Deps{
		Bank: w.bank, Secrets: w.secrets, Repo: w.repo, Syncer: gatedSyncer{w, newGate()},
		Events: &event.Bus{}, Clock: systemClock, Env: w.env, OpenURL: open,
	})
	t.Cleanup(d.Close)
	return d
}

func browserMissing(t *testing.T) {
	w := newWorld()
	w.bank.never = true
	opened := 0
	d := driverWith(t, w, func(string) error {
		if opened++; opened == 1 {
			return errors.New("no browser")
		}
		return nil
	})
	id, err := d.Begin(t.Context(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if s, err := d.Session(id); err != nil || s.Stage != link.Waiting || !s.NoBrowser || s.URL == "" {
		t.Errorf("session %+v, error %v", s, err)
	}
	if err := d.OpenAgain(id); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if s, err := d.Session(id); err != nil || s.NoBrowser || opened != 2 {
		t.Errorf("session %+v, error %v, opened %d times", s, err, opened)
	}
}

func browserInForeground(t *testing.T) {
	closed := make(chan struct{})
	d := driverWith(t, newWorld(), func(string) error { <-closed; return errors.New("closed") })
	id, err := d.Begin(t.Context(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := d.Wait(t.Context(), id); err != nil || s.Stage != link.Done {
		t.Errorf("session %+v, error %v", s, err)
	}
	d.Close()
	close(closed)
}

func browserNotAtTamperedURL(t *testing.T) {
	w := newWorld()
	w.bank.never = true
	l := w.live(t, newGate())
	id := l.mustBegin(t)
	synctest.Wait()
	l.Close()
	s := w.repo.sessions[id]
	s.URL = "file:///etc/passwd"
	w.repo.sessions[id] = s
	l = w.live(t, newGate())
	if err := l.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.OpenAgain(id); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if s, err := l.Session(id); err != nil || !s.NoBrowser || len(l.opened) != 0 {
		t.Errorf("session %+v, error %v, %d pages opened", s, err, len(l.opened))
	}
}

func browserNotAtForeignURL(t *testing.T) {
	w := newWorld()
	w.bank.url = "https://plaid.com.example.org/"
	l := w.live(t, newGate())
	s := l.finish(t, l.mustBegin(t), link.Failed)
	if s.Trouble.Code != link.CodeUnsafeURL || len(l.opened) != 0 {
		t.Errorf("trouble %+v, %d pages opened", s.Trouble, len(l.opened))
	}
}

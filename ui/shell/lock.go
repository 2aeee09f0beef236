package shell

import (
	"time"

	"bankbook/ui/kit"
	"bankbook/ui/screen/lock"
)

// lockCheck is how often it is seen whether nobody has been there for long.
const lockCheck = 5 * time.Second

// Lock shows nothing but the lock screen: what was open is let go of, with every
// dialog, toast and row. Ready shows the place again at which the person was.
// What the window itself provides is filled in.
func (s *Shell) Lock(d lock.Deps) {
	if s.window != nil {
		s.resume = s.window.stay()
	}
	kit.CloseAll(s.deps.Window.Canvas())
	s.toasts.Clear()
	s.guard.Clear()
	d.Runner, d.CopyDetails = s.deps.Runner, s.CopyDetails
	view := lock.NewView(lock.New(d))
	s.name("")
	s.show(view.Content())
	s.confirm = view.Confirm
	view.Focus()
}

// hand notes that a person is there. The wall clock counts, which goes on while
// the computer sleeps.
func (s *Shell) hand() { s.lastHand = s.deps.Now().Round(0) }

// lockNow locks, if that is possible.
func (w *window) lockNow() {
	if w.services.Lock != nil {
		w.services.Lock()
	}
}

// lockIfIdle locks when nobody has been there for as long as the person has said.
// What they have asked for and wait for counts as being there.
func (w *window) lockIfIdle() {
	if w.pages.settings.Busy() {
		w.shell.hand()
	}
	after := w.services.LockAfter
	if after > 0 && w.shell.deps.Now().Round(0).Sub(w.shell.lastHand) >= after {
		w.lockNow()
	}
}

// stay is the route to come back to.
func (w *window) stay() Route {
	switch r := w.route.(type) {
	case Transactions:
		r.Search = false
		return r
	case LinkBank, RepairBank, ChangeAccounts, AddNumbers, VerifyAccount:
		if s := w.pages.link.State(); s.HasSession {
			return LinkSession{ID: s.Session.ID}
		}
	}
	return w.route
}

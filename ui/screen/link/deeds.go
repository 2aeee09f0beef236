package link

import (
	"context"

	"bankbook/core"
	"bankbook/core/link"
)

// OpenAgain opens the page in the browser once more.
func (m *Model) OpenAgain() { m.ask(m.deps.Driver.OpenAgain) }

// CheckNow looks at once whether the person has finished, after they said that
// they closed the page.
func (m *Model) CheckNow() {
	m.ask(func(id core.LinkID) error {
		m.deps.Driver.CheckNow(id)
		return nil
	})
}

// Confirm does what Return stands for: the deed of the primary button. While
// the person is in the browser there is none, so that Return opens no second page.
func (m *Model) Confirm() {
	switch m.state.Face() {
	case FaceOptions:
		m.Begin()
	case FaceDeciding:
		m.Decide()
	case FaceStuck:
		m.Retry()
	case FaceSyncing, FaceDone:
		m.Overview()
	case FaceEnded:
		if m.state.final() {
			m.Cancel()
			return
		}
		m.Again()
	}
}

// CopyLink puts the page's address on the clipboard.
func (m *Model) CopyLink() { m.deps.Copy(m.state.Session.URL, "Link") }

// Retry tries the step again that failed.
func (m *Model) Retry() { m.ask(m.deps.Driver.Retry) }

// Choose marks an answer about a twin.
func (m *Model) Choose(d link.Decision) {
	m.state.Choice = d
	m.changed()
}

// Decide gives the marked answer.
func (m *Model) Decide() { m.decide(m.state.Choice) }

// Discard throws the sign-in away.
func (m *Model) Discard() { m.decide(link.Drop) }

func (m *Model) decide(d link.Decision) {
	m.ask(func(id core.LinkID) error { return m.deps.Driver.Decide(id, d) })
}

// ask has the driver do something on a worker; meanwhile the screen is busy.
func (m *Model) ask(do func(core.LinkID) error) {
	if m.state.Busy || !m.state.HasSession {
		return
	}
	id, round := m.state.Session.ID, m.state.Round
	m.state.Busy, m.state.Err = true, nil
	m.changed()
	m.deps.Runner.Go(func(context.Context) {
		err := do(id)
		m.deps.Runner.UI(func() {
			if round != m.state.Round {
				return
			}
			m.state.Busy, m.state.Err = false, err
			m.changed()
		})
	})
}

// CanCancel reports whether leaving calls the session off. From the first sync
// on the bank is linked, and leaving only leaves.
func (m *Model) CanCancel() bool {
	switch m.state.Face() {
	case FacePreparing, FaceWaiting, FaceDeciding, FaceStuck, FaceSaving:
		return m.state.HasSession
	}
	return false
}

// Cancel calls the session off, if that still means something, and leaves.
func (m *Model) Cancel() {
	if m.CanCancel() {
		id := m.state.Session.ID
		m.deps.Runner.Go(func(context.Context) {
			if err := m.deps.Driver.Cancel(id); err != nil {
				m.deps.Runner.UI(func() { m.deps.Report(err) })
			}
		})
	}
	m.reset()
	m.deps.Navigate.Leave()
}

// BackToOptions calls the session off and shows its options again.
func (m *Model) BackToOptions() {
	id, form := m.state.Session.ID, m.state.Form
	m.deps.Runner.Go(func(context.Context) { _ = m.deps.Driver.Cancel(id) })
	m.reset()
	m.state.Form = form
	m.changed()
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

// Overview leaves for the overview; a sync goes on in the background.
func (m *Model) Overview() {
	m.reset()
	m.deps.Navigate.Overview()
}

// Keys goes to where Plaid keys are given.
func (m *Model) Keys() { m.deps.Navigate.Keys() }

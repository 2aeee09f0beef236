package transfer

import (
	"time"

	"bankbook/core/sandbox/ident"
)

// Class is what a motion is part of.
type Class string

// The classes, named as events name them in front of a state.
const (
	OfTransfer Class = ""
	OfRefund   Class = "refund."
	OfSweep    Class = "sweep."
)

// source is what an entry of the ledger calls the class.
func (c Class) source(in bool) string {
	switch {
	case c == OfRefund:
		return "refund"
	case c == OfTransfer:
		return "transfer"
	case in:
		return "deposit"
	}
	return "withdrawal"
}

// Motion is one movement of money into a ledger or out of it.
type Motion struct {
	ID      string    `json:"id"`
	Class   Class     `json:"class,omitempty"`
	Created time.Time `json:"created"`
	// Clock is the test clock that it follows, or "".
	Clock   string  `json:"clock,omitempty"`
	Ledger  string  `json:"ledger"`
	Network Network `json:"network"`
	Amount  Cents   `json:"amount"`
	// In says that the money comes into the ledger; it is then held there.
	In     bool   `json:"in,omitempty"`
	Status Status `json:"status"`
	// SettledAt and ReleasedAt are when it came to those states, or zero.
	SettledAt  time.Time `json:"settled_at,omitzero"`
	ReleasedAt time.Time `json:"released_at,omitzero"`
	Failure    *Failure  `json:"failure,omitempty"`
	// Steps are what it will do by itself.
	Steps []Step `json:"steps,omitempty"`
	// Transfer is the transfer that it is or refunds, Account the account of it;
	// a sweep has neither.
	Transfer string  `json:"transfer,omitempty"`
	Account  Account `json:"account,omitzero"`
	Kind     Kind    `json:"kind,omitempty"`
}

// Step is a change of state that comes by itself.
type Step struct {
	To   Status    `json:"to"`
	At   time.Time `json:"at"`
	Code string    `json:"code,omitempty"`
}

// start gives a motion its id, moves the money, and plans what comes by itself.
func (d *Desk) start(m *Motion) {
	m.ID, m.Status = ident.NewUUID(), Pending
	if m.Class == OfTransfer {
		m.Transfer = m.ID
	}
	if m.In {
		d.record(m, m.Created, Entry{Pending: m.Amount, Text: "Created"})
	} else {
		d.record(m, m.Created, Entry{Available: -m.Amount, Text: "Created"})
	}
	d.tell(m.event(m.Created))
	m.Steps = d.plan(m)
}

// move brings a motion to a state, if that may follow.
func (d *Desk) move(m *Motion, to Status, at time.Time, why *Failure) bool {
	if !m.leads(to) {
		return false
	}
	m.Status, m.Failure = to, why
	switch {
	case to == Settled:
		m.SettledAt = at
	case to == Available:
		m.ReleasedAt = at
		d.record(m, at, Entry{Pending: -m.Amount, Available: m.Amount, Text: "Converted to available"})
	case to.Undone():
		d.undo(m, at)
	}
	for len(m.Steps) > 0 && !m.leads(m.Steps[0].To) {
		m.Steps = m.Steps[1:]
	}
	d.tell(m.event(at))
	return true
}

// leads reports whether a motion can come into a state: only what is held in the
// ledger is ever released.
func (m *Motion) leads(to Status) bool {
	return m.Status.Leads(to) && (to != Available || m.In && m.Network.isACH())
}

// undo puts the money back where it came from.
func (d *Desk) undo(m *Motion, at time.Time) {
	change := Entry{Available: m.Amount, Text: string(m.Status)}
	switch {
	case m.In && m.ReleasedAt.IsZero():
		change.Available, change.Pending = 0, -m.Amount
	case m.In:
		change.Available = -m.Amount
	}
	d.record(m, at, change)
}

// event returns the event of the state that a motion has just come into.
func (m *Motion) event(at time.Time) *Event {
	e := &Event{
		At: at, Type: string(m.Class) + string(m.Status), Ledger: m.Ledger, Failure: m.Failure,
		Transfer: m.Transfer, Account: m.Account, Kind: m.Kind, Amount: m.Amount,
	}
	switch m.Class {
	case OfRefund:
		e.Refund = m.ID
	case OfSweep:
		e.Sweep, e.SweepAmount = m.ID, m.signed()
	}
	return e
}

// signed is the amount as it appears on the customer's own bank account.
func (m *Motion) signed() Cents {
	if m.In {
		return -m.Amount
	}
	return m.Amount
}

// motions calls yield with every motion, the oldest of each class first.
func (st *State) motions(yield func(*Motion) bool) {
	for _, t := range st.Transfers {
		if !yield(&t.Motion) {
			return
		}
	}
	for _, r := range st.Refunds {
		if !yield(&r.Motion) {
			return
		}
	}
	for _, s := range st.Sweeps {
		if s.Trigger != Aggregate && !yield(&s.Motion) {
			return
		}
	}
}

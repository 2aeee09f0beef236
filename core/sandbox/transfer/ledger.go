package transfer

import (
	"time"

	"bankbook/core/sandbox/ident"
)

// opening is what a new ledger holds in the sandbox (Plaid, "Transfer Sandbox").
const opening Cents = 100_00

// Ledger is a balance that the customer holds with Plaid.
type Ledger struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Default   bool   `json:"default,omitempty"`
	Pending   Cents  `json:"pending"`
	Available Cents  `json:"available"`
}

// Entry is a change of a ledger's balances.
type Entry struct {
	ID     string    `json:"id"`
	Ledger string    `json:"ledger"`
	At     time.Time `json:"at"`
	// Type is the kind of thing that caused it.
	Type string `json:"type"`
	Text string `json:"text"`
	// Pending and Available are the changes.
	Pending   Cents `json:"pending,omitempty"`
	Available Cents `json:"available,omitempty"`
	// PendingAfter and AvailableAfter are the balances that they lead to.
	PendingAfter   Cents `json:"pending_after"`
	AvailableAfter Cents `json:"available_after"`
	// Transfer, Refund and Sweep name what caused it, or are "".
	Transfer string `json:"transfer,omitempty"`
	Refund   string `json:"refund,omitempty"`
	Sweep    string `json:"sweep,omitempty"`
}

// Amount is what the entry is about: what became available or ceased to be, or
// else what became pending or ceased to be.
func (e *Entry) Amount() Cents {
	if e.Available != 0 {
		return e.Available
	}
	return e.Pending
}

// enter changes a ledger. It is the only place that does.
func (st *State) enter(e *Entry) {
	l := st.Ledger(e.Ledger)
	l.Pending += e.Pending
	l.Available += e.Available
	e.ID, e.PendingAfter, e.AvailableAfter = ident.NewUUID(), l.Pending, l.Available
	st.Entries = append(st.Entries, e)
}

// record enters what a motion does to its ledger.
func (st *State) record(m *Motion, at time.Time, change Entry) {
	change.Ledger, change.At, change.Type = m.Ledger, at, m.Class.source(m.In)
	switch m.Class {
	case OfTransfer:
		change.Transfer = m.ID
	case OfRefund:
		change.Refund = m.ID
	case OfSweep:
		change.Sweep = m.ID
	}
	st.enter(&change)
}

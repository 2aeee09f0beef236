package transfer

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
)

// State is everything that is remembered about moving money.
type State struct {
	// Funding is the id of the customer's own bank account.
	Funding        string           `json:"funding"`
	Ledgers        []*Ledger        `json:"ledgers"`
	Authorizations []*Authorization `json:"authorizations,omitempty"`
	Transfers      []*Transfer      `json:"transfers,omitempty"`
	Refunds        []*Refund        `json:"refunds,omitempty"`
	Sweeps         []*Sweep         `json:"sweeps,omitempty"`
	Recurring      []*Recurring     `json:"recurring,omitempty"`
	Clocks         []*Clock         `json:"clocks,omitempty"`
	Events         []*Event         `json:"events,omitempty"`
	Entries        []*Entry         `json:"entries,omitempty"`
	Keys           []*Key           `json:"keys,omitempty"`
}

// New returns a state with the ledgers that a customer has in the sandbox: the
// default one, and one to distribute money to.
func New(now time.Time) *State {
	st := &State{Funding: ident.NewUUID()}
	for i, name := range [...]string{"Default", "Reserve"} {
		l := &Ledger{ID: ident.NewUUID(), Name: name, Default: i == 0}
		st.Ledgers = append(st.Ledgers, l)
		st.enter(&Entry{Ledger: l.ID, At: now, Type: "deposit", Available: opening, Text: "Opening balance"})
	}
	return st
}

// Account is an account of an Item.
type Account struct {
	Item string `json:"item"`
	ID   string `json:"account"`
}

// Facts are what is known of an account when money is to be moved.
type Facts struct {
	// Gone says that the Item was removed.
	Gone bool
	// LoginRequired says that the Item wants its user to sign in again.
	LoginRequired bool
	// Balance is what is in the account.
	Balance Cents
	// Manual says that somebody typed the numbers of the account in, Migrated that
	// the customer brought them along.
	Manual, Migrated bool
}

// World is what the state machine has to be told.
type World struct {
	Now time.Time
	// Limits are those of the customer.
	Limits Limits
	// Banking lets every motion follow the banking days by itself.
	Banking bool
	// Facts tells what was known of an account at an instant of the World.
	Facts func(Account, time.Time) Facts
}

// Desk is where money is moved: a State in a World.
type Desk struct {
	*State
	World
}

// At returns the desk of a state that has caught up with the World's time.
func (st *State) At(w World) *Desk {
	d := &Desk{st, w}
	d.settle()
	return d
}

// Behind reports whether At would change anything.
func (st *State) Behind(w World) bool {
	d := &Desk{st, w}
	m, _ := d.earliest()
	r, _ := d.earliestOrigination()
	return m != nil || r != nil
}

// find returns the first element that is asked for, or nil.
func find[T any](list []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i]
	}
	return nil
}

// Transfer returns the transfer of an id, or nil.
func (st *State) Transfer(id string) *Transfer {
	return find(st.Transfers, func(t *Transfer) bool { return t.ID == id })
}

// Authorization returns the authorization of an id, or nil.
func (st *State) Authorization(id string) *Authorization {
	return find(st.Authorizations, func(a *Authorization) bool { return a.ID == id })
}

// Refund returns the refund of an id, or nil.
func (st *State) Refund(id string) *Refund {
	return find(st.Refunds, func(r *Refund) bool { return r.ID == id })
}

// shortID is how much of a sweep's id a bank statement shows.
const shortID = 8

// Sweep returns the sweep of an id, or of the first eight characters of one.
func (st *State) Sweep(id string) *Sweep {
	return find(st.Sweeps, func(s *Sweep) bool { return s.ID == id || len(id) == shortID && s.ID[:shortID] == id })
}

// RecurringTransfer returns the recurring transfer of an id, or nil.
func (st *State) RecurringTransfer(id string) *Recurring {
	return find(st.Recurring, func(r *Recurring) bool { return r.ID == id })
}

// Clock returns the test clock of an id, or nil.
func (st *State) Clock(id string) *Clock {
	return find(st.Clocks, func(c *Clock) bool { return c.ID == id })
}

// Ledger returns the ledger of an id, or the default one for "".
func (st *State) Ledger(id string) *Ledger {
	return find(st.Ledgers, func(l *Ledger) bool { return l.ID == id || id == "" && l.Default })
}

// RefundsOf returns the refunds of a transfer.
func (st *State) RefundsOf(transfer string) []*Refund {
	var out []*Refund
	for _, r := range st.Refunds {
		if r.Transfer == transfer {
			out = append(out, r)
		}
	}
	return out
}

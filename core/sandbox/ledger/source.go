package ledger

import "time"

// Source is where movements come from: the history of one customer. Movements
// returns what was paid from one day to another, both included, in the order of
// payment, and is the same whenever and in whatever pieces it is asked for.
type Source interface {
	Movements(from, to Day) []*Movement
}

var _ Source = Book{}

// Life is a way of living: which history a Book has. The values are part of
// stored state: they never change.
type Life string

// The lives.
const (
	// GoodLife is that of user_good: salary, rent, twelve accounts.
	GoodLife Life = ""
	// NoLife has no movements of its own.
	NoLife Life = "none"
)

// Entry is a transaction that somebody has written down: one of a custom user,
// or one of /sandbox/transactions/create.
type Entry struct {
	Account Account `json:"account"`
	// Shown is when a client can see it first.
	Shown              time.Time `json:"shown"`
	Transacted, Posted Day
	Amount             Money
	Description        string
}

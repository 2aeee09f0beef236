package ledger

import (
	"strconv"
	"time"
)

// Entry is a transaction that somebody has written down: one of a custom user,
// or one of /sandbox/transactions/create.
type Entry struct {
	Account Account `json:"account"`
	// Shown is when a client can see it first; zero is at once.
	Shown time.Time `json:"shown,omitzero"`
	// Transacted is the day of the payment, Posted that of its posting.
	Transacted  Day    `json:"transacted"`
	Posted      Day    `json:"posted"`
	Amount      Money  `json:"amount"`
	Description string `json:"description"`
	// After is how many refreshes had been asked for when it was written.
	After int `json:"after,omitempty"`
}

// Entries is the source of what a custom user comes with.
type Entries []Entry

// entriesPerPart is how many entries a part has.
const entriesPerPart = 64

// Parts implements Source: an entry can change at any time after its payment.
func (e Entries) Parts(Day, Day) (first, last int) { return 0, floor(len(e)-1, entriesPerPart) }

// Part implements Source. An entry is pending from the day of the payment to the
// day of the posting.
func (e Entries) Part(n int) []*Movement {
	var out []*Movement
	for i := n * entriesPerPart; i < min((n+1)*entriesPerPart, len(e)); i++ {
		m := e[i].movement("entry." + strconv.Itoa(i))
		m.Settled = e[i].Posted.At(0)
		m.AtOnce = !m.Settled.After(m.Paid)
		if m.Shown.IsZero() {
			m.Shown = m.Paid
		}
		out = append(out, m)
	}
	return out
}

// Written is the source of what /sandbox/transactions/create has made, in order.
type Written []Entry

// Parts implements Source.
func (w Written) Parts(from, to Day) (first, last int) { return Entries(w).Parts(from, to) }

// Part implements Source. What was written is pending at first, until the next
// refresh or the morning after next.
func (w Written) Part(n int) []*Movement {
	var out []*Movement
	for i := n * entriesPerPart; i < min((n+1)*entriesPerPart, len(w)); i++ {
		m := w[i].movement("written." + strconv.Itoa(i))
		m.Settled, m.Booked = (DayOf(m.Shown) + freshDays).At(nightRun), w[i].Posted
		m.Soon, m.After, m.Number = true, w[i].After, i+1
		out = append(out, m)
	}
	return out
}

func (e *Entry) movement(key string) *Movement {
	return &Movement{
		Key: key, Account: e.Account, Payee: payeeOf(e.Description, e.Amount.Minor < 0),
		Paid: e.Transacted.At(0), Shown: e.Shown, Hold: e.Amount, Final: e.Amount,
	}
}

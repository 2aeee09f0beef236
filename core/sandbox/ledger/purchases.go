package ledger

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// habit is something bought now and then.
type habit struct {
	key     string
	account Account
	// perMonth is how often, on average.
	perMonth float64
	lo, hi   int64
	payee    Payee
	// style says how pending and posted amount differ.
	style style
}

// style is how an amount changes from pending to posted.
type style int

const (
	// plain amounts stay.
	plain style = iota
	// tipped amounts grow by a tip.
	tipped
	// pump holds a round sum until the real amount is known.
	pump
	// refunded payments come back in part, a week or two later.
	refunded
)

// purchases writes what was bought on one day. Who is abroad does not shop at
// home.
func (w *writer) purchases(d Day) {
	habits := w.plan.habits
	if len(habits) == 0 {
		return
	}
	r, away := w.dice("purchases", int(d)), w.abroad(d)
	for i := range habits {
		// Each habit rolls the same number of times whether it strikes or not, so
		// that one more habit at the end would not change the others.
		roll, seed := r.Float64(), r.Uint64()
		if roll < habits[i].perMonth/30 && !(away && habits[i].payee.Channel == InStore) {
			w.purchase(&habits[i], d, rand.New(rand.NewPCG(seed, uint64(i))))
		}
	}
}

// holdOf is what a fuel pump reserves, in cents.
const holdOf = 12_500

func (w *writer) purchase(h *habit, d Day, r *rand.Rand) {
	key := fmt.Sprintf("%s.%d", h.key, d)
	m := payment{key, h.account, d, &h.payee, w.money(between(r, h.lo, h.hi))}.byCard(r)
	switch h.style {
	case tipped:
		m.Final.Minor += m.Hold.Minor * between(r, 15, 22) / 100
	case pump:
		m.Hold.Minor = holdOf
		if r.IntN(3) == 0 {
			w.unlinked(m)
		}
	case refunded:
		if r.IntN(4) == 0 {
			w.refund(m, d, r)
		}
	case plain:
		w.fate(m, r)
	}
	w.add(m)
}

// unlinked makes the hold vanish and the payment appear beside it: some banks do
// not tell that the two belong together (PLAID §3.5).
func (w *writer) unlinked(m *Movement) {
	paid := payment{m.Key + ".final", m.Account, DayOf(m.Settled), m.Payee, m.Final}.booked()
	paid.Reference = m.Reference
	w.add(paid)
	m.Dropped, m.Settled = m.Settled.Add(2*time.Hour), time.Time{}
}

// fate lets a few payments vanish unposted and has the merchant of a few others
// put right after they were posted.
func (w *writer) fate(m *Movement, r *rand.Rand) {
	switch roll := r.IntN(100); {
	case roll < 5:
		m.Dropped, m.Settled = m.Paid.Add(3*hoursPerDay*time.Hour), time.Time{}
	case roll < 10:
		m.Corrected = m.Settled.Add(2 * hoursPerDay * time.Hour)
	}
}

// refund brings part of a payment back.
func (w *writer) refund(m *Movement, d Day, r *rand.Rand) {
	back := m.Final
	back.Minor = -back.Minor * between(r, 30, 100) / 100
	w.add(payment{m.Key + ".refund", m.Account, d + Day(between(r, 6, refundSpan)), m.Payee, back}.booked())
}

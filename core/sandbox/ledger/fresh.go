package ledger

import (
	"fmt"
	"time"
)

// Fresh returns the payment that the n-th refresh brings: a coffee, pending from
// that instant. The next refresh posts it, a dollar dearer, or else the morning
// after next.
func (b Book) Fresh(n int, asked, next time.Time) *Movement {
	w := &writer{book: b}
	r := w.dice("fresh", n)
	day := DayOf(asked)
	m := &Movement{
		Key: fmt.Sprintf("fresh.%d", n), Account: Checking, Payee: freshPayee, Reference: reference(freshPayee, r),
		Paid: asked, Shown: asked, Settled: (day + 2).At(nightRun), Hold: w.money(between(r, 350, 1_250)),
	}
	if !next.IsZero() && next.Before(m.Settled) {
		m.Settled = next
	}
	m.Final = m.Hold
	m.Final.Minor += 100
	return m
}

var freshPayee = shop("BLUE HERON COFFEE", "Blue Heron Coffee", "FOOD_AND_DRINK_COFFEE", "")

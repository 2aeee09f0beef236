package ledger

import (
	"fmt"
	"slices"
	"time"
)

// Refreshes is the source of what the refreshes themselves bring: each a coffee,
// pending from that instant, which the next refresh posts a dollar dearer, or
// else the morning after next. The dynamic life gets a payment by card beside it.
type Refreshes struct {
	Book Book
	// Asked are the instants of the refreshes, in order.
	Asked []time.Time
}

// refreshesPerPart is how many refreshes a part has.
const refreshesPerPart = 64

// freshDays is how many days after a refresh what it has brought is posted.
const freshDays = 2

// Parts implements Source.
func (r Refreshes) Parts(from, to Day) (first, last int) {
	if r.Book.Life == NoLife {
		return 0, -1
	}
	start := r.before((from - freshDays).At(0))
	end := r.before((to + 1).At(0))
	return start / refreshesPerPart, floor(end-1, refreshesPerPart)
}

// before returns how many refreshes were asked for before an instant.
func (r Refreshes) before(t time.Time) int {
	n, _ := slices.BinarySearchFunc(r.Asked, t, time.Time.Compare)
	return n
}

// Part implements Source.
func (r Refreshes) Part(n int) []*Movement {
	var out []*Movement
	for i := n * refreshesPerPart; i < min((n+1)*refreshesPerPart, len(r.Asked)); i++ {
		out = append(out, r.Book.fresh(i, r.Asked[i], "fresh", &freshHabit))
		if r.Book.Life == DynamicLife {
			out = append(out, r.Book.fresh(i, r.Asked[i], "fresh.card", &freshCardHabit))
		}
	}
	return out
}

// fresh returns the payment that the n-th refresh brings.
func (b Book) fresh(n int, asked time.Time, stream string, h *habit) *Movement {
	w := &writer{book: b}
	r := w.dice(stream, n)
	m := &Movement{
		Key: fmt.Sprintf("%s.%d", stream, n), Account: h.account, Payee: &h.payee, Reference: reference(&h.payee, r),
		Paid: asked, Shown: asked, Settled: (DayOf(asked) + freshDays).At(nightRun), Hold: w.money(between(r, h.lo, h.hi)),
		After: n + 1, Soon: true,
	}
	m.Final = m.Hold
	m.Final.Minor += 100
	return m
}

// What a refresh brings.
var (
	freshHabit = habit{
		account: Checking, lo: 350, hi: 1_250,
		payee: shop("BLUE HERON COFFEE", "Blue Heron Coffee", "FOOD_AND_DRINK_COFFEE", ""),
	}
	freshCardHabit = habit{
		account: CreditCard, lo: 1_100, hi: 6_900,
		payee: web("INSTACART", "Instacart", "FOOD_AND_DRINK_GROCERIES", "instacart.com"),
	}
)

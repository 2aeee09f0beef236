package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Book is one customer's life at one bank.
type Book struct {
	Seed int64
	// Bank sets the histories of two banks apart.
	Bank string
	// Currency is that of the accounts.
	Currency string
	// Life is which life it is.
	Life Life
	// Opened is when the Item was made, and Days how far its history goes back.
	// Only the lives that begin so many days before use them.
	Opened time.Time
	Days   int
}

// Movements returns what the customer paid or was paid from one day to another,
// both included, in the order of payment.
func (b Book) Movements(from, to Day) []*Movement {
	w := &writer{book: b, plan: planOf(b.Life), from: from, to: to}
	shops := from - refundSpan
	if w.plan.days > 0 {
		begin := DayOf(b.Opened) - w.plan.days
		w.from, shops = max(from, begin), max(shops, begin)
	}
	if w.from > to {
		return nil
	}
	for m := (w.from - slack).month(); m <= to.month(); m++ {
		w.monthly(m)
	}
	for d := shops; d <= to; d++ {
		w.purchases(d)
	}
	for d := w.from; d <= to; d++ {
		w.rhythms(d)
	}
	slices.SortFunc(w.out, func(a, b *Movement) int {
		return cmp.Or(a.Paid.Compare(b.Paid), cmp.Compare(a.Key, b.Key))
	})
	return w.out
}

// slack is how far a weekend or a settlement can carry a movement over the end
// of the month it belongs to.
const slack = 5

// refundSpan is how many days after the purchase a refund can come.
const refundSpan = 14

// writer collects the movements of a span of days.
type writer struct {
	book     Book
	plan     *plan
	from, to Day
	out      []*Movement
}

// dice returns the random numbers of one stream on one day or in one month.
// They depend on nothing else, so that history does not depend on who asks when.
func (w *writer) dice(stream string, n int) *rand.Rand {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %q %q %d", w.book.Seed, w.book.Bank, stream, n))
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16])))
}

// add takes m up if it was paid within the span.
func (w *writer) add(m *Movement) {
	if day := DayOf(m.Paid); day < w.from || day > w.to {
		return
	}
	w.out = append(w.out, m)
}

// money returns cents in the book's currency.
func (w *writer) money(cents int64) Money { return Money{cents, w.book.Currency} }

// The hours at which the bank books.
const (
	morningRun = 6 * 60
	nightRun   = 7 * 60
)

// payment is what the customer pays, or is paid, on a day.
type payment struct {
	key     string
	account Account
	day     Day
	payee   *Payee
	amount  Money
}

// booked returns the payment as one that is posted at once, in the morning.
func (p payment) booked() *Movement {
	at := p.day.At(morningRun)
	return &Movement{
		Key: p.key, Account: p.account, Payee: p.payee, Paid: at, Shown: at, AtOnce: true, Settled: at, Hold: p.amount, Final: p.amount,
	}
}

// byCard returns the payment as one that is pending for one to four days.
func (p payment) byCard(r *rand.Rand) *Movement {
	paid := p.day.At(int(between(r, 8*60, 22*60)))
	return &Movement{
		Key: p.key, Account: p.account, Payee: p.payee, Reference: reference(p.payee, r),
		Paid: paid, Shown: paid.Add(minutes(between(r, 1, 40))),
		Settled: (p.day + Day(between(r, 1, 4))).At(nightRun),
		Hold:    p.amount, Final: p.amount,
	}
}

// between returns a number from lo to hi, both included.
func between(r *rand.Rand, lo, hi int64) int64 { return lo + r.Int64N(hi-lo+1) }

// minutes is a span for arithmetic on instants.
func minutes(n int64) time.Duration { return time.Duration(n) * time.Minute }

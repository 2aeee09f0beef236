package ledger

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// bill is a payment of every month, on the same day of it. lo and hi bound the
// amount in cents; a negative amount is money in.
type bill struct {
	key     string
	account Account
	day     int
	lo, hi  int64
	payee   Payee
	// other is the own account on the far side of a transfer, or "".
	other     Account
	otherSide Payee
	// every is the number of months between two, counted from January; 0 is 1.
	every int
}

// monthly writes everything that comes once a month.
func (w *writer) monthly(m month) {
	for i := range w.plan.bills {
		if b := &w.plan.bills[i]; b.every <= 1 || int(m)%b.every == 0 {
			w.bill(b, m)
		}
	}
	for i := range w.plan.subscriptions {
		w.subscription(&w.plan.subscriptions[i], m)
	}
	w.trip(m)
	if w.plan.papers {
		w.taxRefund(m)
		w.cheque(m)
	}
}

func (w *writer) bill(b *bill, m month) {
	day := m.day(b.day).banking()
	cents := between(w.dice(b.key, int(m)), min(b.lo, b.hi), max(b.lo, b.hi))
	if b.key == "electricity" {
		cents += heating(m.calendar())
	}
	key := fmt.Sprintf("%s.%d", b.key, m)
	w.both(payment{key, b.account, day, &b.payee, w.money(cents)}, b.other, &b.otherSide)
}

// heating returns what the season adds to the electricity bill, in cents.
func heating(m time.Month) int64 {
	switch m {
	case time.December, time.January, time.February:
		return 4215
	case time.July, time.August:
		return 3180
	}
	return 0
}

// subscription is a card payment of every month; it is pending for a day first.
type subscription struct {
	key     string
	account Account
	day     int
	minor   int64
	// currency is "" for that of the account.
	currency string
	payee    Payee
}

func (w *writer) subscription(s *subscription, m month) {
	r := w.dice(s.key, int(m))
	amount := w.money(s.minor)
	if s.currency != "" {
		amount.Currency = s.currency
	}
	w.add(payment{fmt.Sprintf("%s.%d", s.key, m), s.account, m.day(s.day), &s.payee, amount}.byCard(r))
}

// reference makes up what the statement adds to a payee's line.
func reference(p *Payee, r *rand.Rand) string {
	switch p.Channel {
	case InStore:
		return storeReference(r.IntN(10_000), r.IntN(len(towns)))
	case Online:
		return digits(r.IntN(100_000_000), 8)
	}
	return ""
}

func storeReference(store, town int) string {
	return "#" + digits(store, 4) + " " + towns[town].statement
}

// digits writes n with so many digits.
func digits(n, count int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", count-len(s)) + s
}

// taxRefund comes on the eleventh of April, or the next banking day.
func (w *writer) taxRefund(m month) {
	if m.calendar() != time.April {
		return
	}
	cents := -between(w.dice("taxrefund", int(m)), 64_000, 142_000)
	w.add(payment{fmt.Sprintf("taxrefund.%d", m), Checking, m.day(11).banking(), &taxRefundPayee, w.money(cents)}.booked())
}

// cheque is written to the piano teacher in some months.
func (w *writer) cheque(m month) {
	r := w.dice("cheque", int(m))
	if r.IntN(3) != 0 {
		return
	}
	c := payment{fmt.Sprintf("cheque.%d", m), Checking, m.day(9).banking(), &chequePayee, w.money(between(r, 8, 24) * 1000)}.booked()
	c.Check = fmt.Sprint(1000 + int(m)%1000)
	w.add(c)
}

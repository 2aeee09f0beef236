package sandbox

import (
	"cmp"
	"iter"
	"slices"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
)

// recurrence is a payment that comes again and again: rows of one account, of
// one payee and in one direction, the oldest first.
type recurrence struct {
	rows []ledger.Row
	pace *pace
}

// pace is how far the payments of a recurrence are from each other.
type pace struct {
	// name is Plaid's frequency.
	name string
	// lo and hi bound the days between two payments, and mean those on average.
	lo, hi         ledger.Day
	meanLo, meanHi float64
	// months and days lead to the next payment.
	months, days int
	// enough is how many payments make the recurrence a mature one.
	enough int
}

// The paces, in Plaid's words. Every two weeks and twice a month differ in the
// average alone.
var paces = [...]pace{
	{name: "WEEKLY", lo: 5, hi: 9, meanLo: 6.5, meanHi: 7.7, days: 7, enough: 3},
	{name: "BIWEEKLY", lo: 11, hi: 17, meanLo: 13.5, meanHi: 14.6, days: 14, enough: 3},
	{name: "SEMI_MONTHLY", lo: 11, hi: 19, meanLo: 14.6, meanHi: 16, days: 15, enough: 3},
	{name: "MONTHLY", lo: 25, hi: 36, meanLo: 28, meanHi: 32.5, months: 1, enough: 3},
	{name: "ANNUALLY", lo: 355, hi: 375, meanLo: 355, meanHi: 375, months: 12, enough: 2},
}

// regular is how many of a hundred gaps must fit the pace.
const regular = 80

// paceOf returns the pace of payments on the given days, or nil.
func paceOf(days []ledger.Day) *pace {
	if len(days) < 2 {
		return nil
	}
	mean := float64(days[len(days)-1]-days[0]) / float64(len(days)-1)
	for i := range paces {
		p := &paces[i]
		fits := 0
		for j, d := range days[1:] {
			if gap := d - days[j]; gap >= p.lo && gap <= p.hi {
				fits++
			}
		}
		if mean >= p.meanLo && mean <= p.meanHi && fits*100 >= regular*(len(days)-1) {
			return p
		}
	}
	return nil
}

// next returns the day on which the payment after one on d is expected.
func (p *pace) next(d ledger.Day) ledger.Day {
	return ledger.DayOf(d.At(0).AddDate(0, p.months, p.days))
}

// grace is how many days late a payment can be without being missed.
const grace = 5

func (r *recurrence) first() *ledger.Row { return &r.rows[0] }
func (r *recurrence) last() *ledger.Row  { return &r.rows[len(r.rows)-1] }

// active reports whether the next payment is not overdue on a day.
func (r *recurrence) active(today ledger.Day) bool { return today <= r.pace.next(r.last().Date)+grace }

// status returns Plaid's word for how sure it is that the payment recurs.
func (r *recurrence) status(today ledger.Day) string {
	switch {
	case len(r.rows) >= r.pace.enough:
		return "MATURE"
	case r.active(today):
		return "EARLY_DETECTION"
	}
	return "TOMBSTONED"
}

// average returns the mean amount, rounded to the currency's smallest unit.
func (r *recurrence) average() ledger.Money {
	sum, n := int64(0), int64(len(r.rows))
	for i := range r.rows {
		sum += r.rows[i].Amount.Minor
	}
	half := n / 2
	if sum < 0 {
		half = -half
	}
	return ledger.Money{Minor: (sum + half) / n, Currency: r.last().Amount.Currency}
}

// strand is what the rows of a recurrence have in common.
type strand struct {
	account         ledger.Account
	payee, currency string
	in              bool
}

func strandOf(r *ledger.Row) strand {
	return strand{r.Account, cmp.Or(r.Payee.Merchant, r.Payee.Raw), r.Amount.Currency, r.Amount.Minor < 0}
}

// recurrences finds what recurs among rows.
func recurrences(rows iter.Seq[ledger.Row]) map[strand]*recurrence {
	found := map[strand]*recurrence{}
	for row := range rows {
		if row.Stage != ledger.Posted {
			continue
		}
		key := strandOf(&row)
		if found[key] == nil {
			found[key] = &recurrence{}
		}
		found[key].rows = append(found[key].rows, row)
	}
	for key, r := range found {
		if !r.recurs() {
			delete(found, key)
		}
	}
	return found
}

// recurs puts the rows in order and reports whether they recur. Two payments are
// enough if they are of the same amount.
func (r *recurrence) recurs() bool {
	slices.SortFunc(r.rows, func(a, b ledger.Row) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Key, b.Key))
	})
	days := make([]ledger.Day, len(r.rows))
	for i := range r.rows {
		days[i] = r.rows[i].Date
	}
	r.pace = paceOf(days)
	return r.pace != nil && (len(r.rows) >= r.pace.enough || r.first().Amount == r.last().Amount)
}

// canRecur reports whether Plaid looks for recurrences in an account: checking,
// savings and credit card accounts.
func canRecur(a *people.Account) bool { return a.Type == people.Depository || a.Type == people.Credit }

package ledger

import "fmt"

// plan is what a life consists of.
type plan struct {
	bills         []bill
	subscriptions []subscription
	rhythms       []rhythm
	habits        []habit
	journeys      []journey
	// papers says that there are cheques and a tax refund.
	papers bool
	// days is how long before the Item was made the life begins, or zero.
	days Day
}

// planOf returns the plan of a life that follows the calendar.
func planOf(l Life) *plan {
	switch l {
	case DynamicLife:
		return &dynamicPlan
	case YuppieLife:
		return &yuppiePlan
	case SmallBusinessLife:
		return &businessPlan
	case EWALife:
		return &ewaPlan
	case BankIncomeLife:
		return &incomePlan
	}
	return &goodPlan
}

// rhythm is a payment that comes every so many days, whatever the month.
type rhythm struct {
	key     string
	account Account
	// every is the number of days between two; phase moves them: with every 7,
	// phase 1 is a Friday.
	every, phase int
	lo, hi       int64
	payee        Payee
	// other is the own account on the far side of a transfer, or "".
	other     Account
	otherSide Payee
	// skip is how many of a hundred do not come.
	skip int
}

// rhythms writes what comes on a day because of its distance from another.
func (w *writer) rhythms(d Day) {
	for i := range w.plan.rhythms {
		r := &w.plan.rhythms[i]
		if (int(d)-r.phase)%r.every != 0 {
			continue
		}
		dice := w.dice(r.key, int(d))
		cents := between(dice, r.lo, r.hi)
		if dice.IntN(100) < r.skip {
			continue
		}
		w.both(payment{fmt.Sprintf("%s.%d", r.key, d), r.account, d, &r.payee, w.money(cents)}, r.other, &r.otherSide)
	}
}

// both writes a payment that is posted at once and, if it goes to another own
// account, the other side of it.
func (w *writer) both(p payment, other Account, otherSide *Payee) {
	w.add(p.booked())
	if other == "" {
		return
	}
	p.key, p.account, p.payee, p.amount.Minor = p.key+".far", other, otherSide, -p.amount.Minor
	w.add(p.booked())
}

package ledger

import "fmt"

// InflowKind is what an inflow's amount comes from, in the words of Plaid's
// custom users.
type InflowKind string

// The kinds of inflow.
const (
	FixedSum     InflowKind = "monthly-income"
	WholeBalance InflowKind = "monthly-balance-payment"
	InterestOnly InflowKind = "monthly-interest-only-payment"
)

// Inflow is a payment that an account gets, or makes, in every month.
type Inflow struct {
	Account Account
	Kind    InflowKind
	// Day is the day of the month of the payment, Statement the one on which the
	// balance is taken that a balance or interest payment is made for; 0 is the
	// last day of the month.
	Day, Statement int
	// Amount is what a FixedSum is: positive is money out of the account.
	Amount Money
	// Name is the description that the payment has.
	Name string
	// Owed is what the account owes, and Rate its yearly interest in hundredths
	// of a percent; zero is the usual rate of Plaid's credit card.
	Owed Money
	Rate int64
}

// usualRate is 12.5 %, that of the credit card of user_good.
const usualRate = 1_250

// Inflows is the source of a custom user's inflows: a part is a month.
type Inflows []Inflow

// Parts implements Source.
func (in Inflows) Parts(from, to Day) (first, last int) {
	if len(in) == 0 {
		return 0, -1
	}
	return int((from - slack).month()), int(to.month())
}

// Part implements Source.
func (in Inflows) Part(n int) []*Movement {
	m := month(n)
	var out []*Movement
	for i := range in {
		amount := in[i].payment()
		if amount.Minor == 0 {
			continue
		}
		key := fmt.Sprintf("inflow.%d.%d", i, n)
		out = append(out, payment{key, in[i].Account, m.dayOrLast(in[i].Day), payeeOf(in[i].Name, amount.Minor < 0), amount}.booked())
	}
	return out
}

// payment returns what is paid: an income as it is given, and for a debt the
// whole of it or the interest of a month, which the account gets.
func (i *Inflow) payment() Money {
	rate := i.Rate
	if rate == 0 {
		rate = usualRate
	}
	switch i.Kind {
	case WholeBalance:
		return Money{-i.Owed.Minor, i.Owed.Currency}
	case InterestOnly:
		return Money{-i.Owed.Minor * rate / (12 * 10_000), i.Owed.Currency}
	}
	return i.Amount
}

// dayOrLast returns the n-th day of the month, or the last one for 0.
func (m month) dayOrLast(n int) Day {
	if n == 0 {
		return m.day(31)
	}
	return m.day(n)
}

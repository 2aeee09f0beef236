package people

import (
	"cmp"
	"fmt"

	"bankbook/core/sandbox/ledger"
)

// addInflows adds what comes to an account every month: what its model says,
// and, if it has no transactions of its own, what makes it look used.
func (b *builder) addInflows(c *accountConfig, a *Account) error {
	if len(c.Transactions) == 0 {
		b.addHabits(a)
	}
	m := c.Inflow
	if m == nil || m.Type == "" || m.Type == "none" {
		return nil
	}
	in := ledger.Inflow{Account: ledger.Account(a.Code), Kind: ledger.InflowKind(m.Type), Name: m.Name}
	in.Day, _ = dayOfMonth(m.Day)
	in.Statement, _ = dayOfMonth(m.Statement)
	if in.Kind == ledger.FixedSum {
		amount, err := minor(m.Amount.String(), a.Currency)
		if err != nil {
			return fmt.Errorf("inflow_model.income_amount: %w", err)
		}
		in.Amount = ledger.Money{Minor: -amount, Currency: a.Currency}
	} else if err := owe(&in, c, a); err != nil {
		return err
	}
	b.person.Inflows = append(b.person.Inflows, in)
	return nil
}

// owe says what a payment for a debt is counted from.
func owe(m *ledger.Inflow, c *accountConfig, a *Account) error {
	owed, err := minor(a.Current, a.Currency)
	if err != nil {
		return fmt.Errorf("starting_balance: %w", err)
	}
	m.Owed = ledger.Money{Minor: owed, Currency: a.Currency}
	if c.Liability == nil {
		return nil
	}
	if rate := cmp.Or(c.Liability.Purchase, c.Liability.Rate).String(); rate != "" {
		m.Rate, err = minor(rate, "USD") // hundredths, as of a dollar
	}
	return err
}

// habits are what accounts of a type are used for; lo and hi bound the cents.
var habits = map[string][]struct {
	name   string
	lo, hi int64
}{
	"checking": {
		{"PAYROLL DIRECT DEPOSIT", -310_000, -190_000},
		{"RENT PAYMENT", 90_000, 170_000},
		{"CITY UTILITIES", 6_000, 14_000},
		{"MOBILE PHONE BILL", 3_500, 8_500},
		{"CORNER GROCERY", 2_500, 12_000},
	},
	"savings":     {{"TRANSFER FROM CHECKING", -40_000, -5_000}, {"INTRST PYMNT", -900, -40}},
	"credit card": {{"CORNER GROCERY", 2_500, 12_000}, {"STREAMING VIDEO", 799, 1_999}, {"FILLING STATION", 2_500, 6_500}, {"PAYMENT THANK YOU", -25_000, -5_000}},
}

// addHabits makes an account look used: every month the same sums on the same
// days.
func (b *builder) addHabits(a *Account) {
	for _, h := range habits[a.Subtype] {
		b.person.Inflows = append(b.person.Inflows, ledger.Inflow{
			Account: ledger.Account(a.Code), Kind: ledger.FixedSum, Day: 1 + b.dice.IntN(28), Name: h.name,
			Amount: ledger.Money{Minor: h.lo + b.dice.Int64N(h.hi-h.lo+1), Currency: a.Currency},
		})
	}
}

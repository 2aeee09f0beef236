// Package money is the only place that knows what an amount is: an integer of
// minor units and a currency. Nothing else in Bankbook adds, parses or formats
// money, and no other package knows how many digits a currency has.
package money

import (
	"errors"
	"fmt"
	"math"
)

// Errors that the functions of this package wrap.
var (
	// ErrSyntax means a text that is not a decimal number.
	ErrSyntax = errors.New("not a decimal number")
	// ErrPrecision means more decimal places than the currency has.
	ErrPrecision = errors.New("more decimal places than the currency has")
	// ErrOverflow means an amount beyond 64 bits of minor units.
	ErrOverflow = errors.New("amount too large")
	// ErrCurrency means that two amounts of different currencies met.
	ErrCurrency = errors.New("different currencies")
)

// Amount is money: Minor units (cents for USD, yen for JPY) of a Currency.
// Positive is money into the user's account.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Of returns minor units of a currency.
func Of(minor int64, c Currency) Amount { return Amount{Minor: minor, Currency: c} }

// IsZero reports whether the amount is nothing.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Sign returns -1, 0 or 1.
func (a Amount) Sign() int {
	switch {
	case a.Minor < 0:
		return -1
	case a.Minor > 0:
		return 1
	}
	return 0
}

// Neg returns the amount with the other sign. The smallest amount has none:
// parsing never makes it, so Neg cannot overflow on an amount from outside.
func (a Amount) Neg() Amount { return Amount{Minor: -a.Minor, Currency: a.Currency} }

// Abs returns the amount without its sign.
func (a Amount) Abs() Amount {
	if a.Minor < 0 {
		return a.Neg()
	}
	return a
}

// Add returns a + b, or an error if their currencies differ or the sum does
// not fit.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, fmt.Errorf("add %s to %s: %w", b.Currency, a.Currency, ErrCurrency)
	}
	sum, ok := AddMinor(a.Minor, b.Minor)
	if !ok {
		return Amount{}, fmt.Errorf("add: %w", ErrOverflow)
	}
	return Amount{Minor: sum, Currency: a.Currency}, nil
}

// Sub returns a - b under the conditions of Add.
func (a Amount) Sub(b Amount) (Amount, error) {
	if b.Minor == math.MinInt64 {
		return Amount{}, fmt.Errorf("subtract: %w", ErrOverflow)
	}
	return a.Add(b.Neg())
}

// AddMinor adds minor units of one currency. ok is false if the sum does not
// fit; math.MinInt64 counts as not fitting, so that every sum can be negated.
func AddMinor(x, y int64) (sum int64, ok bool) {
	sum = x + y
	if (sum > x) != (y > 0) && y != 0 {
		return 0, false
	}
	return sum, sum != math.MinInt64
}

// Optional is an amount that can be unknown. Unknown is not zero: banks leave
// balances out.
type Optional struct {
	Amount Amount
	Known  bool
}

// Known returns an Optional that holds a.
func Known(a Amount) Optional { return Optional{Amount: a, Known: true} }

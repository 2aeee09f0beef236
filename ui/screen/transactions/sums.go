package transactions

import (
	"cmp"
	"slices"

	"bankbook/core"
	"bankbook/core/money"
)

// Sum is what the rows shown come to in one currency. Each amount is unknown if
// it does not fit.
type Sum struct {
	Currency money.Currency
	Rows     int
	// Debits are negative, Credits positive.
	Debits, Credits money.Optional
}

// Net returns debits and credits together.
func (s Sum) Net() money.Optional {
	if !s.Debits.Known || !s.Credits.Known {
		return money.Optional{}
	}
	return plus(s.Debits, s.Credits.Amount)
}

// sums adds up by currency.
type sums map[money.Currency]Sum

// add takes in rows whose debits (negative) and credits are given in minor
// units.
func (s sums) add(c money.Currency, rows int, debits, credits int64) {
	sum, ok := s[c]
	if !ok {
		zero := money.Known(money.Of(0, c))
		sum = Sum{Currency: c, Debits: zero, Credits: zero}
	}
	sum.Rows += rows
	sum.Debits = plus(sum.Debits, money.Of(debits, c))
	sum.Credits = plus(sum.Credits, money.Of(credits, c))
	s[c] = sum
}

// addRow takes in one transaction.
func (s sums) addRow(t core.Transaction) {
	minor := t.Amount.Minor
	s.add(t.Amount.Currency, 1, min(minor, 0), max(minor, 0))
}

// list returns the sums, the currency with the most rows first.
func (s sums) list() []Sum {
	list := make([]Sum, 0, len(s))
	for _, sum := range s {
		list = append(list, sum)
	}
	slices.SortFunc(list, func(a, b Sum) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

func plus(sum money.Optional, a money.Amount) money.Optional {
	if !sum.Known {
		return sum
	}
	total, err := sum.Amount.Add(a)
	if err != nil {
		return money.Optional{}
	}
	return money.Known(total)
}

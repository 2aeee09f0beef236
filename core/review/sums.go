package review

import (
	"cmp"
	"math"
	"slices"

	"bankbook/core"
	"bankbook/core/money"
)

// Sum is what rows come to in one currency. An amount that does not fit 64 bits
// is unknown.
type Sum struct {
	Currency money.Currency
	Rows     int
	// Debits are zero or negative, Credits zero or positive.
	Debits, Credits money.Optional
}

// Net returns debits and credits together.
func (s Sum) Net() money.Optional {
	if !s.Debits.Known || !s.Credits.Known {
		return money.Optional{}
	}
	net, err := s.Debits.Amount.Add(s.Credits.Amount)
	return money.Optional{Amount: net, Known: err == nil}
}

// cell adds up amounts of one currency. Both sums only ever grow away from
// zero, so one that has overflowed once can stay so.
type cell struct {
	rows        int
	in, out     int64
	over, under bool
}

func (c *cell) add(more cell) {
	c.rows += more.rows
	in, ok := money.AddMinor(c.in, more.in)
	c.in, c.over = in, c.over || more.over || !ok
	out, ok := money.AddMinor(c.out, more.out)
	c.out, c.under = out, c.under || more.under || !ok
}

// tally adds up cells by currency.
type tally map[money.Currency]cell

func (t tally) add(c money.Currency, more cell) {
	if more.rows == 0 {
		return
	}
	sum := t[c]
	sum.add(more)
	t[c] = sum
}

// list returns the sums, the currency with the most rows first.
func (t tally) list() []Sum {
	list := make([]Sum, 0, len(t))
	for currency, c := range t {
		list = append(list, Sum{
			Currency: currency, Rows: c.rows,
			Debits:  optional(c.out, !c.under, currency),
			Credits: optional(c.in, !c.over, currency),
		})
	}
	slices.SortFunc(list, func(a, b Sum) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

// SumTotals returns what totals come to, the currency with the most rows first.
func SumTotals(totals []core.Total) []Sum {
	t := tally{}
	for _, total := range totals {
		t.add(total.Currency, cell{rows: total.Count, in: total.In, out: total.Out})
	}
	return t.list()
}

func optional(minor int64, known bool, c money.Currency) money.Optional {
	if !known {
		return money.Optional{}
	}
	return money.Known(money.Of(minor, c))
}

// sum adds up the rows of a part by their codes, of which there are n.
func (s *segment) sum(p part, codes []uint16, n int) []cell {
	cells := make([]cell, n)
	if s.most > math.MaxInt64/maxRows {
		for i := range p.len() {
			row := p.row(i)
			minor := s.minor[row]
			cells[codes[row]].add(cell{rows: 1, in: max(minor, 0), out: min(minor, 0)})
		}
		return cells
	}
	// No sum of so many rows can overflow.
	if p.sel != nil {
		for _, row := range p.sel {
			cells[codes[row]].count(s.minor[row])
		}
		return cells
	}
	minor := s.minor[p.lo:p.hi]
	for i, code := range codes[p.lo:p.hi] {
		cells[code].count(minor[i])
	}
	return cells
}

func (c *cell) count(minor int64) {
	out := minor & (minor >> 63)
	c.rows++
	c.out += out
	c.in += minor - out
}

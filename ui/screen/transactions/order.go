package transactions

import (
	"sort"

	"bankbook/core"
)

// ref says where a row is: its month, and its place in it, newest first.
type ref struct {
	month core.Month
	index int32
}

// order says which row stands where in the list.
type order interface {
	// len is how many rows the list has.
	len() int
	// at returns where row n is, for 0 <= n < len.
	at(n int) ref
}

// allRows is the order without a filter: the months one after the other.
type allRows struct {
	months []core.MonthCount
	// ends holds the number of rows up to and including each month.
	ends []int
}

func newAllRows(months []core.MonthCount) allRows {
	a := allRows{months: months, ends: make([]int, len(months))}
	sum := 0
	for i, m := range months {
		sum += m.Rows
		a.ends[i] = sum
	}
	return a
}

func (a allRows) len() int {
	if len(a.ends) == 0 {
		return 0
	}
	return a.ends[len(a.ends)-1]
}

func (a allRows) at(n int) ref {
	i := sort.SearchInts(a.ends, n+1)
	return ref{month: a.months[i].Month, index: int32(n - (a.ends[i] - a.months[i].Rows))}
}

// position returns the row number of a ref, and false if its month is not there.
func (a allRows) position(r ref) (int, bool) {
	for i, m := range a.months {
		if m.Month == r.month && int(r.index) < m.Rows {
			return a.ends[i] - m.Rows + int(r.index), true
		}
	}
	return 0, false
}

// has reports whether there are rows in a month.
func (a allRows) has(month core.Month) bool {
	_, ok := a.position(ref{month: month})
	return ok
}

// foundRows is the order of what a scan found.
type foundRows []ref

func (f foundRows) len() int     { return len(f) }
func (f foundRows) at(n int) ref { return f[n] }

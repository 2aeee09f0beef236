package review

import (
	"slices"

	"bankbook/core"
	"bankbook/core/money"
)

// Query says which transactions are asked for, in which order, and which part
// of them. The zero Query asks for all, newest first; accounts that are hidden
// have to be named in Accounts. All conditions have to be met.
type Query struct {
	Dates      Dates
	Profiles   Set[core.ProfileID]
	Banks      Set[core.ItemID]
	Accounts   Set[core.AccountID]
	Currencies Set[money.Currency]
	// Categories are the codes of primary or detailed categories, or the
	// category that the user gave; "" is none.
	Categories Set[string]
	// Tags are in lower case.
	Tags     Set[string]
	Status   Status
	Reviewed Reviewed
	Amounts  []Amount
	Words    []Word

	Sort Sort
	// Offset rows are left out, and no more than Limit returned; 0 returns all.
	// Totals and groups count all rows.
	Offset, Limit int
}

// Set asks for one of In, unless it is empty, and for none of Not.
type Set[T ~string] struct{ In, Not []T }

// Has reports whether the set asks for a value.
func (s Set[T]) Has(value T) bool {
	return (len(s.In) == 0 || slices.Contains(s.In, value)) && !slices.Contains(s.Not, value)
}

// IsZero reports whether the set asks for everything.
func (s Set[T]) IsZero() bool { return len(s.In)+len(s.Not) == 0 }

// with adds what another set asks for.
func (s Set[T]) with(more Set[T]) Set[T] {
	return Set[T]{In: union(s.In, more.In), Not: union(s.Not, more.Not)}
}

// union returns all values of two lists once, in order; nil if there are none.
func union[T ~string](a, b []T) []T {
	list := slices.Concat(a, b)
	slices.Sort(list)
	return slices.Compact(list)
}

// Status is a condition on pending and posted.
type Status int

// The conditions on pending and posted.
const (
	AnyStatus Status = iota
	Pending
	Posted
)

// Reviewed is a condition on whether the user has reviewed a transaction.
type Reviewed int

// The conditions on review.
const (
	AnyReview Reviewed = iota
	IsReviewed
	NotReviewed
)

// Amount is a condition on an amount without its sign, in whichever currency,
// and on its sign.
type Amount struct {
	Not bool
	// Sign is 1 for money in, -1 for money out, 0 for both. Nothing is neither in
	// nor out.
	Sign int
	// Min and Max are the limits, "" for none; Above and Below say that they are
	// not included themselves.
	Min, Max     money.Decimal
	Above, Below bool
}

// Word is a condition on texts: Text, in lower case, has to occur in one of the
// names of a transaction, in its category in words, in the user's note, or be
// the beginning of its amount.
type Word struct {
	Text string
	Not  bool
}

// Column is what rows can be sorted by.
type Column string

// The columns. By date is newest first unless it is reversed; the others
// begin with the smallest.
const (
	ByDate     Column = ""
	ByName     Column = "name"
	ByAccount  Column = "account"
	ByCategory Column = "category"
	ByStatus   Column = "status"
	ByAmount   Column = "amount"
)

// Sort is an order. Rows that are equal in it stand in the default order,
// reversed or not.
type Sort struct {
	By      Column
	Reverse bool
}

// IsZero reports whether all transactions are asked for, in whichever order.
func (q Query) IsZero() bool {
	return q.Dates == Dates{} && q.Profiles.IsZero() && q.Banks.IsZero() && q.Accounts.IsZero() && q.Currencies.IsZero() &&
		q.Categories.IsZero() && q.Tags.IsZero() && q.Status == AnyStatus && q.Reviewed == AnyReview &&
		len(q.Amounts) == 0 && len(q.Words) == 0
}

// With returns what is asked for by two lines written one behind the other:
// values of one kind are alternatives, a later preset, status or order counts,
// everything else has to be met.
func (q Query) With(more Query) Query {
	q.Dates = q.Dates.with(more.Dates)
	q.Profiles = q.Profiles.with(more.Profiles)
	q.Banks = q.Banks.with(more.Banks)
	q.Accounts = q.Accounts.with(more.Accounts)
	q.Currencies = q.Currencies.with(more.Currencies)
	q.Categories = q.Categories.with(more.Categories)
	q.Tags = q.Tags.with(more.Tags)
	if more.Status != AnyStatus {
		q.Status = more.Status
	}
	if more.Reviewed != AnyReview {
		q.Reviewed = more.Reviewed
	}
	q.Amounts = join(q.Amounts, more.Amounts)
	q.Words = join(q.Words, more.Words)
	if more.Sort != (Sort{}) {
		q.Sort = more.Sort
	}
	if more.Offset != 0 {
		q.Offset = more.Offset
	}
	if more.Limit != 0 {
		q.Limit = more.Limit
	}
	return q
}

// join returns both lists in a new one; nil if they are empty.
func join[T any](a, b []T) []T {
	if len(a)+len(b) == 0 {
		return nil
	}
	return slices.Concat(a, b)
}

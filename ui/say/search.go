package say

import (
	"bankbook/core/review"
)

// SearchProblem says in a few words why a part of a search line is not
// understood; it is searched for as text.
func SearchProblem(p review.Problem) string {
	return "“" + p.Term + "” " + problemWords(p.Why)
}

func problemWords(w review.Why) string {
	switch w {
	case review.UnknownKey:
		return "is searched for as text: filters are date, account, bank, category, amount, is and others"
	case review.NoSuchName:
		return "is the name of nothing here"
	case review.NotADate:
		return "is no date: write 2026-03, 2026-03-18, this-month or last-90-days"
	case review.NotAnAmount:
		return "is no amount: write >20, <20 or 20..50"
	case review.NotAState:
		return "is nothing that a transaction can be: write pending, posted, in, out or reviewed"
	case review.NotANumber:
		return "is no number of rows"
	case review.NotAColumn:
		return "is no column: write date, name, account, category, status or amount"
	case review.NotNegatable:
		return "cannot be turned round"
	}
	return "is not understood"
}

// Preset returns the name of a range of days; "" is all of them.
func Preset(p review.Preset) string {
	switch p {
	case review.Today:
		return "Today"
	case review.Yesterday:
		return "Yesterday"
	case review.ThisWeek:
		return "This week"
	case review.LastWeek:
		return "Last week"
	case review.ThisMonth:
		return "This month"
	case review.LastMonth:
		return "Last month"
	case review.ThisYear:
		return "This year"
	case review.LastYear:
		return "Last year"
	case review.Last7Days:
		return "Last 7 days"
	case review.Last30Days:
		return "Last 30 days"
	case review.Last90Days:
		return "Last 90 days"
	case review.Last365Days:
		return "Last 365 days"
	}
	return "Any date"
}

// Order returns the name of an order of transactions.
func Order(s review.Sort) string {
	forward, back := "Newest first", "Oldest first"
	switch s.By {
	case review.ByName:
		forward, back = "Name A to Z", "Name Z to A"
	case review.ByAccount:
		forward, back = "Account A to Z", "Account Z to A"
	case review.ByCategory:
		forward, back = "Category A to Z", "Category Z to A"
	case review.ByStatus:
		forward, back = "Pending first", "Posted first"
	case review.ByAmount:
		forward, back = "Smallest amount first", "Largest amount first"
	}
	if s.Reverse {
		return back
	}
	return forward
}

// AmountRange returns a condition on amounts in words; nil is none.
func AmountRange(a *review.Amount) string {
	switch {
	case a == nil:
		return "Any amount"
	case a.Min == "" && a.Max == "" && a.Sign > 0:
		return "Money in"
	case a.Min == "" && a.Max == "":
		return "Money out"
	case a.Max == "":
		return "Over " + string(a.Min)
	case a.Min == "":
		return "Under " + string(a.Max)
	}
	return string(a.Min) + " to " + string(a.Max)
}

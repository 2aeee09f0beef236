package accounts

import (
	"slices"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/scope"
)

// DayBalance is what an account held at the end of a day. The sign is that of
// core.Balance.
type DayBalance struct {
	Day     core.Date
	Current money.Amount
	// WorkedOut says that the bank was not asked on that day: the balance follows
	// from a later one and the transactions in between.
	WorkedOut bool
}

// History returns what an account held, from a day on, the earliest first: on the
// days on which that was noted, and on each day before the first of them as it
// follows from the transactions. It goes back no further than those do, and is empty
// if no balance was ever noted. The days in between are left out.
func (s *Service) History(view scope.View, id core.AccountID, from core.Date) ([]DayBalance, error) {
	a, _, err := view.Account(id)
	if err != nil {
		return nil, err
	}
	noted, err := s.deps.Repo.Balances(id, from)
	if err != nil {
		return nil, err
	}
	var days []DayBalance
	for _, b := range noted {
		if b.Current.Known {
			days = append(days, DayBalance{Day: b.Day, Current: b.Current.Amount})
		}
	}
	if len(days) == 0 {
		return nil, nil
	}
	moved, oldest, err := s.movements(id, from, days[0].Current.Currency)
	if err != nil {
		return nil, err
	}
	before := workBack(days[0], max(from, oldest-1), moved, a.Type.Owed())
	slices.Reverse(before)
	return append(before, days...), nil
}

// movements sums what came in and went out on each day from a day on. Pending
// transactions are in no balance yet, and other currencies are in another one. oldest
// is the first day that has any; days that overflow are left out of the sums by
// workBack.
func (s *Service) movements(id core.AccountID, from core.Date, c money.Currency) (moved map[core.Date][]int64, oldest core.Date, err error) {
	months, err := s.deps.Rows.Months()
	if err != nil {
		return nil, 0, err
	}
	moved, oldest = map[core.Date][]int64{}, core.Date(1<<31-1)
	for _, m := range months {
		if m.Month < from.Month() {
			break // they come newest first
		}
		rows, err := s.deps.Rows.Month(m.Month)
		if err != nil {
			return nil, 0, err
		}
		for _, t := range rows {
			if t.Account == id && !t.Pending && t.Amount.Currency == c {
				moved[t.Date] = append(moved[t.Date], t.Amount.Minor)
				oldest = min(oldest, t.Date)
			}
		}
	}
	return moved, oldest, nil
}

// workBack returns the balances of the days before one that is known, the latest
// first, down to a day: each is the next day's less what moved on the next day, and
// for a debt more. It ends where a sum does not fit.
func workBack(known DayBalance, to core.Date, moved map[core.Date][]int64, owed bool) []DayBalance {
	var days []DayBalance
	at := known.Current.Minor
	for day := known.Day; day > to; day-- {
		for _, minor := range moved[day] {
			if !owed {
				minor = -minor
			}
			var ok bool
			if at, ok = money.AddMinor(at, minor); !ok {
				return days
			}
		}
		days = append(days, DayBalance{Day: day - 1, Current: money.Of(at, known.Current.Currency), WorkedOut: true})
	}
	return days
}

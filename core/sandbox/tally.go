package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ledger"
)

// tally is how many rows of which account an Item shows on each day.
type tally struct {
	accounts []string
	first    ledger.Day
	// counts has one number for each account for each day.
	counts []int32
}

// last returns the newest day that has rows.
func (t *tally) last() ledger.Day {
	return t.first + ledger.Day(len(t.counts)/max(len(t.accounts), 1)) - 1
}

// of returns how many rows an account has on a day.
func (t *tally) of(d ledger.Day, account string) int {
	at := slices.Index(t.accounts, account)
	if at < 0 || d < t.first || d > t.last() {
		return 0
	}
	return int(t.counts[int(d-t.first)*len(t.accounts)+at])
}

func (t *tally) add(d ledger.Day, account string) {
	at := int(d-t.first)*len(t.accounts) + slices.Index(t.accounts, account)
	if short := at + 1 - len(t.counts); short > 0 {
		rest := len(t.accounts) - 1 - at%len(t.accounts)
		t.counts = append(t.counts, make([]int32, short+rest)...)
	}
	t.counts[at]++
}

// tallyKey names what a tally is of: an Item, and everything that its view
// depends on.
type tallyKey struct {
	item    string
	fetched int64
	first   ledger.Day
	// refreshes, written and choices are those of the moment.
	refreshes, written, choices int
}

// tally returns the tally of an Item at a moment. Making it takes a look at every
// row, so it is kept for the next page.
func (s *Server) tally(it *item, m moment) *tally {
	v := s.view(it, m, "")
	key := tallyKey{it.ID, v.now.At.UnixMicro(), v.first, m.refreshes, m.written, m.choices}
	if t, known := s.memo.tallies.get(key); known {
		return t
	}
	t := &tally{accounts: v.accounts, first: v.first}
	for row := range s.rows(it, m) {
		t.add(row.Date, string(row.Account))
	}
	s.memo.tallies.put(key, t)
	return t
}

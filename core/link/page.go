package link

import (
	"slices"
	"time"

	"bankbook/core/bank"
)

// sight is what a look at the page has shown.
type sight struct {
	// found are the Items made, each public token once.
	found []Candidate
	// exit is how the user left, if the last visit ended that way and no other
	// is still open.
	exit *bank.LinkExit
	// done says that the last finished visit ended without an exit.
	done bool
	// open says that a visit has not finished.
	open bool
}

// look sums up all visits to a page: it can be opened more than once, and any
// visit can have the result (PLAID §2.2).
func look(status bank.LinkStatus, now time.Time) sight {
	var seen sight
	var last bank.LinkSession
	for _, visit := range status.Sessions {
		seen.open = seen.open || visit.Finished.IsZero()
		if visit.Finished.After(last.Finished) {
			last = visit
		}
		seen.collect(visit.Results, now)
	}
	if last.Finished.IsZero() {
		return seen
	}
	seen.done = last.Exit == nil
	if !seen.open {
		seen.exit = last.Exit
	}
	return seen
}

func (s *sight) collect(results []bank.LinkResult, now time.Time) {
	for _, r := range results {
		known := slices.ContainsFunc(s.found, func(c Candidate) bool { return c.Public.Reveal() == r.Public.Reveal() })
		if known || r.Public.IsEmpty() {
			continue
		}
		s.found = append(s.found, Candidate{
			Public: r.Public, Institution: r.Institution, Accounts: r.Accounts, FoundAt: now,
		})
	}
}

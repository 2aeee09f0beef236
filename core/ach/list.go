package ach

import (
	"slices"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/scope"
)

// Filter says which ACH accounts to list. The zero Filter is all.
type Filter struct {
	// Statuses are the ones wanted; none is all.
	Statuses []core.Verification
	// From is ByPlaid or ByHand; "" is both.
	From core.ConnectionType
	// Primary wants those only that are the first choice.
	Primary bool
	// Owner is the profile that they belong to; "" is all in the view.
	Owner core.ProfileID
}

// List returns a page of the accounts that have numbers, and how many there are in
// all pages, in the order of accounts.Pick.
func (s *Service) List(view scope.View, f Filter, p accounts.Page) (rows []accounts.Row, total int, err error) {
	return accounts.Pick(view, p, f.lets)
}

func (f Filter) lets(r accounts.Row) bool {
	return r.ACH.Exists() &&
		(len(f.Statuses) == 0 || slices.Contains(f.Statuses, r.ACH.Status)) &&
		(f.From == "" || f.From == r.ACH.From) &&
		(!f.Primary || r.ACH.Primary) &&
		(f.Owner == "" || f.Owner == r.Owner())
}

// Get returns an account that has numbers, and what is known of them.
func (s *Service) Get(view scope.View, id core.AccountID) (accounts.Row, error) {
	return s.get(view, id)
}

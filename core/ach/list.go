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
// all pages, in the order of accounts.List.
func (s *Service) List(view scope.View, f Filter, p accounts.Page) (rows []accounts.Row, total int, err error) {
	items, err := view.Items()
	if err != nil {
		return nil, 0, err
	}
	byID := map[core.ItemID]core.Item{}
	for _, i := range items {
		byID[i.ID] = i
	}
	all, err := view.Accounts()
	if err != nil {
		return nil, 0, err
	}
	for _, a := range all {
		if r := (accounts.Row{Account: a, Of: byID[a.Item]}); f.lets(r) {
			rows = append(rows, r)
		}
	}
	total = len(rows)
	rows, err = accounts.Cut(rows, p)
	return rows, total, err
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

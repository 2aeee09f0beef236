package accounts

import (
	"strings"

	"bankbook/core"
	"bankbook/core/input"
	"bankbook/core/scope"
)

// Which says which of two sorts is wanted. The zero Which is the usual one.
type Which int

// The sorts.
const (
	// Usual leaves out what is out of the ordinary.
	Usual Which = iota
	// Only is nothing but that.
	Only
	// Both is everything.
	Both
)

func (w Which) allows(special bool) bool { return w == Both || special == (w == Only) }

// Filter says which accounts to list. The zero Filter is all but hidden ones.
type Filter struct {
	// Connection is ByPlaid or ByHand; "" is both.
	Connection core.ConnectionType
	// Statuses are the ones wanted; none is all.
	Statuses []core.AccountStatus
	// Primary wants accounts only that are the first choice for something.
	Primary bool
	Hidden  Which
	// Owner is the profile that the accounts belong to; "" is all in the view.
	Owner core.ProfileID
	Item  core.ItemID
	// Text is looked for in names, bank and mask, whatever the case.
	Text string
}

// Page is a part of a list: Limit rows from Offset on. A Limit of 0 is all.
type Page struct{ Offset, Limit int }

// cut returns the part of a list that a page is. A negative page is a fault at the
// field Paging.
func cut[T any](list []T, p Page) ([]T, error) {
	if p.Offset < 0 || p.Limit < 0 {
		return nil, input.Refused("accounts: page", Paging, input.NotAllowed)
	}
	list = list[min(p.Offset, len(list)):]
	if p.Limit > 0 {
		list = list[:min(p.Limit, len(list))]
	}
	return list, nil
}

// List returns a page of the accounts that a filter lets through, as Pick does.
func (s *Service) List(view scope.View, f Filter, p Page) (rows []Row, total int, err error) {
	return Pick(view, p, f.lets)
}

// Pick returns a page of the accounts that are wanted, and how many there are in all
// pages: banks in the order in which they were linked, and the accounts of each in the
// bank's order.
func Pick(view scope.View, p Page, wanted func(Row) bool) (rows []Row, total int, err error) {
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
		if r := (Row{a, byID[a.Item]}); wanted(r) {
			rows = append(rows, r)
		}
	}
	total = len(rows)
	rows, err = cut(rows, p)
	return rows, total, err
}

func (f Filter) lets(r Row) bool {
	connection := core.ByPlaid
	if r.Of.Manual() {
		connection = core.ByHand
	}
	return (f.Connection == "" || f.Connection == connection) &&
		f.wantsStatus(r.Choices.Status) &&
		(!f.Primary || r.Choices.Primary.Any()) &&
		f.Hidden.allows(r.Choices.Hidden) &&
		(f.Owner == "" || f.Owner == r.Owner()) &&
		(f.Item == "" || f.Item == r.Of.ID) &&
		f.mentions(r)
}

func (f Filter) wantsStatus(is core.AccountStatus) bool {
	if len(f.Statuses) == 0 {
		return true
	}
	for _, s := range f.Statuses {
		if s == is {
			return true
		}
	}
	return false
}

func (f Filter) mentions(r Row) bool {
	text := strings.ToLower(strings.TrimSpace(f.Text))
	for _, in := range []string{r.Choices.Nickname, r.Name, r.OfficialName, r.Of.Institution.Name, r.Mask} {
		if strings.Contains(strings.ToLower(in), text) {
			return true
		}
	}
	return false
}

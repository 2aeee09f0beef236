package scope

import (
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
)

// Repo is what a View reads.
type Repo interface {
	Profiles() ([]core.Profile, error)
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
}

// View is what one profile sees, or all profiles together. It reads anew each
// time, and is safe for concurrent use if its Repo is.
type View struct {
	repo Repo
	// profile is "" for all.
	profile core.ProfileID
}

// Of returns what a profile sees; "" is all profiles together.
func Of(repo Repo, profile core.ProfileID) View { return View{repo, profile} }

// Profile returns whose view it is; "" is all profiles'.
func (v View) Profile() core.ProfileID { return v.profile }

// Target returns the profile that something new is made in. wanted is the one
// asked for, "" for the view's own. It is NotFound if the view does not see it, and
// Invalid if there is none to choose, or it is archived or being deleted.
func (v View) Target(wanted core.ProfileID) (core.Profile, error) {
	const op = "scope: target"
	if wanted == "" {
		wanted = v.profile
	}
	if wanted == "" {
		return core.Profile{}, fault.New(op, fault.Invalid, nil)
	}
	profiles, err := v.repo.Profiles()
	if err != nil {
		return core.Profile{}, err
	}
	at := slices.IndexFunc(profiles, func(p core.Profile) bool { return p.ID == wanted })
	switch {
	case at < 0, v.profile != "" && wanted != v.profile:
		return core.Profile{}, fault.New(op, fault.NotFound, nil)
	case profiles[at].Archived, !profiles[at].Leaving.IsZero():
		return core.Profile{}, fault.New(op, fault.Invalid, nil)
	}
	return profiles[at], nil
}

// sight is everything that a View sees at one time.
type sight struct {
	profile  core.ProfileID
	items    []core.Item
	accounts []core.Account
	byID     map[core.ItemID]core.Item
}

func (v View) look() (sight, error) {
	all, err := v.repo.Items()
	if err != nil {
		return sight{}, err
	}
	accounts, err := v.repo.Accounts()
	if err != nil {
		return sight{}, err
	}
	s := sight{profile: v.profile, byID: make(map[core.ItemID]core.Item, len(all))}
	for _, i := range all {
		s.byID[i.ID] = i
	}
	here := map[core.ItemID]bool{}
	for _, a := range accounts {
		if s.sees(a.Owner(s.byID[a.Item])) {
			s.accounts = append(s.accounts, a)
			here[a.Item] = true
		}
	}
	for _, i := range all {
		if here[i.ID] || s.sees(i.Profile) {
			s.items = append(s.items, i)
		}
	}
	return s, nil
}

func (s sight) sees(p core.ProfileID) bool { return s.profile == "" || s.profile == p }

// Items returns the items that are in the view, in the order in which they were
// linked.
func (v View) Items() ([]core.Item, error) {
	s, err := v.look()
	return s.items, err
}

// Accounts returns the accounts that are in the view, in the order of their items.
func (v View) Accounts() ([]core.Account, error) {
	s, err := v.look()
	return s.accounts, err
}

// Profiles returns the profiles that are in the view.
func (v View) Profiles() ([]core.Profile, error) {
	all, err := v.repo.Profiles()
	if err != nil || v.profile == "" {
		return all, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(p core.Profile) bool { return p.ID != v.profile }), nil
}

// Item returns an item of the view.
func (v View) Item(id core.ItemID) (core.Item, error) {
	s, err := v.look()
	if err != nil {
		return core.Item{}, err
	}
	at := slices.IndexFunc(s.items, func(i core.Item) bool { return i.ID == id })
	if at < 0 {
		return core.Item{}, fault.New("scope: item", fault.NotFound, nil)
	}
	return s.items[at], nil
}

// Own returns an item that the view may end or change as a whole: one that was
// linked for its profile.
func (v View) Own(id core.ItemID) (core.Item, error) {
	item, err := v.Item(id)
	if err == nil && v.profile != "" && item.Profile != v.profile {
		return core.Item{}, fault.New("scope: own item", fault.NotFound, nil)
	}
	return item, err
}

// Account returns an account of the view, and its item.
func (v View) Account(id core.AccountID) (core.Account, core.Item, error) {
	s, err := v.look()
	if err != nil {
		return core.Account{}, core.Item{}, err
	}
	at := slices.IndexFunc(s.accounts, func(a core.Account) bool { return a.ID == id })
	if at < 0 {
		return core.Account{}, core.Item{}, fault.New("scope: account", fault.NotFound, nil)
	}
	a := s.accounts[at]
	return a, s.byID[a.Item], nil
}

// Owns tells of each account that there is whether it is in the view.
func (v View) Owns() (func(core.AccountID) bool, error) {
	s, err := v.look()
	if err != nil {
		return nil, err
	}
	here := make(map[core.AccountID]bool, len(s.accounts))
	for _, a := range s.accounts {
		here[a.ID] = true
	}
	return func(id core.AccountID) bool { return here[id] }, nil
}

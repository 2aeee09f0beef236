package review

import "bankbook/core"

// owners tells whose the transactions of an account are, and who sees them.
type owners struct {
	items map[core.ItemID]core.ProfileID
	// accounts are those whose owner is not their item's.
	accounts map[core.AccountID]core.ProfileID
	hidden   map[core.AccountID]bool
	// within is the one profile whose transactions there are; "" is all.
	within core.ProfileID
}

func newOwners(items []core.Item, accounts []core.Account) owners {
	o := owners{
		items: make(map[core.ItemID]core.ProfileID, len(items)), accounts: map[core.AccountID]core.ProfileID{},
		hidden: map[core.AccountID]bool{},
	}
	for _, i := range items {
		o.items[i.ID] = i.Profile
	}
	for _, a := range accounts {
		if a.Choices.Profile != "" {
			o.accounts[a.ID] = a.Choices.Profile
		}
		if a.Choices.Hidden {
			o.hidden[a.ID] = true
		}
	}
	return o
}

// profile returns whose an account is.
func (o owners) profile(k accountKey) core.ProfileID {
	if p, ok := o.accounts[k.account]; ok {
		return p
	}
	return o.items[k.item]
}

// shows reports whether a query that asks for some accounts, or for all, is about
// an account.
func (o owners) shows(k accountKey, asked Set[core.AccountID]) bool {
	switch {
	case !asked.Has(k.account), o.within != "" && o.profile(k) != o.within:
		return false
	}
	return len(asked.In) > 0 || !o.hidden[k.account]
}

// Within returns the part of the snapshot that belongs to one profile: no query
// finds anything else in it, and no name leads to anything else. "" is all of it.
func (s *Snapshot) Within(profile core.ProfileID) *Snapshot {
	part := *s
	part.owners = newOwners(s.items, s.accounts)
	part.owners.within = profile
	if profile == "" {
		return &part
	}
	part.profiles, part.items, part.accounts = nil, nil, nil
	for _, p := range s.profiles {
		if p.ID == profile {
			part.profiles = append(part.profiles, p)
		}
	}
	here := map[core.ItemID]bool{}
	for _, a := range s.accounts {
		if part.owners.profile(accountKey{item: a.Item, account: a.ID}) == profile {
			part.accounts = append(part.accounts, a)
			here[a.Item] = true
		}
	}
	for _, i := range s.items {
		if here[i.ID] || i.Profile == profile {
			part.items = append(part.items, i)
		}
	}
	return &part
}

package boot

import (
	"bankbook/core"
	"bankbook/core/profile"
	"bankbook/core/scope"
)

// Profiles makes, changes and removes profiles.
type Profiles struct {
	*profile.Keeper
	s *Services
}

// Profiles returns what makes, changes and removes profiles.
func (s *Services) Profiles() Profiles { return Profiles{Keeper: s.Keeper, s: s} }

// All returns every profile by name, and how many accounts each has.
func (p Profiles) All() ([]core.Profile, map[core.ProfileID]int, error) {
	list, err := p.List()
	if err != nil {
		return nil, nil, err
	}
	items, err := p.s.Vault.Items()
	if err != nil {
		return nil, nil, err
	}
	accounts, err := scope.Of(p.s.Vault, "").Accounts()
	if err != nil {
		return nil, nil, err
	}
	of := map[core.ItemID]core.Item{}
	for _, i := range items {
		of[i.ID] = i
	}
	count := map[core.ProfileID]int{}
	for _, a := range accounts {
		count[a.Owner(of[a.Item])]++
	}
	return list, count, nil
}

// Delete asks for a profile to be removed with all of its banks.
func (p Profiles) Delete(id core.ProfileID) error { return p.s.DeleteProfile(id) }

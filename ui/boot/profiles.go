package boot

import (
	"context"
	"slices"

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

// Create makes a profile, as profile.Keeper does.
func (p Profiles) Create(name string, kind core.ProfileKind) (made core.Profile, err error) {
	defer p.s.Activity.Begin(core.Activity{Action: core.AddedProfile, Subject: name})()
	made, err = p.Keeper.Create(name, kind)
	p.s.Activity.Did(context.Background(), aboutProfile(core.AddedProfile, made), err)
	return made, err
}

// Change gives a profile another name or kind, as profile.Keeper does.
func (p Profiles) Change(id core.ProfileID, name string, kind core.ProfileKind) (changed core.Profile, err error) {
	defer p.s.Activity.Begin(p.about(core.ChangedProfile, id))()
	changed, err = p.Keeper.Change(id, name, kind)
	p.s.Activity.Did(context.Background(), aboutProfile(core.ChangedProfile, changed), err)
	return changed, err
}

// Archive puts a profile away, as profile.Keeper does.
func (p Profiles) Archive(id core.ProfileID) (err error) {
	defer p.s.doing(context.Background(), p.about(core.ArchivedProfile, id))(&err)
	return p.Keeper.Archive(id)
}

// Restore takes a profile out again, as profile.Keeper does.
func (p Profiles) Restore(id core.ProfileID) (err error) {
	defer p.s.doing(context.Background(), p.about(core.RestoredProfile, id))(&err)
	return p.Keeper.Restore(id)
}

// about is the beginning of an entry about a profile that is there.
func (p Profiles) about(a core.Action, id core.ProfileID) core.Activity {
	list, err := p.List()
	at := slices.IndexFunc(list, func(p core.Profile) bool { return p.ID == id })
	if err != nil || at < 0 {
		return core.Activity{Action: a}
	}
	return aboutProfile(a, list[at])
}

// aboutProfile is the beginning of an entry about a profile.
func aboutProfile(a core.Action, p core.Profile) core.Activity {
	return core.Activity{Action: a, Profile: p.ID, Subject: p.Name}
}

// Delete asks for a profile to be removed with all of its banks.
func (p Profiles) Delete(id core.ProfileID) error { return p.s.DeleteProfile(id) }

package accounts

import (
	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
)

// Given is what there was of an account before it was given to another profile, for
// TakeBack.
type Given struct {
	id       core.AccountID
	from, to core.ProfileID
	// primary is what it was the first choice for, numbers whether its numbers were
	// the first choice.
	primary core.Primary
	numbers bool
}

// Give gives an account to another profile, which can be one outside of the view. It
// is the first choice for nothing there.
func (s *Service) Give(view scope.View, id core.AccountID, owner core.ProfileID) (Given, error) {
	if _, _, err := view.Account(id); err != nil {
		return Given{}, err
	}
	if err := s.checkOwner("accounts: give", owner); err != nil {
		return Given{}, err
	}
	var g Given
	_, err := s.change(view, id, core.ChangedAccount, func(a *core.Account, _ []core.Account, whose owners) error {
		g = Given{id: id, from: whose.of(*a), to: owner, primary: a.Choices.Primary, numbers: a.ACH.Primary}
		if g.from != owner {
			move(a, owner, whose[a.Item])
		}
		return nil
	})
	if err != nil {
		return Given{}, err
	}
	return g, nil
}

// TakeBack undoes Give for a view that the account was in. It is again the first
// choice for what nothing else has become that for meanwhile. An account that has been
// given away further, or removed, is NotFound.
func (s *Service) TakeBack(view scope.View, g Given) error {
	const op = "accounts: take back"
	if view.Profile() != "" && view.Profile() != g.from {
		return fault.New(op, fault.NotFound, nil)
	}
	if err := s.checkOwner(op, g.from); err != nil {
		return err
	}
	_, err := s.change(scope.Of(s.deps.Repo, g.to), g.id, core.ChangedAccount, func(a *core.Account, all []core.Account, whose owners) error {
		if g.from != g.to {
			move(a, g.from, whose[a.Item])
			g.choose(a, all, whose)
		}
		return nil
	})
	return err
}

// choose makes the account that came back the first choice for what it was before, as
// far as nothing else is. One that was stopped or closed meanwhile can be it for
// nothing.
func (g Given) choose(a *core.Account, all []core.Account, whose owners) {
	if a.Choices.Status != core.Open {
		return
	}
	primary, numbers := g.primary, g.numbers && a.ACH.Exists()
	for _, other := range all {
		if other.ID == a.ID || whose.of(other) != g.from {
			continue
		}
		set(&primary, other.Choices.Primary, false)
		numbers = numbers && !other.ACH.Primary
	}
	if !a.Unshared {
		a.Choices.Primary = primary
	}
	a.ACH.Primary = numbers
}

// checkOwner refuses a profile that cannot be the owner of an account.
func (s *Service) checkOwner(op string, owner core.ProfileID) error {
	flaw, err := s.ownerFlaw(owner)
	if err == nil && flaw != "" {
		err = input.Refused(op, Owner, flaw)
	}
	return err
}

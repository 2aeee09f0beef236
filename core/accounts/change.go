package accounts

import (
	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
)

// Changes is what to change of an account; nil leaves it as it is.
type Changes struct {
	// Nickname stands in the place of the bank's name; "" takes it away.
	Nickname *string
	// Owner is the profile that the account is to belong to. It can be one outside
	// of the view; the account is no longer in the view then.
	Owner  *core.ProfileID
	Hidden *bool
}

// Update changes an account, all of it or nothing. An account that moves to another
// owner is the first choice for nothing there.
func (s *Service) Update(view scope.View, id core.AccountID, c Changes) (Row, error) {
	const op = "accounts: update"
	if _, _, err := view.Account(id); err != nil {
		return Row{}, err
	}
	var form input.Form
	if c.Nickname != nil {
		name := form.Text(Nickname, *c.Nickname, MaxName)
		c.Nickname = &name
	}
	if c.Owner != nil {
		flaw, err := s.ownerFlaw(*c.Owner)
		if err != nil {
			return Row{}, err
		}
		form.Refuse(Owner, flaw)
	}
	if err := form.Err(op); err != nil {
		return Row{}, err
	}
	return s.change(view, id, core.ChangedAccount, func(a *core.Account, _ []core.Account, whose owners) error {
		if c.Nickname != nil {
			a.Choices.Nickname = *c.Nickname
		}
		if c.Hidden != nil {
			a.Choices.Hidden = *c.Hidden
		}
		if c.Owner != nil && *c.Owner != whose.of(*a) {
			move(a, *c.Owner, whose[a.Item])
		}
		return nil
	})
}

// ownerFlaw tells why a profile cannot be the owner of an account.
func (s *Service) ownerFlaw(owner core.ProfileID) (input.Flaw, error) {
	if owner == "" {
		return input.Missing, nil
	}
	_, err := scope.Of(s.deps.Repo, owner).Target("")
	switch {
	case fault.Is(err, fault.NotFound):
		return input.Unknown, nil
	case fault.Is(err, fault.Invalid):
		return input.NotAllowed, nil
	}
	return "", err
}

// move gives an account to another profile.
func move(a *core.Account, owner core.ProfileID, item core.Item) {
	a.Choices.Profile = owner
	if owner == item.Profile {
		a.Choices.Profile = "" // it follows its bank again
	}
	a.Choices.Primary, a.ACH.Primary = core.Primary{}, false
}

// SetPrimary makes an account the first choice of its owner for some uses, or, with
// on false, no longer. Whichever was that before loses it in the same commit. Only
// an open depository account can be: anything else is a fault at the field Use.
func (s *Service) SetPrimary(view scope.View, id core.AccountID, uses core.Primary, on bool) (Row, error) {
	const op = "accounts: set primary"
	others := map[core.ItemID]bool{}
	r, err := s.change(view, id, core.MadePrimary, func(a *core.Account, all []core.Account, whose owners) error {
		switch {
		case !uses.Any():
			return input.Refused(op, Use, input.Missing)
		case on && (a.Type != core.Depository || a.Choices.Status != core.Open || a.Unshared):
			return input.Refused(op, Use, input.NotAllowed)
		}
		if on {
			owner := whose.of(*a)
			for i := range all {
				if whose.of(all[i]) == owner && lose(&all[i].Choices.Primary, uses) {
					others[all[i].Item] = true
				}
			}
		}
		set(&a.Choices.Primary, uses, on)
		return nil
	})
	if err != nil {
		return Row{}, err
	}
	delete(others, r.Of.ID) // it has been told of
	for item := range others {
		s.deps.Events.Publish(event.AccountsChanged{Item: item})
	}
	return r, nil
}

// lose takes uses away, and reports whether any were there.
func lose(p *core.Primary, uses core.Primary) bool {
	before := *p
	set(p, uses, false)
	return *p != before
}

func set(p *core.Primary, uses core.Primary, on bool) {
	if uses.Deposits {
		p.Deposits = on
	}
	if uses.Withdrawals {
		p.Withdrawals = on
	}
}

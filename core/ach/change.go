package ach

import (
	"context"
	"errors"
	"fmt"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// Changes is what to change of an ACH account; nil leaves it as it is.
type Changes struct {
	Owner, Nickname *string
	Kind            *core.ACHKind
	// Numbers take the place of those that are there. They are Unverified.
	Numbers *Pair
}

func (c Changes) check(form *input.Form) Changes {
	text := func(field input.Field, t *string) *string {
		if t == nil {
			return nil
		}
		tidy := form.Text(field, *t, accounts.MaxName)
		return &tidy
	}
	c.Owner, c.Nickname = text(HolderField, c.Owner), text(NicknameField, c.Nickname)
	if c.Kind != nil {
		checkKind(form, *c.Kind)
	}
	if c.Numbers != nil {
		tidy := c.Numbers.check(form)
		c.Numbers = &tidy
	}
	return c
}

// apply puts in what is said of the numbers.
func (c Changes) apply(a *core.ACHAccount) {
	if c.Owner != nil {
		a.Owner = *c.Owner
	}
	if c.Nickname != nil {
		a.Nickname = *c.Nickname
	}
	if c.Kind != nil {
		a.Kind = *c.Kind
	}
}

// Update changes an ACH account, all of it or nothing.
func (s *Service) Update(ctx context.Context, view scope.View, id core.AccountID, c Changes) (accounts.Row, error) {
	if _, err := s.get(view, id); err != nil {
		return accounts.Row{}, err
	}
	var form input.Form
	c = c.check(&form)
	if err := form.Err("ach: update"); err != nil {
		return accounts.Row{}, err
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	r, err := s.get(view, id)
	if err != nil {
		return accounts.Row{}, err
	}
	defer s.begin(core.ChangedNumbers, r)()
	if c.Numbers == nil {
		r, err = s.change(r, func(a *core.Account, _ []core.Account) error { c.apply(&a.ACH); return nil })
	} else {
		r, err = s.replace(ctx, r, c)
	}
	if err == nil {
		_ = s.record(core.ChangedNumbers, r, nil)
	}
	return r, err
}

// replace puts other numbers in the place of those that are there, in the order that
// the package comment gives. What fails puts everything back.
func (s *Service) replace(ctx context.Context, r accounts.Row, c Changes) (accounts.Row, error) {
	before := r.ACH
	old, err := s.deps.Secrets.Get(ctx, s.name(r.ID))
	if err != nil && !fault.Is(err, fault.SecretMissing) {
		return accounts.Row{}, fmt.Errorf("ach: read the old numbers: %w", err)
	}
	now := s.deps.Clock.Now()
	if _, err := s.change(r, func(a *core.Account, _ []core.Account) error {
		a.ACH.Status, a.ACH.Changed = core.Unverified, now
		return nil
	}); err != nil {
		return accounts.Row{}, err
	}
	err = s.deps.Secrets.Set(ctx, s.name(r.ID), c.Numbers.numbers(r.ID).Pack())
	var changed accounts.Row
	if err == nil {
		changed, err = s.change(r, func(a *core.Account, _ []core.Account) error {
			c.apply(&a.ACH)
			a.ACH.From, a.ACH.Tokenized = core.ByHand, false
			a.ACH.RoutingLast4, a.ACH.NumberLast4 = c.Numbers.Routing.Last4(), c.Numbers.Number.Tail()
			return nil
		})
	}
	if err == nil {
		return changed, nil
	}
	return accounts.Row{}, fmt.Errorf("ach: replace: %w", errors.Join(err, s.putBack(ctx, r, old, before)))
}

// putBack puts the old numbers back. Only when they are there again do they count
// as verified, if they did.
func (s *Service) putBack(ctx context.Context, r accounts.Row, old secret.Text, before core.ACHAccount) error {
	undo, cancel := tidying(ctx)
	defer cancel()
	var err error
	if old.IsEmpty() {
		err = s.deps.Secrets.Delete(undo, s.name(r.ID))
	} else {
		err = s.deps.Secrets.Set(undo, s.name(r.ID), old)
	}
	if err != nil {
		return err
	}
	_, err = s.change(r, func(a *core.Account, _ []core.Account) error { a.ACH = before; return nil })
	return err
}

// SetPrimary makes numbers the first choice of their profile, or with on false no
// longer; those that were it before lose it in the same commit. The account must be
// open: anything else is a fault at AccountField.
func (s *Service) SetPrimary(view scope.View, id core.AccountID, on bool) (accounts.Row, error) {
	r, err := s.get(view, id)
	if err != nil {
		return accounts.Row{}, err
	}
	if on && r.Choices.Status != core.Open {
		return accounts.Row{}, input.Refused("ach: set primary", AccountField, input.NotAllowed)
	}
	here, err := view.Items()
	if err != nil {
		return accounts.Row{}, err
	}
	whose := map[core.ItemID]core.Item{}
	for _, i := range here {
		whose[i.ID] = i
	}
	defer s.begin(core.ChangedNumbers, r)()
	r, err = s.change(r, func(a *core.Account, all []core.Account) error {
		for i := range all {
			if on && all[i].Owner(whose[all[i].Item]) == r.Owner() {
				all[i].ACH.Primary = false
			}
		}
		a.ACH.Primary = on
		return nil
	})
	if err == nil {
		_ = s.record(core.ChangedNumbers, r, nil)
	}
	return r, err
}

// Delete removes the numbers of an account: first themselves, then what the vault
// says of them.
func (s *Service) Delete(ctx context.Context, view scope.View, id core.AccountID) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	r, err := s.get(view, id)
	if err != nil {
		return err
	}
	defer s.begin(core.RemovedNumbers, r)()
	if err := s.deps.Secrets.Delete(ctx, s.name(id)); err != nil {
		return fmt.Errorf("ach: delete: %w", err)
	}
	r, err = s.change(r, func(a *core.Account, _ []core.Account) error { a.ACH = core.ACHAccount{}; return nil })
	if err == nil {
		_ = s.record(core.RemovedNumbers, r, nil)
	}
	return err
}

// ends tells whether a record is of the numbers that are there.
func ends(a core.ACHAccount, n bank.Numbers) bool {
	return a.NumberLast4 == n.Number.Tail() && (a.RoutingLast4 == "" || a.RoutingLast4 == n.Routing.Last4())
}

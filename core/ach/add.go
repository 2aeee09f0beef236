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
)

// Entry is what a person enters by hand.
type Entry struct {
	Pair
	Kind core.ACHKind
	// Owner is the account holder's name, or ""; Nickname stands in the place of
	// the account's.
	Owner, Nickname string
}

// check returns the entry tidied, and notes what is wrong.
func (e Entry) check(form *input.Form) Entry {
	e.Pair = e.Pair.check(form)
	checkKind(form, e.Kind)
	e.Owner = form.Text(HolderField, e.Owner, accounts.MaxName)
	e.Nickname = form.Text(NicknameField, e.Nickname, accounts.MaxName)
	return e
}

// numbers are the entry as it is packed.
func (p Pair) numbers(id core.AccountID) bank.Numbers {
	return bank.Numbers{Account: id, Routing: p.Routing, Number: p.Number}
}

// Add keeps numbers that were entered by hand for an account that has none: Occupied
// if it has. They are Unverified.
func (s *Service) Add(ctx context.Context, view scope.View, id core.AccountID, e Entry) (accounts.Row, error) {
	const op = "ach: add"
	a, item, err := view.Account(id)
	if err != nil {
		return accounts.Row{}, err
	}
	var form input.Form
	e = e.check(&form)
	if a.Type != core.Depository || a.Choices.Status == core.Closed {
		form.Refuse(AccountField, input.NotAllowed)
	}
	if err := form.Err(op); err != nil {
		return accounts.Row{}, err
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	before := accounts.Row{Account: a, Of: item}
	defer s.begin(core.AddedNumbers, before)()
	r, err := s.add(ctx, before, e)
	if err == nil {
		_ = s.record(core.AddedNumbers, r, nil)
	}
	return r, err
}

// add puts the numbers into the secret store, and then into the vault how they end.
func (s *Service) add(ctx context.Context, r accounts.Row, e Entry) (accounts.Row, error) {
	if r.ACH.Exists() {
		return accounts.Row{}, fault.New("ach: add", fault.Occupied, nil)
	}
	err := s.deps.Secrets.Set(ctx, s.name(r.ID), e.numbers(r.ID).Pack())
	var added accounts.Row
	if err == nil {
		now := s.deps.Clock.Now()
		added, err = s.change(r, func(a *core.Account, _ []core.Account) error {
			if a.ACH.Exists() {
				return fault.New("ach: add", fault.Occupied, nil)
			}
			a.ACH = core.ACHAccount{
				Status: core.Unverified, From: core.ByHand, Kind: e.Kind, Owner: e.Owner, Nickname: e.Nickname,
				RoutingLast4: e.Routing.Last4(), NumberLast4: e.Number.Tail(), Added: now, Changed: now,
			}
			return nil
		})
	}
	if err != nil {
		undo, cancel := tidying(ctx)
		defer cancel()
		return accounts.Row{}, fmt.Errorf("ach: add: %w", errors.Join(err, s.deps.Secrets.Delete(undo, s.name(r.ID))))
	}
	return added, nil
}

// AddWithAccount adds an account that is kept by hand and its numbers, both or
// neither. What is wrong with the fields of either is told at once. An account
// without a mask gets the end of the number.
func (s *Service) AddWithAccount(ctx context.Context, view scope.View, n accounts.NewAccount, e Entry) (accounts.Row, error) {
	const op = "ach: add with account"
	var form input.Form
	checked := e.check(&form)
	_, err := n.Check(view)
	if err != nil && len(input.Problems(err)) == 0 {
		return accounts.Row{}, err
	}
	for _, p := range input.Problems(err) {
		form.Refuse(p.Field, p.Flaw)
	}
	if n.Kind != accounts.CheckingKind && n.Kind != accounts.SavingsKind {
		form.Refuse(AccountField, input.NotAllowed)
	}
	if err := form.Err(op); err != nil {
		return accounts.Row{}, err
	}
	if n.Mask == "" {
		n.Mask = checked.Number.Tail()
	}
	r, err := s.deps.Accounts.AddByHand(view, n)
	if err != nil {
		return accounts.Row{}, err
	}
	added, err := s.Add(ctx, view, r.ID, e)
	if err != nil {
		undo, cancel := tidying(ctx)
		defer cancel()
		return accounts.Row{}, errors.Join(err, s.deps.Accounts.Remove(undo, view, r.ID))
	}
	return added, nil
}

package ach

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// Refresh asks a bank for the numbers of its open accounts that are in the view, and
// keeps them: verified, for the bank has given them. It returns for how many. Errors:
// ByHand, Canceled while the connection is being ended, Unsupported for a bank that
// does not give numbers, and the provider's.
func (s *Service) Refresh(ctx context.Context, view scope.View, id core.ItemID) (int, error) {
	const op = "ach: refresh"
	item, err := view.Item(id)
	switch {
	case err != nil:
		return 0, err
	case item.Manual():
		return 0, fault.New(op, fault.ByHand, nil)
	case !item.Leaving.IsZero():
		return 0, fault.New(op, fault.Canceled, nil)
	case !slices.Contains(item.Products, core.Auth):
		return 0, fault.New(op, fault.Unsupported, nil)
	}
	access, err := s.deps.Secrets.Get(ctx, secret.TokenName(s.deps.Env, id))
	if err != nil {
		return 0, fmt.Errorf("ach: access: %w", err)
	}
	all, err := s.deps.Bank.Numbers(ctx, access)
	if err != nil {
		return 0, err
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	given, err := theirs(view, id, all)
	if err != nil {
		return 0, err
	}
	if err := s.keep(ctx, given); err != nil {
		return 0, err
	}
	s.deps.Events.Publish(event.AccountsChanged{Item: id})
	for _, g := range given {
		_ = s.record(core.ChangedNumbers, accounts.Row{Account: g.account, Of: item}, nil)
	}
	return len(given), nil
}

// given are numbers from a bank and the account that they are of.
type given struct {
	account core.Account
	numbers bank.Numbers
}

// theirs finds the accounts of numbers: those of the item that the view sees and
// that take something in.
func theirs(view scope.View, id core.ItemID, all []bank.Numbers) ([]given, error) {
	list, err := view.Accounts()
	if err != nil {
		return nil, err
	}
	var found []given
	for _, n := range all {
		at := slices.IndexFunc(list, func(a core.Account) bool { return a.ID == n.Account && a.Item == id })
		if at >= 0 && list[at].Choices.Status == core.Open {
			found = append(found, given{list[at], n})
		}
	}
	return found, nil
}

// keep puts numbers into the secret store, and then into the vault how they end. If
// it fails, what was there before is put back.
func (s *Service) keep(ctx context.Context, list []given) error {
	before := map[secret.Name]secret.Text{}
	for _, g := range list {
		name := s.name(g.account.ID)
		old, err := s.deps.Secrets.Get(ctx, name)
		if err != nil && !fault.Is(err, fault.SecretMissing) {
			return errors.Join(fmt.Errorf("ach: read the old numbers: %w", err), s.restore(ctx, before))
		}
		before[name] = old
		if err := s.deps.Secrets.Set(ctx, name, g.numbers.Pack()); err != nil {
			return errors.Join(fmt.Errorf("ach: keep the numbers: %w", err), s.restore(ctx, before))
		}
	}
	now := s.deps.Clock.Now()
	err := s.deps.Repo.UpdateAccounts(func(all []core.Account) error {
		for _, g := range list {
			at := slices.IndexFunc(all, func(a core.Account) bool { return a.ID == g.account.ID })
			if at < 0 {
				return fault.New("ach: keep", fault.NotFound, nil)
			}
			fresh := all[at]
			fresh.ACH = g.numbers.ACH(core.ACHKindOf(fresh.Subtype), now)
			all[at] = core.MergeAccounts(all[at:at+1], []core.Account{fresh})[0]
		}
		return nil
	})
	if err != nil {
		return errors.Join(fmt.Errorf("ach: keep: %w", err), s.restore(ctx, before))
	}
	return nil
}

// restore puts entries back as they were.
func (s *Service) restore(ctx context.Context, before map[secret.Name]secret.Text) error {
	undo, cancel := tidying(ctx)
	defer cancel()
	var errs []error
	for name, old := range before {
		if old.IsEmpty() {
			errs = append(errs, s.deps.Secrets.Delete(undo, name))
			continue
		}
		errs = append(errs, s.deps.Secrets.Set(undo, name, old))
	}
	return errors.Join(errs...)
}

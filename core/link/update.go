package link

import (
	"context"
	"fmt"
	"slices"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
)

// Repair starts signing in again to a bank that is linked. If a repair of the
// Item is under way, its id is returned; so it is for the other purposes below.
func (d *Driver) Repair(ctx context.Context, item core.ItemID) (core.LinkID, error) {
	return d.update(ctx, Session{Purpose: Repair, Repairs: item})
}

// ChangeAccounts starts choosing anew which accounts a bank shares. Those that are
// left out stay in the vault, as no longer shared.
func (d *Driver) ChangeAccounts(ctx context.Context, item core.ItemID) (core.LinkID, error) {
	return d.update(ctx, Session{Purpose: Accounts, Repairs: item})
}

// AddProducts starts asking for more that a bank may give. No product at all, or one
// that the bank gives already, is a fault of kind Invalid.
func (d *Driver) AddProducts(ctx context.Context, item core.ItemID, products []core.Product) (core.LinkID, error) {
	kept, err := d.deps.Repo.Item(item)
	if err != nil {
		return "", fmt.Errorf("link: add products: %w", err)
	}
	if len(products) == 0 || slices.ContainsFunc(products, kept.Has) {
		return "", fault.New("link: add products", fault.Invalid, nil)
	}
	return d.update(ctx, Session{Purpose: Products, Repairs: item, Adds: slices.Clone(products)})
}

// Verify starts telling the code of the small deposit that an account waits for. An
// account that waits for none is a fault of kind Invalid.
func (d *Driver) Verify(ctx context.Context, item core.ItemID, account core.AccountID) (core.LinkID, error) {
	const op = "link: verify"
	accounts, err := d.deps.Repo.AccountsOf(item)
	if err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	i := slices.IndexFunc(accounts, func(a core.Account) bool { return a.ID == account })
	switch {
	case i < 0:
		return "", fault.New(op, fault.NotFound, nil)
	case accounts[i].ACH.Status != core.VerifyPending:
		return "", fault.New(op, fault.Invalid, nil)
	}
	return d.update(ctx, Session{Purpose: Verify, Repairs: item, Account: account})
}

// update begins a session about an Item that is there, or returns one that is under
// way for the same. An Item without a bank behind it is a fault of kind Invalid.
func (d *Driver) update(ctx context.Context, s Session) (core.LinkID, error) {
	op := "link: " + string(s.Purpose)
	kept, err := d.deps.Repo.Item(s.Repairs)
	if err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	if kept.Manual() || !kept.Leaving.IsZero() {
		return "", fault.New(op, fault.Invalid, nil)
	}
	for _, other := range d.Active() {
		if other.Purpose == s.Purpose && other.Repairs == s.Repairs && other.Account == s.Account && slices.Equal(other.Adds, s.Adds) {
			return other.ID, nil
		}
	}
	if s.Before, err = d.shared(s.Repairs); err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	s.Options = Options{Profile: kept.Profile, HistoryDays: kept.HistoryDays, Numbers: slices.Contains(s.Adds, core.Auth)}
	return d.begin(ctx, s, bank.InstantRequest{})
}

// shared returns the accounts that an Item shares.
func (d *Driver) shared(item core.ItemID) ([]core.AccountID, error) {
	accounts, err := d.deps.Repo.AccountsOf(item)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	var ids []core.AccountID
	for _, a := range accounts {
		if !a.Unshared {
			ids = append(ids, a.ID)
		}
	}
	return ids, nil
}

// checking is Fetching for an Item that is there: the question is whether the user's
// visit has done what it was for. How the page was left does not say (PLAID §7).
func (s *step) checking(e Event) {
	switch e := e.(type) {
	case Fetched:
		s.enter(Syncing, Sync{})
		s.Moved = slices.Clone(e.Moved)
	case StillBroken:
		if s.Exit != (bank.LinkExit{}) || e.Trouble.Kind == fault.None {
			s.end(Exited, e.Trouble)
			return
		}
		s.end(Failed, e.Trouble)
	case Resumed, Retried:
		s.effects = []Effect{Fetch{}}
	case Stumbled:
		if noAccess(e.Trouble.Kind) {
			s.end(Failed, e.Trouble)
			return
		}
		s.stumble(e.Trouble)
	case Canceled:
		s.end(Discarded, core.Trouble{})
	}
}

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
// Item is under way, its id is returned. The way back is the one to use from now on;
// where none is given it is the one that the bank has. So it is for the other purposes
// below.
func (d *Driver) Repair(ctx context.Context, item core.ItemID, way core.WayBack) (core.LinkID, error) {
	return d.update(ctx, Session{Purpose: Repair, Repairs: item}, way)
}

// ChangeAccounts starts choosing anew which accounts a bank shares. Those that are
// left out stay in the vault, as no longer shared.
func (d *Driver) ChangeAccounts(ctx context.Context, item core.ItemID, way core.WayBack) (core.LinkID, error) {
	return d.update(ctx, Session{Purpose: Accounts, Repairs: item}, way)
}

// AddProducts starts asking for more that a bank may give. No product at all, or one
// that the bank gives already, is a fault of kind Invalid.
func (d *Driver) AddProducts(ctx context.Context, item core.ItemID, products []core.Product, way core.WayBack) (core.LinkID, error) {
	kept, err := d.deps.Repo.Item(item)
	if err != nil {
		return "", fmt.Errorf("link: add products: %w", err)
	}
	if len(products) == 0 || slices.ContainsFunc(products, kept.Has) {
		return "", fault.New("link: add products", fault.Invalid, nil)
	}
	return d.update(ctx, Session{Purpose: Products, Repairs: item, Adds: slices.Clone(products)}, way)
}

// Verify starts telling the code of the small deposit that an account waits for. An
// account that waits for none is a fault of kind Invalid.
func (d *Driver) Verify(ctx context.Context, item core.ItemID, account core.AccountID, way core.WayBack) (core.LinkID, error) {
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
	return d.update(ctx, Session{Purpose: Verify, Repairs: item, Account: account}, way)
}

// update begins a session about an Item that is there, or returns one that is under
// way for the same. An Item without a bank behind it is a fault of kind Invalid.
func (d *Driver) update(ctx context.Context, s Session, way core.WayBack) (core.LinkID, error) {
	op := "link: " + string(s.Purpose)
	if err := checkWay(d.deps.Env, way); err != nil {
		return "", err
	}
	kept, err := d.deps.Repo.Item(s.Repairs)
	if err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	if kept.Manual() || !kept.Leaving.IsZero() {
		return "", fault.New(op, fault.Invalid, nil)
	}
	s.Options = Options{
		Profile: kept.Profile, HistoryDays: kept.HistoryDays, Numbers: slices.Contains(s.Adds, core.Auth), WayBack: way,
	}
	for _, other := range d.Active() {
		if other.serves(s) {
			return other.ID, nil
		}
	}
	if s.Before, err = d.shared(s.Repairs); err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	return d.begin(ctx, s, bank.InstantRequest{})
}

// serves reports whether a session is what another would be. It need not have its way
// back if that has none of its own.
func (s Session) serves(other Session) bool {
	way := other.Options.WayBack
	return s.Purpose == other.Purpose && s.Repairs == other.Repairs && s.Account == other.Account && slices.Equal(s.Adds, other.Adds) &&
		(way == core.WayBack{} || way == s.Options.WayBack)
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

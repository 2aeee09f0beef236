package boot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/review"
	"bankbook/core/scope"
	"bankbook/ui/say"
)

// Books are the services of one profile, or of all profiles together: whatever
// they are given the id of, they answer as if nothing of other profiles existed.
type Books struct {
	s    *Services
	view scope.View
}

// Books returns the services of a profile; "" is all profiles together.
func (s *Services) Books(profile core.ProfileID) *Books {
	return &Books{s: s, view: scope.Of(s.Vault, profile)}
}

// View tells what is in the books.
func (b *Books) View() scope.View { return b.view }

// Profiles returns the profiles that something new can be made in.
func (b *Books) Profiles() ([]core.Profile, error) {
	list, err := b.view.Profiles()
	return slices.DeleteFunc(list, func(p core.Profile) bool { return p.Archived || !p.Leaving.IsZero() }), err
}

// Owners returns the names of the profiles where more than one is in the books; nil
// where there is no question whose something is.
func (b *Books) Owners() (map[core.ProfileID]string, error) {
	list, err := b.view.Profiles()
	if err != nil || len(list) < 2 {
		return nil, err
	}
	names := map[core.ProfileID]string{}
	for _, p := range list {
		names[p.ID] = p.Name
	}
	return names, nil
}

// Items returns the bank connections, in the order in which they were linked.
func (b *Books) Items() ([]core.Item, error) { return b.view.Items() }

// Accounts returns the accounts, in the order of their connections.
func (b *Books) Accounts() ([]core.Account, error) { return b.view.Accounts() }

// Totals returns the sums of the months; those of hidden accounts are not among
// them.
func (b *Books) Totals() ([]core.Total, error) {
	accounts, err := b.view.Accounts()
	if err != nil {
		return nil, err
	}
	shown := map[core.AccountID]bool{}
	for _, a := range accounts {
		shown[a.ID] = !a.Choices.Hidden
	}
	totals, err := b.s.Vault.Totals()
	return slices.DeleteFunc(totals, func(t core.Total) bool { return !shown[t.Account] }), err
}

// Months counts the transactions of each month, newest first.
func (b *Books) Months() ([]core.MonthCount, error) {
	totals, err := b.Totals()
	if err != nil {
		return nil, err
	}
	rows := map[core.Month]int{}
	for _, t := range totals {
		rows[t.Month] += t.Count
	}
	list := make([]core.MonthCount, 0, len(rows))
	for m, n := range rows {
		list = append(list, core.MonthCount{Month: m, Rows: n})
	}
	slices.SortFunc(list, func(a, b core.MonthCount) int { return cmp.Compare(b.Month, a.Month) })
	return list, nil
}

// Newest returns the newest n transactions in the order of
// core.Transaction.Newer.
func (b *Books) Newest(n int) ([]core.Transaction, error) { return b.First(review.Query{}, n) }

// First returns the newest n transactions that a query asks for, without the
// index.
func (b *Books) First(q review.Query, n int) ([]core.Transaction, error) {
	if p := b.view.Profile(); p != "" {
		if !q.Profiles.Has(p) {
			return nil, nil
		}
		q.Profiles = review.Set[core.ProfileID]{In: []core.ProfileID{p}}
	}
	return review.First(b.s.Vault, q, core.DateOf(b.s.Now()), n, say.Category)
}

// Snapshot returns the index's part of the books, nil until it is ready.
func (b *Books) Snapshot() *review.Snapshot {
	all := b.s.Index.Snapshot()
	if all == nil {
		return nil
	}
	return all.Within(b.view.Profile())
}

// Rows returns transactions at places that Snapshot has told of.
func (b *Books) Rows(refs []review.Ref) ([]core.Transaction, error) {
	rows, err := b.s.Vault.Rows(refs)
	if err != nil {
		return nil, err
	}
	owns, err := b.view.Owns()
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if !owns(r.Account) {
			return nil, fault.New("books: rows", fault.NotFound, nil)
		}
	}
	return rows, nil
}

// Transaction returns one transaction.
func (b *Books) Transaction(id core.TransactionID) (core.Transaction, error) {
	t, err := b.s.Vault.Transaction(id)
	if err != nil {
		return core.Transaction{}, err
	}
	owns, err := b.view.Owns()
	if err == nil && !owns(t.Account) {
		err = fault.New("books: transaction", fault.NotFound, nil)
	}
	if err != nil {
		return core.Transaction{}, err
	}
	return t, nil
}

// Removed returns a transaction that its bank has taken back; ok is false if there
// is none.
func (b *Books) Removed(id core.TransactionID) (t core.Transaction, ok bool, err error) {
	if t, ok, err = b.s.Vault.Removed(id); err != nil || !ok {
		return core.Transaction{}, false, err
	}
	owns, err := b.view.Owns()
	if err != nil || !owns(t.Account) {
		return core.Transaction{}, false, err
	}
	return t, true, nil
}

// Sync brings one bank up to date.
func (b *Books) Sync(ctx context.Context, id core.ItemID) error {
	if _, err := b.view.Item(id); err != nil {
		return err
	}
	return b.s.Sync.Sync(ctx, id)
}

// Stop ends the sync of a bank, if there is one.
func (b *Books) Stop(id core.ItemID) {
	if _, err := b.view.Item(id); err == nil {
		b.s.Sync.Stop(id)
	}
}

// SyncAll brings all banks up to date that do not wait for the person. Those of
// archived profiles are left alone.
func (b *Books) SyncAll(ctx context.Context) error {
	items, err := b.s.syncable(b.view)
	if err != nil {
		return err
	}
	return b.s.Sync.SyncEach(ctx, items)
}

// syncable lists the banks of a view that are synced without being named.
func (s *Services) syncable(view scope.View) ([]core.ItemID, error) {
	items, err := s.present(view)
	if err != nil {
		return nil, err
	}
	var list []core.ItemID
	for _, i := range items {
		if i.Syncs() {
			list = append(list, i.ID)
		}
	}
	return list, nil
}

// present returns the banks of a view whose profiles are not put away.
func (s *Services) present(view scope.View) ([]core.Item, error) {
	profiles, err := s.Vault.Profiles()
	if err != nil {
		return nil, err
	}
	items, err := view.Items()
	return slices.DeleteFunc(items, func(i core.Item) bool {
		return slices.ContainsFunc(profiles, func(p core.Profile) bool { return p.ID == i.Profile && p.Archived })
	}), err
}

// RemoveBank asks for a bank to be removed; keep says that its accounts and their
// history stay, kept by hand. It can be undone for a short while.
func (b *Books) RemoveBank(ctx context.Context, id core.ItemID, keep bool) (err error) {
	item, err := b.view.Own(id)
	if err != nil {
		return err
	}
	defer b.s.doing(ctx, aboutBank(core.RemovingBank, item))(&err)
	b.s.Sync.Stop(id)
	return b.s.Remover.Ask(id, keep)
}

// UndoRemove takes back what RemoveBank has asked for.
func (b *Books) UndoRemove(id core.ItemID) (err error) {
	item, err := b.view.Own(id)
	if err != nil {
		return err
	}
	defer b.s.doing(context.Background(), aboutBank(core.KeptBank, item))(&err)
	return b.s.Remover.Undo(id)
}

// RotateToken takes a new access token for a bank. A link session about it is
// ended by nobody but the person: until then it is Invalid.
func (b *Books) RotateToken(ctx context.Context, id core.ItemID) (err error) {
	item, err := b.view.Own(id)
	if err != nil {
		return err
	}
	ctx, _ = bank.WithReceipt(ctx)
	defer b.s.doing(ctx, aboutBank(core.RotatedToken, item))(&err)
	for _, s := range b.s.Links.Active() {
		if s.Repairs == id || slices.Contains(s.Items, id) {
			return fault.New("books: rotate", fault.Invalid, nil)
		}
	}
	return b.s.Rotator.Token(ctx, id)
}

// RotateTokens takes new access tokens for all banks, one after another, and tells
// how far it is. The errors are joined; one that fails does not stop the others.
func (b *Books) RotateTokens(ctx context.Context, progress func(done, total int64)) error {
	items, err := b.view.Items()
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(i core.Item) bool {
		other := b.view.Profile() != "" && i.Profile != b.view.Profile()
		return other || i.Manual() || !i.Leaving.IsZero() || i.Status == core.Gone
	})
	var errs []error
	for n, i := range items {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(errs, fault.New("books: rotate all", fault.Canceled, err))...)
		}
		progress(int64(n), int64(len(items)))
		if err := b.RotateToken(ctx, i.ID); err != nil {
			errs = append(errs, fmt.Errorf("item %s: %w", i.ID, err))
		}
	}
	progress(int64(len(items)), int64(len(items)))
	return errors.Join(errs...)
}

// Begin starts linking a bank for the profile of the options; "" is that of the
// books.
func (b *Books) Begin(ctx context.Context, o link.Options) (core.LinkID, error) {
	p, err := b.view.Target(o.Profile)
	if err != nil {
		return "", err
	}
	o.Profile = p.ID
	return b.s.Links.Begin(ctx, o)
}

// Active returns the link sessions that are not over, the oldest first.
func (b *Books) Active() []link.Session {
	return slices.DeleteFunc(b.s.Links.Active(), func(s link.Session) bool { return !b.sees(s) })
}

func (b *Books) sees(s link.Session) bool {
	return b.view.Profile() == "" || s.Options.Profile == b.view.Profile()
}

// Session returns a link session as it is now.
func (b *Books) Session(id core.LinkID) (link.Session, error) {
	s, err := b.s.Links.Session(id)
	if err != nil {
		return link.Session{}, err
	}
	if !b.sees(s) {
		return link.Session{}, fault.New("books: session", fault.NotFound, nil)
	}
	return s, nil
}

// session does something with a link session of the books.
func (b *Books) session(id core.LinkID, do func(core.LinkID) error) error {
	if _, err := b.Session(id); err != nil {
		return err
	}
	return do(id)
}

// OpenAgain shows the page of a waiting session in the browser again.
func (b *Books) OpenAgain(id core.LinkID) error { return b.session(id, b.s.Links.OpenAgain) }

// CheckNow asks the provider at once what has happened on the page.
func (b *Books) CheckNow(id core.LinkID) {
	_ = b.session(id, func(id core.LinkID) error { // another's session is not there
		b.s.Links.CheckNow(id)
		return nil
	})
}

// Decide gives the person's word on accounts that seem to be linked already.
func (b *Books) Decide(id core.LinkID, d link.Decision) error {
	return b.session(id, func(id core.LinkID) error { return b.s.Links.Decide(id, d) })
}

// Retry tries again what stumbled.
func (b *Books) Retry(id core.LinkID) error { return b.session(id, b.s.Links.Retry) }

// Cancel calls a session off.
func (b *Books) Cancel(id core.LinkID) error { return b.session(id, b.s.Links.Cancel) }

package vault

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// Profiles returns the profiles by name.
func (v *Vault) Profiles() ([]core.Profile, error) {
	list, err := listJSON[core.Profile](v, inProfiles)
	slices.SortFunc(list, func(a, b core.Profile) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
	})
	return list, err
}

// PutProfile keeps a profile.
func (v *Vault) PutProfile(p core.Profile) error {
	return v.update("vault: put profile", func(w *writer) error {
		return w.putJSON(inProfiles, w.seal.idKey(inProfiles, string(p.ID)), p)
	})
}

// Items returns the items in the order in which they were linked.
func (v *Vault) Items() ([]core.Item, error) {
	list, err := listJSON[core.Item](v, inItems)
	slices.SortFunc(list, func(a, b core.Item) int {
		return cmp.Or(a.LinkedAt.Compare(b.LinkedAt), strings.Compare(string(a.ID), string(b.ID)))
	})
	return list, err
}

// Item returns an item, or NotFound.
func (v *Vault) Item(id core.ItemID) (item core.Item, err error) {
	err = v.view("vault: read item", func(r reader) error {
		item, err = r.item(id)
		return err
	})
	return item, err
}

// PutItem keeps an item. What its sync state says of rows that are here,
// Cursor, Phase and LastSuccess, is taken over for a new item only: later it
// changes together with the rows, in ApplySync.
func (v *Vault) PutItem(item core.Item) error {
	return v.update("vault: put item", func(w *writer) error { return w.mergeItem(item) })
}

// PutItemAndAccounts keeps an item, as PutItem does, and its accounts, as
// PutAccounts does, in one commit.
func (v *Vault) PutItemAndAccounts(item core.Item, accounts []core.Account) error {
	return v.update("vault: put item", func(w *writer) error {
		if err := w.mergeItem(item); err != nil {
			return err
		}
		return w.mergeAccounts(item.ID, accounts)
	})
}

// PutAccounts keeps what the bank says of all accounts of an item, which must
// exist (NotFound), as core.MergeAccounts puts it together with what is here.
func (v *Vault) PutAccounts(item core.ItemID, accounts []core.Account) error {
	return v.update("vault: put accounts", func(w *writer) error {
		if _, err := w.item(item); err != nil {
			return err
		}
		return w.mergeAccounts(item, accounts)
	})
}

// Accounts returns all accounts: items in the order of Items, and the accounts
// of each in the bank's order.
func (v *Vault) Accounts() ([]core.Account, error) {
	items, err := v.Items()
	if err != nil {
		return nil, err
	}
	lists, err := listJSON[[]core.Account](v, inAccounts)
	if err != nil {
		return nil, err
	}
	position := map[core.ItemID]int{}
	for i, item := range items {
		position[item.ID] = i
	}
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b core.Account) int { return cmp.Compare(position[a.Item], position[b.Item]) })
	return all, nil
}

// AccountsOf returns the accounts of an item in the bank's order; none if
// there is no such item.
func (v *Vault) AccountsOf(item core.ItemID) (accounts []core.Account, err error) {
	err = v.view("vault: read accounts", func(r reader) error {
		accounts, err = r.accounts(item)
		return err
	})
	return accounts, err
}

// RecordTry notes when a sync or a contact was tried, how it ended and what
// that means for the connection; "" leaves the status as it is. The item must
// exist (NotFound).
func (v *Vault) RecordTry(id core.ItemID, at time.Time, trouble core.Trouble, status core.ItemStatus) error {
	return v.update("vault: record try", func(w *writer) error {
		item, err := w.item(id)
		if err != nil {
			return err
		}
		item.Sync.LastTry, item.Sync.Trouble = at, trouble
		item.Status = cmp.Or(status, item.Status)
		return w.putItem(item)
	})
}

func (r reader) item(id core.ItemID) (core.Item, error) {
	var item core.Item
	ok, err := r.getJSON(inItems, r.seal.idKey(inItems, string(id)), &item)
	switch {
	case err != nil:
		return core.Item{}, err
	case !ok:
		return core.Item{}, fault.New("vault: read item", fault.NotFound, nil)
	case item.ID != id:
		return core.Item{}, damaged("a record of %s is of another item", inItems)
	}
	return item, nil
}

func (w *writer) putItem(item core.Item) error {
	return w.putJSON(inItems, w.seal.idKey(inItems, string(item.ID)), item)
}

func (w *writer) mergeItem(item core.Item) error {
	old, err := w.item(item.ID)
	switch {
	case err == nil:
		item.Sync.Cursor, item.Sync.Phase, item.Sync.LastSuccess = old.Sync.Cursor, old.Sync.Phase, old.Sync.LastSuccess
	case !fault.Is(err, fault.NotFound):
		return err
	}
	return w.putItem(item)
}

func (r reader) accounts(item core.ItemID) ([]core.Account, error) {
	var list []core.Account
	_, err := r.getJSON(inAccounts, r.seal.idKey(inAccounts, string(item)), &list)
	return list, err
}

func (w *writer) mergeAccounts(item core.ItemID, accounts []core.Account) error {
	old, err := w.accounts(item)
	if err != nil {
		return err
	}
	merged := core.MergeAccounts(old, accounts)
	for i := range merged {
		merged[i].Item = item
	}
	w.sums.Accounts += len(merged) - len(old)
	if err := w.noteBalances(merged); err != nil {
		return err
	}
	return w.putAccounts(merged)
}

// putAccounts keeps the accounts of one item, as they are.
func (w *writer) putAccounts(list []core.Account) error {
	if len(list) == 0 {
		return nil
	}
	return w.putJSON(inAccounts, w.seal.idKey(inAccounts, string(list[0].Item)), list)
}

// listJSON opens all records of a bucket.
func listJSON[T any](v *Vault, b bucket) ([]T, error) {
	var list []T
	err := v.view("vault: read "+string(b), func(r reader) error {
		return r.all(b, func(_, plain []byte) error {
			var record T
			err := parseJSON(b, plain, &record)
			list = append(list, record)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

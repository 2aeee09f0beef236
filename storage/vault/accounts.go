package vault

import (
	"reflect"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// UpdateItem changes an item, which must exist (NotFound), in one commit with
// the reading of it. What its sync state says of rows that are here stays.
func (v *Vault) UpdateItem(id core.ItemID, change func(*core.Item) error) (item core.Item, err error) {
	err = v.update("vault: update item", func(w *writer) error {
		if item, err = w.item(id); err != nil {
			return err
		}
		before := item.Sync
		if err := change(&item); err != nil {
			return err
		}
		item.Sync.Cursor, item.Sync.Phase, item.Sync.LastSuccess = before.Cursor, before.Phase, before.LastSuccess
		return w.putItem(item)
	})
	return item, err
}

// UpdateAccounts changes accounts in one commit with the reading of them. change
// is handed all accounts, to change them in place; it adds none and takes none
// away. If it fails nothing changes.
func (v *Vault) UpdateAccounts(change func([]core.Account) error) error {
	return v.update("vault: update accounts", func(w *writer) error {
		var all []core.Account
		var lists [][]core.Account
		err := w.all(inAccounts, func(_, plain []byte) error {
			var list []core.Account
			err := parseJSON(inAccounts, plain, &list)
			lists, all = append(lists, list), append(all, list...)
			return err
		})
		if err != nil {
			return err
		}
		if err := change(all); err != nil {
			return err
		}
		for _, before := range lists {
			list := all[:len(before)]
			all = all[len(before):]
			if reflect.DeepEqual(before, list) {
				continue
			}
			if err := w.noteBalances(list); err != nil {
				return err
			}
			if err := w.putAccounts(list); err != nil {
				return err
			}
		}
		return nil
	})
}

// UpdateBank changes an item, which must exist (NotFound), and accounts of it in
// one commit with the reading of them, under the conditions of UpdateItem and
// UpdateAccounts.
func (v *Vault) UpdateBank(id core.ItemID, change func(*core.Item, []core.Account) error) error {
	return v.update("vault: update bank", func(w *writer) error {
		item, err := w.item(id)
		if err != nil {
			return err
		}
		list, err := w.accounts(id)
		if err != nil {
			return err
		}
		before := item.Sync
		if err := change(&item, list); err != nil {
			return err
		}
		item.Sync.Cursor, item.Sync.Phase, item.Sync.LastSuccess = before.Cursor, before.Phase, before.LastSuccess
		if err := w.putItem(item); err != nil {
			return err
		}
		if err := w.noteBalances(list); err != nil {
			return err
		}
		return w.putAccounts(list)
	})
}

// AddAccount keeps an account that the person describes themselves behind the
// others of its item, and the item, too, if it is not here yet. An account that is
// here already is a fault of kind Occupied.
func (v *Vault) AddAccount(item core.Item, account core.Account) error {
	const op = "vault: add account"
	return v.update(op, func(w *writer) error {
		if err := w.mergeItem(item); err != nil {
			return err
		}
		list, err := w.accounts(item.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(a core.Account) bool { return a.ID == account.ID }) {
			return fault.New(op, fault.Occupied, nil)
		}
		account.Item = item.ID
		w.sums.Accounts++
		if err := w.noteBalances([]core.Account{account}); err != nil {
			return err
		}
		return w.putAccounts(append(list, account))
	})
}

// RemoveAccount removes an account of an item with its transactions, totals,
// removed transactions and balances, in one commit; the item goes too if it is kept
// by hand and has no other account. As RemoveItem does, it leaves a shred pending.
// An account that is not here is no error.
func (v *Vault) RemoveAccount(item core.ItemID, id core.AccountID) error {
	return v.remove("vault: remove account", func(w *writer) error {
		kept, err := w.item(item)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		list, err := w.accounts(item)
		if err != nil {
			return err
		}
		left := slices.DeleteFunc(slices.Clone(list), func(a core.Account) bool { return a.ID == id })
		switch {
		case len(left) == len(list):
			return nil
		case len(left) == 0 && kept.Manual():
			return w.removeItems([]core.ItemID{item})
		}
		of := func(r row) bool { return r.item == item && r.Account == id }
		if err := w.removeRows(of); err != nil {
			return err
		}
		w.sums.Accounts--
		if err := w.removeBalances(list, func(a core.Account) bool { return a.ID == id }); err != nil {
			return err
		}
		if len(left) == 0 {
			return w.delete(inAccounts, w.seal.idKey(inAccounts, string(item)))
		}
		return w.putAccounts(left)
	})
}

// KeepByHand turns an item into one that the person keeps: nothing of the bank is
// left but the names, and numbers that it has given are forgotten. The item must
// exist (NotFound).
func (v *Vault) KeepByHand(id core.ItemID) error {
	return v.update("vault: keep by hand", func(w *writer) error {
		item, err := w.item(id)
		if err != nil {
			return err
		}
		item.Connection, item.Status, item.Products = core.ByHand, core.Connected, nil
		item.Leaving, item.ConsentEnds = core.Leaving{}, time.Time{}
		item.Sync = core.SyncState{Phase: core.HistoryDone, LastSuccess: item.Sync.LastSuccess}
		if err := w.putItem(item); err != nil {
			return err
		}
		list, err := w.accounts(id)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].Unshared = false
			if list[i].ACH.From != core.ByHand {
				list[i].ACH = core.ACHAccount{}
			}
		}
		return w.putAccounts(list)
	})
}

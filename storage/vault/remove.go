package vault

import (
	"maps"
	"slices"

	"bankbook/core"
)

// RemoveItem removes an item with its accounts, transactions, totals, balances, removed
// transactions and the sessions about it that are over, in one commit. An item
// that is not here is no error.
//
// The file still holds what has been removed, sealed, in pages that are free
// now; so the commit leaves a shred pending, which Rotate settles.
func (v *Vault) RemoveItem(id core.ItemID) error {
	return v.remove("vault: remove item", func(w *writer) error { return w.removeItems([]core.ItemID{id}) })
}

// RemoveProfile removes a profile with all that is its own: items, as
// RemoveItem does, sessions and activity, in one commit. A profile that is not here is
// no error. Sessions must have ended, or they would write themselves again.
func (v *Vault) RemoveProfile(id core.ProfileID) error {
	return v.remove("vault: remove profile", func(w *writer) error {
		var items []core.ItemID
		err := w.all(inItems, func(_, plain []byte) error {
			var item core.Item
			err := parseJSON(inItems, plain, &item)
			if item.Profile == id {
				items = append(items, item.ID)
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := w.removeItems(items); err != nil {
			return err
		}
		if err := w.removeSessions(func(s sessionRecord) bool { return s.Options.Profile == id }); err != nil {
			return err
		}
		if err := w.removeActivity(id); err != nil {
			return err
		}
		return w.delete(inProfiles, w.seal.idKey(inProfiles, string(id)))
	})
}

// remove makes a commit that removes something.
func (v *Vault) remove(op string, fn func(*writer) error) error {
	v.writing.Lock()
	defer v.writing.Unlock()
	err := v.write(op, func(w *writer) error {
		before := maps.Clone(w.sums.Buckets)
		if err := fn(w); err != nil {
			return err
		}
		w.sums.Shred = w.sums.Shred || !maps.Equal(before, w.sums.Buckets)
		return nil
	})
	v.ids = nil // rebuilt when a batch needs it
	return err
}

func (w *writer) removeItems(items []core.ItemID) error {
	if len(items) == 0 {
		return nil
	}
	if err := w.removeRows(func(r row) bool { return slices.Contains(items, r.item) }); err != nil {
		return err
	}
	for _, id := range items {
		accounts, err := w.accounts(id)
		if err != nil {
			return err
		}
		w.sums.Accounts -= len(accounts)
		if err := w.removeBalances(accounts, func(core.Account) bool { return true }); err != nil {
			return err
		}
		if err := w.delete(inAccounts, w.seal.idKey(inAccounts, string(id))); err != nil {
			return err
		}
		if err := w.delete(inItems, w.seal.idKey(inItems, string(id))); err != nil {
			return err
		}
	}
	if err := w.forgetContinued(items); err != nil {
		return err
	}
	return w.removeSessions(func(s sessionRecord) bool {
		about := slices.Contains(items, s.Repairs) || slices.ContainsFunc(s.Items, func(id core.ItemID) bool { return slices.Contains(items, id) })
		return about && s.Stage.Over()
	})
}

// removeRows removes transactions, and what is kept of removed ones.
func (w *writer) removeRows(of func(row) bool) error {
	if err := newEditor(w).purge(of); err != nil {
		return err
	}
	return w.deleteWhere(inRemoved, func(plain []byte) (bool, error) {
		rows, err := decodeRows(plain)
		return len(rows) == 1 && of(rows[0]), err
	})
}

func (w *writer) removeSessions(of func(sessionRecord) bool) error {
	return w.deleteWhere(inSessions, func(plain []byte) (bool, error) {
		var record sessionRecord
		err := parseJSON(inSessions, plain, &record)
		return err == nil && of(record), err
	})
}

// deleteWhere removes the records of a bucket of which which says so.
func (w *writer) deleteWhere(b bucket, which func(plain []byte) (bool, error)) error {
	var keys [][]byte
	_, err := w.records(b, func(key, value []byte) error {
		plain, _, err := w.seal.open(b, key, value, nil)
		if err != nil {
			return err
		}
		hit, err := which(plain)
		if hit {
			keys = append(keys, slices.Clone(key))
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := w.delete(b, key); err != nil {
			return err
		}
	}
	return nil
}

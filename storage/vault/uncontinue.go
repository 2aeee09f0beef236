package vault

import (
	"bytes"
	"cmp"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
)

// Continuations returns what can be undone, the latest first.
func (v *Vault) Continuations() ([]core.Continuation, error) {
	records, err := listJSON[continued](v, inContinued)
	if err != nil {
		return nil, err
	}
	list := make([]core.Continuation, 0, len(records))
	for _, r := range records {
		list = append(list, r.Continuation)
	}
	slices.SortFunc(list, func(a, b core.Continuation) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// UndoContinue puts the earlier bank back as it was, with the transactions that are
// still there, in one commit. A continuation that is not here is NotFound; so is
// one whose later bank is gone.
func (v *Vault) UndoContinue(id string) error {
	const op = "vault: undo continue"
	v.writing.Lock()
	defer v.writing.Unlock()
	if err := v.load(); err != nil {
		return fail(op, err)
	}
	err := v.write(op, func(w *writer) error {
		var record continued
		ok, err := w.getJSON(inContinued, w.seal.continuedKey(id), &record)
		if err == nil && !ok {
			err = fault.New(op, fault.NotFound, nil)
		}
		if err != nil {
			return err
		}
		back := mover{editor: newEditor(w), ids: v.ids, to: record.From.ID, accounts: map[core.AccountID]core.AccountID{}}
		for _, pair := range record.Pairs {
			back.accounts[pair.New.ID] = pair.Old.ID
		}
		for _, step := range []func() error{
			func() error { return back.unmove(record) },
			func() error { return back.undrop(record) },
			back.flush,
			func() error { return w.uncontinueBalances(record) },
			func() error { return w.uncontinueAccounts(record) },
			func() error { return w.delete(inContinued, w.seal.continuedKey(id)) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	v.ids = nil // rebuilt when a batch needs it
	return err
}

// unmove takes back the rows that are still where they were moved to.
func (m *mover) unmove(record continued) error {
	for _, id := range record.Moved {
		s, err := m.row(id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		old, ok := m.accounts[s.row.Account]
		if !ok || s.row.item != record.To {
			continue
		}
		r := s.row
		r.Account, r.item = old, m.to
		if err := m.replace(s, r); err != nil {
			return err
		}
	}
	return nil
}

func (m *mover) undrop(record continued) error {
	rows, err := decodeRows(record.Dropped)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if _, known := m.ids.at[m.ids.of(r.ID)]; known {
			continue
		}
		if err := m.insert(r); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) uncontinueBalances(record continued) error {
	for account, days := range record.Days {
		years, err := w.balanceYears(account)
		if err != nil {
			return err
		}
		for _, year := range years {
			left := slices.DeleteFunc(slices.Clone(year.Days), func(b core.DayBalance) bool { return slices.Contains(days, b.Day) })
			if len(left) == len(year.Days) {
				continue
			}
			key := w.seal.balanceKey(account, year.Days[0].Day.Time().Year())
			if len(left) == 0 {
				err = w.delete(inBalances, key)
			} else {
				err = w.putJSON(inBalances, key, balanceYear{Account: account, Days: left})
			}
			if err != nil {
				return err
			}
		}
	}
	for _, year := range record.Balances {
		if err := w.putJSON(inBalances, w.seal.balanceKey(year.Account, year.Days[0].Day.Time().Year()), year); err != nil {
			return err
		}
	}
	return nil
}

// uncontinueAccounts puts the earlier item and its accounts back. What the new
// accounts were given goes, unless the person has changed it since.
func (w *writer) uncontinueAccounts(record continued) error {
	list, err := w.accounts(record.To)
	if err != nil {
		return err
	}
	for _, pair := range record.Pairs {
		given := pair.Old.Choices
		given.Status = core.Open
		for i := range list {
			if list[i].ID == pair.New.ID && list[i].Choices == given {
				list[i].Choices = pair.New.Choices
			}
		}
	}
	w.sums.Accounts += len(record.Pairs)
	if record.From.ID == record.To { // the item has gone on, too
		return w.putAccounts(withOld(list, record.Pairs))
	}
	if err := w.putItem(record.From); err != nil {
		return err
	}
	old, err := w.accounts(record.From.ID)
	if err != nil {
		return err
	}
	if err := w.putAccounts(withOld(old, record.Pairs)); err != nil {
		return err
	}
	return w.putAccounts(list)
}

// withOld returns the accounts with those that had gone on in others.
func withOld(list []core.Account, pairs []core.ContinuedPair) []core.Account {
	for _, pair := range pairs {
		list = append(list, pair.Old)
	}
	return list
}

func (r reader) eachContinued(fn func(continued)) error {
	return r.all(inContinued, func(_, plain []byte) error {
		var record continued
		err := parseJSON(inContinued, plain, &record)
		if err == nil {
			fn(record)
		}
		return err
	})
}

// forgetContinued removes the continuations in items: they cannot be undone any
// more.
func (w *writer) forgetContinued(items []core.ItemID) error {
	return w.deleteWhere(inContinued, func(plain []byte) (bool, error) {
		var record continued
		err := parseJSON(inContinued, plain, &record)
		return slices.Contains(items, record.To), err
	})
}

// continued checks that each continuation lies under its id.
func (c *checker) continued() error {
	return c.each(inContinued, func(key, plain []byte) error {
		var record continued
		if err := parseJSON(inContinued, plain, &record); err != nil {
			return err
		}
		if !bytes.Equal(key, c.seal.continuedKey(record.ID)) {
			return damaged("a record of %s is under another's key", inContinued)
		}
		return nil
	})
}

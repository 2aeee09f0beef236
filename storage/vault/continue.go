package vault

import (
	"maps"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
)

// continued is a continuation with what it takes to undo it.
type continued struct {
	core.Continuation
	// Moved are the transactions that go on in another account.
	Moved []core.TransactionID
	// Dropped are those that were there already, as encodeRows writes them; Stand are
	// the ids that stand for them now, in the same order.
	Dropped []byte
	Stand   []core.TransactionID
	// Balances are the years of the earlier accounts, and Days what of them the new
	// accounts had not.
	Balances []balanceYear
	Days     map[core.AccountID][]core.Date
}

func (s *sealer) continuedKey(id string) []byte { return s.idKey(inContinued, id) }

// RowsOf returns the transactions of some accounts, in no particular order.
func (v *Vault) RowsOf(accounts ...core.AccountID) ([]core.Transaction, error) {
	var list []core.Transaction
	err := v.Each(func(t core.Transaction) error {
		if slices.Contains(accounts, t.Account) {
			list = append(list, t)
		}
		return nil
	})
	return list, err
}

// Continue carries out a plan in one commit: the transactions that are moved
// belong to the new accounts from then on, the others go, and what the person said of
// the earlier accounts is said of the new ones. The earlier item stays with accounts
// that do not go on, and goes if there are none. The continuation can be undone. Items and accounts must be here (NotFound).
func (v *Vault) Continue(c core.Continuation, plan core.ContinuePlan) error {
	const op = "vault: continue"
	v.writing.Lock()
	defer v.writing.Unlock()
	if err := v.load(); err != nil {
		return fail(op, err)
	}
	err := v.write(op, func(w *writer) error {
		m := mover{editor: newEditor(w), ids: v.ids, to: plan.To, accounts: plan.Accounts}
		record := continued{Continuation: c, Moved: plan.Moved, Days: map[core.AccountID][]core.Date{}}
		if err := m.check(plan); err != nil {
			return err
		}
		if err := m.move(plan.Moved); err != nil {
			return err
		}
		if err := m.drop(plan.Dropped, &record); err != nil {
			return err
		}
		if err := m.flush(); err != nil {
			return err
		}
		if err := w.continueRemoved(m); err != nil {
			return err
		}
		if err := w.continueBalances(plan.Accounts, &record); err != nil {
			return err
		}
		if err := w.continueAccounts(&record); err != nil {
			return err
		}
		return w.putJSON(inContinued, w.seal.continuedKey(c.ID), record)
	})
	v.ids = nil // rebuilt when a batch needs it
	return err
}

// mover moves rows from one account to another.
type mover struct {
	*editor
	ids      *idMap
	to       core.ItemID
	accounts map[core.AccountID]core.AccountID
}

// check makes sure that what the plan names is here.
func (m *mover) check(plan core.ContinuePlan) error {
	for _, id := range []core.ItemID{plan.From, plan.To} {
		if _, err := m.w.item(id); err != nil {
			return err
		}
	}
	return nil
}

// row returns a row that a plan names.
func (m *mover) row(id core.TransactionID) (spot, error) {
	p, known := m.ids.at[m.ids.of(id)]
	if !known {
		return spot{}, fault.New("vault: move", fault.NotFound, nil)
	}
	return m.find(id, p)
}

func (m *mover) move(ids []core.TransactionID) error {
	for _, id := range ids {
		s, err := m.row(id)
		if err != nil {
			return err
		}
		next, ok := m.accounts[s.row.Account]
		if !ok {
			return fault.New("vault: move", fault.Invalid, nil)
		}
		r := s.row
		r.Account, r.item = next, m.to
		if err := m.replace(s, r); err != nil {
			return err
		}
	}
	return nil
}

// drop takes rows out, and keeps them in the record.
func (m *mover) drop(which map[core.TransactionID]core.TransactionID, record *continued) error {
	var rows []row
	for _, id := range slices.Sorted(maps.Keys(which)) {
		s, err := m.row(id)
		if err != nil {
			return err
		}
		m.remove(s)
		rows = append(rows, s.row)
		record.Stand = append(record.Stand, which[id])
	}
	record.Dropped = encodeRows(rows)
	return nil
}

// continueRemoved has what the bank withdrew follow the accounts.
func (w *writer) continueRemoved(m mover) error {
	var rows []row
	err := w.all(inRemoved, func(_, plain []byte) error {
		list, err := decodeRows(plain)
		for _, r := range list {
			if next, ok := m.accounts[r.Account]; ok {
				r.Account, r.item = next, m.to
				rows = append(rows, r)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := w.keepRemoved(r); err != nil {
			return err
		}
	}
	return nil
}

// continueBalances gives the new accounts the days of the earlier ones that they
// have not.
func (w *writer) continueBalances(accounts map[core.AccountID]core.AccountID, record *continued) error {
	for _, old := range slices.Sorted(maps.Keys(accounts)) {
		years, err := w.balanceYears(old)
		if err != nil {
			return err
		}
		record.Balances = append(record.Balances, years...)
		for _, year := range years {
			for _, day := range year.Days {
				added, err := w.addDay(accounts[old], day)
				if err != nil {
					return err
				}
				if added {
					record.Days[accounts[old]] = append(record.Days[accounts[old]], day.Day)
				}
			}
		}
	}
	return nil
}

// addDay keeps what an account held on a day, unless that is known.
func (w *writer) addDay(account core.AccountID, day core.DayBalance) (bool, error) {
	key := w.seal.balanceKey(account, day.Day.Time().Year())
	kept := balanceYear{Account: account}
	if _, err := w.getJSON(inBalances, key, &kept); err != nil {
		return false, err
	}
	if slices.ContainsFunc(kept.Days, func(b core.DayBalance) bool { return b.Day == day.Day }) {
		return false, nil
	}
	kept.note(day)
	return true, w.putJSON(inBalances, key, kept)
}

// continueAccounts gives what the person said of the earlier accounts to the new
// ones, where they have said nothing of those, and leaves the earlier item. The
// record remembers all of them as they were.
func (w *writer) continueAccounts(record *continued) error {
	from, err := w.item(record.From.ID)
	if err != nil {
		return err
	}
	record.From = from
	old, err := w.accounts(from.ID)
	if err != nil {
		return err
	}
	list, err := w.accounts(record.To)
	if err != nil {
		return err
	}
	for i := range record.Pairs {
		pair := &record.Pairs[i]
		at := slices.IndexFunc(list, func(a core.Account) bool { return a.ID == pair.New.ID })
		was := slices.IndexFunc(old, func(a core.Account) bool { return a.ID == pair.Old.ID })
		if at < 0 || was < 0 {
			return fault.New("vault: continue accounts", fault.NotFound, nil)
		}
		pair.Old, pair.New = old[was], list[at]
		if list[at].Choices == (core.AccountChoices{}) {
			list[at].Choices = old[was].Choices
			list[at].Choices.Status = core.Open
		}
		old = slices.Delete(old, was, was+1)
	}
	if from.ID == record.To {
		old = withoutOld(list, record.Pairs)
	} else if err := w.putAccounts(list); err != nil {
		return err
	}
	return w.leaveItem(from.ID, old, record.Pairs)
}

// withoutOld returns the accounts of a bank that goes on in itself.
func withoutOld(list []core.Account, pairs []core.ContinuedPair) []core.Account {
	return slices.DeleteFunc(list, func(a core.Account) bool {
		return slices.ContainsFunc(pairs, func(p core.ContinuedPair) bool { return p.Old.ID == a.ID })
	})
}

// leaveItem leaves an item with the accounts that do not go on elsewhere, or removes
// it if there are none.
func (w *writer) leaveItem(id core.ItemID, left []core.Account, pairs []core.ContinuedPair) error {
	w.sums.Accounts -= len(pairs)
	for _, pair := range pairs {
		if err := w.removeBalances([]core.Account{pair.Old}, func(core.Account) bool { return true }); err != nil {
			return err
		}
	}
	if len(left) > 0 {
		return w.putAccounts(left)
	}
	if err := w.delete(inAccounts, w.seal.idKey(inAccounts, string(id))); err != nil {
		return err
	}
	return w.delete(inItems, w.seal.idKey(inItems, string(id)))
}

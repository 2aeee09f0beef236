package vault

import (
	"cmp"
	"maps"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
)

// ApplySync keeps what one complete pagination loop said, all of it in one
// commit: rows, totals, and the item's cursor, phase and times; its trouble is
// cleared and its status is Connected. The item must exist (NotFound).
//
// Added and Modified are both put in place of what is there; of an id that
// comes twice, the last counts. Removed comes after both: removed rows are
// kept aside for Removed, and unknown ids are passed over. If the batch is
// Full, rows of the item that it does not name are removed too.
//
// The count is of rows that differ after the commit: new, changed, gone.
func (v *Vault) ApplySync(batch core.SyncBatch) (core.SyncCount, error) {
	const op = "vault: apply sync"
	v.writing.Lock()
	defer v.writing.Unlock()
	changes, err := plan(batch)
	if err != nil {
		return core.SyncCount{}, fail(op, err)
	}
	if err := v.load(); err != nil {
		return core.SyncCount{}, fail(op, err)
	}
	a := applier{item: batch.Item, ids: v.ids}
	err = v.write(op, func(w *writer) (err error) {
		a.editor = newEditor(w)
		if err := a.learn(); err != nil {
			return err
		}
		if batch.Full {
			if err := a.removeOthers(changes); err != nil {
				return err
			}
		}
		if err := a.apply(changes); err != nil {
			return err
		}
		return w.connected(batch)
	})
	if err != nil {
		return core.SyncCount{}, err
	}
	for id, p := range a.moved {
		v.ids.at[v.ids.of(id)] = p
	}
	for _, f := range a.gone {
		delete(v.ids.at, f)
	}
	return a.count, nil
}

// connected records a good end of a sync in the item. What has been asked for
// while the sync ran is not answered by it.
func (w *writer) connected(batch core.SyncBatch) error {
	item, err := w.item(batch.Item)
	if err != nil {
		return err
	}
	item.Status = core.Connected
	item.Sync = core.SyncState{
		Cursor: batch.Cursor, Phase: batch.Phase, LastSuccess: batch.At, LastTry: batch.At,
		Replay: item.Sync.Replay && !batch.Full,
	}
	return w.putItem(item)
}

// change is what a batch says about one transaction.
type change struct {
	id core.TransactionID
	// said is the row as the batch has it, or nil if the batch only removes it.
	said    *core.Transaction
	removed bool
}

// plan reduces a batch to one change for each transaction, in the order in
// which the transactions first appear.
func plan(batch core.SyncBatch) ([]change, error) {
	var changes []change
	at := map[core.TransactionID]int{}
	of := func(id core.TransactionID) *change {
		i, ok := at[id]
		if !ok {
			i = len(changes)
			at[id] = i
			changes = append(changes, change{id: id})
		}
		return &changes[i]
	}
	for _, list := range [][]core.Transaction{batch.Added, batch.Modified} {
		for i := range list {
			if list[i].ID == "" || (row{Transaction: list[i], item: batch.Item}).size() > maxText {
				return nil, fault.New("vault: plan", fault.Nonsense, nil)
			}
			of(list[i].ID).said = &list[i]
		}
	}
	for _, id := range batch.Removed {
		of(id).removed = true
	}
	return changes, nil
}

// applier applies changes and remembers what they mean for the id map, which
// follows after the commit.
type applier struct {
	*editor
	item core.ItemID
	// still are the accounts that take in nothing, because the person has stopped or
	// closed them; unshared those that the bank gives no longer. What a provider says to
	// be removed then is not wrong, only out of its sight: it stays until the person
	// removes the account (PLAID §3.2). Only what is pending goes, for it never posts.
	still, unshared map[core.AccountID]bool
	ids             *idMap
	gone            []fingerprint
	count           core.SyncCount
}

// learn finds out how the item's accounts stand.
func (a *applier) learn() error {
	accounts, err := a.w.accounts(a.item)
	a.still, a.unshared = map[core.AccountID]bool{}, map[core.AccountID]bool{}
	for _, account := range accounts {
		a.still[account.ID] = account.Choices.Status != core.Open
		a.unshared[account.ID] = account.Unshared
	}
	return err
}

func (a *applier) apply(changes []change) error {
	places := map[place]bool{}
	for _, c := range changes {
		if p, known := a.ids.at[a.ids.of(c.id)]; known {
			places[p] = true
		}
	}
	if err := a.openAll(places); err != nil {
		return err
	}
	for _, c := range changes {
		if err := a.applyOne(c); err != nil {
			return err
		}
	}
	return a.flush()
}

func (a *applier) applyOne(c change) error {
	if c.said != nil && a.still[c.said.Account] {
		return nil
	}
	p, known := a.ids.at[a.ids.of(c.id)]
	switch {
	case c.removed && known:
		return a.withdraw(c, p)
	case c.removed && c.said != nil:
		return a.w.keepRemoved(row{*c.said, a.item})
	case c.removed:
		return nil
	case known:
		return a.modify(row{*c.said, a.item}, p)
	}
	return a.add(row{*c.said, a.item})
}

// add puts in a row that is new, or that had been removed.
func (a *applier) add(r row) error {
	if a.w.sums.Buckets[inRemoved].Count > 0 {
		if err := a.w.delete(inRemoved, a.w.seal.idKey(inRemoved, string(r.ID))); err != nil {
			return err
		}
	}
	a.count.Added++
	return a.insert(r)
}

// modify puts a row in place of the one at p.
func (a *applier) modify(r row, p place) error {
	old, err := a.find(r.ID, p)
	if err != nil || old.row == r || a.still[old.row.Account] {
		return err
	}
	a.count.Modified++
	if r.Date.Month() == p.month {
		return a.replace(old, r)
	}
	a.remove(old)
	return a.insert(r)
}

// withdraw removes the row at p and keeps its last form aside.
func (a *applier) withdraw(c change, p place) error {
	last, err := a.find(c.id, p)
	if err != nil || a.still[last.row.Account] || a.unshared[last.row.Account] && !last.row.Pending {
		return err
	}
	a.remove(last)
	a.gone = append(a.gone, a.ids.of(c.id))
	a.count.Removed++
	if c.said != nil {
		return a.w.keepRemoved(row{*c.said, a.item})
	}
	return a.w.keepRemoved(last.row)
}

// removeOthers withdraws the rows of the item that a full batch does not name.
func (a *applier) removeOthers(changes []change) error {
	others, err := a.ofItem(a.item)
	if err != nil {
		return err
	}
	for _, c := range changes {
		delete(others, c.id)
	}
	// What was carried over from an earlier bank this one has never named.
	err = a.w.eachContinued(func(c continued) {
		if c.To == a.item {
			for _, id := range c.Moved {
				delete(others, id)
			}
		}
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(others)) {
		if err := a.withdraw(change{id: id}, others[id]); err != nil {
			return err
		}
	}
	return nil
}

// ofItem lists the rows of an item and where they are.
func (e *editor) ofItem(item core.ItemID) (map[core.TransactionID]place, error) {
	found := map[core.TransactionID]place{}
	err := e.w.chunks(func(m core.Month, c chunkEntry, plain []byte) error {
		rows, err := decodeRows(plain)
		if err != nil || len(rows) != c.all() {
			return cmp.Or(err, wrongRows(m, c, len(rows)))
		}
		for _, r := range c.live(rows) {
			if r.item == item {
				found[r.ID] = place{m, c.number}
			}
		}
		return nil
	})
	return found, err
}

// keepRemoved keeps the last form of a row that the bank has withdrawn.
func (w *writer) keepRemoved(r row) error {
	return w.put(inRemoved, w.seal.idKey(inRemoved, string(r.ID)), encodeRows([]row{r}))
}

// Removed returns the last form of a transaction that the bank has withdrawn,
// such as the pending one before a posted one. ok is false if there is none,
// also if the bank has named the transaction again since.
func (v *Vault) Removed(id core.TransactionID) (t core.Transaction, ok bool, err error) {
	err = v.view("vault: read removed", func(r reader) error {
		plain, _, found, err := r.get(inRemoved, r.seal.idKey(inRemoved, string(id)))
		if err != nil || !found {
			return err
		}
		rows, err := decodeRows(plain)
		if err != nil || len(rows) != 1 || rows[0].ID != id {
			return damaged("a record of %s is of another transaction", inRemoved)
		}
		t, ok = rows[0].Transaction, true
		return nil
	})
	return t, ok, err
}

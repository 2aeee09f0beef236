package syncertest

import (
	"maps"
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// Repo is a repository in memory with the meaning that syncing and linking ask
// of the vault. It is safe for concurrent use.
type Repo struct {
	mu       sync.Mutex
	items    map[core.ItemID]core.Item
	accounts map[core.ItemID][]core.Account
	rows     map[core.ItemID]map[core.TransactionID]core.Transaction
	// batches holds every batch that was applied.
	batches []core.SyncBatch
}

// NewRepo returns a repository that holds the given Items.
func NewRepo(items ...core.Item) *Repo {
	r := &Repo{
		items:    map[core.ItemID]core.Item{},
		accounts: map[core.ItemID][]core.Account{},
		rows:     map[core.ItemID]map[core.TransactionID]core.Transaction{},
	}
	for _, item := range items {
		r.items[item.ID] = item
	}
	return r
}

// Items returns all Items by id.
func (r *Repo) Items() ([]core.Item, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var items []core.Item
	for _, id := range slices.Sorted(maps.Keys(r.items)) {
		items = append(items, r.items[id])
	}
	return items, nil
}

// Item returns one Item.
func (r *Repo) Item(id core.ItemID) (core.Item, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	item, ok := r.items[id]
	if !ok {
		return core.Item{}, fault.New("repo: item", fault.NotFound, nil)
	}
	return item, nil
}

// PutItem keeps an Item.
func (r *Repo) PutItem(item core.Item) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[item.ID] = item
	return nil
}

// UpdateItem changes an Item.
func (r *Repo) UpdateItem(id core.ItemID, change func(*core.Item) error) (core.Item, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	item, ok := r.items[id]
	if !ok {
		return core.Item{}, fault.New("repo: update item", fault.NotFound, nil)
	}
	if err := change(&item); err != nil {
		return core.Item{}, err
	}
	r.items[id] = item
	return item, nil
}

// PutItemAndAccounts keeps an Item and its accounts.
func (r *Repo) PutItemAndAccounts(item core.Item, accounts []core.Account) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[item.ID] = item
	r.accounts[item.ID] = core.MergeAccounts(r.accounts[item.ID], accounts)
	return nil
}

// PutAccounts keeps what the bank says of the accounts of an Item.
func (r *Repo) PutAccounts(item core.ItemID, accounts []core.Account) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.accounts[item] = core.MergeAccounts(r.accounts[item], accounts)
	return nil
}

// Accounts returns the accounts of all Items.
func (r *Repo) Accounts() ([]core.Account, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []core.Account
	for _, id := range slices.Sorted(maps.Keys(r.accounts)) {
		all = append(all, r.accounts[id]...)
	}
	return all, nil
}

// AccountsOf returns the accounts of one Item.
func (r *Repo) AccountsOf(item core.ItemID) ([]core.Account, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.accounts[item]), nil
}

// ApplySync keeps a batch whole.
func (r *Repo) ApplySync(b core.SyncBatch) (core.SyncCount, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	item, ok := r.items[b.Item]
	if !ok {
		return core.SyncCount{}, fault.New("repo: apply sync", fault.NotFound, nil)
	}
	rows := r.rows[b.Item]
	if rows == nil || b.Full {
		rows = map[core.TransactionID]core.Transaction{}
	}
	for _, row := range slices.Concat(b.Added, b.Modified) {
		rows[row.ID] = row
	}
	for _, id := range b.Removed {
		delete(rows, id)
	}
	r.rows[b.Item] = rows
	item.Sync = core.SyncState{Cursor: b.Cursor, Phase: b.Phase, LastSuccess: b.At, LastTry: b.At}
	r.items[b.Item] = item
	r.batches = append(r.batches, b)
	return core.SyncCount{Added: len(b.Added), Modified: len(b.Modified), Removed: len(b.Removed)}, nil
}

// RecordTry keeps how a sync ended.
func (r *Repo) RecordTry(id core.ItemID, at time.Time, trouble core.Trouble, status core.ItemStatus) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	item, ok := r.items[id]
	if !ok {
		return fault.New("repo: record try", fault.NotFound, nil)
	}
	item.Sync.LastTry, item.Sync.Trouble, item.Status = at, trouble, status
	r.items[id] = item
	return nil
}

// RemoveItem removes an Item with its accounts and rows.
func (r *Repo) RemoveItem(id core.ItemID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, id)
	delete(r.accounts, id)
	delete(r.rows, id)
	return nil
}

// Rows returns an Item's transactions that are not removed.
func (r *Repo) Rows(item core.ItemID) map[core.TransactionID]core.Transaction {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows := maps.Clone(r.rows[item])
	if rows == nil {
		rows = map[core.TransactionID]core.Transaction{}
	}
	return rows
}

// Batches returns every batch that was applied.
func (r *Repo) Batches() []core.SyncBatch {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.batches)
}

// Package event tells the rest of the program what has changed, after it has
// been committed. An event carries ids and counts, never the changed records:
// whoever wants those reads them, and so never shows what is out of date.
package event

import (
	"sync"
	"time"

	"bankbook/core"
)

// Event is one of the types below.
type Event interface{ event() }

// ItemChanged says that an Item was made, removed or has another state.
type ItemChanged struct{ Item core.ItemID }

// AccountsChanged says that accounts of an Item or their balances changed.
type AccountsChanged struct{ Item core.ItemID }

// TransactionsChanged says that rows of an Item were committed.
type TransactionsChanged struct {
	Item  core.ItemID
	Count core.SyncCount
}

// ProfilesChanged says that profiles were made, changed or removed.
type ProfilesChanged struct{}

// KeysChanged says that the person's Plaid keys, or what is known about them, are
// others now.
type KeysChanged struct{}

// LinkChanged says that a link session reached another stage.
type LinkChanged struct{ Session core.LinkID }

// SyncProgress says how far a running sync has come. Plaid gives no total, so
// there is no percentage.
type SyncProgress struct {
	Item core.ItemID
	// Running is false in the last SyncProgress of a run.
	Running bool
	Started time.Time
	Phase   core.SyncPhase
	// Rows counts all rows received in this run.
	Rows int
	// Accounts tells the same for each account that has rows.
	Accounts map[core.AccountID]AccountProgress
	// Err is why the run ended, nil while it runs and after success.
	Err error
}

// AccountProgress is the part of one account in a SyncProgress.
type AccountProgress struct {
	Rows   int
	Oldest core.Date
}

// SyncEnded says what a run has come to. It follows the last SyncProgress.
type SyncEnded struct {
	Item core.ItemID
	// Count is what the run has changed, also if it failed in the end.
	Count core.SyncCount
	// RequestID is that of the last request that was answered, "" if none was.
	RequestID string
	// Unasked says that nobody asked for the run.
	Unasked bool
	// Err is why the run ended, nil after success.
	Err error
}

// ActivityAdded says that the log has another entry, and of what.
type ActivityAdded struct {
	Seq    uint64
	Action core.Action
}

// ActivityLost says that entries of the log could not be written, and why. It is
// told once.
type ActivityLost struct{ Err error }

// VaultDamaged says that what is in the vault's file is not what was written.
// What can still be read is right; nothing more is written.
type VaultDamaged struct{}

// IndexChanged says that the index for queries shows what has been committed,
// or that it could not be brought up to date.
type IndexChanged struct{ Err error }

func (VaultDamaged) event()        {}
func (ItemChanged) event()         {}
func (AccountsChanged) event()     {}
func (TransactionsChanged) event() {}
func (ProfilesChanged) event()     {}
func (KeysChanged) event()         {}
func (LinkChanged) event()         {}
func (IndexChanged) event()        {}
func (SyncProgress) event()        {}
func (SyncEnded) event()           {}
func (ActivityAdded) event()       {}
func (ActivityLost) event()        {}

// Bus hands events to subscribers. The zero Bus is ready for use, and safe for
// concurrent use.
//
// Publish calls each subscriber in the order of subscription, on the
// publisher's goroutine, and returns when all have returned; so a subscriber
// must be quick, and two publishers can call it at the same time.
type Bus struct {
	mu   sync.Mutex
	next int
	subs []subscription
}

type subscription struct {
	id int
	fn func(Event)
}

// Subscribe calls fn for every later event until cancel is called. An event
// that is being published during cancel can still arrive after it.
func (b *Bus) Subscribe(fn func(Event)) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	id := b.next
	b.subs = append(b.subs, subscription{id: id, fn: fn})
	return func() { b.unsubscribe(id) }
}

func (b *Bus) unsubscribe(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := make([]subscription, 0, len(b.subs))
	for _, s := range b.subs {
		if s.id != id {
			kept = append(kept, s)
		}
	}
	b.subs = kept
}

// Publish hands e to every subscriber.
func (b *Bus) Publish(e Event) {
	b.mu.Lock()
	subs := b.subs
	b.mu.Unlock()
	for _, s := range subs {
		s.fn(e)
	}
}

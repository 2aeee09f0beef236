package review

import (
	"context"
	"errors"
	"hash/maphash"
	"runtime"
	"sync"
	"sync/atomic"

	"bankbook/core"
)

// Index keeps the transactions of a source ready for queries. Its methods are
// safe for concurrent use.
type Index struct {
	source Source
	words  func(category string) string
	ids    maphash.Seed
	now    atomic.Pointer[Snapshot]
	// refreshing is held while the next snapshot is made.
	refreshing sync.Mutex
}

// New returns an index that has read nothing yet. words returns a category in
// words; nil leaves the codes as they are.
func New(source Source, words func(category string) string) *Index {
	if words == nil {
		words = func(category string) string { return category }
	}
	return &Index{source: source, words: words, ids: maphash.MakeSeed()}
}

// Snapshot returns what the last Refresh has read, or nil before the first.
func (x *Index) Snapshot() *Snapshot { return x.now.Load() }

// Drop forgets everything, so that nothing of it stays in memory once its
// readers are done.
func (x *Index) Drop() { x.now.Store(nil) }

// Refresh reads the months that have changed since the last time. Afterwards
// Snapshot shows all of one commit of the source, no older than the call. It
// fails with the source's errors or, as a fault.Canceled, when ctx ends; the
// last snapshot then stays.
func (x *Index) Refresh(ctx context.Context) error {
	x.refreshing.Lock()
	defer x.refreshing.Unlock()
	months := map[core.Month]*month{}
	old := x.now.Load()
	if old == nil {
		x.source.ReadAhead()
	} else {
		for _, m := range old.months {
			months[m.Month] = m
		}
	}
	for {
		next, err := x.read(ctx, months)
		switch {
		case err != nil && !errors.Is(err, ErrMoved):
			return err
		case next != nil:
			x.now.Store(next)
			return nil
		}
	}
}

// read reads what is not in months yet, and keeps it there. It returns a
// snapshot, or none if the source has changed meanwhile.
func (x *Index) read(ctx context.Context, months map[core.Month]*month) (*Snapshot, error) {
	next := &Snapshot{words: x.words, ids: x.ids, ranks: new(nameRanks)}
	stamps, err := x.source.Stamps()
	if err != nil {
		return nil, err
	}
	var missing []core.Month
	for _, s := range stamps {
		if m := months[s.Month]; m == nil || m.Stamp != s {
			missing = append(missing, s.Month)
		}
	}
	if err := x.build(ctx, missing, months); err != nil {
		return nil, err
	}
	for _, s := range stamps {
		m := months[s.Month]
		if m.Stamp != s {
			return nil, nil
		}
		next.months = append(next.months, m)
	}
	if next.profiles, err = x.source.Profiles(); err != nil {
		return nil, err
	}
	if next.items, err = x.source.Items(); err != nil {
		return nil, err
	}
	if next.accounts, err = x.source.Accounts(); err != nil {
		return nil, err
	}
	next.every = next.accounts
	next.owners = newOwners(next.items, next.accounts)
	return next, nil
}

// maxBuilders is how many months are read at a time at most.
const maxBuilders = 4

// build reads months into the map.
func (x *Index) build(ctx context.Context, list []core.Month, into map[core.Month]*month) error {
	var (
		workers sync.WaitGroup
		next    atomic.Int64
		mu      sync.Mutex
		failed  error
	)
	for range min(len(list), runtime.GOMAXPROCS(0), maxBuilders) {
		workers.Go(func() {
			b := newBuilder(x.ids)
			for n := int(next.Add(1)) - 1; n < len(list); n = int(next.Add(1)) - 1 {
				m, err := b.month(x.source, list[n])
				if err == nil {
					err = canceled(ctx)
				}
				mu.Lock()
				if err != nil {
					failed = err
				} else {
					into[list[n]] = m
				}
				stop := failed != nil
				mu.Unlock()
				if stop {
					return
				}
			}
		})
	}
	workers.Wait()
	return failed
}

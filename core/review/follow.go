package review

import (
	"context"
	"sync"

	"bankbook/core/event"
	"bankbook/core/fault"
)

// Follower keeps an index up to date. Close ends it.
type Follower struct {
	index  *Index
	bus    *event.Bus
	signal chan struct{}
	stop   context.CancelFunc
	done   sync.WaitGroup
	cancel func()
}

// Follow builds an index in the background and refreshes it after every event
// that tells of new transactions, accounts, items or profiles. Events that come during a
// refresh are answered by one more. After each, an event.IndexChanged is
// published.
func Follow(ctx context.Context, x *Index, bus *event.Bus) *Follower {
	ctx, stop := context.WithCancel(ctx)
	f := &Follower{index: x, bus: bus, signal: make(chan struct{}, 1), stop: stop}
	f.signal <- struct{}{}
	f.cancel = bus.Subscribe(f.hear)
	f.done.Go(func() { f.run(ctx) })
	return f
}

// hear must be quick: it only leaves word that there is something to do.
func (f *Follower) hear(e event.Event) {
	switch e.(type) {
	case event.TransactionsChanged, event.AccountsChanged, event.ItemChanged, event.ProfilesChanged:
		select {
		case f.signal <- struct{}{}:
		default:
		}
	}
}

func (f *Follower) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.signal:
		}
		err := f.index.Refresh(ctx)
		if fault.Is(err, fault.Canceled) {
			return
		}
		f.bus.Publish(event.IndexChanged{Err: err})
	}
}

// Close ends the following and waits for a refresh that is under way.
func (f *Follower) Close() {
	f.cancel()
	f.stop()
	f.done.Wait()
}

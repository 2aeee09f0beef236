// Package seen notices that a vault has been rolled back: it keeps the number
// of the last commit where the keys are kept, out of reach of whoever puts an
// older file in the vault's place (SECURITY §3.6).
package seen

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

const (
	// pause is how long after a change its number is kept, together with those of
	// the changes until then.
	pause = 5 * time.Second
	// last is how long Close waits for the store.
	last = 2 * time.Second
)

// Vault is what a Watch needs of the vault.
type Vault interface {
	ID() string
	// Commit is the number of the last commit.
	Commit() uint64
}

// Deps are the parts that a Watch works with.
type Deps struct {
	Vault   Vault
	Secrets secret.Store
	Events  *event.Bus
	Clock   clock.Clock
	// Failed is told why a number could not be read or kept. That is no reason to
	// stop: it is kept the next time, or an older one stays.
	Failed func(error)
}

// Watch keeps the number of the last commit, in the background.
type Watch struct {
	deps   Deps
	name   secret.Name
	rolled core.RolledBack
	// kept is the number in the store; only one goroutine at a time uses it.
	kept uint64

	changed chan struct{}
	cancel  context.CancelFunc
	leave   func()
	ended   chan struct{}
	closing sync.Once
}

// Start compares the vault with what was seen of it last, and then keeps the
// number of its commit: soon, soon after each change, and when it is closed. It
// asks the store once before it returns; no fault of the store is one of its.
func Start(ctx context.Context, deps Deps) *Watch {
	background, cancel := context.WithCancel(context.Background())
	w := &Watch{
		deps: deps, name: secret.SeenName(deps.Vault.ID()), cancel: cancel,
		changed: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	commit := deps.Vault.Commit()
	w.kept = w.read(ctx)
	if commit < w.kept {
		w.rolled = core.RolledBack{Commit: commit, Seen: w.kept}
	}
	w.leave = deps.Events.Subscribe(w.hear)
	w.changed <- struct{}{}
	go w.run(background)
	return w
}

// RolledBack tells that the vault is older than when it was last seen. It does
// so until the vault is opened again: by then, what is there has been seen.
func (w *Watch) RolledBack() (core.RolledBack, bool) { return w.rolled, w.rolled != core.RolledBack{} }

// Close keeps the last number, if the store does not take long, and ends the
// Watch. The vault must still be open. Closing twice is no error.
func (w *Watch) Close() {
	w.closing.Do(func() {
		w.leave()
		w.cancel()
		<-w.ended
		ctx, cancel := context.WithTimeout(context.Background(), last)
		defer cancel()
		w.keep(ctx)
	})
}

// hear notes that something may have been committed.
func (w *Watch) hear(e event.Event) {
	switch e := e.(type) {
	case event.SyncProgress:
		if e.Running {
			return
		}
	case event.LinkChanged, event.ItemChanged, event.AccountsChanged, event.TransactionsChanged:
	default:
		return
	}
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

func (w *Watch) run(ctx context.Context) {
	defer close(w.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.changed:
		}
		if w.deps.Clock.Sleep(ctx, pause) != nil {
			return
		}
		w.keep(ctx)
	}
}

// read returns the number in the store; 0 if there is none, or if it cannot be
// read.
func (w *Watch) read(ctx context.Context) uint64 {
	text, err := w.deps.Secrets.Get(ctx, w.name)
	if fault.Is(err, fault.SecretMissing) {
		return 0
	}
	if err != nil {
		w.deps.Failed(fmt.Errorf("seen: read: %w", err))
		return 0
	}
	n, err := strconv.ParseUint(text.Reveal(), 10, 64)
	if err != nil {
		w.deps.Failed(fault.New("seen: read", fault.Nonsense, nil)) // the cause would tell what is there
		return 0
	}
	return n
}

func (w *Watch) keep(ctx context.Context) {
	commit := w.deps.Vault.Commit()
	if commit == w.kept {
		return
	}
	if err := w.deps.Secrets.Set(ctx, w.name, secret.New(strconv.FormatUint(commit, 10))); err != nil {
		w.deps.Failed(fmt.Errorf("seen: keep: %w", err))
		return
	}
	w.kept = commit
}

package syncer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/numbers"
	"bankbook/core/secret"
)

// historyPauses lie between the questions whether the provider has more.
var historyPauses = clock.Backoff{First: 2 * time.Second, Most: 30 * time.Second}

// attempt is one go of a run at its Item: how its connection stands, then
// transactions, then balances, then the record of how it went.
type attempt struct {
	*Syncer
	run      *run
	progress *progress
	item     core.Item
	access   secret.Text
	// cursor is where the next loop begins, phase what the last one ended with.
	cursor string
	phase  core.SyncPhase
	// replay is set once the Item's cursor has turned out to be no longer valid:
	// the loop begins at the beginning and has to bring all of the history.
	replay bool
}

// attempt does the work and returns the phase that it reached.
func (s *Syncer) attempt(r *run, p *progress) (core.SyncPhase, error) {
	item, err := s.deps.Repo.Item(r.item)
	if err != nil {
		return "", fmt.Errorf("sync: %w", err)
	}
	if err := refuse(item); err != nil {
		return "", err
	}
	a := &attempt{Syncer: s, run: r, progress: p, item: item, cursor: item.Sync.Cursor, phase: item.Sync.Phase}
	if item.Sync.Replay {
		a.cursor, a.replay = "", true
	}
	err = a.work(r.ctx)
	return a.phase, a.record(r.ctx, err)
}

func (a *attempt) work(ctx context.Context) error {
	if err := a.standing(ctx); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := a.history(ctx); err != nil {
		return fmt.Errorf("sync: transactions: %w", err)
	}
	if err := a.accounts(ctx); err != nil {
		return fmt.Errorf("sync: accounts: %w", err)
	}
	return nil
}

// history gets the transactions. An Item that has none, such as one that was made
// of account numbers alone, has all of them: only its accounts are read.
func (a *attempt) history(ctx context.Context) error {
	if a.item.Has(core.Transactions) {
		return a.transactions(ctx)
	}
	return a.commit(ctx, core.SyncBatch{Item: a.item.ID, Cursor: a.cursor, Phase: core.HistoryDone, At: a.deps.Clock.Now()})
}

// transactions runs loops, each with its own commit, until the run has what
// was asked for: one loop, or all of the history.
func (a *attempt) transactions(ctx context.Context) error {
	deadline := a.deps.Clock.Now().Add(a.deps.Limits.Wait)
	for n := 0; ; n++ {
		ready, err := a.advance(ctx)
		whole := a.wantsWhole(a.run)
		switch {
		case err != nil:
			return err
		case ready && (!whole || a.phase == core.HistoryDone):
			return nil
		case !whole:
			return fault.New("sync: loop", fault.NotReady, nil)
		}
		pause := historyPauses.Delay(n)
		if a.deps.Clock.Now().Add(pause).After(deadline) {
			return fault.New("sync: wait for history", fault.NotReady, nil)
		}
		if err := a.deps.Clock.Sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// enter waits for one of the slots and returns how to give it back. A run
// holds one only while it talks to the bank, so that an Item whose history is
// being prepared does not hold up the others.
func (a *attempt) enter(ctx context.Context) (leave func(), err error) {
	select {
	case a.slots <- struct{}{}:
		return func() { <-a.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// advance runs one loop and commits it. It reports whether the provider was
// ready.
func (a *attempt) advance(ctx context.Context) (ready bool, err error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	batch, err := a.loop(ctx, a.cursor)
	if fault.Is(err, fault.StaleCursor) && a.cursor != "" {
		a.cursor, a.replay = "", true
		batch, err = a.loop(ctx, a.cursor)
	}
	if fault.Is(err, fault.NotReady) {
		return false, nil
	}
	if err != nil || !a.usable(batch) {
		return false, err
	}
	if len(batch.Removed) > 0 || a.replay {
		// The rows of an account that is no longer shared are said to be removed, too.
		// Which accounts these are has to be known before.
		if err := a.readAccounts(ctx); err != nil {
			return false, err
		}
	}
	return true, a.commit(ctx, batch)
}

// usable reports whether a batch may be committed. A replay removes what it
// does not mention, so it has to be of all the history.
func (a *attempt) usable(batch core.SyncBatch) bool {
	if a.replay {
		return batch.Phase == core.HistoryDone
	}
	return batch.Phase != core.NotReady
}

// commit hands the batch to the repository. A context that has ended stops it
// before, never half-way.
func (a *attempt) commit(ctx context.Context, batch core.SyncBatch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	batch.Full = a.replay
	count, err := a.deps.Repo.ApplySync(batch)
	if err != nil {
		return err
	}
	a.cursor, a.phase, a.replay = batch.Cursor, batch.Phase, false
	a.progress.keep(count)
	if count != (core.SyncCount{}) {
		a.deps.Events.Publish(event.TransactionsChanged{Item: a.item.ID, Count: count})
	}
	a.deps.Events.Publish(event.ItemChanged{Item: a.item.ID})
	return nil
}

// accounts reads the balances again, and how far verifications are.
func (a *attempt) accounts(ctx context.Context) error {
	leave, err := a.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return a.readAccounts(ctx)
}

func (a *attempt) readAccounts(ctx context.Context) error {
	fresh, err := a.deps.Bank.Accounts(ctx, a.access)
	if err != nil {
		return err
	}
	if err := a.numbers(ctx, fresh); err != nil {
		return err
	}
	if err := a.deps.Repo.PutAccounts(a.item.ID, fresh); err != nil {
		return err
	}
	a.deps.Events.Publish(event.AccountsChanged{Item: a.item.ID})
	return nil
}

// numbers gets those whose verification has come to its good end since they were
// asked for last.
func (a *attempt) numbers(ctx context.Context, fresh []core.Account) error {
	kept, err := a.deps.Repo.AccountsOf(a.item.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if !slices.ContainsFunc(core.MergeAccounts(kept, fresh), func(a core.Account) bool { return !a.Unshared && a.ACH.AwaitsNumbers() }) {
		return nil
	}
	keeper := numbers.Keeper{Bank: a.deps.Bank, Secrets: a.deps.Secrets, Clock: a.deps.Clock, Env: a.deps.Env}
	if err := keeper.Keep(ctx, a.access, fresh); err != nil && !numbers.NotGiven(err) {
		return err
	}
	return nil
}

// record keeps how the attempt ended and returns err, with what went wrong in
// keeping it. A success has been recorded by its last commit, but for the
// state of the connection. A stop that somebody asked for says nothing of the
// bank and is not recorded.
func (a *attempt) record(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fault.New("sync", fault.Canceled, err)
	}
	trouble := core.TroubleOf(err)
	status := a.item.Status.After(trouble.Kind)
	if err == nil && status == a.item.Status {
		return nil
	}
	if failed := a.deps.Repo.RecordTry(a.item.ID, a.deps.Clock.Now(), trouble, status); failed != nil {
		return errors.Join(err, fmt.Errorf("sync: record: %w", failed))
	}
	a.deps.Events.Publish(event.ItemChanged{Item: a.item.ID})
	return err
}

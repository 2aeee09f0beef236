package syncer

import (
	"context"
	"errors"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/fault"
)

// restartPauses lie between the restarts of a loop whose data changed.
var restartPauses = clock.Backoff{First: time.Second, Most: 30 * time.Second}

// Reasons for a fault of kind Nonsense.
var (
	errTooLong  = errors.New("more pages or rows than a sync may have")
	errNoCursor = errors.New("a page without a cursor")
	errStanding = errors.New("a page whose cursor leads back to it")
)

// loop pages from cursor to the end. While the data changes under it, it
// begins again at the same cursor: asking for the failed page again would
// fail again (PLAID §3.5).
func (a *attempt) loop(ctx context.Context, cursor string) (core.SyncBatch, error) {
	for restart := 0; ; restart++ {
		a.progress.rewind()
		batch, err := a.pages(ctx, cursor)
		if !fault.Is(err, fault.Mutation) || restart == a.deps.Limits.Restarts {
			return batch, err
		}
		if err := a.deps.Clock.Sleep(ctx, restartPauses.Delay(restart)); err != nil {
			return core.SyncBatch{}, err
		}
	}
}

// pages collects the pages behind cursor. A batch of the phase NotReady holds
// nothing to keep.
func (a *attempt) pages(ctx context.Context, cursor string) (core.SyncBatch, error) {
	folded := newFold()
	for n := 1; ; n++ {
		page, err := a.deps.Bank.Sync(ctx, a.access, cursor)
		if err != nil {
			return core.SyncBatch{}, err
		}
		if page.Phase == core.NotReady {
			a.progress.notReady()
			return core.SyncBatch{Phase: core.NotReady}, nil
		}
		folded.page(page)
		if err := a.check(page, cursor, n, folded.rows()); err != nil {
			return core.SyncBatch{}, fault.New("sync: page", fault.Nonsense, err)
		}
		a.progress.page(page)
		cursor = page.Next
		if !page.More {
			batch := core.SyncBatch{Item: a.item.ID, Cursor: cursor, Phase: phaseOf(page), At: a.deps.Clock.Now()}
			folded.into(&batch)
			return batch, nil
		}
	}
}

// check refuses pages that cannot be, and loops that are too long to be true.
func (a *attempt) check(page bank.Page, asked string, pages, rows int) error {
	switch {
	case page.Next == "":
		return errNoCursor
	case page.More && page.Next == asked:
		return errStanding
	case pages > a.deps.Limits.Pages, rows > a.deps.Limits.Rows:
		return errTooLong
	}
	return nil
}

// phaseOf returns the page's phase. A provider that does not speak of phases
// has handed over everything when it has no more pages.
func phaseOf(page bank.Page) core.SyncPhase {
	if page.Phase == "" {
		return core.HistoryDone
	}
	return page.Phase
}

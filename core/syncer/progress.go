package syncer

import (
	"maps"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
)

// progress counts what a run receives and tells of it. It is used by the run's
// own goroutine alone.
type progress struct {
	events *event.Bus
	now    event.SyncProgress
	// kept is the count at the end of the last committed loop: where a loop that
	// begins again goes back to, so that no row is counted twice.
	kept event.SyncProgress
	// count is what has been committed.
	count core.SyncCount
}

func newProgress(item core.ItemID, started time.Time, events *event.Bus) *progress {
	first := event.SyncProgress{Item: item, Running: true, Started: started}
	p := &progress{events: events, now: first, kept: first}
	p.publish()
	return p
}

// page counts one page.
func (p *progress) page(page bank.Page) {
	p.now.Phase = page.Phase
	p.now.Rows += len(page.Added) + len(page.Modified) + len(page.Removed)
	accounts := maps.Clone(p.now.Accounts)
	if accounts == nil {
		accounts = map[core.AccountID]event.AccountProgress{}
	}
	for _, rows := range [][]core.Transaction{page.Added, page.Modified} {
		for _, row := range rows {
			a := accounts[row.Account]
			a.Rows++
			if a.Oldest.IsZero() || row.Date < a.Oldest {
				a.Oldest = row.Date
			}
			accounts[row.Account] = a
		}
	}
	p.now.Accounts = accounts
	p.publish()
}

// notReady tells that the provider has nothing yet.
func (p *progress) notReady() {
	p.now.Phase = core.NotReady
	p.publish()
}

// rewind forgets the pages of a loop that came to nothing.
func (p *progress) rewind() { p.now = p.kept }

// keep makes the pages so far count for good, and what their commit changed.
func (p *progress) keep(count core.SyncCount) {
	p.kept = p.now
	p.count.Added += count.Added
	p.count.Modified += count.Modified
	p.count.Removed += count.Removed
}

// end tells that the run is over.
func (p *progress) end(err error) {
	p.now.Running, p.now.Err = false, err
	p.publish()
}

// publish hands out a copy; its map is never written again, because page
// makes a new one each time.
func (p *progress) publish() { p.events.Publish(p.now) }

package syncer

import (
	"context"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
)

// run is the one run of an Item, shared by all who asked for it. Its fields
// from unasked on are guarded by Syncer.mu.
type run struct {
	item   core.ItemID
	ctx    context.Context
	cancel context.CancelFunc
	// done is closed when the run has ended; err may be read from then on.
	done chan struct{}
	err  error

	// checks says that the run asks how the connection stands, and no more.
	checks bool

	// receipt notes the requests of the run.
	receipt *bank.Receipt

	// unasked is set until somebody waits who asked for the run.
	unasked bool
	// waiters counts those who wait; the run is canceled when none is left.
	waiters int
	// whole is set once somebody wants all of the history.
	whole bool
	// closing is set when the run can take up no further wishes.
	closing bool
}

// await joins or starts the Item's run and waits for its end.
func (s *Syncer) await(ctx context.Context, item core.ItemID, whole bool) error {
	r, err := s.join(ctx, item, whole)
	if err != nil {
		return err
	}
	return s.wait(ctx, r)
}

// wait waits for the end of a run that the caller has joined.
func (s *Syncer) wait(ctx context.Context, r *run) error {
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		s.leave(r)
		return canceled(ctx)
	}
}

// join returns the Item's run after adding the caller to it. A run that is
// about to end is waited for and followed by a new one.
func (s *Syncer) join(ctx context.Context, item core.ItemID, whole bool) (*run, error) {
	for ctx.Err() == nil {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			return nil, fault.New("sync: closed", fault.Canceled, nil)
		}
		if over := s.held[item]; over != nil {
			s.mu.Unlock()
			select {
			case <-over:
			case <-ctx.Done():
			}
			continue
		}
		r := s.runs[item]
		if r == nil {
			r = s.start(item)
		}
		if !r.closing && r.ctx.Err() == nil {
			r.waiters++
			r.whole = r.whole || whole
			r.unasked = r.unasked && activity.IsUnasked(ctx)
			s.mu.Unlock()
			return r, nil
		}
		s.mu.Unlock()
		select {
		case <-r.done:
		case <-ctx.Done():
		}
	}
	return nil, canceled(ctx)
}

// start begins a run. The caller holds s.mu.
func (s *Syncer) start(item core.ItemID) *run {
	r := s.newRun(item)
	go s.execute(r)
	return r
}

// newRun makes the Item's run. It belongs to no caller's context, because a caller
// who gives up must not end it for the others. The caller holds s.mu.
func (s *Syncer) newRun(item core.ItemID) *run {
	ctx, cancel := context.WithCancel(context.Background())
	ctx, receipt := bank.WithReceipt(ctx)
	r := &run{item: item, ctx: ctx, cancel: cancel, done: make(chan struct{}), receipt: receipt, unasked: true}
	s.runs[item] = r
	return r
}

// leave takes one waiter off the run. The last one stops it and waits until it
// has stopped, so that nothing goes on behind the back of the last caller.
func (s *Syncer) leave(r *run) {
	s.mu.Lock()
	r.waiters--
	last := r.waiters == 0
	s.mu.Unlock()
	if last {
		r.cancel()
		<-r.done
	}
}

// execute does the run's work until nobody wants more of it.
func (s *Syncer) execute(r *run) {
	defer r.cancel()
	progress := newProgress(r.item, s.deps.Clock.Now(), s.deps.Events)
	phase, err := s.attempt(r, progress)
	for s.goesOn(r, phase, err) {
		phase, err = s.attempt(r, progress)
	}
	progress.end(err)
	s.mu.Lock()
	unasked := r.unasked
	s.mu.Unlock()
	s.deps.Events.Publish(event.SyncEnded{
		Item: r.item, Count: progress.count, RequestID: r.receipt.Last(), Unasked: unasked, Err: err,
	})
	s.end(r, err)
}

// end tells those who wait what a run has come to.
func (s *Syncer) end(r *run, err error) {
	s.mu.Lock()
	delete(s.runs, r.item)
	s.mu.Unlock()
	r.err = err
	close(r.done)
}

// goesOn reports whether somebody joined who wants the whole history that
// this run, begun as a simple one, has not brought. If not, the run takes up
// no further wishes.
func (s *Syncer) goesOn(r *run, phase core.SyncPhase, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.closing = err != nil || !r.whole || phase == core.HistoryDone
	return !r.closing
}

func (s *Syncer) wantsWhole(r *run) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return r.whole
}

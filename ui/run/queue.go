package run

import (
	"context"
	"sync"
	"time"
)

// Queue is the Runner of tests. Workers are goroutines, but functions for the
// UI thread wait until the test's goroutine runs them in Settle, and clocks
// stand still until Tick.
type Queue struct {
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	change *sync.Cond // signalled when busy falls or pending grows
	busy   int
	queued []func()
	clocks []*clock
}

// clock is one call of Every.
type clock struct {
	every time.Duration
	left  time.Duration
	fn    func()
	done  bool
}

// NewQueue returns a runner for one test. The test calls Close when it ends.
func NewQueue() *Queue {
	ctx, cancel := context.WithCancel(context.Background())
	q := &Queue{ctx: ctx, cancel: cancel}
	q.change = sync.NewCond(&q.mu)
	return q
}

// Go starts work on a goroutine. The worker counts as busy from here on, so a
// Settle that follows waits for it.
func (q *Queue) Go(work func(ctx context.Context)) {
	q.mu.Lock()
	q.busy++
	q.mu.Unlock()
	go func() {
		defer q.idle()
		work(q.ctx)
	}()
}

func (q *Queue) idle() {
	q.mu.Lock()
	q.busy--
	q.mu.Unlock()
	q.change.Broadcast()
}

// UI queues fn for the next Settle or Drain.
func (q *Queue) UI(fn func()) {
	q.mu.Lock()
	q.queued = append(q.queued, fn)
	q.mu.Unlock()
	q.change.Broadcast()
}

// Every registers fn. It is called by Tick and Advance only.
func (q *Queue) Every(d time.Duration, fn func()) (stop func()) {
	c := &clock{every: d, left: d, fn: fn}
	q.mu.Lock()
	q.clocks = append(q.clocks, c)
	q.mu.Unlock()
	return func() {
		q.mu.Lock()
		c.done = true
		q.mu.Unlock()
	}
}

// Settle runs queued functions on the calling goroutine until every worker has
// returned and nothing is queued any more. Work that only ends with the window
// keeps it waiting: use Drain for that.
func (q *Queue) Settle() {
	for {
		q.mu.Lock()
		for q.busy > 0 && len(q.queued) == 0 {
			q.change.Wait()
		}
		ready := q.queued
		q.queued = nil
		q.mu.Unlock()
		if len(ready) == 0 {
			return
		}
		for _, fn := range ready {
			fn()
		}
	}
}

// Drain runs what is queued now and returns whether there was anything.
func (q *Queue) Drain() bool {
	q.mu.Lock()
	ready := q.queued
	q.queued = nil
	q.mu.Unlock()
	for _, fn := range ready {
		fn()
	}
	return len(ready) > 0
}

// WaitFor runs queued functions on the calling goroutine until done reports
// true, and blocks while there is neither work nor an answer. It returns false
// if every worker has returned and done is still false.
func (q *Queue) WaitFor(done func() bool) bool {
	for !done() {
		q.mu.Lock()
		for q.busy > 0 && len(q.queued) == 0 {
			q.change.Wait()
		}
		none := len(q.queued) == 0
		q.mu.Unlock()
		if none {
			return done()
		}
		q.Drain()
	}
	return true
}

// Tick calls every function of Every once, whatever its period.
func (q *Queue) Tick() {
	for _, c := range q.running() {
		q.fire(c)
	}
}

// Advance lets time pass: functions of Every are called as often as their
// period fits into d, each on its own clock.
func (q *Queue) Advance(d time.Duration) {
	for _, c := range q.running() {
		c.left -= d
		for c.left <= 0 {
			c.left += c.every
			q.fire(c)
		}
	}
}

// running returns the clocks that are not stopped and forgets the others.
func (q *Queue) running() []*clock {
	q.mu.Lock()
	defer q.mu.Unlock()
	kept := make([]*clock, 0, len(q.clocks))
	for _, c := range q.clocks {
		if !c.done {
			kept = append(kept, c)
		}
	}
	q.clocks = kept
	return append([]*clock(nil), kept...)
}

func (q *Queue) fire(c *clock) {
	q.mu.Lock()
	done := c.done
	q.mu.Unlock()
	if !done {
		c.fn()
	}
}

// Clocks returns how many functions of Every are still running, so that a test
// can see that a screen stopped its own.
func (q *Queue) Clocks() int { return len(q.running()) }

// Close ends the context of every worker, waits for them and drops what they
// queued.
func (q *Queue) Close() {
	q.cancel()
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.busy > 0 {
		q.change.Wait()
	}
	q.queued, q.clocks = nil, nil
}

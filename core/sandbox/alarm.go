package sandbox

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// alarm knows when the next webhook is due that time alone brings, and wakes the
// practice bank then if no request does.
type alarm struct {
	// next is the instant in microseconds; 0 is never.
	next  *atomic.Int64
	moved chan struct{}
	ctx   context.Context
	stop  context.CancelFunc
	start *sync.Once
	tasks *sync.WaitGroup
}

func newAlarm() alarm {
	ctx, stop := context.WithCancel(context.Background())
	return alarm{
		next: &atomic.Int64{}, moved: make(chan struct{}, 1), ctx: ctx, stop: stop, start: &sync.Once{}, tasks: &sync.WaitGroup{},
	}
}

// set says when the next webhook is due, zero for never. The first that there is
// starts the watch.
func (a *alarm) set(next time.Time, watch func()) {
	if next.IsZero() {
		a.next.Store(0)
		return
	}
	a.next.Store(next.UnixMicro())
	a.start.Do(func() { a.tasks.Go(watch) })
	select {
	case a.moved <- struct{}{}:
	default:
	}
}

func (a *alarm) close() {
	a.stop()
	a.start.Do(func() {}) // no watch from now on
	a.tasks.Wait()
}

// due returns when the next webhook is due.
func (a *alarm) due() (at time.Time, any bool) {
	next := a.next.Load()
	return time.UnixMicro(next), next != 0
}

// tick sends the webhooks that are due.
func (s *Server) tick() {
	if at, any := s.alarm.due(); !any || s.now().Before(at) {
		return
	}
	err := s.store.change(func(st *state) error {
		s.tellAll(st)
		return nil
	})
	if err != nil && !errors.Is(err, errClosed) {
		s.cfg.Logger.Error("practice bank: webhooks", "error", err.Error())
	}
}

// shortestWait keeps a watch that cannot do its work from spinning.
const shortestWait = 100 * time.Millisecond

// watch ticks when a webhook is due, until the server is closed. While the clock
// stands, only what was due before it stood is.
func (s *Server) watch() {
	for {
		var ring <-chan time.Time
		if at, any := s.alarm.due(); any {
			if wait := at.Sub(s.now()); wait <= 0 || !s.clock.Load().Stands() {
				ring = s.cfg.After(max(wait, shortestWait))
			}
		}
		select {
		case <-s.alarm.ctx.Done():
			return
		case <-s.alarm.moved:
		case <-ring:
			s.tick()
		}
	}
}

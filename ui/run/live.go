package run

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Live is the Runner of a real window: workers are goroutines, the UI thread is
// Fyne's.
type Live struct {
	ctx    context.Context
	cancel context.CancelFunc
	post   func(func())

	mu      sync.Mutex // guards closed against the counter's last wait
	closed  bool
	workers sync.WaitGroup
}

// NewLive returns a Runner whose workers live until Close or the end of ctx.
func NewLive(ctx context.Context) *Live { return newLive(ctx, fyne.Do) }

func newLive(ctx context.Context, post func(func())) *Live {
	ctx, cancel := context.WithCancel(ctx)
	return &Live{ctx: ctx, cancel: cancel, post: post}
}

// Go starts work on a goroutine of its own. After Close it does nothing.
func (l *Live) Go(work func(ctx context.Context)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.workers.Add(1)
	go func() {
		defer l.workers.Done()
		work(l.ctx)
	}()
}

// UI queues fn for Fyne's UI thread, and drops it once the runner is closed.
func (l *Live) UI(fn func()) {
	if l.ctx.Err() != nil {
		return
	}
	l.post(func() {
		if l.ctx.Err() == nil {
			fn()
		}
	})
}

// Every calls fn on the UI thread every d until stopped or closed.
func (l *Live) Every(d time.Duration, fn func()) (stop func()) {
	var stopped atomic.Bool
	ctx, cancel := context.WithCancel(l.ctx)
	l.Go(func(context.Context) {
		ticker := time.NewTicker(d)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				l.UI(func() {
					if !stopped.Load() {
						fn()
					}
				})
			}
		}
	})
	return func() {
		stopped.Store(true)
		cancel()
	}
}

// Close ends the context of every worker and waits until all have returned. It
// must not be called by a worker; it may be called on the UI thread, because no
// worker waits for that thread.
func (l *Live) Close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.cancel()
	l.workers.Wait()
}

// Package clock is the time that long-running work goes by, so that tests and
// the practice bank can bring their own.
package clock

import (
	"context"
	"time"
)

// Clock tells the time and waits.
type Clock interface {
	// Now returns the present instant in UTC.
	Now() time.Time
	// Sleep returns nil after d, or the context's error if it ends first.
	Sleep(ctx context.Context, d time.Duration) error
}

// System is the machine's own clock.
type System struct{}

var _ Clock = System{}

// Now implements Clock.
func (System) Now() time.Time { return time.Now().UTC() }

// Sleep implements Clock.
func (System) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Backoff is a row of growing pauses: First, twice that, and so on up to Most.
type Backoff struct {
	First, Most time.Duration
}

// Delay returns the pause with the given number, counted from zero.
func (b Backoff) Delay(n int) time.Duration {
	d := b.First
	for range n {
		if d >= b.Most/2 {
			return b.Most
		}
		d *= 2
	}
	return min(d, b.Most)
}

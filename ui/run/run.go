// Package run is the only door to threads inside the user interface. A screen
// hands slow work to a Runner and gets back to the UI thread through it; no
// other package under ui starts a goroutine or calls Fyne's thread functions.
//
// Live serves the real window. Queue serves tests: it runs everything that
// belongs to the UI thread on the test's own goroutine, so that a test has no
// races and never sleeps.
package run

import (
	"context"
	"time"
)

// Runner starts work and brings its results back to the UI thread. None of its
// methods blocks, so all may be called on the UI thread.
type Runner interface {
	// Go starts work on a worker. Its context ends when the window closes.
	Go(work func(ctx context.Context))
	// UI queues fn for the UI thread. Functions run in the order in which one
	// worker queued them. After Close they are dropped.
	UI(fn func())
	// Every calls fn on the UI thread every d until stop is called. Calling
	// stop twice is harmless; after stop returns on the UI thread fn is not
	// called again.
	Every(d time.Duration, fn func()) (stop func())
}

var (
	_ Runner = (*Live)(nil)
	_ Runner = (*Queue)(nil)
)

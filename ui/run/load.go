package run

import "context"

// Loader reads something on a worker and shows it on the UI thread, one reading
// at a time. A Load during a reading makes it read once more afterwards; so
// however many events call for it, the last state is shown and no reading is
// wasted. The zero value of the unexported fields is ready for use; all methods
// belong to the UI thread.
type Loader[T any] struct {
	Runner Runner
	// Fetch runs on a worker. Another one counts from the next reading on.
	Fetch func(ctx context.Context) (T, error)
	// Show runs on the UI thread.
	Show func(T, error)

	busy, again bool
}

// Load reads, or sees to it that it is read again.
func (l *Loader[T]) Load() {
	if l.busy {
		l.again = true
		return
	}
	l.busy = true
	fetch := l.Fetch
	l.Runner.Go(func(ctx context.Context) {
		value, err := fetch(ctx)
		l.Runner.UI(func() { l.done(value, err) })
	})
}

// Busy reports whether a reading is under way.
func (l *Loader[T]) Busy() bool { return l.busy }

func (l *Loader[T]) done(value T, err error) {
	l.busy = false
	if l.again {
		l.again = false
		l.Load()
	}
	l.Show(value, err)
}

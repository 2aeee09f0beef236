package run

import "context"

// Work does something on a worker and tells the UI thread what it came to. Its
// context is made of ctx and ends when stop is called or the window closes.
func Work(ctx context.Context, r Runner, do func(ctx context.Context) error, done func(error)) (stop context.CancelFunc) {
	working, stop := context.WithCancel(ctx)
	r.Go(func(window context.Context) {
		defer stop()
		defer context.AfterFunc(window, stop)()
		err := do(working)
		r.UI(func() { done(err) })
	})
	return stop
}

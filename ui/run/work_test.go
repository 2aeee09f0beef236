package run_test

import (
	"context"
	"errors"
	"testing"

	"bankbook/ui/run"
)

func TestWork(t *testing.T) {
	q := run.NewQueue()
	var came []error
	done := func(err error) { came = append(came, err) }
	failed := errors.New("failed")
	run.Work(t.Context(), q, func(context.Context) error { return failed }, done)
	q.Settle()
	wait := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	stop := run.Work(t.Context(), q, wait, done)
	stop()
	q.Settle()
	if len(came) != 2 || !errors.Is(came[0], failed) || !errors.Is(came[1], context.Canceled) {
		t.Errorf("came to %v", came)
	}
	ended := make(chan struct{})
	run.Work(t.Context(), q, func(ctx context.Context) error { <-ctx.Done(); close(ended); return nil }, done)
	q.Close() // as the window does
	<-ended
}

package run

import (
	"context"
	"time"
)

// Within does something that may never come to an end, and returns when it has
// or when limit is reached. What is still being done then goes on, with a context
// that has ended.
func Within(limit time.Duration, do func(ctx context.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(ctx)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

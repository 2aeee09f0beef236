package clock_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core/clock"
)

func TestBackoff(t *testing.T) {
	b := clock.Backoff{First: 2 * time.Second, Most: 10 * time.Second}
	for n, want := range []time.Duration{2, 4, 8, 10, 10} {
		if got := b.Delay(n); got != want*time.Second {
			t.Errorf("delay %d: %v, want %v", n, got, want*time.Second)
		}
	}
	if got := b.Delay(1 << 20); got != b.Most {
		t.Errorf("delay far out: %v, want %v", got, b.Most)
	}
}

func TestSystemSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c clock.System
		begin := c.Now()
		if err := c.Sleep(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		if got := c.Now().Sub(begin); got != time.Hour {
			t.Errorf("slept %v, want 1h", got)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := c.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the context's error", err)
		}
		if c.Now().Location() != time.UTC {
			t.Error("Now is not in UTC")
		}
	})
}

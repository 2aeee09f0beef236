package syncer_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// TestHold keeps whoever wants an Item waiting, and nobody else.
func TestHold(t *testing.T) {
	bubble(t, "waits", func(t *testing.T) {
		var asked atomic.Int32
		page := func(_ context.Context, access secret.Text, _ string) (bank.Page, error) {
			if access.Reveal() == "access-"+string(item) {
				asked.Add(1)
			}
			return bank.Page{Next: "c", Phase: core.HistoryDone}, nil
		}
		f := newFixture(t, script{sync: page}, item, "other")
		release, err := f.Hold(t.Context(), item)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 3)
		go func() { done <- f.Sync(t.Context(), item) }()
		go func() { done <- f.Check(t.Context(), item) }()
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			_, err := f.Hold(ctx, item)
			done <- err
		}()
		synctest.Wait()
		if err := f.Sync(t.Context(), "other"); err != nil || asked.Load() != 0 {
			t.Errorf("another bank: %v; the held one was asked %d times", err, asked.Load())
		}
		cancel()
		if err := <-done; !fault.Is(err, fault.Canceled) {
			t.Errorf("who gave up: %v", err)
		}
		release()
		if err := errors.Join(<-done, <-done); err != nil || asked.Load() == 0 {
			t.Errorf("after the release: %v, asked %d times", err, asked.Load())
		}
		again, err := f.Hold(t.Context(), item)
		if err != nil {
			t.Fatal(err)
		}
		again()
	})
}

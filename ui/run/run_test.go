package run

import (
	"context"
	"sync"
	"testing"
	"time"
)

// thread stands in for Fyne's UI thread: functions wait in a channel until the
// test runs them.
type thread chan func()

func (th thread) post(fn func()) { th <- fn }

func TestLiveRunsWorkAndComesBack(t *testing.T) {
	ui := make(thread, 8)
	live := newLive(context.Background(), ui.post)
	result := 0
	live.Go(func(context.Context) {
		sum := 40 + 2
		live.UI(func() { result = sum })
	})
	(<-ui)()
	if result != 42 {
		t.Fatalf("result = %d, want 42", result)
	}
	live.Close()
}

func TestLiveCloseCancelsAndWaits(t *testing.T) {
	ui := make(thread, 8)
	live := newLive(context.Background(), ui.post)
	ended := false
	live.Go(func(ctx context.Context) {
		<-ctx.Done()
		ended = true
	})
	live.Close()
	if !ended {
		t.Fatal("Close returned before the worker did")
	}
	live.Go(func(context.Context) { t.Error("work started after Close") })
	live.UI(func() { t.Error("UI function kept after Close") })
	if len(ui) != 0 {
		t.Fatal("a function was posted after Close")
	}
	live.Close()
}

func TestLiveDropsFunctionsPostedBeforeClose(t *testing.T) {
	ui := make(thread, 8)
	live := newLive(context.Background(), ui.post)
	live.UI(func() { t.Error("ran on a closed window") })
	live.Close()
	(<-ui)()
}

func TestLiveEveryUntilStopped(t *testing.T) {
	ui := make(thread)
	live := newLive(context.Background(), func(fn func()) {
		select {
		case ui <- fn:
		case <-time.After(10 * time.Second):
		}
	})
	calls := 0
	stop := live.Every(time.Millisecond, func() { calls++ })
	for range 3 {
		(<-ui)()
	}
	if calls != 3 {
		t.Fatalf("calls = %d, want 3", calls)
	}
	late := <-ui // posted already when stop is called
	stop()
	stop()
	late()
	if calls != 3 {
		t.Fatalf("called %d times, once after stop", calls)
	}
	live.cancel()
	for drained := make(chan struct{}); ; {
		go func() { live.Close(); close(drained) }()
		select {
		case <-ui:
		case <-drained:
			return
		}
	}
}

func TestQueueRunsUIFunctionsInSettleOnly(t *testing.T) {
	q := NewQueue()
	defer q.Close()
	var order []string
	q.UI(func() { order = append(order, "first") })
	q.Go(func(context.Context) {
		q.UI(func() {
			order = append(order, "second")
			q.Go(func(context.Context) { q.UI(func() { order = append(order, "third") }) })
		})
	})
	if len(order) != 0 {
		t.Fatalf("ran before Settle: %v", order)
	}
	q.Settle()
	if len(order) != 3 || order[2] != "third" {
		t.Fatalf("order = %v", order)
	}
}

func TestQueueSettleWaitsForManyWorkers(t *testing.T) {
	q := NewQueue()
	defer q.Close()
	count := 0 // touched by the test's goroutine only
	for range 50 {
		q.Go(func(context.Context) { q.UI(func() { count++ }) })
	}
	q.Settle()
	if count != 50 {
		t.Fatalf("count = %d, want 50", count)
	}
}

func TestQueueWaitForLeavesLongWorkRunning(t *testing.T) {
	q := NewQueue()
	defer q.Close()
	var release sync.WaitGroup
	release.Add(1)
	seen := false
	q.Go(func(ctx context.Context) {
		q.UI(func() { seen = true })
		<-ctx.Done()
		release.Done()
	})
	if !q.WaitFor(func() bool { return seen }) {
		t.Fatal("WaitFor gave up")
	}
	q.Close()
	release.Wait()
}

func TestQueueWaitForReportsFailure(t *testing.T) {
	q := NewQueue()
	defer q.Close()
	q.Go(func(context.Context) {})
	if q.WaitFor(func() bool { return false }) {
		t.Fatal("WaitFor reported success")
	}
}

func TestQueueClocks(t *testing.T) {
	q := NewQueue()
	defer q.Close()
	seconds, minutes := 0, 0
	stopSeconds := q.Every(time.Second, func() { seconds++ })
	q.Every(time.Minute, func() { minutes++ })
	q.Tick()
	if seconds != 1 || minutes != 1 {
		t.Fatalf("after Tick: %d and %d, want 1 and 1", seconds, minutes)
	}
	q.Advance(90 * time.Second)
	if seconds != 91 || minutes != 2 {
		t.Fatalf("after Advance: %d and %d, want 91 and 2", seconds, minutes)
	}
	stopSeconds()
	q.Tick()
	if seconds != 91 || q.Clocks() != 1 {
		t.Fatalf("stopped clock ran: %d, %d clocks", seconds, q.Clocks())
	}
}

func TestQueueStopInsideItsOwnFunction(t *testing.T) {
	q := NewQueue()
	defer q.Close()
	calls := 0
	var stop func()
	stop = q.Every(time.Second, func() { calls++; stop() })
	q.Advance(5 * time.Second)
	if calls != 1 {
		t.Fatalf("calls = %d, want 1", calls)
	}
}

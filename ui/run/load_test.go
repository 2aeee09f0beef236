package run_test

import (
	"context"
	"sync/atomic"
	"testing"

	"bankbook/ui/run"
)

func TestLoaderReadsOnceMoreForAllLoadsDuringAReading(t *testing.T) {
	q := run.NewQueue()
	defer q.Close()
	var reads atomic.Int32
	start := make(chan struct{})
	var shown []int32
	l := run.Loader[int32]{
		Runner: q,
		Fetch: func(context.Context) (int32, error) {
			<-start
			return reads.Add(1), nil
		},
		Show: func(n int32, _ error) { shown = append(shown, n) },
	}
	for range 5 {
		l.Load()
	}
	if !l.Busy() {
		t.Error("not busy during a reading")
	}
	close(start)
	q.Settle()
	if len(shown) != 2 || shown[1] != 2 {
		t.Errorf("shown %v, want readings 1 and 2", shown)
	}
	if l.Busy() {
		t.Error("busy after the last reading")
	}
}

// What is read can change while a worker begins with what was to be read before.
func TestLoaderReadsWhatWasAskedForLast(t *testing.T) {
	q := run.NewQueue()
	defer q.Close()
	var shown []int
	l := run.Loader[int]{Runner: q, Show: func(n int, _ error) { shown = append(shown, n) }}
	for n := range 3 {
		l.Fetch = func(context.Context) (int, error) { return n, nil }
		l.Load()
	}
	q.Settle()
	if len(shown) != 2 || shown[0] != 0 || shown[1] != 2 {
		t.Errorf("shown %v, want what was asked for first and last", shown)
	}
}

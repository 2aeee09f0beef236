package event_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"bankbook/core"
	"bankbook/core/event"
)

func TestPublishReachesAllInOrder(t *testing.T) {
	var bus event.Bus
	bus.Publish(event.ItemChanged{Item: "nobody listens"})
	var got []string
	for _, name := range []string{"a", "b", "c"} {
		bus.Subscribe(func(e event.Event) { got = append(got, name+string(e.(event.ItemChanged).Item)) })
	}
	bus.Publish(event.ItemChanged{Item: "1"})
	bus.Publish(event.ItemChanged{Item: "2"})
	if want := []string{"a1", "b1", "c1", "a2", "b2", "c2"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func TestCancel(t *testing.T) {
	var bus event.Bus
	var got []string
	subscribe := func(name string) func() {
		return bus.Subscribe(func(event.Event) { got = append(got, name) })
	}
	subscribe("a")
	cancel := subscribe("b")
	subscribe("c")
	cancel()
	cancel()
	bus.Publish(event.AccountsChanged{})
	if want := []string{"a", "c"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

// A subscriber may publish, subscribe and cancel: the bus holds no lock while
// it calls.
func TestReentrance(t *testing.T) {
	var bus event.Bus
	var got []core.LinkID
	var cancel func()
	cancel = bus.Subscribe(func(e event.Event) {
		id := e.(event.LinkChanged).Session
		got = append(got, id)
		if id != "first" {
			return
		}
		cancel()
		bus.Subscribe(func(e event.Event) { got = append(got, "late "+e.(event.LinkChanged).Session) })
		bus.Publish(event.LinkChanged{Session: "second"})
	})
	bus.Publish(event.LinkChanged{Session: "first"})
	if want := []core.LinkID{"first", "late second"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func TestConcurrentUse(t *testing.T) {
	var bus event.Bus
	var steady atomic.Int64
	bus.Subscribe(func(event.Event) { steady.Add(1) })
	const publishers, rounds = 8, 200
	var all sync.WaitGroup
	for range publishers {
		all.Go(func() {
			for range rounds {
				cancel := bus.Subscribe(func(event.Event) {})
				bus.Publish(event.SyncProgress{Running: true})
				cancel()
			}
		})
	}
	all.Wait()
	if got := steady.Load(); got != publishers*rounds {
		t.Fatalf("a steady subscriber saw %d events, want %d", got, publishers*rounds)
	}
}

package seen_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/core/seen"
)

const name = secret.Name("vault/v1/seen")

// world is a vault and a store that counts what it is asked to keep, and can
// fail or hang.
type world struct {
	*secret.Memory
	commit atomic.Uint64
	bus    event.Bus
	sets   atomic.Int32
	err    error
	hangs  bool
	faults []error
}

func (w *world) ID() string     { return "v1" }
func (w *world) Commit() uint64 { return w.commit.Load() }

func (w *world) Get(ctx context.Context, n secret.Name) (secret.Text, error) {
	if w.err != nil {
		return secret.Text{}, w.err
	}
	return w.Memory.Get(ctx, n)
}

func (w *world) Set(ctx context.Context, n secret.Name, value secret.Text) error {
	w.sets.Add(1)
	if w.hangs {
		<-ctx.Done()
		return secret.Ended(ctx, "test: set")
	}
	if w.err != nil {
		return w.err
	}
	return w.Memory.Set(ctx, n, value)
}

func newWorld(commit uint64) *world {
	w := &world{Memory: secret.NewMemory()}
	w.commit.Store(commit)
	return w
}

func (w *world) start(t *testing.T) *seen.Watch {
	t.Helper()
	watch := seen.Start(t.Context(), seen.Deps{
		Vault: w, Secrets: w, Events: &w.bus, Clock: clock.System{}, Failed: func(err error) { w.faults = append(w.faults, err) },
	})
	t.Cleanup(watch.Close)
	return watch
}

func (w *world) wantKept(t *testing.T, want string) {
	t.Helper()
	got, err := w.Memory.Get(context.Background(), name)
	if err != nil && !fault.Is(err, fault.SecretMissing) || got.Reveal() != want {
		t.Errorf("kept %q, %v, want %q", got.Reveal(), err, want)
	}
}

// bubble runs a test in which time passes at once.
func bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

func TestANewVaultIsNotRolledBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(3)
		watch := w.start(t)
		if back, is := watch.RolledBack(); is {
			t.Errorf("rolled back: %+v", back)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		w.wantKept(t, "3")
	})
}

func TestAnOlderVaultIsNoticedOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(9)
		w.start(t).Close()
		w.wantKept(t, "9")
		w.commit.Store(7)
		watch := w.start(t)
		if back, is := watch.RolledBack(); !is || back != (core.RolledBack{Commit: 7, Seen: 9}) {
			t.Errorf("rolled back: %t, %+v", is, back)
		}
		watch.Close()
		w.wantKept(t, "7")
		if back, is := w.start(t).RolledBack(); is {
			t.Errorf("noticed again: %+v", back)
		}
	})
}

func TestManyChangesAreKeptTogether(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(1)
		w.start(t)
		time.Sleep(time.Minute)
		for range 50 {
			w.commit.Add(1)
			w.bus.Publish(event.TransactionsChanged{})
			w.bus.Publish(event.SyncProgress{Running: true})
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		w.wantKept(t, "51")
		if n := w.sets.Load(); n > 3 {
			t.Errorf("51 changes were kept in %d writes", n)
		}
		before := w.sets.Load()
		w.bus.Publish(event.SyncProgress{})
		time.Sleep(time.Minute)
		synctest.Wait()
		if w.sets.Load() != before {
			t.Error("what is kept already was kept again")
		}
	})
}

func TestCloseKeepsTheLastChange(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(1)
		watch := w.start(t)
		w.commit.Store(2) // no event tells of it
		watch.Close()
		watch.Close()
		w.wantKept(t, "2")
		w.bus.Publish(event.ItemChanged{})
		time.Sleep(time.Minute)
	})
}

func TestAStoreThatHangsDoesNotHoldUpTheEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(1)
		w.hangs = true
		watch := w.start(t)
		time.Sleep(6 * time.Second) // the first write is under way
		synctest.Wait()
		begin := time.Now()
		watch.Close()
		if took := time.Since(begin); took > 3*time.Second {
			t.Errorf("Close took %v", took)
		}
		if len(w.faults) == 0 {
			t.Error("nobody was told")
		}
	})
}

func TestFaultsAreToldAndNothingElse(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(1)
		w.err = fault.New("keychain: get", fault.KeychainLocked, nil)
		watch := w.start(t)
		if _, is := watch.RolledBack(); is {
			t.Error("rolled back, says a store that cannot be read")
		}
		watch.Close()
		if len(w.faults) != 2 || !fault.Is(w.faults[0], fault.KeychainLocked) || !fault.Is(w.faults[1], fault.KeychainLocked) {
			t.Errorf("told: %v", w.faults)
		}
	})
}

func TestNonsenseInTheStore(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for _, text := range []string{"", "-1", "7 ", "99999999999999999999999", "hunter2"} {
			w := newWorld(5)
			if err := w.Memory.Set(t.Context(), name, secret.New(text)); err != nil {
				t.Fatal(err)
			}
			watch := w.start(t)
			if _, is := watch.RolledBack(); is || len(w.faults) != 1 || !fault.Is(w.faults[0], fault.Nonsense) {
				t.Errorf("%q: rolled back: %t, told: %v", text, is, w.faults)
			}
			watch.Close()
			w.wantKept(t, "5")
		}
	})
}

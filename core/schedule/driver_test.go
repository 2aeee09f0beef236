package schedule_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/schedule"
)

// world is a driver over Items in memory and banks that do as they are told. All of
// it is used while the driver waits.
type world struct {
	*schedule.Driver
	t    *testing.T
	bus  *event.Bus
	stop func()

	mu    sync.Mutex
	items map[core.ItemID]core.Item
	plan  schedule.Plan
	power schedule.Power
	// slept is how much the machine has slept, while no time passes for what waits.
	slept   time.Duration
	fails   fault.Kind
	running []core.ItemID
	hang    bool
	did     []string
	looked  int
	begin   time.Time
	err     error
	// log is what was done, and unread why it cannot be read.
	log    []core.Activity
	unread error
}

// Activity is the log.
func (w *world) Activity(_ uint64, fn func(core.Activity) bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range slices.Backward(w.log) {
		if w.unread != nil || !fn(a) {
			break
		}
	}
	return w.unread
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now()
}

func (w *world) now() time.Time { return time.Now().UTC().Add(w.slept) }

func (w *world) Sleep(ctx context.Context, d time.Duration) error {
	return clock.System{}.Sleep(ctx, d)
}

// newWorld has banks that were synced at the beginning.
func newWorld(t *testing.T, ids ...core.ItemID) *world {
	t.Helper()
	w := &world{t: t, bus: &event.Bus{}, items: map[core.ItemID]core.Item{}, plan: schedule.Plan{Every: time.Hour}}
	w.begin = w.now()
	for _, id := range ids {
		w.items[id] = core.Item{ID: id, Status: core.Connected, Sync: core.SyncState{LastSuccess: w.begin, LastTry: w.begin}}
	}
	w.restart()
	t.Cleanup(func() { w.stop() })
	return w
}

// restart ends the driver, if there is one, and starts another that knows nothing.
func (w *world) restart() {
	if w.stop != nil {
		w.stop()
	}
	w.Driver = schedule.New(schedule.Deps{
		Items: w.list, Plan: func() (schedule.Plan, error) { w.mu.Lock(); defer w.mu.Unlock(); return w.plan, w.err },
		Banks: banks{w}, Past: w, Events: w.bus, Clock: w,
		Power:  func(context.Context) schedule.Power { w.mu.Lock(); defer w.mu.Unlock(); return w.power },
		Looked: func(context.Context) { w.mu.Lock(); defer w.mu.Unlock(); w.looked++ },
	})
	w.stop = w.Start()
	synctest.Wait()
}

func (w *world) list() ([]core.Item, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []core.Item
	for _, i := range w.items {
		list = append(list, i)
	}
	return list, w.err
}

// change changes what the world is, and lets time pass.
func (w *world) change(do func(), pass time.Duration) {
	w.mu.Lock()
	do()
	w.mu.Unlock()
	time.Sleep(pass)
	synctest.Wait()
}

// came tells what was done since the last time.
func (w *world) came(want ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.did, want) {
		w.t.Errorf("did %q, want %q", w.did, want)
	}
	w.did = nil
}

// banks are those of a world.
type banks struct{ *world }

func (b banks) Running() []core.ItemID { b.mu.Lock(); defer b.mu.Unlock(); return b.running }

func (b banks) Sync(ctx context.Context, id core.ItemID) error  { return b.ask(ctx, "sync", id) }
func (b banks) Check(ctx context.Context, id core.ItemID) error { return b.ask(ctx, "check", id) }

func (b banks) ask(ctx context.Context, what string, id core.ItemID) error {
	b.mu.Lock()
	hang := b.hang
	b.did = append(b.did, what+" "+string(id))
	b.mu.Unlock()
	if hang {
		<-ctx.Done()
		return ctx.Err()
	}
	b.mu.Lock()
	i := b.items[id]
	i.Sync.LastTry, i.Sync.Trouble.Kind = b.now(), b.fails
	i.Status = i.Status.After(b.fails)
	var err error
	switch {
	case b.fails == fault.Canceled:
		i = b.items[id]
		fallthrough
	case b.fails != fault.None:
		err = fault.New("test", b.fails, nil)
	case what == "sync":
		i.Sync.LastSuccess = b.now()
	}
	b.items[id] = i
	if what == "sync" && b.fails != fault.Canceled {
		b.log = append(b.log, core.Activity{At: b.now(), Action: core.SyncedBank, Item: id, Auto: true, Trouble: core.TroubleOf(err)})
	}
	b.mu.Unlock()
	b.bus.Publish(event.ItemChanged{Item: id})
	return err
}

func bubble(t *testing.T, name string, test func(t *testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}

func TestDriver(t *testing.T) {
	bubble(t, "syncs each bank when it is due", func(t *testing.T) {
		w := newWorld(t, "a", "b")
		w.change(func() {}, 59*time.Minute)
		w.came()
		w.change(func() {}, 8*time.Minute)
		slices.Sort(w.did)
		w.came("sync a", "sync b")
		w.change(func() {}, 3*time.Hour)
		if len(w.did) != 4 {
			t.Errorf("in three hours: %q", w.did)
		}
	})
	bubble(t, "tries ever more seldom what fails, and again when it works", backsOff)
	bubble(t, "asks once a day how a bank stands that waits for the person, and syncs it when it is mended", func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.fails = fault.SignIn }, 70*time.Minute)
		w.came("sync a")
		w.change(func() {}, 2*27*time.Hour)
		w.came("check a", "check a")
		w.change(func() { w.fails = fault.None }, 27*time.Hour)
		if len(w.did) < 2 || w.did[0] != "check a" || w.did[1] != "sync a" {
			t.Errorf("did %q", w.did)
		}
	})
	bubble(t, "syncs each bank once after the machine has slept", func(t *testing.T) {
		w := newWorld(t, "a", "b")
		w.change(func() { w.slept = 50 * time.Hour }, 0)
		w.came()
		w.change(func() {}, 5*time.Minute+time.Second)
		w.came() // the network is coming back
		w.change(func() {}, 30*time.Second)
		slices.Sort(w.did)
		w.came("sync a", "sync b")
		w.change(func() {}, 50*time.Minute)
		w.came()
	})
	bubble(t, "goes by another plan at once", func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.plan = schedule.Plan{} }, 5*time.Hour)
		w.came()
		w.change(func() { w.plan.Every = time.Hour; w.Poke() }, time.Second)
		w.came("sync a")
	})
	bubble(t, "leaves refused keys alone until there are others", func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.fails = fault.Keys }, 70*time.Minute)
		w.came("sync a")
		w.change(func() {}, 100*time.Hour)
		w.came()
		w.KeysChanged()
		w.change(func() {}, time.Second)
		w.came("sync a")
		w.change(func() {}, 100*time.Hour)
		w.came()
	})
	bubble(t, "is quiet on battery, and comes back to it", func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.power.Battery = true }, 5*time.Hour)
		w.came()
		w.change(func() { w.power.Battery = false }, 5*time.Minute+time.Second)
		w.came("sync a")
		w.change(func() { w.power.Battery, w.plan.OnBattery = true, true }, 70*time.Minute)
		w.came("sync a")
	})
	bubble(t, "leaves alone what somebody else is at, and what the person has stopped", func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.running = []core.ItemID{"a"} }, 80*time.Minute)
		w.came()
		w.change(func() { w.running, w.fails = nil, fault.Canceled }, 6*time.Minute)
		w.came("sync a")
		w.change(func() {}, 8*time.Minute)
		w.came()
		w.change(func() {}, 12*time.Minute)
		w.came("sync a")
	})
	bubble(t, "hears of new banks, and looks at least every few minutes", func(t *testing.T) {
		w := newWorld(t)
		w.change(func() { w.items["n"] = core.Item{ID: "n", Status: core.Connected} }, time.Second)
		w.came()
		w.bus.Publish(event.ItemChanged{Item: "n"})
		w.change(func() {}, time.Second)
		w.came("sync n")
		w.change(func() { w.looked = 0 }, time.Hour)
		if w.looked < 10 || w.looked > 20 {
			t.Errorf("looked %d times in an hour", w.looked)
		}
	})
	bubble(t, "comes back to what could not be read", func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.err = fault.New("test", fault.Unreadable, nil) }, 3*time.Hour)
		w.came()
		w.change(func() { w.err = nil }, 6*time.Minute)
		w.came("sync a")
	})
}

func backsOff(t *testing.T) {
	w := newWorld(t, "a")
	w.change(func() { w.fails = fault.Network }, 70*time.Minute)
	w.came("sync a")
	w.change(func() {}, 2*time.Hour) // after 15, 45 and 105 minutes, and a little
	w.came("sync a", "sync a", "sync a")
	w.change(func() {}, 10*24*time.Hour)
	if n := len(w.did); n < 11 || n > 14 {
		t.Errorf("tried %d times in ten days", n)
	}
	w.came(w.did...)
	w.change(func() { w.fails = fault.None }, 27*time.Hour)
	if n := len(w.did); n < 1 {
		t.Errorf("never again")
	}
	w.came(w.did...)
	w.change(func() { w.fails = fault.Network }, 70*time.Minute)
	if n := len(w.did); n < 1 || n > 3 {
		t.Errorf("after it had worked: %q", w.did)
	}
}

// TestARestartForgetsNoFailure starts the driver anew after each pause that a bank in
// trouble has been given.
func TestARestartForgetsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "a")
		w.change(func() { w.fails = fault.Network }, 70*time.Minute)
		w.came("sync a")
		w.change(func() {}, 2*time.Hour) // after 15, 45 and 105 minutes, and a little
		w.came("sync a", "sync a", "sync a")
		w.restart()
		w.change(func() {}, 75*time.Minute)
		w.came()
		w.change(func() {}, time.Hour) // two hours after the last try
		w.came("sync a")
		w.change(func() { w.unread = fault.New("test", fault.DiskFull, nil) }, 0)
		w.restart()
		w.change(func() {}, 10*time.Minute) // as if it were the first try
		w.came("sync a")
		w.change(func() { w.unread = nil }, 9*24*time.Hour)
		if n := len(w.did); n < 8 || n > 11 {
			t.Errorf("tried %d times in nine days", n)
		}
		w.came(w.did...)
		w.change(func() { w.fails = fault.None }, 27*time.Hour)
		w.came(w.did...)
		w.restart()
		w.change(func() { w.fails = fault.Network }, 70*time.Minute)
		if n := len(w.did); n < 1 || n > 3 {
			t.Errorf("after it had worked: %q", w.did)
		}
	})
}

func TestStopEndsWhatIsBeingDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "a", "b")
		w.change(func() { w.hang = true }, 2*time.Hour)
		begin := time.Now()
		w.stop()
		if time.Since(begin) != 0 {
			t.Error("it went on")
		}
	})
}

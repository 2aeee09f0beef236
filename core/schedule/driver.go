package schedule

import (
	"context"
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
)

// Banks syncs and checks, and tells what it is at.
type Banks interface {
	Sync(ctx context.Context, item core.ItemID) error
	Check(ctx context.Context, item core.ItemID) error
	// Running returns the Items that are being synced now.
	Running() []core.ItemID
}

// Deps are the parts that a Driver works with. All but Looked are required.
type Deps struct {
	// Items returns the Items that may be synced without being asked for.
	Items func() ([]core.Item, error)
	Plan  func() (Plan, error)
	Banks Banks
	// Past tells how often banks were tried in vain before the start.
	Past History
	// Power asks the system. It can wait a while.
	Power  func(ctx context.Context) Power
	Events *event.Bus
	Clock  clock.Clock
	// Looked is called at the end of each round, at least every few minutes; nil if
	// nobody wants to know.
	Looked func(ctx context.Context)
}

// Driver does what is due, one bank after another. It is safe for concurrent use.
type Driver struct {
	deps Deps
	wake chan struct{}

	mu    sync.Mutex
	tries map[core.ItemID]Memory
	keys  time.Time
	// recalled says that tries has what was before the start.
	recalled bool
}

// New returns a Driver. It does nothing until it is started. The keys may have
// changed while the program did not run.
func New(deps Deps) *Driver {
	return &Driver{deps: deps, wake: make(chan struct{}, 1), tries: map[core.ItemID]Memory{}, keys: deps.Clock.Now()}
}

const (
	// pulse is how often the driver looks at the clock: while the machine sleeps, no
	// time passes for what waits, and nobody tells that the plug is in again.
	pulse = 5 * time.Minute
	// asleep is how much later than expected it has to be for the machine to have
	// slept.
	asleep = 2 * time.Minute
	// waking is how long the network is given to come back then.
	waking = 20 * time.Second
)

// Start has Run work in the background. The function it returns stops that, and
// returns when it has stopped.
func (d *Driver) Start() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	unsubscribe := d.deps.Events.Subscribe(d.hear)
	var running sync.WaitGroup
	running.Go(func() { d.Run(ctx) })
	return func() {
		unsubscribe()
		cancel()
		running.Wait()
	}
}

// hear looks again when Items or profiles have changed.
func (d *Driver) hear(e event.Event) {
	switch e.(type) {
	case event.ItemChanged, event.ProfilesChanged:
		d.Poke()
	}
}

// Poke has the driver look again, because the plan or something else has changed.
func (d *Driver) Poke() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// KeysChanged tries again what the provider refused because of the person's keys.
func (d *Driver) KeysChanged() {
	d.mu.Lock()
	d.keys = d.deps.Clock.Now()
	d.mu.Unlock()
	d.Poke()
}

// Run does what is due, when it is, until ctx ends.
func (d *Driver) Run(ctx context.Context) {
	for ctx.Err() == nil {
		pause := d.round(ctx)
		if d.deps.Looked != nil && ctx.Err() == nil {
			d.deps.Looked(ctx)
		}
		expected := d.deps.Clock.Now().Add(pause)
		d.rest(ctx, pause)
		if d.deps.Clock.Now().Sub(expected) > asleep {
			d.rest(ctx, waking)
		}
	}
}

// round does what is due and returns for how long nothing is. What cannot be read or
// asked now is asked again at the next pulse.
func (d *Driver) round(ctx context.Context) time.Duration {
	list, err := d.Upcoming()
	if err != nil || len(list) == 0 {
		return pulse
	}
	now := d.deps.Clock.Now()
	if wait := list[0].At.Sub(now); wait > 0 {
		return min(wait, pulse)
	}
	plan, err := d.deps.Plan()
	if err != nil || plan.Quiet(d.deps.Power(ctx)) != NotQuiet {
		return pulse
	}
	for _, due := range list {
		if ctx.Err() != nil || due.At.After(now) {
			break
		}
		d.do(ctx, due)
	}
	return d.untilNext()
}

// untilNext returns for how long nothing is due. What is due still is being synced by
// somebody else, or could not be kept: the next pulse comes back to it.
func (d *Driver) untilNext() time.Duration {
	list, err := d.Upcoming()
	if err != nil || len(list) == 0 {
		return pulse
	}
	wait := list[0].At.Sub(d.deps.Clock.Now())
	if wait <= 0 {
		return pulse
	}
	return min(wait, pulse)
}

// do does one thing, unless somebody else is at it.
func (d *Driver) do(ctx context.Context, due Due) {
	if slices.Contains(d.deps.Banks.Running(), due.Item) {
		return
	}
	ask := d.deps.Banks.Sync
	if due.Deed == Check {
		ask = d.deps.Banks.Check
	}
	err := ask(ctx, due.Item) // the Item says why
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		delete(d.tries, due.Item)
		return
	}
	d.tries[due.Item] = Memory{Failures: d.tries[due.Item].Failures + 1, Tried: d.deps.Clock.Now()}
}

// Upcoming returns what is to be done next for each Item that there is something to
// do for, the soonest first.
func (d *Driver) Upcoming() ([]Due, error) {
	plan, err := d.deps.Plan()
	if err != nil {
		return nil, err
	}
	items, err := d.deps.Items()
	if err != nil {
		return nil, err
	}
	now := d.deps.Clock.Now()
	d.recall(items, now)
	list := make([]Due, 0, len(items))
	for _, i := range items {
		if due := plan.Next(i, d.memory(i), now); due.Deed != Nothing {
			list = append(list, due)
		}
	}
	slices.SortStableFunc(list, func(a, b Due) int { return a.At.Compare(b.At) })
	return list, nil
}

// recall learns once what was before the start. A log that cannot be read now keeps
// no bank from being synced.
func (d *Driver) recall(items []core.Item, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.recalled {
		return
	}
	before, err := recall(items, d.deps.Past, now)
	if err != nil {
		return
	}
	d.recalled = true
	for item, m := range before { // if it comes late it has what was tried since, too
		if m.Failures > d.tries[item].Failures {
			d.tries[item] = m
		}
	}
}

// memory returns what is known of an Item. One that somebody has mended by hand has
// not failed.
func (d *Driver) memory(i core.Item) Memory {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i.Sync.LastSuccess.After(d.tries[i.ID].Tried) {
		delete(d.tries, i.ID)
	}
	m := d.tries[i.ID]
	m.Keys = d.keys
	return m
}

// rest waits for a while, or until there is something new.
func (d *Driver) rest(ctx context.Context, pause time.Duration) {
	nap, end := context.WithCancel(ctx)
	defer end()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = d.deps.Clock.Sleep(nap, pause) // ended early is what Poke is for
	}()
	select {
	case <-done:
	case <-d.wake:
	}
	end()
	<-done
}

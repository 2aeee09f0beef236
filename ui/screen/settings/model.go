package settings

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/schedule"
	"bankbook/core/secret"
	"bankbook/ui/run"
)

// Tab is a part of the screen.
type Tab int

// The tabs.
const (
	Data Tab = iota
	Keys
	Security
)

// Facts are what is read for the screen.
type Facts struct {
	Place                           Place
	Profiles, Items, Accounts, Rows int
	Upkeep                          core.Upkeep
	Snapshots                       []core.Snapshot
	Protection                      core.Protection
	Schedule                        schedule.Outlook
}

// State is what the view shows.
type State struct {
	Tab Tab
	// Ready says that Facts are there; before that the screen is loading.
	Ready bool
	Facts Facts
	// Err is why the last reading failed; Facts are then as they were.
	Err error
	// Checking says that the data is being checked; CheckErr is why the last check
	// found damage.
	Checking bool
	CheckErr error
	// Keys is about the person's Plaid keys.
	Keys KeysState
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	loader  run.Loader[Facts]
	keys    run.Loader[[]core.KeyFacts]
	stop    context.CancelFunc
	busy    int
	changed func()
}

// New returns a model that has read nothing yet.
func New(deps Deps) *Model {
	m := &Model{deps: deps, changed: func() {}}
	m.loader = run.Loader[Facts]{Runner: deps.Runner, Fetch: m.fetch, Show: m.show}
	m.newKeys()
	return m
}

// OnChange sets what is called after every change of the state.
func (m *Model) OnChange(fn func()) { m.changed = fn }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// Busy reports whether something is under way that a lock would break off.
func (m *Model) Busy() bool { return m.busy > 0 }

// Choose shows a tab.
func (m *Model) Choose(t Tab) {
	m.state.Tab = t
	if t == Keys {
		m.LoadKeys()
	}
	m.changed()
}

// Load reads everything again.
func (m *Model) Load() {
	m.loader.Load()
	if m.state.Tab == Keys {
		m.LoadKeys()
	}
}

// Handle takes an event in.
func (m *Model) Handle(e event.Event) {
	switch e.(type) {
	case event.ItemChanged, event.AccountsChanged, event.TransactionsChanged:
		m.Load()
	case event.KeysChanged:
		if m.state.Tab == Keys {
			m.LoadKeys()
		}
	}
}

// fetch runs on a worker.
func (m *Model) fetch(ctx context.Context) (Facts, error) {
	var f Facts
	profiles, err := m.deps.Source.Profiles()
	if err != nil {
		return f, err
	}
	items, err := m.deps.Source.Items()
	if err != nil {
		return f, err
	}
	accounts, err := m.deps.Source.Accounts()
	if err != nil {
		return f, err
	}
	months, err := m.deps.Source.Months()
	if err != nil {
		return f, err
	}
	f.Profiles, f.Items, f.Accounts = len(profiles), len(items), len(accounts)
	for _, month := range months {
		f.Rows += month.Rows
	}
	return m.fetchRest(ctx, f)
}

// fetchRest adds what is not in the vault.
func (m *Model) fetchRest(ctx context.Context, f Facts) (Facts, error) {
	var err error
	if f.Place, err = m.deps.Files.Place(ctx); err != nil {
		return f, err
	}
	if f.Upkeep, err = m.deps.Keeper.Upkeep(); err != nil {
		return f, err
	}
	if f.Snapshots, err = m.deps.Keeper.Snapshots(); err != nil {
		return f, err
	}
	if f.Protection, err = m.deps.Keeper.Protection(ctx); err != nil {
		return f, err
	}
	return m.fetchSchedule(ctx, f)
}

func (m *Model) show(f Facts, err error) {
	m.state.Err = err
	if err == nil {
		m.state.Facts, m.state.Ready = f, true
		m.deps.Protected(f.Protection)
	}
	m.changed()
}

// work does something on a worker, while a person waits for it, and tells the UI
// thread what it came to.
func (m *Model) work(do func(ctx context.Context) error, done func(error)) (stop context.CancelFunc) {
	m.busy++
	return run.Work(secret.Attended(context.Background()), m.deps.Runner, do, func(err error) {
		m.busy--
		done(err)
	})
}

// Check reads the whole vault, once at a time.
func (m *Model) Check() {
	if m.state.Checking {
		return
	}
	m.state.Checking = true
	var report core.VaultReport
	m.stop = m.work(func(ctx context.Context) (err error) {
		report, err = m.deps.Keeper.Check(ctx)
		return err
	}, func(err error) { m.checked(report, err) })
	m.changed()
}

func (m *Model) checked(r core.VaultReport, err error) {
	m.state.Checking, m.state.CheckErr = false, nil
	switch {
	case err == nil:
		m.state.Facts.Upkeep.Checked = r.Checked
	case fault.Is(err, fault.VaultDamaged):
		m.state.CheckErr = err
		m.deps.Report(err)
	default:
		m.deps.Report(err)
	}
	m.changed()
}

// backedUp takes in that a backup has been made.
func (m *Model) backedUp(r core.BackupReport) {
	if !r.Review {
		m.state.Facts.Upkeep.BackedUp = r.Created
	}
	m.changed()
}

// StopCheck calls a check off.
func (m *Model) StopCheck() { m.stop() }

// SetLockAfter changes after how long Bankbook locks itself; 0 is never.
func (m *Model) SetLockAfter(d time.Duration) {
	m.work(func(context.Context) error { return m.deps.Keeper.SetLockAfter(d) }, func(err error) {
		if err != nil {
			m.deps.Report(err)
		}
		m.Load()
	})
}

// DropUnseen removes a recovery key that nobody has noted down, so that nobody
// relies on it.
func (m *Model) DropUnseen() {
	m.work(m.deps.Keeper.DropRecoveryKey, func(err error) { m.settled(err, "There is no recovery key") })
}

// settled tells what a change has come to, and reads it.
func (m *Model) settled(err error, said string) {
	if err != nil {
		m.deps.Report(err)
	} else {
		m.deps.Say(said)
	}
	m.changed()
	m.Load()
}

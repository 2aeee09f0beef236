package shell_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/screen/settings"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// bench is a window with the bakery in it.
type bench struct {
	*shell.Shell
	t       *testing.T
	bakery  *bakery
	ledger  *ledger
	queue   *run.Queue
	window  fyne.Window
	copied  []string
	opened  []string
	sources int
	// openErr and restoreErr are what unlocking and restoring come to.
	openErr, restoreErr error
	modes               []look.Mode
	// lock, lockAfter, recover, rolledBack, review and brief are what ready hands over;
	// locked counts.
	lock, recover func()
	lockAfter     time.Duration
	locked        int
	rolledBack    core.RolledBack
	review, brief bool
	// profile is whose data is shown, nil for the bakery's; chosen are those that were
	// asked for.
	profile *core.ProfileID
	chosen  []core.ProfileID
	keys    *keyRing
	// late is how much later than now it is.
	late time.Duration
}

// windowSize is that of the pictures.
var windowSize = fyne.NewSize(1280, 800)

// clipboard writes down what is copied.
type clipboard struct{ bench *bench }

func (c clipboard) Content() string {
	if n := len(c.bench.copied); n > 0 {
		return c.bench.copied[n-1]
	}
	return ""
}

func (c clipboard) SetContent(text string) { c.bench.copied = append(c.bench.copied, text) }

// newBench opens a window that says that Bankbook is starting.
func newBench(t *testing.T, size fyne.Size, variant fyne.ThemeVariant) *bench {
	t.Helper()
	b := &bench{t: t, bakery: newBakery(), keys: newKeyRing(), queue: run.NewQueue()}
	b.ledger = newLedger(b.bakery)
	t.Cleanup(b.queue.Close)
	b.window = uitest.Window(t, container.NewStack(), size, variant)
	b.Shell = shell.New(shell.Deps{
		Runner: b.queue, Now: func() time.Time { return now.Add(b.late) }, Window: b.window, Clipboard: clipboard{b},
		OpenURL: func(url string) error { b.opened = append(b.opened, url); return b.openErr },
		Version: "0.1.0", System: "linux/amd64",
		SetMode: func(m look.Mode) { b.modes = append(b.modes, m) }, Quit: func() {},
	})
	b.window.SetContent(b.Content())
	b.window.Resize(size)
	return b
}

// open shows the bakery.
func open(t *testing.T, size fyne.Size, variant fyne.ThemeVariant) *bench {
	t.Helper()
	b := newBench(t, size, variant)
	b.ready(core.Practice)
	return b
}

func (b *bench) ready(e core.Environment) {
	profile := core.ProfileID("juniper")
	if b.profile != nil {
		profile = *b.profile
	}
	b.Ready(shell.Services{
		Profile: profile, Profiles: owners{b}, ChooseProfile: func(id core.ProfileID) {
			b.chosen, b.profile = append(b.chosen, id), &id
			b.ready(e)
		},
		Environment: e, Repository: b.bakery, Links: b.bakery, Syncer: b.bakery, Remover: b.bakery, Carrier: b.bakery, Accounts: b.ledger, ExportActivity: b.bakery.ExportActivity,
		Index: b.bakery, Bus: b.bakery.bus, ChooseSource: func() { b.sources++ },
		Lock: b.lock, LockAfter: b.lockAfter, Recover: b.recover, RolledBack: b.rolledBack, ReviewCopy: b.review, SessionOnly: b.brief,
		Keys: b.keyFacts(e), Settings: settings.Deps{Source: b.bakery, Keys: b.keys, Keeper: keeper{}, Schedule: scheduler{}, Files: settings.Files{
			Home: "/home/ana",
			Place: func(context.Context) (settings.Place, error) {
				return settings.Place{Path: "~/.local/share/bankbook/practice/vault.db", Bytes: 48_200_000}, nil
			},
		}},
	})
	b.settle()
}

// settle lets everything that was started come to an end.
func (b *bench) settle() {
	b.queue.Settle()
	uitest.Relayout(b.window)
	b.queue.Settle()
}

func (b *bench) canvas() fyne.Canvas { return b.window.Canvas() }

func (b *bench) tap(text string) {
	b.t.Helper()
	uitest.Tap(b.t, b.canvas(), text)
	b.settle()
}

func (b *bench) shows(texts ...string) {
	b.t.Helper()
	uitest.MustShow(b.t, b.canvas(), texts...)
}

func (b *bench) hides(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if uitest.Shows(b.canvas(), text) {
			b.t.Errorf("%q is on screen", text)
		}
	}
}

// keeper is what looks after the bakery's data, and finds all well.
type keeper struct{ settings.Keeper }

func (keeper) Snapshots() ([]core.Snapshot, error) {
	return []core.Snapshot{{Taken: now.Add(-3 * time.Hour)}, {Taken: now.Add(-27 * time.Hour)}}, nil
}

func (keeper) Protection(context.Context) (core.Protection, error) {
	return core.Protection{Protector: core.ByPassphrase, LockAfter: 15 * time.Minute}, nil
}

func (keeper) NewRecoveryKey(context.Context) (secret.Text, error) {
	return secret.New("7KQ2M-0ZX9T-H4WCB-N8E1V-5RJ3D-PG6YS-A2FKX-9TM7Q"), nil
}

func (keeper) Upkeep() (core.Upkeep, error) {
	return core.Upkeep{Checked: now.AddDate(0, 0, -3)}, nil
}

func (keeper) Check(context.Context) (core.VaultReport, error) {
	return core.VaultReport{Checked: now}, nil
}

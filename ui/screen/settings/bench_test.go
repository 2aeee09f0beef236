package settings_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/schedule"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/screen/settings"
	"bankbook/ui/sheet"
	"bankbook/ui/uitest"
)

const passphrase = "correct horse battery"

var now = time.Date(2026, 11, 25, 9, 43, 0, 0, time.UTC)

// bench is the screen over services in memory that write down what they are
// asked.
type bench struct {
	*settings.Model
	t      *testing.T
	queue  *run.Queue
	window fyne.Window

	protection core.Protection
	place      settings.Place
	snapshots  []core.Snapshot
	upkeep     core.Upkeep
	items      int
	months     []core.MonthCount
	key        secret.Text
	keyFacts   []core.KeyFacts
	outlook    schedule.Outlook
	metered    bool
	// err is what a deed comes to; readErr what reading does.
	err, readErr error
	// leftOut is what does not come into a backup.
	leftOut []core.LeftOut
	// hang lets deeds wait until they are called off.
	hang     bool
	asked    []string
	reported []error
	said     []string
	// known is how the data is protected, as others have been told.
	known core.Protection
}

func (b *bench) note(what string) { b.asked = append(b.asked, what) }

// deed notes what was asked and comes to err.
func (b *bench) deed(ctx context.Context, what string) error {
	if b.hang {
		<-ctx.Done()
		return ctx.Err()
	}
	b.note(what)
	return b.err
}

// source is the vault that the screen counts in.
type source struct{ *bench }

func (s source) Items() ([]core.Item, error)       { return make([]core.Item, s.items), s.readErr }
func (s source) Accounts() ([]core.Account, error) { return make([]core.Account, 18), s.readErr }
func (s source) Profiles() ([]core.Profile, error) { return make([]core.Profile, 2), s.readErr }
func (s source) Months() ([]core.MonthCount, error) {
	return s.months, s.readErr
}

// keeper does what the services do, in memory.
type keeper struct{ *bench }

func (k keeper) Check(ctx context.Context) (core.VaultReport, error) {
	return core.VaultReport{Checked: now, Rows: 41_306}, k.deed(ctx, "check")
}
func (k keeper) Upkeep() (core.Upkeep, error)        { return k.upkeep, nil }
func (k keeper) Snapshots() ([]core.Snapshot, error) { return k.snapshots, nil }
func (k keeper) Protection(context.Context) (core.Protection, error) {
	return k.protection, nil
}

func (k keeper) UsePassphrase(ctx context.Context, next secret.Text) error {
	err := k.deed(ctx, "use "+next.Reveal())
	if err == nil {
		k.protection.Protector = core.ByPassphrase
	}
	return err
}

func (k keeper) UseKeychain(ctx context.Context) error {
	err := k.deed(ctx, "use keychain")
	if err == nil {
		k.protection.Protector = core.ByKeychain
	}
	return err
}

func (k keeper) ChangePassphrase(ctx context.Context, old, next secret.Text) error {
	if old.Reveal() != passphrase {
		return fault.New("change", fault.Passphrase, nil)
	}
	return k.deed(ctx, "change to "+next.Reveal())
}

func (k keeper) NewRecoveryKey(ctx context.Context) (secret.Text, error) {
	k.protection.RecoveryKey = true
	return k.key, k.deed(ctx, "new recovery key")
}

func (k keeper) DropRecoveryKey(ctx context.Context) error {
	k.protection.RecoveryKey = false
	return k.deed(ctx, "drop recovery key")
}

func (k keeper) SetLockAfter(d time.Duration) error {
	k.protection.LockAfter = d
	return k.deed(context.Background(), "lock after "+d.String())
}
func (k keeper) RotateKeys(ctx context.Context) error { return k.deed(ctx, "rotate") }

// scheduler says when banks are synced.
type scheduler struct{ *bench }

func (s scheduler) Outlook(context.Context) (schedule.Outlook, error) { return s.outlook, s.readErr }
func (s scheduler) TellsMetered() bool                                { return s.metered }

func (s scheduler) SetPlan(p schedule.Plan) error {
	err := s.deed(context.Background(), "plan "+p.Pack())
	if err == nil {
		s.outlook.Plan = p
	}
	return err
}

func newBench(t *testing.T, change func(*bench, *settings.Deps)) *bench {
	t.Helper()
	b := &bench{
		t: t, queue: run.NewQueue(), key: recovery.New().Text(), items: 5, months: []core.MonthCount{{Rows: 41_000}, {Rows: 306}},
		protection: core.Protection{Protector: core.ByKeychain, LockAfter: 15 * time.Minute},
		outlook:    schedule.Outlook{Plan: schedule.Default(), Sync: now.Add(3 * time.Hour)}, metered: true,
		place: settings.Place{Path: "~/.local/share/bankbook/practice/vault.db", Bytes: 48_200_000},
	}
	t.Cleanup(b.queue.Close)
	deps := settings.Deps{
		Runner: b.queue, Now: func() time.Time { return now }, Environment: core.Practice,
		Source: source{b}, Keeper: keeper{b}, Keys: keyRing{b}, Schedule: scheduler{b}, Files: b.files(),
		OpenURL:    func(url string) { b.note("open " + url) },
		ShowFolder: func() { b.note("folder") }, OtherFolder: func() { b.note("other folder") }, ChooseSource: func() { b.note("source") },
		Lock: func() { b.note("lock") }, Protected: func(p core.Protection) { b.known = p },
		Copy: func(text, what string) { b.note("copied " + what + ": " + text) },
		Say:  func(text string) { b.said = append(b.said, text) },
		Report: func(err error) {
			if err != nil && !fault.Is(err, fault.Canceled) {
				b.reported = append(b.reported, err)
			}
		},
		CopyDetails: func(error) { b.note("details") },
	}
	if change != nil {
		change(b, &deps)
	}
	b.Model = settings.New(deps)
	b.window = uitest.Window(t, settings.NewView(b.Model).Content(), fyne.NewSize(1072, 744), uitest.Light)
	b.Load()
	b.settle()
	return b
}

func (b *bench) files() settings.Files {
	return settings.Files{
		Home:  "/home/ana",
		Place: func(context.Context) (settings.Place, error) { return b.place, nil },
		Backup: func(ctx context.Context, o settings.BackupOrder) (core.BackupReport, error) {
			what := "backup"
			if o.Reviewer {
				what = "review"
			}
			report := core.BackupReport{Created: now, Review: o.Reviewer, Sources: []core.BackupSource{{Env: core.Practice, VaultReport: core.VaultReport{Rows: 41_306}}}, LeftOut: b.leftOut}
			return report, b.deed(ctx, what+" to "+o.Path+" with "+o.Passphrase.Reveal())
		},
		Restore: func(ctx context.Context, o sheet.RestoreOrder) error {
			return b.deed(ctx, "restore "+o.Path+" with "+o.Passphrase.Reveal())
		},
		Save: func(_ context.Context, path string, text secret.Text) error {
			return os.WriteFile(path, []byte(text.Reveal()), 0o600)
		},
		PickFolder: func(chosen func(string)) { chosen("/media/disk") },
		PickFile:   func(chosen func(string)) { chosen("/media/disk/old.age") },
	}
}

func (b *bench) settle() {
	b.queue.Settle()
	uitest.Relayout(b.window)
	b.queue.Settle()
}

func (b *bench) canvas() fyne.Canvas { return b.window.Canvas() }

func (b *bench) tap(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		uitest.Tap(b.t, b.canvas(), text)
		b.settle()
	}
}

func (b *bench) fill(field, text string) {
	b.t.Helper()
	entry, ok := uitest.Entry(b.canvas(), field).(interface{ SetText(string) })
	if !ok {
		b.t.Fatalf("no field %q in %q", field, uitest.Texts(b.canvas()))
	}
	entry.SetText(text)
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

func (b *bench) came(want ...string) {
	b.t.Helper()
	if !slices.Equal(b.asked, want) {
		b.t.Errorf("asked %q, want %q", b.asked, want)
	}
}

func (b *bench) told(want ...string) {
	b.t.Helper()
	if !slices.Equal(b.said, want) {
		b.t.Errorf("said %q, want %q", b.said, want)
	}
}

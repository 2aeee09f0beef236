package sheet_test

import (
	"context"
	"io/fs"
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/run"
	"bankbook/ui/sheet"
	"bankbook/ui/uitest"
)

const file = "/media/disk/old.age"

// bench is a window with the restoring of a backup in it.
type bench struct {
	t      *testing.T
	queue  *run.Queue
	window fyne.Window
	// err is what restoring comes to; hang lets it wait until it is called off.
	err  error
	hang bool
	// pause, if there is one, is waited for when half of the backup is read.
	pause    chan struct{}
	orders   []sheet.RestoreOrder
	reported []error
	copied   int
}

func newBench(t *testing.T, spec sheet.RestoreSpec) *bench {
	t.Helper()
	b := &bench{t: t, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	page := kit.VBox(0)
	b.window = uitest.Window(t, page, fyne.NewSize(900, 600), uitest.Light)
	spec.PickFile = func(chosen func(string)) { chosen(file) }
	spec.Restore = func(ctx context.Context, o sheet.RestoreOrder) error {
		if b.hang {
			<-ctx.Done()
			return fault.New("restore", fault.Canceled, ctx.Err())
		}
		b.orders = append(b.orders, o)
		if b.pause != nil {
			o.Progress(50, 100)
			<-b.pause
		}
		return b.err
	}
	sheet.Restore(sheet.Host{
		Canvas: b.window.Canvas(),
		Work: func(do func(context.Context) error, done func(error)) context.CancelFunc {
			return run.Work(t.Context(), b.queue, do, done)
		},
		UI:     b.queue.UI,
		Report: func(err error) { b.reported = append(b.reported, err) }, CopyDetails: func(error) { b.copied++ },
	}, spec)
	b.settle()
	return b
}

func (b *bench) settle() {
	b.queue.Settle()
	uitest.Relayout(b.window)
}

func (b *bench) tap(text string) {
	b.t.Helper()
	uitest.Tap(b.t, b.window.Canvas(), text)
	b.settle()
}

func (b *bench) types(field, text string) {
	b.t.Helper()
	uitest.Type(b.t, b.window.Canvas(), field, text)
	b.settle()
}

func (b *bench) shows(texts ...string) {
	b.t.Helper()
	uitest.MustShow(b.t, b.window.Canvas(), texts...)
}

func (b *bench) open() bool { return uitest.Shows(b.window.Canvas(), "Restore a backup") }

func TestRestoreToAnEmptyPlace(t *testing.T) {
	b := newBench(t, sheet.RestoreSpec{Protector: core.ByKeychain})
	b.shows("All sources in the backup come back, with bank access, once all of it has been read and found whole.")
	if uitest.Shows(b.window.Canvas(), "“quarantine”") {
		t.Error("it speaks of data that is not here")
	}
	b.tap("Restore and open")
	b.shows("Choose the backup", "Type the passphrase of the backup")
	b.tap("Choose…")
	b.types("Passphrase of the backup", "correct horse")
	uitest.Key(b.window.Canvas(), fyne.KeyReturn)
	b.settle()
	if len(b.orders) != 1 || b.open() {
		t.Fatalf("restored %d times", len(b.orders))
	}
	o := b.orders[0]
	if o.Path != file || o.Passphrase.Reveal() != "correct horse" || o.Protector != core.ByKeychain || o.Replace {
		t.Errorf("asked for %+v", o)
	}
}

// Every fault is said where it can be mended, with the sheet as usable as before.
func TestRestoreThatFails(t *testing.T) {
	b := newBench(t, sheet.RestoreSpec{Protector: core.ByKeychain, Here: true})
	b.shows("What is here now is not deleted.")
	b.tap("Choose…")
	b.types("Passphrase of the backup", "wrong")
	for _, tt := range []struct {
		err   error
		words string
	}{
		{fault.New("read", fault.Passphrase, nil), "This isn’t the passphrase of this backup"},
		{fault.New("read", fault.Unreadable, &fs.PathError{Op: "open", Path: file, Err: fs.ErrNotExist}), "There is no file of this name"},
		{fault.New("read", fault.Unreadable, &fs.PathError{Op: "open", Path: file, Err: fs.ErrPermission}), "Bankbook can’t read this file"},
		{fault.New("make", fault.Unreadable, &fs.PathError{Op: "mkdir", Path: "/data", Err: fs.ErrNotExist}), "Bankbook can’t read or write a file in its data folder."},
		{fault.New("read", fault.BackupDamaged, nil), "Try another copy of the backup."},
		{fault.New("open", fault.VaultNewer, nil), "Install the newest version of Bankbook."},
		{fault.New("look", fault.VaultInUse, nil), "Use that window, or close it and try again."},
		{fault.New("set", fault.KeychainLocked, nil), "Unlock it and allow Bankbook, then try again."},
	} {
		b.err = tt.err
		b.tap("Restore and open")
		b.shows(tt.words)
		if !uitest.Enabled(b.window.Canvas(), "Restore and open") {
			t.Fatalf("after %q it cannot be tried again", tt.words)
		}
	}
	b.tap("Copy details")
	b.err = nil
	b.tap("Restore and open")
	if b.open() || b.copied != 1 || len(b.reported) > 0 {
		t.Errorf("open %v, copied %d, reported %v", b.open(), b.copied, b.reported)
	}
}

// Data that nobody knew of is put aside only once the person knows.
func TestRestoreToAPlaceThatIsTaken(t *testing.T) {
	b := newBench(t, sheet.RestoreSpec{Protector: core.ByPassphrase, NoKeychain: true})
	b.shows("This computer has no keychain, so the passphrase of the backup becomes the passphrase of the restored data too.")
	b.tap("Choose…")
	b.types("Passphrase of the backup", "correct horse")
	b.err = fault.New("look", fault.Occupied, nil)
	b.tap("Restore and open")
	b.shows("There is data here already, and it was left as it is.", "Restore again to put it aside.", "What is here now is not deleted.")
	b.err = nil
	b.tap("Restore and open")
	if len(b.orders) != 2 || b.orders[0].Replace || !b.orders[1].Replace || b.orders[1].Protector != core.ByPassphrase || b.open() {
		t.Errorf("asked for %+v", b.orders)
	}
}

func TestRestoreTellsHowFarItIs(t *testing.T) {
	b := newBench(t, sheet.RestoreSpec{Protector: core.ByKeychain})
	b.tap("Choose…")
	b.types("Passphrase of the backup", "correct horse")
	b.pause, b.err = make(chan struct{}), fault.New("read", fault.BackupDamaged, nil)
	uitest.Tap(t, b.window.Canvas(), "Restore and open")
	b.shows("Reading the backup…")
	const halfway = "Reading the backup… 50%"
	if !b.queue.WaitFor(func() bool { return uitest.Shows(b.window.Canvas(), halfway) }) {
		t.Error("it does not tell that half of the backup is read")
	}
	close(b.pause)
	b.settle()
	b.shows("Try another copy of the backup.")
	if uitest.Shows(b.window.Canvas(), halfway) {
		t.Error("it still tells how far it was")
	}
}

func TestRestoreIsCalledOff(t *testing.T) {
	b := newBench(t, sheet.RestoreSpec{Protector: core.ByKeychain})
	b.tap("Choose…")
	b.types("Passphrase of the backup", "correct horse")
	b.hang = true
	uitest.Tap(t, b.window.Canvas(), "Restore and open")
	uitest.Tap(t, b.window.Canvas(), "Cancel")
	b.settle()
	if b.open() || len(b.reported) != 1 || !fault.Is(b.reported[0], fault.Canceled) {
		t.Errorf("open %v, reported %v", b.open(), b.reported)
	}
}

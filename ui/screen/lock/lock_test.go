package lock_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/screen/lock"
	"bankbook/ui/uitest"
)

// The passphrase and the recovery key that fit.
const (
	passphrase = "correct horse battery"
	recovery   = "ABCD-EFGH"
)

// bench is the screen before data that opens with the right key.
type bench struct {
	t      *testing.T
	queue  *run.Queue
	window fyne.Window
	// err is what every attempt comes to, if not nil.
	err    error
	wait   chan struct{}
	asked  []string
	failed error
}

func newBench(t *testing.T, protector core.Protector) *bench {
	t.Helper()
	b := &bench{t: t, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	note := func(what string) func() { return func() { b.asked = append(b.asked, what) } }
	view := lock.NewView(lock.New(lock.Deps{
		Runner: b.queue, Protector: protector, Open: b.open,
		SetPassphrase: func(_ context.Context, next secret.Text) error {
			b.asked = append(b.asked, "new passphrase "+next.Reveal())
			return b.err
		},
		Opened: note("opened"), Source: note("source"),
		Failed:      func(err error) { b.failed = err },
		CopyDetails: func(error) { note("details")() },
	}))
	b.window = uitest.Window(t, view.Content(), fyne.NewSize(1280, 800), uitest.Light)
	view.Focus()
	return b
}

func (b *bench) open(ctx context.Context, k lock.Key) error {
	switch {
	case b.wait != nil:
		<-ctx.Done()
		return ctx.Err()
	case b.err != nil:
		return b.err
	case k == lock.Key{}, k.Passphrase.Reveal() == passphrase, k.Recovery.Reveal() == recovery:
		return nil
	}
	return fault.New("open", fault.Passphrase, nil)
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

// types writes into the field that has the keyboard, and presses Enter.
func (b *bench) types(text string) {
	b.t.Helper()
	focused := b.window.Canvas().Focused()
	if focused == nil {
		b.t.Fatal("no field has the keyboard")
	}
	for _, r := range text {
		focused.TypedRune(r)
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.settle()
}

func (b *bench) shows(texts ...string) {
	b.t.Helper()
	uitest.MustShow(b.t, b.window.Canvas(), texts...)
}

func (b *bench) came(want ...string) {
	b.t.Helper()
	if !slices.Equal(b.asked, want) {
		b.t.Errorf("asked %q, want %q", b.asked, want)
	}
}

func TestPassphraseUnlocks(t *testing.T) {
	b := newBench(t, core.ByPassphrase)
	b.shows("Bankbook is locked", "Passphrase")
	b.types("")
	b.shows("Type your passphrase")
	b.types("correct Horse")
	b.shows("This isn’t the passphrase. Capital letters count.")
	b.came()
	b.types(passphrase) // takes the place of what is wrong, which is selected
	b.came("opened")
}

func TestKeychainUnlocks(t *testing.T) {
	b := newBench(t, core.ByKeychain)
	b.err = fault.New("open", fault.KeychainTimeout, nil)
	b.tap("Unlock with keychain")
	b.shows("Your system’s keychain did not answer in time.")
	b.tap("Copy details")
	b.err = nil
	b.tap("Unlock with keychain")
	b.came("details", "opened")
}

func TestRecoveryKeyLeadsToANewPassphrase(t *testing.T) {
	b := newBench(t, core.ByPassphrase)
	b.tap("Use recovery key…")
	b.types("WXYZ")
	b.shows("This isn’t the recovery key. Check each group.")
	b.types(recovery)
	b.shows("Choose a new passphrase")
	b.came()
	b.types("short")
	b.types("")
	b.shows("5 more characters, please")
	b.types(passphrase)
	b.types("something else")
	b.shows("The two are not the same")
	b.types(passphrase)
	b.came("new passphrase "+passphrase, "opened")
}

func TestRecoveryKeyForALostKeychain(t *testing.T) {
	b := newBench(t, core.ByKeychain)
	b.tap("Use recovery key…")
	b.types(recovery)
	b.came("opened")
}

func TestWaysOut(t *testing.T) {
	b := newBench(t, core.ByPassphrase)
	b.tap("Use recovery key…")
	b.tap("Back")
	b.shows("Bankbook is locked")
	b.tap("Use another source…")
	b.came("source")
}

func TestOpeningCanBeStopped(t *testing.T) {
	b := newBench(t, core.ByKeychain)
	b.wait = make(chan struct{})
	uitest.Tap(t, b.window.Canvas(), "Unlock with keychain")
	b.shows("Opening your data…")
	b.tap("Cancel")
	b.shows("Bankbook is locked", "Unlock with keychain")
	b.came()
}

func TestOtherFaultsAreShownElsewhere(t *testing.T) {
	b := newBench(t, core.ByPassphrase)
	b.err = fault.New("open", fault.VaultDamaged, nil)
	b.types(passphrase)
	if !fault.Is(b.failed, fault.VaultDamaged) {
		t.Errorf("failed with %v", b.failed)
	}
}

package lock_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/screen/lock"
	"bankbook/ui/uitest"
)

// passphrase is the one that fits.
const passphrase = "correct horse battery"

// bench is the screen before data that opens with the right key.
type bench struct {
	t      *testing.T
	queue  *run.Queue
	window fyne.Window
	// err is what every attempt comes to, if not nil.
	err error
	// key is the recovery key that fits.
	key    secret.Text
	wait   chan struct{}
	asked  []string
	failed error
}

func newBench(t *testing.T, protector core.Protector) *bench {
	t.Helper()
	b := &bench{t: t, queue: run.NewQueue(), key: recovery.New().Text()}
	t.Cleanup(b.queue.Close)
	note := func(what string) func() { return func() { b.asked = append(b.asked, what) } }
	view := lock.NewView(lock.New(lock.Deps{
		Runner: b.queue, Protector: protector, HasRecovery: true, Open: b.open,
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
	case !k.Recovery.IsEmpty() && k.Recovery == b.key:
		b.asked = append(b.asked, "recovery, and then "+k.Passphrase.Reveal())
		return nil
	case k == lock.Key{}, k.Recovery.IsEmpty() && k.Passphrase.Reveal() == passphrase:
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

// fill puts a text in the place of what is in a field.
func (b *bench) fill(field, text string) {
	b.t.Helper()
	entry, ok := uitest.Entry(b.window.Canvas(), field).(interface{ SetText(string) })
	if !ok {
		b.t.Fatalf("there is no field %q", field)
	}
	entry.SetText(text)
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
	b.shows("Recovery key", "New passphrase")
	b.types("WXYZ")
	b.types("")
	b.types("")
	b.shows("A recovery key has 40 letters and digits")
	b.fill("Recovery key", recovery.New().Text().Reveal())
	b.fill("New passphrase", "short")
	b.tap("Unlock")
	b.shows("5 more characters, please")
	b.fill("New passphrase", passphrase)
	b.fill("The same again", "something else")
	b.tap("Unlock")
	b.shows("The two are not the same")
	b.fill("The same again", passphrase)
	b.tap("Unlock")
	b.shows("This is not the recovery key of this data")
	b.came()
	b.types(b.key.Reveal())
	b.came("recovery, and then "+passphrase, "opened")
}

func TestMistypedRecoveryKeyIsPointedAt(t *testing.T) {
	b := newBench(t, core.ByKeychain)
	b.tap("Use recovery key…")
	typed := []byte(b.key.Reveal())
	if typed[12] == '7' {
		typed[12] = '8'
	} else {
		typed[12] = '7'
	}
	b.types(string(typed))
	b.shows("The third group is not what was printed")
}

func TestRecoveryKeyPutsTheKeyBackIntoTheKeychain(t *testing.T) {
	b := newBench(t, core.ByKeychain)
	b.tap("Use recovery key…")
	b.types(b.key.Reveal())
	b.came("recovery, and then ", "opened")
}

func TestPassphraseTakesThePlaceOfAKeychainThatIsNoMore(t *testing.T) {
	b := newBench(t, core.ByKeychain)
	b.err = fault.New("open", fault.KeychainMissing, nil)
	b.tap("Unlock with keychain")
	b.tap("Use recovery key…")
	b.err = nil
	b.types(b.key.Reveal())
	b.types(passphrase)
	b.types(passphrase)
	b.came("recovery, and then "+passphrase, "opened")
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

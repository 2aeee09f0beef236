package shell_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/say"
	"bankbook/ui/screen/lock"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// locks gives the bench data that can be locked, and a passphrase to open it.
func locks(b *bench) {
	b.lock = func() {
		b.locked++
		b.Lock(lock.Deps{
			Protector: core.ByPassphrase, HasRecovery: true, Open: b.refuse,
			Opened: func() { b.ready(core.Practice) }, Source: func() { b.sources++ },
		})
	}
}

// refuse does not open the data, if that is what the test wants.
func (b *bench) refuse(context.Context, lock.Key) error { return b.openErr }

func TestLockShowsNothingOfTheData(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	locks(b)
	b.ready(core.Practice)
	b.Go(shell.Transactions{})
	b.settle()
	b.tap("Account")
	b.Report(fault.New("sync", fault.Network, nil))
	b.settle()
	uitest.Tap(t, b.canvas(), "Checking ••0000") // the menu is on top
	b.Go(shell.Banks{})
	b.settle()
	b.tap("More for First Platypus Bank")
	b.tap("Remove bank…")
	b.shows("Remove First Platypus Bank?")
	b.press("Lock")
	b.shows("Bankbook is locked", "Passphrase")
	if b.canvas().Overlays().Top() != nil {
		t.Error("something is open over the lock screen")
	}
	b.hides("Platypus", "Checking", "Juniper", "No connection", "Practice bank", "Search")
	if title := b.window.Title(); title != "Bankbook" {
		t.Errorf("the title says %q", title)
	}
	for _, label := range []string{"Overview", "Search or type a command", "Link a bank…", "Settings…", "Lock"} {
		b.press(label)
	}
	b.bakery.bus.Publish(event.TransactionsChanged{Item: "platypus"})
	b.settle()
	if b.locked != 1 || !slices.Equal(uitest.Texts(b.canvas()), lockTexts()) {
		t.Errorf("locked %d times, shown: %q", b.locked, uitest.Texts(b.canvas()))
	}
	if n := b.queue.Clocks(); n != 0 {
		t.Errorf("%d clocks of the window go on", n)
	}
}

// lockTexts is all that the lock screen says.
func lockTexts() []string {
	return []string{
		"Bankbook is locked", "Your data is sealed with your passphrase.", "Passphrase", "Unlock",
		"Use recovery key…", "Use another source…",
	}
}

func TestUnlockingComesBackToThePlace(t *testing.T) {
	for name, place := range map[string]struct {
		at   shell.Route
		want string
	}{
		"banks":        {shell.Banks{}, "4 banks, 6 accounts"},
		"settings":     {shell.Settings{}, "Where bank data comes from"},
		"transactions": {shell.Transactions{Account: "card", Search: true}, "Card ••3333"},
		"a link":       {shell.LinkSession{ID: "l1"}, "Continue in your browser"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, windowSize, uitest.Light)
			locks(b)
			if err := b.bakery.put(link.Session{ID: "l1", Stage: link.Waiting}); err != nil {
				t.Fatal(err)
			}
			b.ready(core.Practice)
			b.Go(place.at)
			b.settle()
			b.shows(place.want)
			b.press("Lock")
			b.openErr = fault.New("open", fault.Passphrase, nil)
			b.unlock("wrong")
			b.shows("This isn’t the passphrase. Capital letters count.")
			b.openErr = nil
			b.unlock("right")
			b.shows(place.want, "Juniper Bakery LLC")
		})
	}
}

// unlock types a passphrase and Enter.
func (b *bench) unlock(passphrase string) {
	b.t.Helper()
	uitest.Type(b.t, b.canvas(), "Passphrase", passphrase)
	uitest.Key(b.canvas(), fyne.KeyReturn)
	b.settle()
}

// press does what an item of the main menu does.
func (b *bench) press(label string) {
	b.t.Helper()
	for _, menu := range b.Menu().Items {
		for _, item := range menu.Items {
			if item.Label == label {
				item.Action()
				b.settle()
				return
			}
		}
	}
	b.t.Fatalf("no menu item %q", label)
}

func TestLocksItselfWhenNobodyIsThere(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	locks(b)
	b.lockAfter = 15 * time.Minute
	b.ready(core.Practice)
	wait := func(d time.Duration) {
		b.late += d
		b.queue.Advance(10 * time.Second)
		b.settle()
	}
	wait(14 * time.Minute)
	uitest.Key(b.canvas(), fyne.KeyDown) // a hand
	wait(14 * time.Minute)
	b.tap("Banks") // another
	wait(14 * time.Minute)
	if b.locked != 0 {
		t.Fatal("locked though somebody was there")
	}
	wait(time.Minute)
	if b.locked != 1 {
		t.Error("not locked")
	}
	b.shows("Bankbook is locked")
}

func TestNeverLocksUnlessAsked(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	locks(b)
	b.ready(core.Practice)
	b.late += 1000 * time.Hour
	b.queue.Advance(10 * time.Second)
	b.settle()
	if b.locked != 0 {
		t.Error("locked though the person wants that never")
	}
	b.tap("Search or type a command")
	uitest.Type(t, b.canvas(), "Search or type a command", "lock")
	b.settle()
	uitest.Key(b.canvas(), fyne.KeyReturn)
	b.settle()
	if b.locked != 1 {
		t.Error("the palette does not lock")
	}
}

func TestDamageOffersRecovery(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	recovered := 0
	b.recover = func() { recovered++ }
	b.ready(core.Practice)
	b.bakery.bus.Publish(event.VaultDamaged{})
	b.bakery.bus.Publish(event.VaultDamaged{})
	b.settle()
	b.shows("Bankbook can put the last state that is whole in its place")
	b.tap("Banks")
	b.tap("Recover my data")
	if recovered != 1 {
		t.Errorf("recovered %d times", recovered)
	}
}

func TestExchangedFileIsTold(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.Report(fault.New("vault: write", fault.VaultReplaced, nil))
	b.settle()
	b.shows("Somebody put another file in the place of your data")
	if b.Trouble(fault.New("sync", fault.Network, nil)) {
		t.Error("a missing network is taken for trouble with the data")
	}
}

func TestOlderFileIsTold(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.rolledBack = core.RolledBack{Commit: 40, Seen: 43}
	b.ready(core.Practice)
	b.shows("The data file is older than when Bankbook had it open last: 3 changes missing.")
	b.tap("Understood")
	b.hides("The data file is older")
}

func TestReviewersCopyCannotSync(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.review = true
	b.ready(core.Practice)
	b.shows("Copy for review, without access to banks")
	if uitest.Enabled(b.canvas(), "Sync") {
		t.Error("it offers to sync")
	}
}

func TestReturnOpensWhatWasRecovered(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	recovered, opened := 0, 0
	b.Failed(fault.New("open", fault.VaultDamaged, nil), shell.Remedies{Recover: func() {
		recovered++
		b.Recovered(say.Recovery(core.Recovery{From: core.FromItself}, now), func() { opened++ })
	}})
	b.settle()
	b.window.Canvas().FocusNext()
	uitest.Key(b.canvas(), fyne.KeyReturn)
	b.settle()
	b.shows("Your data is repaired")
	uitest.Key(b.canvas(), fyne.KeyReturn)
	if recovered != 1 || opened != 1 {
		t.Errorf("recovered %d times, opened %d times", recovered, opened)
	}
}

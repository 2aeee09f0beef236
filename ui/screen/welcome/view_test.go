package welcome_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/screen/welcome"
	"bankbook/ui/uitest"
)

// show puts the screen of a bench into a window.
func show(t *testing.T, b *bench) (c fyne.Canvas, tap func(string)) {
	t.Helper()
	w := uitest.Window(t, welcome.NewView(b.Model).Content(), fyne.NewSize(1280, 800), uitest.Light)
	b.queue.Settle()
	return w.Canvas(), func(text string) {
		t.Helper()
		uitest.Tap(t, w.Canvas(), text)
		b.queue.Settle()
		uitest.Relayout(w)
	}
}

func TestViewStartsThePracticeBank(t *testing.T) {
	b := newBench(t, nil)
	c, tap := show(t, b)
	uitest.MustShow(t, c, "Where should Bankbook get bank data?", "Recommended", "~/.local/share/bankbook", "Works offline")
	tap("Start with the practice bank")
	if len(b.started) != 1 {
		t.Errorf("started %v", b.started)
	}
}

func TestViewAsksForKeys(t *testing.T) {
	b := newBench(t, nil)
	c, tap := show(t, b)
	tap("Plaid Sandbox")
	tap("Continue")
	uitest.MustShow(t, c, "Your keys for Plaid Sandbox", "Why your own keys?", "Kept in your system’s keychain")
	if uitest.Entry(c, "Client ID") != c.Focused() {
		t.Error("the keyboard is not in the first field")
	}
	tap("Check and open Plaid Sandbox")
	uitest.MustShow(t, c, "Enter your client ID", "Enter your secret")
	tap("Open that page")
	uitest.Type(t, c, "Client ID", "client")
	uitest.Type(t, c, "Plaid Sandbox secret", "key")
	b.check = fault.New("test", fault.Keys, nil)
	tap("Check and open Plaid Sandbox")
	uitest.MustShow(t, c, "Plaid doesn’t accept this client ID and secret for this source")
	b.check = fault.New("test", fault.Network, nil)
	tap("Check and open Plaid Sandbox")
	uitest.MustShow(t, c, "Bankbook couldn’t reach Plaid.", "Check your internet connection and try again.")
	b.check = nil
	tap("Check and open Plaid Sandbox")
	if len(b.started) != 1 || b.started[0].Keys.Secret.Reveal() != "key" {
		t.Errorf("started %d times", len(b.started))
	}
	if b.asked[0] != core.KeysPage {
		t.Errorf("asked %v", b.asked)
	}
	tap("Back")
	uitest.MustShow(t, c, "Where should Bankbook get bank data?")
}

func TestViewWithoutKeychain(t *testing.T) {
	b := newBench(t, func(b *bench, _ *welcome.Deps) { b.keychain = fault.New("test", fault.KeychainMissing, nil) })
	c, tap := show(t, b)
	uitest.MustShow(t, c, "This computer has no keychain")
	if uitest.Enabled(c, "Start with the practice bank") {
		t.Error("can start without a word")
	}
	tap("This session only")
	uitest.MustShow(t, c, "Nothing is kept after you close Bankbook.")
	tap("Start with the practice bank")
	if len(b.started) != 1 || b.started[0].Protector != core.ThisSessionOnly {
		t.Errorf("started %v", b.started)
	}
	b.keychain = nil
	tap("Try again")
	if uitest.Shows(c, "This computer has no keychain") {
		t.Error("the note stays though there is a keychain now")
	}
}

func TestViewSwitchesTheSource(t *testing.T) {
	left := 0
	b := newBench(t, func(b *bench, d *welcome.Deps) {
		b.hasKeys, d.Current, d.Back = true, core.Practice, func() { left++ }
	})
	c, tap := show(t, b)
	uitest.MustShow(t, c, "In use")
	tap("Plaid Production")
	uitest.MustShow(t, c, "Open Plaid Production", "Uses the Plaid keys you saved before.", "Change keys…")
	tap("Back")
	tap("Choose another folder…")
	if left != 1 || b.asked[0] != "folder" {
		t.Errorf("left %d, asked %v", left, b.asked)
	}
}

func TestViewChoosesAPassphrase(t *testing.T) {
	const passphrase = "correct horse battery"
	b := newBench(t, nil)
	c, tap := show(t, b)
	tap("Use a passphrase instead of the keychain")
	uitest.MustShow(t, c, "in a file that only your passphrase opens")
	if c.Focused() != uitest.Entry(c, "Passphrase") {
		t.Error("the keyboard is not in the field")
	}
	tap("Use the keychain instead")
	if uitest.Shows(c, "The same again") {
		t.Error("the fields stay")
	}
	tap("Use a passphrase instead of the keychain")
	uitest.Type(t, c, "Passphrase", passphrase)
	uitest.Type(t, c, "The same again", "correct horse")
	tap("Start with the practice bank")
	uitest.MustShow(t, c, "The two are not the same")
	uitest.Type(t, c, "The same again", passphrase) // what is wrong is selected
	uitest.Key(c, fyne.KeyReturn)
	b.queue.Settle()
	if len(b.started) != 1 || b.started[0].Passphrase.Reveal() != passphrase {
		t.Errorf("started %v", b.started)
	}
}

func TestViewLeadsToABackup(t *testing.T) {
	b := newBench(t, nil)
	c, tap := show(t, b)
	uitest.MustShow(t, c, "Have a backup? It brings everything back, bank access included.")
	tap("Restore a backup…")
	if len(b.restores) != 1 || len(b.started) != 0 {
		t.Errorf("restores %d, started %v", len(b.restores), b.started)
	}
}

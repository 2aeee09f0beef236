package e2e

import (
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
)

// TestKeysInTheWindow saves, tests, replaces and removes the keys of a person's own:
// the real program in a real window, with a real keychain, asking Plaid's sandbox by
// https, whose place a practice bank takes.
func TestKeysInTheWindow(t *testing.T) {
	g := newShownGuide(t)
	bank, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: bankID, Secret: bankSecret, Products: []string{"transactions", "auth"}, Countries: []string{"US", "CA"},
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bank.Close(); err != nil {
			t.Error(err)
		}
	})
	g.playPlaid(bank.URL())

	g.start("Overview", "--env=sandbox")
	g.saveKeys()
	g.quit()
	g.keysAre(bankSecret)
	g.must("link", "--instant", "--env=sandbox") // by the keys that are kept

	g.start("Overview", "--env=sandbox")
	g.replaceAndRemoveKeys()
	g.quit()
	g.keysAre("")
	ended(t, g.run("sync", "--env=sandbox"), 3, "keys")
	if rows := readJSON[[]struct{}](g.machine, "transactions", "--limit=0", "--env=sandbox"); len(rows) == 0 {
		t.Error("with the keys, the transactions are gone")
	}
}

// toKeys goes to the settings of keys.
func (g *guide) toKeys() {
	g.t.Helper()
	g.command("go to settings")
	g.snap("settings")
	g.click(317, 104) // Plaid keys
}

// saveKeys enters keys, the secret wrong at first.
func (g *guide) saveKeys() {
	g.t.Helper()
	g.toKeys()
	g.snap("keys")
	g.click(426, 274) // client ID
	g.types(bankID)
	g.press("Return")
	g.types("another-secret")
	g.press("Return")
	g.logged("msg=activity .*action=keys.saved")
	g.snap("keys-refused")
	g.keysAre("")
	g.press("ctrl+a")
	g.types(bankSecret)
	g.press("Return")
	g.logged("msg=activity .*action=keys.saved")
	g.snap("keys-saved")
}

// replaceAndRemoveKeys tries to put a secret that does not work in the place of the
// one that is kept, and takes the keys away.
func (g *guide) replaceAndRemoveKeys() {
	g.t.Helper()
	g.toKeys()
	g.snap("keys-kept")
	g.click(418, 475) // replace
	g.snap("keys-replace")
	g.types("another-secret")
	g.press("Return")
	g.logged("msg=activity .*action=keys.saved")
	g.snap("keys-replace-refused")
	g.keysAre(bankSecret)
	g.press("Escape")
	g.snap("keys-again")
	g.click(939, 475) // remove
	g.snap("keys-remove")
	g.press("Tab", "Return")
	g.logged("msg=activity .*action=keys.removed")
	g.snap("keys-removed")
}

// keysAre checks which secret the keychain holds for Plaid's sandbox, "" being none.
func (g *guide) keysAre(want string) {
	g.t.Helper()
	packed, err := keychain.New(keychain.Options{Env: g.env}).Get(g.ctx, secret.KeysName(core.Sandbox))
	if want == "" {
		if !fault.Is(err, fault.SecretMissing) {
			g.t.Errorf("there are keys in the keychain (%v)", err)
		}
		return
	}
	if err != nil || !strings.Contains(packed.Reveal(), want) || !strings.Contains(packed.Reveal(), bankID) {
		g.t.Errorf("the keychain holds other keys (%v)", err)
	}
}

package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"bankbook/storage/vault"
	"bankbook/ui/boot"
	"bankbook/ui/e2e/desktop"
)

// passphrase protects the data of these tests.
const passphrase = "correct horse battery"

// TestLockInTheWindow puts a passphrase in the place of the keychain, locks and
// unlocks, starts again, and goes back to the keychain: the real program in a
// real window, from the keyboard where that goes.
func TestLockInTheWindow(t *testing.T) { firstStart(t).locking() }

// TestBackupInTheWindow makes a backup and restores it over the data that is
// open.
func TestBackupInTheWindow(t *testing.T) { firstStart(t).copying() }

// TestRestoreInTheWindow brings a backup to a machine that has never seen
// Bankbook, from its first screen.
func TestRestoreInTheWindow(t *testing.T) {
	g := firstStart(t)
	g.must("link", "--instant")
	words := filepath.Join(g.home(), "words")
	g.write(words, passphrase+"\n", 0o600)
	g.must("backup", filepath.Join(g.home(), "bankbook-backup-2026-11-25.age"), "--backup-passphrase-file", words)
	there := g.elsewhere()
	if before, after := g.must("transactions", "--limit=0", "--json").out, there.must("transactions", "--limit=0", "--json").out; after != before {
		t.Error("what is back are not the rows that were backed up")
	}
	there.must("sync") // with the bank access that came along

	copied := filepath.Join(g.home(), "copy.age")
	g.must("backup", copied, "--reviewer", "--backup-passphrase-file", words)
	there.data = filepath.Join(t.TempDir(), "data") // where nothing is, beside what is back
	there.start("Welcome")
	there.restore(copied)
	there.types(passphrase)
	there.press("Return")
	there.shows(there.ctx, "Overview")
	there.logged("msg=restored .*review=true")
	there.snap("welcome-restored-review")
	there.quit()
}

// firstStart makes a machine with a practice bank on it.
func firstStart(t *testing.T) *guide {
	t.Helper()
	g := newShownGuide(t)
	g.start("Welcome")
	g.press("Return")
	g.shows(g.ctx, "Overview")
	g.quit()
	return g
}

// copying backs the data up and restores it.
func (g *guide) copying() {
	g.start("Overview")
	g.goTo("ctrl+comma", "Settings")
	g.snap("settings")
	g.check(g.window.Resize(windowWidth, screenHeight))
	g.snap("settings-tall") // which has all of it
	g.click(931, 778)       // check now
	g.snap("settings-checked")
	g.click(931, 892) // back up
	g.snap("settings-backup")
	g.types(passphrase)
	g.press("Return")
	g.types(passphrase)
	g.press("Return")
	backup := g.backup()
	g.snap("settings-backed-up")
	g.click(842, 892) // restore
	g.snap("settings-restore")
	g.types(backup)
	g.press("Return")
	g.types("wrong")
	g.press("Return")
	g.snap("settings-restore-reading")
	g.snap("settings-restore-wrong")
	g.types(passphrase)
	g.press("Return")
	g.shows(g.ctx, "Overview") // which opens with what is back
	g.quit()
}

// elsewhere brings the backup in the person's folder to another machine, which it
// returns.
func (g *guide) elsewhere() *guide {
	there := newGuide(g.t, g.theme, g.dir)
	there.taken = g.taken
	there.restoring(g.backup())
	g.taken = there.taken
	return there
}

// restoring is a first start with a backup in hand.
func (g *guide) restoring(backup string) {
	g.start("Welcome")
	g.click(1041, 666) // restore a backup
	g.snap("welcome-restore")
	g.press("Escape")
	g.restore(backup)
	g.types("wrong")
	g.press("Return")
	g.snap("welcome-restore-reading")
	g.snap("welcome-restore-wrong")
	g.types(passphrase) // in the place of what was wrong
	g.press("Return")
	g.shows(g.ctx, "Overview")
	g.snap("welcome-restored")
	g.quit()
}

// restore goes from the first screen to the passphrase of a backup.
func (g *guide) restore(backup string) {
	g.click(1041, 666) // restore a backup
	g.types(backup)
	g.press("Return")
}

// backup waits for the one backup in the person's folder.
func (g *guide) backup() string {
	g.t.Helper()
	var found []string
	g.check(desktop.Until(g.ctx, patience, func() (bool, error) {
		var err error
		found, err = filepath.Glob(filepath.Join(g.home(), "bankbook-backup-*.age"))
		return len(found) == 1, err
	}))
	return found[0]
}

// locking is how data is protected, locked and opened again.
func (g *guide) locking() {
	g.start("Overview")
	g.goTo("ctrl+comma", "Settings")
	g.click(395, 104) // the tab Security
	g.snap("settings-security")
	g.click(910, 235) // use a passphrase
	g.snap("settings-passphrase")
	g.types("short")
	g.press("Return", "Return")
	g.snap("settings-passphrase-short")
	g.press("ctrl+a")
	g.types(passphrase)
	g.press("Return")
	g.types(passphrase)
	g.press("Return")
	g.protectedBy(true)
	g.snap("settings-protected")

	g.press("ctrl+l")
	g.logged("msg=closed")
	g.snap("locked")
	g.closed()
	g.types("wrong")
	g.press("Return")
	g.snap("locked-wrong")
	g.types(passphrase) // in the place of what was wrong
	g.press("Return")
	g.shows(g.ctx, "Settings") // where the person was
	g.quit()

	g.start("Bankbook")
	g.logged("msg=locked")
	g.snap("locked-start")
	g.closed()
	g.types(passphrase)
	g.press("Return")
	g.shows(g.ctx, "Overview")
	g.goTo("ctrl+comma", "Settings")
	g.click(395, 104)
	g.click(832, 235) // use the keychain
	g.snap("settings-keychain")
	g.press("Tab", "Return")
	g.protectedBy(false)
	g.quit()
}

// protectedBy waits until there is a lockbox, or none any more.
func (g *guide) protectedBy(lockbox bool) {
	g.t.Helper()
	path := filepath.Join(filepath.Dir(boot.VaultPath(g.data, "practice")), "lockbox")
	g.check(desktop.Until(g.ctx, patience, func() (bool, error) {
		_, err := os.Lstat(path)
		return (err == nil) == lockbox, nil
	}))
}

// closed sees to it that the program holds no lock on the vault: somebody else
// can have it.
func (g *guide) closed() {
	g.t.Helper()
	if _, err := vault.Inspect(boot.VaultPath(g.data, "practice")); err != nil {
		g.t.Errorf("the vault of a locked window: %v", err)
	}
	g.check(g.window.WaitTitle(g.ctx, "Bankbook", patience))
}

// TestRecoverInTheWindow damages the data file between two starts: the window
// offers to recover it, says what has become of it, and opens it.
func TestRecoverInTheWindow(t *testing.T) {
	g := firstStart(t)
	g.must("link", "--instant") // which ends with a snapshot
	g.damage()
	g.start("Your data is damaged")
	g.snap("damaged")
	g.press("Tab", "Return") // recover
	g.shows(g.ctx, "Your data is re")
	g.snap("recovered")
	g.press("Return")
	g.shows(g.ctx, "Overview")
	g.quit()
}

// damage overwrites everything in the data file but its beginning.
func (g *guide) damage() {
	g.t.Helper()
	path := boot.VaultPath(g.data, "practice")
	data, err := os.ReadFile(path)
	g.check(err)
	const kept = 8192 // bbolt's two first pages, which say where all else is
	for i := kept; i < len(data); i++ {
		data[i] ^= 0xa5
	}
	g.check(os.WriteFile(path, data, 0o600))
}

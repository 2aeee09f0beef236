package settings_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/screen/settings"
	"bankbook/ui/uitest"
)

func TestDataTellsWhatIsThere(t *testing.T) {
	b := newBench(t, func(b *bench, _ *settings.Deps) {
		b.snapshots = []core.Snapshot{{Taken: now.Add(-30 * time.Minute)}, {Taken: now.AddDate(0, 0, -1)}}
	})
	b.shows("Practice bank", "~/.local/share/bankbook/practice/vault.db", "48.2 MB", "2 profiles, 18 accounts, 41,306 transactions",
		"2 snapshots, the newest taken today at 9:13 AM")
	b.tap("Change…", "Show in folder", "Choose another folder…")
	b.came("source", "folder", "other folder")
	b.snapshots = nil
	b.Handle(event.TransactionsChanged{})
	b.settle()
	b.shows("None yet. One is taken each day that Bankbook is open.")
}

func TestReadingThatFails(t *testing.T) {
	b := newBench(t, func(b *bench, _ *settings.Deps) { b.readErr = fault.New("read", fault.Unreadable, nil) })
	b.shows("The data folder can’t be used")
	b.tap("Copy details")
	b.readErr = nil
	b.tap("Try again")
	b.shows("48.2 MB")
	b.readErr = fault.New("read", fault.Unreadable, nil)
	b.Load()
	b.settle()
	b.shows("48.2 MB", "Bankbook can’t read or write a file in its data folder.")
}

// What was done at an earlier start is told, and what never was, where there is
// something to lose.
func TestUpkeepIsTold(t *testing.T) {
	const never, plain = "No backup yet. One brings everything back if this computer is lost.", "One file with everything, sealed under a passphrase of its own."
	for name, tt := range map[string]struct {
		change func(*bench, *settings.Deps)
		want   []string
		not    string
	}{
		"never": {func(*bench, *settings.Deps) {}, []string{"Reads every record", never}, "No problems found"},
		"nothing to lose": {func(b *bench, d *settings.Deps) {
			b.items, b.months = 0, nil
		}, []string{"Reads every record", plain}, never},
		"a copy for a reviewer": {func(_ *bench, d *settings.Deps) { d.ReviewCopy = true }, []string{plain}, never},
		"some days ago": {func(b *bench, _ *settings.Deps) {
			b.upkeep = core.Upkeep{Checked: now.AddDate(0, 0, -3), BackedUp: now.AddDate(0, 0, -9)}
		}, []string{"No problems found", "Checked 3 days ago", "Last backup 9 days ago"}, never},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, tt.change)
			b.shows(tt.want...)
			b.hides(tt.not)
		})
	}
}

func TestRiskyFolderIsTold(t *testing.T) {
	b := newBench(t, func(b *bench, _ *settings.Deps) { b.place.Risk = core.FolderRisk{Service: "Dropbox"} })
	b.shows("Dropbox copies the data folder to other places")
}

func TestCheck(t *testing.T) {
	b := newBench(t, nil)
	b.tap("Check now")
	b.shows("No problems found", "Checked today at 9:43 AM")
	b.hang = true
	uitest.Tap(t, b.canvas(), "Check now")
	b.shows("Checking…")
	if !b.Busy() {
		t.Error("a lock would break the check off")
	}
	b.tap("Stop")
	b.shows("No problems found")
	b.hang, b.err = false, fault.New("check", fault.VaultDamaged, nil)
	b.tap("Check now")
	b.shows("Damaged")
	if len(b.reported) != 1 || b.Busy() {
		t.Errorf("reported %v", b.reported)
	}
}

func TestBackup(t *testing.T) {
	b := newBench(t, nil)
	b.tap("Back up…")
	file := uitest.Entry(b.canvas(), "/home/ana/bankbook-backup-2026-11-25.age")
	if file == nil {
		t.Fatalf("no name is suggested: %q", uitest.Texts(b.canvas()))
	}
	b.tap("Choose…")
	b.fill("Passphrase of this backup", passphrase)
	uitest.Tap(t, b.canvas(), "A copy for a reviewer") // the name was chosen and stays
	b.fill("The same again", passphrase)
	b.err = fault.New("backup", fault.Occupied, nil)
	b.tap("Back up")
	b.shows("There is a file of this name already")
	b.err = fault.New("backup", fault.DiskFull, nil)
	b.tap("Back up")
	b.shows("There is no room left to save.")
	b.err = nil
	b.asked = nil
	b.tap("Back up")
	b.shows("No backup yet.") // a copy for a reviewer is none
	b.came("review to /media/disk/bankbook-backup-2026-11-25.age with " + passphrase)
	b.told("Backed up and read back: 41,306 transactions")
}

func TestBackupNameFollowsTheKind(t *testing.T) {
	b := newBench(t, nil)
	b.tap("Back up…", "A copy for a reviewer")
	if uitest.Entry(b.canvas(), "/home/ana/bankbook-review-2026-11-25.age") == nil {
		t.Errorf("shown: %q", uitest.Texts(b.canvas()))
	}
	b.fill("/home/ana/bankbook-review-2026-11-25.age", "relative.age")
	b.tap("Back up")
	b.shows("Say where the backup goes, with its whole path", "Choose a passphrase")
	b.came()
}

func TestWhatIsNotInABackupIsTold(t *testing.T) {
	b := newBench(t, func(b *bench, _ *settings.Deps) { b.leftOut = []core.LeftOut{{Env: core.Sandbox, Why: fault.Locked}} })
	b.tap("Back up…")
	b.fill("Passphrase of this backup", passphrase)
	b.fill("The same again", passphrase)
	b.tap("Back up")
	b.shows("Not everything is in the backup", "Plaid Sandbox: Your data is locked.")
	b.tap("Close")
	b.shows("Last backup today at 9:43 AM")
	b.came("backup to /home/ana/bankbook-backup-2026-11-25.age with " + passphrase)
}

func TestRestore(t *testing.T) {
	b := newBench(t, byPassphrase)
	b.tap("Restore…")
	b.shows("What is here now is not deleted.", "becomes the passphrase of the restored data")
	b.tap("Restore and open")
	b.shows("Choose the backup", "Type the passphrase of the backup")
	b.tap("Choose…")
	b.fill("Passphrase of the backup", "wrong")
	for kind, words := range map[fault.Kind]string{
		fault.Passphrase:    "This isn’t the passphrase of this backup",
		fault.BackupDamaged: "The file is not a backup of Bankbook’s, or it is not whole.",
	} {
		b.err = fault.New("restore", kind, nil)
		b.tap("Restore and open")
		b.shows(words)
	}
	b.err, b.asked = nil, nil
	b.tap("Restore and open")
	b.came("restore /media/disk/old.age with wrong")
	b.hides("Restore and open")
}

func TestFromKeychainToPassphraseAndBack(t *testing.T) {
	b := newBench(t, nil)
	b.Choose(settings.Security)
	b.settle()
	b.shows("System keychain")
	b.tap("Use a passphrase…")
	b.shows("If you forget it, only a recovery key opens your data.")
	b.fill("New passphrase", "short")
	b.tap("Use passphrase")
	b.shows("5 more characters, please")
	b.came()
	b.fill("New passphrase", passphrase)
	b.fill("The same again", passphrase)
	b.tap("Use passphrase")
	b.shows("Passphrase", "Use keychain…")
	b.tap("Use keychain…")
	b.shows("The passphrase stops working.")
	b.tap("Use keychain")
	b.shows("System keychain")
	b.came("use "+passphrase, "use keychain")
	b.told("Passphrase set", "Your keychain protects your data now")
}

func byPassphrase(b *bench, _ *settings.Deps) { b.protection.Protector = core.ByPassphrase }

func TestChangePassphrase(t *testing.T) {
	b := newBench(t, byPassphrase)
	b.Choose(settings.Security)
	b.settle()
	b.tap("Change…")
	b.fill("Present passphrase", "wrong")
	b.fill("New passphrase", "a new one entirely")
	b.fill("The same again", "a new one entirely")
	b.tap("Change passphrase")
	b.shows("This isn’t your passphrase")
	b.fill("Present passphrase", passphrase)
	b.tap("Change passphrase")
	b.came("change to a new one entirely")
}

func TestRecoveryKeyIsShownOnceAndConfirmed(t *testing.T) {
	b := newBench(t, byPassphrase)
	b.Choose(settings.Security)
	b.settle()
	b.shows("If you forget the passphrase, nothing opens your data.")
	b.tap("Create…", "Create recovery key")
	groups := strings.Split(b.key.Reveal(), "-")
	b.shows(groups...)
	last := groups[len(groups)-1]
	confirm := "To show that you have it, type the last group"
	b.fill(confirm, groups[0])
	b.tap("I have kept it")
	b.shows("Type the last group as it stands above")
	b.tap("Copy")
	b.fill(confirm, strings.ToLower(last))
	b.tap("I have kept it")
	b.shows("Made", "Replace…", "Remove…")
	b.hides(groups...)
	b.came("new recovery key", "copied Recovery key: "+b.key.Reveal())
	b.tap("Replace…")
	b.shows("The key that you have now stops working at once.")
	uitest.Key(b.canvas(), fyne.KeyEscape)
	b.settle()
	b.tap("Remove…")
	b.shows("The key that you noted down opens nothing more. If you forget the passphrase, your data is lost.")
	b.tap("Remove recovery key")
	b.came("new recovery key", "copied Recovery key: "+b.key.Reveal(), "drop recovery key")
	b.shows("None")
}

func TestRecoveryKeyThatIsNotNotedDownIsRemoved(t *testing.T) {
	b := newBench(t, nil)
	b.Choose(settings.Security)
	b.settle()
	b.tap("Create…", "Create recovery key")
	uitest.Key(b.canvas(), fyne.KeyEscape)
	b.settle()
	b.came("new recovery key", "drop recovery key")
	b.told("There is no recovery key")
}

func TestRecoveryKeyCanBePrinted(t *testing.T) {
	dir := t.TempDir()
	b := newBench(t, func(_ *bench, d *settings.Deps) {
		d.Files.PickFolder = func(chosen func(string)) { chosen(dir) }
	})
	b.Choose(settings.Security)
	b.settle()
	b.tap("Create…", "Create recovery key", "Save for printing…")
	sheet, err := os.ReadFile(filepath.Join(dir, "bankbook-recovery-key.txt"))
	if err != nil {
		t.Fatal(err)
	}
	printed := strings.Join(strings.Fields(string(sheet)), " ")
	if !strings.Contains(printed, strings.ReplaceAll(b.key.Reveal(), "-", " ")) || !strings.Contains(printed, "Practice bank") {
		t.Errorf("printed:\n%s", sheet)
	}
}

func TestLockAndKeys(t *testing.T) {
	b := newBench(t, byPassphrase)
	b.Choose(settings.Security)
	b.settle()
	b.tap("15 minutes", "5 minutes")
	b.tap("Change keys…")
	b.shows("Nothing of your data changes")
	b.hang = true
	uitest.Tap(t, b.canvas(), "Change keys")
	uitest.Key(b.canvas(), fyne.KeyEscape) // calls it off
	b.settle()
	b.hang = false
	b.tap("Change keys…", "Change keys")
	b.tap("Lock now")
	b.came("lock after 5m0s", "rotate", "lock")
	if b.known.LockAfter != 5*time.Minute {
		t.Errorf("told that it locks after %v", b.known.LockAfter)
	}
	b.told("Keys changed")
}

func TestSessionOnlyHasLittleToSet(t *testing.T) {
	b := newBench(t, func(b *bench, d *settings.Deps) { d.SessionOnly, d.Lock = true, nil })
	b.shows("Nothing of this is kept after you close Bankbook.")
	b.hides("Back up…", "Show in folder")
	b.Choose(settings.Security)
	b.settle()
	b.shows("This session only")
	b.hides("Change keys…", "Recovery key", "Lock after")
}

func TestFaultsStayInTheDialog(t *testing.T) {
	b := newBench(t, nil)
	b.Choose(settings.Security)
	b.settle()
	b.tap("Use a passphrase…")
	b.fill("New passphrase", passphrase)
	b.fill("The same again", passphrase)
	b.err = fault.New("keychain", fault.KeychainLocked, errors.New("locked"))
	b.tap("Use passphrase")
	b.shows("Your system’s keychain is locked, or it didn’t let Bankbook in.")
	b.tap("Copy details")
	if len(b.reported) != 0 || b.asked[len(b.asked)-1] != "details" {
		t.Errorf("reported %v, asked %q", b.reported, b.asked)
	}
}

func TestRenewAccess(t *testing.T) {
	b := newBench(t, func(b *bench, d *settings.Deps) {
		d.RotateTokens = func(ctx context.Context, progress func(done, total int64)) error {
			progress(1, 3)
			return keeper{b}.deed(ctx, "renew")
		}
	})
	b.tap("Security", "Renew access…")
	b.shows("Renew access to all banks?", "Backups that you have made keep the old access")
	b.tap("Renew access")
	b.came("renew")
	b.told("Access to all banks renewed")
	b = newBench(t, nil)
	b.tap("Security")
	if uitest.Shows(b.canvas(), "Renew access…") {
		t.Error("offered where there is none to take")
	}
}

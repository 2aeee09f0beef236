package settings

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/sheet"
)

// Source is where the screen counts.
type Source interface {
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
	Profiles() ([]core.Profile, error)
	Months() ([]core.MonthCount, error)
}

// Keeper looks after the data and what protects it. All of it runs on a worker.
type Keeper interface {
	// Check reads the whole vault.
	Check(ctx context.Context) (core.VaultReport, error)
	// Upkeep tells when the vault was checked and backed up last.
	Upkeep() (core.Upkeep, error)
	// Snapshots lists the verified copies, the newest first.
	Snapshots() ([]core.Snapshot, error)
	// Protection tells how the data is protected.
	Protection(ctx context.Context) (core.Protection, error)
	// UsePassphrase puts a new passphrase in the place of the protector.
	UsePassphrase(ctx context.Context, next secret.Text) error
	// UseKeychain puts the system's keychain in the place of the passphrase.
	UseKeychain(ctx context.Context) error
	// ChangePassphrase is Passphrase for an old one that does not fit.
	ChangePassphrase(ctx context.Context, old, next secret.Text) error
	// NewRecoveryKey makes a recovery key in the place of the one before.
	NewRecoveryKey(ctx context.Context) (secret.Text, error)
	DropRecoveryKey(ctx context.Context) error
	SetLockAfter(d time.Duration) error
	// RotateKeys seals everything anew under new keys.
	RotateKeys(ctx context.Context) error
}

// Place is where the data lies.
type Place struct {
	// Path is the data file, as a person writes it.
	Path string
	// Bytes is its size.
	Bytes int64
	// Risk is why the folder is no good place, if it is none.
	Risk core.FolderRisk
}

// BackupOrder says what to write into a backup, and where to.
type BackupOrder struct {
	Path       string
	Passphrase secret.Text
	// Reviewer leaves out everything that gives access to a bank.
	Reviewer bool
	// Progress is told, on the worker, how many bytes are written and read back.
	Progress func(done, total int64)
}

// Files are what the screen does with files, on a worker unless said otherwise.
type Files struct {
	// Place tells where the data lies.
	Place  func(ctx context.Context) (Place, error)
	Backup func(ctx context.Context, o BackupOrder) (core.BackupReport, error)
	// Restore verifies a backup and puts it in the place of what is here; then the
	// window opens that, and says so.
	Restore func(ctx context.Context, o sheet.RestoreOrder) error
	// Save writes a text that only its owner can read, where no file is.
	Save func(ctx context.Context, path string, text secret.Text) error
	// Home is where files go unless the person says otherwise.
	Home string
	// PickFolder and PickFile let the person choose. They run on the UI thread.
	PickFolder, PickFile func(chosen func(path string))
}

// Deps is what the model needs. Functions without a context run on the UI
// thread.
type Deps struct {
	Runner      run.Runner
	Now         func() time.Time
	Environment core.Environment
	// SessionOnly says that nothing is kept: there is little to set then.
	SessionOnly bool
	// ReviewCopy says that this is a copy for a reviewer.
	ReviewCopy bool
	Source     Source
	Keeper     Keeper
	Files      Files
	Keys       KeyRing
	// OpenURL opens a page in the browser.
	OpenURL func(url string)
	// RotateTokens takes new access to every bank, and tells how many are done, on the
	// worker; nil where there is none to take.
	RotateTokens func(ctx context.Context, progress func(done, total int64)) error
	// Schedule says when banks are synced by themselves; nil if none ever is.
	Schedule Scheduler
	// ShowFolder opens the data folder; OtherFolder goes to the choice of another
	// one. What is in the present one stays there.
	ShowFolder, OtherFolder func()
	// ChooseSource goes to the choice of environment.
	ChooseSource func()
	// Lock locks the window now; nil if it cannot be locked.
	Lock func()
	// Protected is told how the data is protected, each time it has been read.
	Protected func(core.Protection)
	// Copy puts text on the clipboard and says what; Say says something.
	Copy func(text, what string)
	Say  func(text string)
	// Report shows a fault of something that the person has just asked for.
	Report func(error)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}

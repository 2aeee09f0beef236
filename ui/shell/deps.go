package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/ui/clip"
	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/say"
	"bankbook/ui/screen/activity"
	"bankbook/ui/screen/banks"
	linkscreen "bankbook/ui/screen/link"
	"bankbook/ui/screen/overview"
	"bankbook/ui/screen/settings"
	"bankbook/ui/screen/transactions"
)

// Clipboard takes text, and tells it. fyne.Clipboard is one.
type Clipboard interface{ clip.Clipboard }

// Deps is what the window needs before any service is there.
type Deps struct {
	Runner    run.Runner
	Now       func() time.Time
	Window    fyne.Window
	Clipboard Clipboard
	// OpenURL opens a page in the browser. It runs on a worker.
	OpenURL func(url string) error
	// Version and System stand in the details of faults.
	Version, System string
	// Mode is light, dark, or what the system says; SetMode applies and keeps
	// another one.
	Mode    look.Mode
	SetMode func(look.Mode)
	Quit    func()
}

// Links runs link sessions.
type Links interface {
	linkscreen.Driver
	overview.Links
}

// Syncer gets transactions.
type Syncer interface {
	banks.Syncer
	SyncAll(ctx context.Context) error
}

// Repository is the vault, as far as the window reads it.
type Repository interface {
	overview.Source
	banks.Source
	linkscreen.Source
	transactions.Source
	activity.Source
	statusSource
}

// Services are what is there once an environment has been opened.
type Services struct {
	Environment core.Environment
	// SessionOnly says that nothing is kept after the window is closed.
	SessionOnly bool
	// Profile is the one whose data there is; "" is all profiles together. Another
	// one comes with other services, when ChooseProfile has brought them.
	Profile       core.ProfileID
	Profiles      Profiles
	ChooseProfile func(core.ProfileID)
	Repository    Repository
	Links         Links
	Syncer        Syncer
	Remover       banks.Remover
	Carrier       Carrier
	Accounts      Accounts
	// Index answers queries about all transactions.
	Index transactions.Index
	Bus   *event.Bus
	// ReviewCopy says that this is a copy for a reviewer, without access to banks.
	ReviewCopy bool
	// RolledBack tells that the file is older than when it was seen last; zero if
	// it is not.
	RolledBack core.RolledBack
	// Keys tells about the keys for the environment; nil if it needs none.
	Keys func(ctx context.Context) (core.KeyFacts, error)
	// ExportActivity writes a part of the activity log into a file.
	ExportActivity func(ctx context.Context, o activity.Order) (int, error)
	// Settings is what the settings screen is made of, but for what the window
	// itself provides.
	Settings settings.Deps
	// Lock locks the window; nil if nothing would open it again. LockAfter is
	// after how long without a person's hand that happens by itself, 0 is never.
	Lock      func()
	LockAfter time.Duration
	// Recover puts the last whole state in the place of damaged data.
	Recover func()
	// ChooseSource goes to the choice of environment.
	ChooseSource func()
}

// Remedies are what can be done about a failed start. The one that belongs to
// the fault becomes the button; nil ones are not offered.
type Remedies struct {
	Retry       func()
	SessionOnly func()
	OtherFolder func()
	Keys        func()
	Source      func()
	// Recover mends damaged data; RecoveryKey asks for the key that opens what
	// has lost its own; Restore takes a backup.
	Recover, RecoveryKey, Restore func()
}

// of returns what a message's action does here.
func (r Remedies) of(a say.Action) func() {
	switch a {
	case say.Retry:
		return r.Retry
	case say.SessionOnly:
		return r.SessionOnly
	case say.OtherFolder:
		return r.OtherFolder
	case say.EnterKeys:
		return r.Keys
	case say.Recover:
		return r.Recover
	case say.Restore:
		return r.Restore
	}
	return nil
}

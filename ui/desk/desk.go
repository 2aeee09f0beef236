// Package desk runs the window: it opens and closes environments at the
// person's word, off the UI thread, and tells the shell what to show.
package desk

import (
	"context"
	"runtime"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/screen/activity"
	"bankbook/ui/screen/welcome"
	"bankbook/ui/sheet"
	"bankbook/ui/shell"
)

// The size of a new window.
const (
	windowWidth  = 1280
	windowHeight = 800
)

// Config is what the window is made of.
type Config struct {
	App     fyne.App
	Version string
	// Boot says how to start the program, and again after another folder has
	// been chosen.
	Boot boot.Config
	// Env is opened at the start; "" is the one chosen last.
	Env core.Environment
	// SessionOnly keeps nothing after the window is closed.
	SessionOnly bool
}

// desk shows what is open. Its fields belong to the UI thread; what workers
// open and close is kept in custody.
type desk struct {
	// ctx is that of the whole run.
	ctx    context.Context
	config Config
	window fyne.Window
	runner *run.Live
	shell  *shell.Shell

	program *boot.Program
	opened  *boot.Services
	// protection is that of what is open, and profile the one that is shown; "" is
	// all of them together.
	protection core.Protection
	profile    core.ProfileID
	custody    custody
	teller     *teller
	// mode is kept here until there is a program to keep it in.
	mode look.Mode
}

// Run shows the window and returns when it has been closed and everything is
// shut. The window is on screen before anything is loaded or fetched.
func Run(ctx context.Context, config Config) error {
	d := &desk{ctx: ctx, config: config, runner: run.NewLive(ctx)}
	d.teller = newTeller(config.App, d.now)
	program, err := boot.New(config.Boot)
	if err == nil {
		d.custody.keep(program)
		d.program, d.mode = program, modeOf(program.Appearance())
	}
	d.applyMode()
	d.makeWindow()
	if err != nil {
		d.shell.Failed(err, shell.Remedies{OtherFolder: d.pickFolder})
	} else {
		d.start()
	}
	stop := context.AfterFunc(ctx, func() { d.runner.UI(d.window.Close) })
	defer stop()
	run.EndAtOnce(d.config.App)
	d.window.ShowAndRun()
	d.runner.Close()
	return d.custody.closeAll()
}

func (d *desk) makeWindow() {
	d.window = d.config.App.NewWindow(title)
	d.shell = shell.New(shell.Deps{
		Runner: d.runner, Now: d.now, Window: d.window, Clipboard: d.config.App.Clipboard(), OpenURL: d.config.Boot.Opener(),
		Version: d.config.Version, System: runtime.GOOS + "/" + runtime.GOARCH,
		Mode: d.mode, SetMode: d.setMode, Quit: d.window.Close,
	})
	d.watchFront()
	d.window.SetPadded(false)
	d.window.SetMainMenu(d.shell.Menu())
	d.window.SetContent(d.shell.Content())
	d.window.SetOnClosed(d.shell.Forget)
	d.window.SetMaster()
	d.window.Resize(fyne.NewSize(windowWidth, windowHeight))
	d.window.CenterOnScreen()
}

// title is the window's until a screen is shown.
const title = "Bankbook"

// start opens the environment that was chosen, or asks for one.
func (d *desk) start() {
	env := d.config.Env
	if env == "" {
		env = d.program.Environment()
	}
	if env == "" {
		d.choose()
		return
	}
	d.open(boot.Choice{Env: env, SessionOnly: d.config.SessionOnly})
}

// choose asks where bank data should come from. What is open stays open behind
// the question.
func (d *desk) choose() {
	deps := welcome.Deps{
		Folder: underHome(d.program.DataDir()), Protector: d.protectorOf(), Keychain: d.program.Keychain, HasKeys: d.program.HasKeys,
		CheckKeys: func(ctx context.Context, env core.Environment, k welcome.Keys) error {
			return d.program.CheckKeys(ctx, env, keysOf(k))
		},
		Start: d.startWith, PickFolder: d.pickFolder, Restore: d.askRestore,
	}
	if d.opened != nil {
		deps.Current = d.opened.Env
		deps.Back = d.ready
	}
	d.shell.Choose(deps)
}

func keysOf(k welcome.Keys) plaid.Keys {
	return plaid.Keys{ClientID: secret.New(k.ClientID), Secret: k.Secret}
}

// startWith opens the environment, in which the keys that were entered are kept.
// It runs on a worker.
func (d *desk) startWith(_ context.Context, c welcome.Choice) error {
	choice := boot.Choice{
		Env: c.Environment, SessionOnly: c.Protector == core.ThisSessionOnly, Protector: c.Protector, Passphrase: c.Passphrase, Keys: keysOf(c.Keys),
	}
	d.runner.UI(func() { d.open(choice) })
	return nil
}

// open closes what is open and opens another environment.
func (d *desk) open(choice boot.Choice) {
	opening, cancel := context.WithCancel(secret.Attended(d.ctx))
	d.shell.Starting(cancel)
	before, program := d.opened, d.program
	d.opened = nil
	d.runner.Go(func(ctx context.Context) {
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		o, err := d.reopen(opening, before, program, choice)
		d.runner.UI(func() { d.arrived(choice, o, err) })
	})
}

// opening is what open has come to. Without services, protection is that of what
// did not open.
type opening struct {
	services   *boot.Services
	protection core.Protection
	profile    core.ProfileID
}

// reopen closes what was open, if anything was, and opens another
// environment. Services without an error, or with one, are open: the error then
// is that the choice could not be remembered. It runs on a worker.
func (d *desk) reopen(ctx context.Context, before *boot.Services, program *boot.Program, choice boot.Choice) (opening, error) {
	if before != nil {
		if err := d.custody.close(before); err != nil {
			return opening{}, err
		}
	}
	services, err := program.Open(ctx, choice)
	if err != nil {
		protection, inspectErr := program.Protected(choice.Env)
		if inspectErr != nil {
			program.Log().Warn("its protection cannot be told", "error", inspectErr)
		}
		return opening{protection: protection}, err
	}
	d.custody.keep(services)
	o := opening{services: services}
	if o.profile, err = services.Chosen(); err != nil {
		return o, err
	}
	if o.protection, err = services.Protection(ctx); err != nil || choice.SessionOnly {
		return o, err
	}
	return o, program.SetEnvironment(choice.Env)
}

// arrived shows what open has come to.
func (d *desk) arrived(choice boot.Choice, o opening, err error) {
	services := o.services
	if services == nil {
		d.failed(choice, o.protection, err)
		return
	}
	d.opened, d.protection, d.profile = services, o.protection, o.profile
	services.Follow()
	services.Tend()
	services.Schedule().Start(d.teller)
	d.ready()
	d.program.Log().Info("ready", "environment", string(choice.Env), "session", choice.SessionOnly)
	if err != nil {
		d.shell.Report(err)
	}
	d.runner.Go(func(ctx context.Context) {
		if err := services.Resume(ctx); err != nil {
			d.runner.UI(func() { d.shell.Report(err) })
		}
	})
}

// ready shows what is open.
func (d *desk) ready() {
	s := d.opened
	back, _ := s.RolledBack()
	books := s.Books(d.profile)
	services := shell.Services{
		Environment: s.Env, SessionOnly: s.SessionOnly, Profile: d.profile, Profiles: s.Profiles(), ChooseProfile: d.chooseProfile,
		Repository: books, Links: books, Syncer: books, Remover: books, Carrier: books, Accounts: books, Index: books, Bus: s.Events, ChooseSource: d.choose, RolledBack: back, ReviewCopy: s.ReviewCopy(), Settings: d.settings(s),
		Recover: func() { d.recoverOpen(s) },
		ExportActivity: func(ctx context.Context, o activity.Order) (int, error) {
			return books.ExportActivity(ctx, boot.ActivityOrder(o))
		},
	}
	if s.Env != core.Practice {
		services.Keys = func(ctx context.Context) (core.KeyFacts, error) { return s.KeyRing().Of(ctx, s.Env) }
	}
	if !s.SessionOnly { // nothing would open it again
		services.Lock, services.LockAfter = d.lock, d.protection.LockAfter
	}
	d.shell.Ready(services)
}

// chooseProfile shows another profile, now and after the next start.
func (d *desk) chooseProfile(id core.ProfileID) {
	s := d.opened
	if s == nil {
		return
	}
	d.profile = id
	d.ready()
	d.runner.Go(func(context.Context) {
		if err := s.Choose(id); err != nil {
			d.runner.UI(func() { d.shell.Report(err) })
		}
	})
}

// failed shows why an environment does not open: the lock screen, if it is
// locked.
func (d *desk) failed(choice boot.Choice, p core.Protection, err error) {
	if fault.Is(err, fault.Locked, fault.Passphrase) {
		p.Protector = core.ByPassphrase
		d.showLock(locked{choice: choice, protection: p})
		return
	}
	d.program.Log().Error("open", "environment", string(choice.Env), "error", err)
	d.shell.Failed(err, d.remedies(choice, p, err))
}

// remedies are what can be done about an environment that does not open.
func (d *desk) remedies(choice boot.Choice, p core.Protection, err error) shell.Remedies {
	r := shell.Remedies{
		Retry: func() { d.open(choice) }, OtherFolder: d.pickFolder, Source: d.choose, Keys: d.choose,
	}
	noKeychain := fault.Is(err, fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied)
	if noKeychain {
		r.SessionOnly = func() { d.open(boot.Choice{Env: choice.Env, SessionOnly: true}) }
	}
	if fault.Is(err, fault.VaultDamaged, fault.VaultForeign) {
		r.Recover = func() { d.recover(choice) }
	}
	if fault.Is(err, fault.LockboxDamaged) {
		r.Restore = func() { d.askRestore(sheet.RestoreSpec{Protector: core.ByPassphrase, Here: true}) }
	}
	if p.RecoveryKey && (noKeychain || fault.Is(err, fault.SecretMissing, fault.VaultKey, fault.LockboxDamaged)) {
		if fault.Is(err, fault.KeychainMissing) {
			p.Protector = core.ByPassphrase // which takes the place of what is not there
		}
		r.RecoveryKey = func() { d.showLock(locked{choice: choice, protection: p, recovery: true}) }
	}
	return r
}

package lock

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// Key is what data is opened with. The empty Key means the keychain.
type Key struct{ Passphrase, Recovery secret.Text }

// Deps is what the model needs. The functions with a context run on a worker.
type Deps struct {
	Runner run.Runner
	// Protector is what protects the data: ByPassphrase or ByKeychain.
	Protector core.Protector
	// Open opens the data, and keeps it back until Opened.
	Open func(ctx context.Context, k Key) error
	// SetPassphrase gives a new passphrase to data that Open has opened with a
	// recovery key.
	SetPassphrase func(ctx context.Context, next secret.Text) error
	// Opened shows what Open has opened.
	Opened func()
	// Failed shows a fault that nothing on this screen mends.
	Failed func(error)
	// Source goes to the choice of another source.
	Source func()
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}

// Step is what the screen asks for.
type Step int

// The steps. The last one follows the recovery key alone.
const (
	AskKey Step = iota
	AskRecovery
	AskNewPassphrase
)

// State is what the view shows.
type State struct {
	Step Step
	// ByPassphrase says that AskKey asks for a passphrase, not for the keychain.
	ByPassphrase bool
	Busy         bool
	// FieldError is what is wrong with what was typed, AgainError with the
	// repetition of a new passphrase.
	FieldError, AgainError string
	// Err is why the last attempt failed, if no field says it.
	Err error
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	stop    context.CancelFunc
	changed func()
	refused func()
}

// New returns a model that asks for the key.
func New(deps Deps) *Model {
	return &Model{
		deps: deps, state: State{ByPassphrase: deps.Protector == core.ByPassphrase},
		changed: func() {}, refused: func() {},
	}
}

// OnChange sets what is called after every change of the state, and what after
// a field was refused, so that it can be typed anew.
func (m *Model) OnChange(changed, refused func()) { m.changed, m.refused = changed, refused }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Unlock takes the passphrase, or asks the keychain.
func (m *Model) Unlock(passphrase string) {
	if m.state.ByPassphrase && passphrase == "" {
		m.refuse("Type your passphrase")
		return
	}
	m.try(Key{Passphrase: secret.New(passphrase)}, m.deps.Opened)
}

// Recover takes the recovery key.
func (m *Model) Recover(key string) {
	if key == "" {
		m.refuse("Type your recovery key")
		return
	}
	m.try(Key{Recovery: secret.New(key)}, func() {
		if !m.state.ByPassphrase {
			m.deps.Opened()
			return
		}
		m.state.Step = AskNewPassphrase
		m.changed()
	})
}

// Renew takes the new passphrase and its repetition.
func (m *Model) Renew(first, again string) {
	m.state.FieldError, m.state.AgainError = say.NewPassphrase(first, again)
	if m.state.FieldError != "" || m.state.AgainError != "" {
		m.changed()
		return
	}
	m.work(func(ctx context.Context) error { return m.deps.SetPassphrase(ctx, secret.New(first)) }, m.deps.Opened)
}

func (m *Model) try(k Key, opened func()) {
	m.work(func(ctx context.Context) error { return m.deps.Open(ctx, k) }, opened)
}

// work does something on a worker, one thing at a time.
func (m *Model) work(do func(context.Context) error, done func()) {
	if m.state.Busy {
		return
	}
	m.state.Busy, m.state.Err, m.state.FieldError, m.state.AgainError = true, nil, "", ""
	m.changed()
	working, stop := context.WithCancel(secret.Attended(context.Background()))
	m.stop = stop
	m.deps.Runner.Go(func(ctx context.Context) {
		defer stop()
		defer context.AfterFunc(ctx, stop)()
		err := do(working)
		m.deps.Runner.UI(func() { m.ended(err, done) })
	})
}

func (m *Model) ended(err error, done func()) {
	m.state.Busy, m.stop = false, nil
	switch {
	case err == nil:
		m.changed()
		done()
	case fault.Is(err, fault.Canceled):
		m.changed()
	case fault.Is(err, fault.Passphrase) && m.state.Step == AskKey:
		m.refuse("This isn’t the passphrase. Capital letters count.")
	case fault.Is(err, fault.Passphrase, fault.Invalid) && m.state.Step == AskRecovery:
		m.refuse("This isn’t the recovery key. Check each group.")
	case m.mended(err):
		m.state.Err = err
		m.changed()
	default:
		m.changed()
		m.deps.Failed(err)
	}
}

// mended reports whether the person can do something about a fault and try
// again here.
func (m *Model) mended(err error) bool {
	return m.state.Step == AskNewPassphrase ||
		fault.Is(err, fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.VaultInUse)
}

func (m *Model) refuse(why string) {
	m.state.FieldError, m.state.Err = why, nil
	m.changed()
	m.refused()
}

// Stop calls off what is under way.
func (m *Model) Stop() {
	if m.stop != nil {
		m.stop()
	}
}

// UseRecovery asks for the recovery key instead.
func (m *Model) UseRecovery() { m.ask(AskRecovery) }

// Back asks for the passphrase or the keychain again.
func (m *Model) Back() { m.ask(AskKey) }

func (m *Model) ask(step Step) {
	if m.state.Busy || m.state.Step == AskNewPassphrase {
		return
	}
	m.state = State{Step: step, ByPassphrase: m.state.ByPassphrase}
	m.changed()
}

// Source goes to the choice of another source.
func (m *Model) Source() {
	if !m.state.Busy {
		m.deps.Source()
	}
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

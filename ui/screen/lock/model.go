package lock

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// Key is what data is opened with. The empty Key means the keychain. A
// Passphrase beside a Recovery key is the one that counts from now on.
type Key struct{ Passphrase, Recovery secret.Text }

// Deps is what the model needs. The functions with a context run on a worker.
type Deps struct {
	Runner run.Runner
	// Protector is what protects the data: ByPassphrase or ByKeychain.
	Protector core.Protector
	// HasRecovery says that there is a recovery key; Recovery asks for it first.
	HasRecovery, Recovery bool
	// Open opens the data, which Opened then shows.
	Open   func(ctx context.Context, k Key) error
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

// The steps.
const (
	AskKey Step = iota
	AskRecovery
)

// State is what the view shows.
type State struct {
	Step Step
	// ByPassphrase says that AskKey asks for a passphrase, not for the keychain,
	// and AskRecovery for a new one.
	ByPassphrase bool
	// HasRecovery says that there is a recovery key to ask for.
	HasRecovery bool
	Busy        bool
	// KeyError is what is wrong with the passphrase or recovery key, NewError and
	// AgainError with a new passphrase and its repetition.
	KeyError, NewError, AgainError string
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
	m := &Model{
		deps: deps, state: State{ByPassphrase: deps.Protector == core.ByPassphrase, HasRecovery: deps.HasRecovery},
		changed: func() {}, refused: func() {},
	}
	if deps.Recovery {
		m.state.Step = AskRecovery
	}
	return m
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
	m.try(Key{Passphrase: secret.New(passphrase)})
}

// Recover takes the recovery key, and the new passphrase with its repetition
// where there is to be one.
func (m *Model) Recover(key, first, again string) {
	m.state.KeyError, m.state.NewError, m.state.AgainError = "", "", ""
	if _, err := recovery.Parse(key); err != nil {
		m.refuse(say.MistypedKey(err))
		return
	}
	if m.state.ByPassphrase {
		m.state.NewError, m.state.AgainError = say.NewPassphrase(first, again)
		if m.state.NewError != "" || m.state.AgainError != "" {
			m.changed()
			return
		}
	}
	m.try(Key{Passphrase: secret.New(first), Recovery: secret.New(key)})
}

// try opens the data on a worker, one attempt at a time.
func (m *Model) try(k Key) {
	if m.state.Busy {
		return
	}
	m.state.Busy, m.state.Err, m.state.KeyError = true, nil, ""
	m.changed()
	m.stop = run.Work(secret.Attended(context.Background()), m.deps.Runner, func(ctx context.Context) error { return m.deps.Open(ctx, k) }, m.ended)
}

func (m *Model) ended(err error) {
	m.state.Busy, m.stop = false, nil
	switch {
	case err == nil:
		m.deps.Opened()
	case fault.Is(err, fault.Canceled):
		m.changed()
	case fault.Is(err, fault.Passphrase) && m.state.Step == AskKey:
		m.refuse("This isn’t the passphrase. Capital letters count.")
	case fault.Is(err, fault.Passphrase):
		m.refuse("This is not the recovery key of this data")
	case fault.Is(err, fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.VaultInUse):
		m.state.Err = err
		m.changed()
	default:
		m.changed()
		m.deps.Failed(err)
	}
}

func (m *Model) refuse(why string) {
	m.state.KeyError, m.state.Err = why, nil
	m.changed()
	m.refused()
}

// Stop calls off what is under way.
func (m *Model) Stop() {
	if m.stop != nil {
		m.stop()
	}
}

// UseRecovery asks for the recovery key instead. Where the keychain is no more,
// a passphrase takes its place.
func (m *Model) UseRecovery() {
	if fault.Is(m.state.Err, fault.KeychainMissing) {
		m.state.ByPassphrase = true
	}
	m.ask(AskRecovery)
}

// Back asks for the passphrase or the keychain again.
func (m *Model) Back() {
	m.state.ByPassphrase = m.deps.Protector == core.ByPassphrase
	m.ask(AskKey)
}

func (m *Model) ask(step Step) {
	if m.state.Busy {
		return
	}
	m.state = State{Step: step, ByPassphrase: m.state.ByPassphrase, HasRecovery: m.state.HasRecovery}
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

package welcome

import (
	"context"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/say"
	"bankbook/ui/sheet"
)

// Keys are a person's own Plaid keys for one environment.
type Keys struct {
	ClientID string
	Secret   secret.Text
}

// Choice is what Bankbook is started with.
type Choice struct {
	Environment core.Environment
	// Protector is what keeps the key and bank access; core.ThisSessionOnly keeps
	// nothing after Bankbook is closed. What is there already has its own.
	Protector core.Protector
	// Passphrase is that of data that is made anew ByPassphrase.
	Passphrase secret.Text
	// Keys are those just entered; zero means those that were kept before.
	Keys Keys
}

// Deps is what the model needs. The functions with a context run on a worker.
type Deps struct {
	Runner run.Runner
	// Folder is where the data lies, as a person writes it.
	Folder string
	// Current is the environment in use, "" at the first start.
	Current core.Environment
	// Keychain tells why the keychain cannot be used, nil if it can.
	Keychain func(ctx context.Context) error
	// Protector tells what protects the data of an environment, "" if there is
	// none yet.
	Protector func(ctx context.Context, e core.Environment) (core.Protector, error)
	// HasKeys reports whether keys for an environment were kept before.
	HasKeys func(ctx context.Context, e core.Environment) (bool, error)
	// CheckKeys tries keys out with one cheap call.
	CheckKeys func(ctx context.Context, e core.Environment, k Keys) error
	// Start keeps the keys of the choice and opens its environment. The window
	// shows something else when it returns nil.
	Start func(ctx context.Context, c Choice) error
	// PickFolder lets the person choose another data folder.
	PickFolder func()
	// Restore lets the person bring back a backup; the rest of the spec is filled
	// in.
	Restore func(sheet.RestoreSpec)
	// OpenURL opens a page in the browser.
	OpenURL func(url string)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
	// Back returns to the environment in use; nil at the first start.
	Back func()
}

// Step is which of its two pages the screen shows.
type Step int

// The steps.
const (
	ChooseSource Step = iota
	EnterKeys
)

// State is what the view shows.
type State struct {
	Step   Step
	Chosen core.Environment
	// Busy says that keys are being checked or an environment is being opened.
	Busy bool
	// ClientIDError and SecretError say what is wrong with a field.
	ClientIDError, SecretError string
	// Err is why the last attempt failed, if no field says it.
	Err error
	// NoKeychain is why the keychain cannot be used.
	NoKeychain error
	// Protector is what the person wants new data to be protected by: the
	// keychain where there is one, and nothing until they have chosen where not.
	Protector core.Protector
	// Protectors are those of the data that is there already.
	Protectors map[core.Environment]core.Protector
	// NewError and AgainError say what is wrong with a new passphrase and its
	// repetition.
	NewError, AgainError string
	// HasKeys lists the environments whose keys were kept before.
	HasKeys map[core.Environment]bool
}

// New reports whether the chosen source has no data yet.
func (s State) New() bool { return s.Protectors[s.Chosen] == "" }

// NeedsPassphrase reports whether a new passphrase has to be chosen.
func (s State) NeedsPassphrase() bool { return s.New() && s.Protector == core.ByPassphrase }

// NeedsKeychain reports whether the chosen source does not open without the
// keychain, unless in a session that keeps nothing.
func (s State) NeedsKeychain() bool {
	return s.Protectors[s.Chosen] == core.ByKeychain || s.New() && s.Protector != core.ByPassphrase
}

// CanStart reports whether nothing stands in the way of going on: without a
// keychain the person has to say what takes its place.
func (s State) CanStart() bool {
	return !s.Busy && (s.NoKeychain == nil || !s.NeedsKeychain() || s.Protector == core.ThisSessionOnly)
}

// restoring is how a backup comes back here: protected as what is here already, or
// else as the person wants new data to be. Where there is no keychain, only a
// passphrase is left; one that does not answer is waited for.
func (s State) restoring() sheet.RestoreSpec {
	spec := sheet.RestoreSpec{Protector: core.ByKeychain, NoKeychain: fault.Is(s.NoKeychain, fault.KeychainMissing)}
	if spec.NoKeychain || s.Protector == core.ByPassphrase {
		spec.Protector = core.ByPassphrase
	}
	for _, by := range s.Protectors {
		spec.Here = spec.Here || by != ""
		if by == core.ByPassphrase {
			spec.Protector = by
		}
	}
	return spec
}

// NeedsKeys reports whether the chosen source has to be given keys first.
func (s State) NeedsKeys() bool {
	return s.Chosen != core.Practice && !s.HasKeys[s.Chosen]
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	probe   run.Loader[probed]
	changed func()
	// passphrase is the new one, once it has been found good.
	passphrase secret.Text
}

// probed is what is found out when the screen is shown.
type probed struct {
	keychain   error
	keys       map[core.Environment]bool
	protectors map[core.Environment]core.Protector
}

// New returns a model in which the practice bank, or what is in use, is chosen.
func New(deps Deps) *Model {
	m := &Model{deps: deps, changed: func() {}, state: State{Chosen: core.Practice}}
	if deps.Current != "" {
		m.state.Chosen = deps.Current
	}
	m.probe = run.Loader[probed]{Runner: deps.Runner, Fetch: m.look, Show: m.looked}
	return m
}

// OnChange sets what is called after every change of the state.
func (m *Model) OnChange(fn func()) { m.changed = fn }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Folder returns where the data lies.
func (m *Model) Folder() string { return m.deps.Folder }

// Current returns the environment in use, "" at the first start.
func (m *Model) Current() core.Environment { return m.deps.Current }

// CanLeave reports whether there is something to go back to.
func (m *Model) CanLeave() bool { return m.deps.Back != nil }

// Load looks at the keychain, also again after the person has unlocked it.
func (m *Model) Load() { m.probe.Load() }

func (m *Model) look(ctx context.Context) (probed, error) {
	p := probed{
		keychain: m.deps.Keychain(ctx), keys: map[core.Environment]bool{}, protectors: map[core.Environment]core.Protector{},
	}
	for _, e := range core.Environments() {
		protector, err := m.deps.Protector(ctx, e)
		if err != nil {
			return p, err
		}
		p.protectors[e] = protector
	}
	for _, e := range []core.Environment{core.Sandbox, core.Production} {
		if p.keychain != nil && p.protectors[e] != core.ByPassphrase {
			continue
		}
		has, err := m.deps.HasKeys(ctx, e)
		if err != nil {
			return p, err
		}
		p.keys[e] = has
	}
	return p, nil
}

func (m *Model) looked(p probed, err error) {
	m.state.NoKeychain, m.state.HasKeys, m.state.Protectors = p.keychain, p.keys, p.protectors
	switch {
	case p.keychain != nil && m.state.Protector == core.ByKeychain:
		m.state.Protector = ""
	case p.keychain == nil && m.state.Protector != core.ByPassphrase:
		m.state.Protector = core.ByKeychain
	}
	if err != nil {
		m.state.Err = err
	}
	m.changed()
}

// Choose marks a source.
func (m *Model) Choose(e core.Environment) {
	if m.state.Busy {
		return
	}
	m.state.Chosen, m.state.Err, m.state.NewError, m.state.AgainError = e, nil, "", ""
	m.changed()
}

// Protect says what is to protect new data.
func (m *Model) Protect(by core.Protector) {
	if m.state.Busy {
		return
	}
	m.state.Protector, m.state.NewError, m.state.AgainError = by, "", ""
	m.changed()
}

// Continue starts with the chosen source, or asks for its keys first. first and
// again are a new passphrase and its repetition, where one is needed.
func (m *Model) Continue(first, again string) {
	if !m.state.CanStart() {
		return
	}
	m.passphrase = secret.Text{}
	if m.state.NeedsPassphrase() {
		m.state.NewError, m.state.AgainError = say.NewPassphrase(first, again)
		if m.state.NewError != "" || m.state.AgainError != "" {
			m.changed()
			return
		}
		m.passphrase = secret.New(first)
	}
	if m.state.NeedsKeys() {
		m.ChangeKeys()
		return
	}
	m.start(Keys{})
}

// ChangeKeys asks for the keys of the chosen source, also where some were kept.
func (m *Model) ChangeKeys() {
	m.state.Step, m.state.Err = EnterKeys, nil
	m.state.ClientIDError, m.state.SecretError = "", ""
	m.changed()
}

// Back returns to the choice of source, and from there to what is in use.
func (m *Model) Back() {
	if m.state.Step == EnterKeys {
		m.state.Step, m.state.Err = ChooseSource, nil
		m.changed()
		return
	}
	if m.deps.Back != nil {
		m.deps.Back()
	}
}

// Submit takes the two fields of the keys page: they are checked here, then at
// Plaid, and then Bankbook starts.
func (m *Model) Submit(clientID, key string) {
	clientID, key = strings.TrimSpace(clientID), strings.TrimSpace(key)
	m.state.ClientIDError, m.state.SecretError = say.KeyErrors(clientID, key)
	m.state.Err = nil
	if m.state.ClientIDError != "" || m.state.SecretError != "" || !m.state.CanStart() {
		m.changed()
		return
	}
	m.start(Keys{ClientID: clientID, Secret: secret.New(key)})
}

func (m *Model) start(k Keys) {
	c := Choice{Environment: m.state.Chosen, Protector: m.state.Protector, Passphrase: m.passphrase, Keys: k}
	m.state.Busy, m.state.Err = true, nil
	m.changed()
	m.deps.Runner.Go(func(ctx context.Context) {
		err := m.try(ctx, c)
		m.deps.Runner.UI(func() { m.started(err) })
	})
}

func (m *Model) try(ctx context.Context, c Choice) error {
	if c.Keys.ClientID != "" {
		if err := m.deps.CheckKeys(ctx, c.Environment, c.Keys); err != nil {
			return err
		}
	}
	return m.deps.Start(ctx, c)
}

// started puts a fault where it belongs: refused keys at their field, keychain
// trouble into its note, everything else below the button.
func (m *Model) started(err error) {
	m.state.Busy = false
	switch {
	case err == nil:
	case fault.Is(err, fault.Keys) && m.state.Step == EnterKeys:
		m.state.SecretError = say.KeysRefused
	case fault.Is(err, fault.Keys, fault.NoKeys):
		m.ChangeKeys()
		m.state.Err = err
	case fault.Is(err, fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied):
		m.state.NoKeychain = err
		if m.state.Protector == core.ByKeychain {
			m.state.Protector = ""
		}
	default:
		m.state.Err = err
	}
	m.changed()
}

// PickFolder lets the person choose another data folder.
func (m *Model) PickFolder() { m.deps.PickFolder() }

// Restore lets the person bring back a backup.
func (m *Model) Restore() {
	if !m.state.Busy {
		m.deps.Restore(m.state.restoring())
	}
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

// OpenKeysPage opens the page where Plaid shows the keys.
func (m *Model) OpenKeysPage() { m.deps.OpenURL(core.KeysPage) }

package settings

import (
	"context"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// KeyRing looks after the person's Plaid keys. All of it runs on a worker.
type KeyRing interface {
	Facts(ctx context.Context) ([]core.KeyFacts, error)
	// Save tests keys and keeps them.
	Save(ctx context.Context, env core.Environment, clientID string, key secret.Text) error
	// Test tests those that are kept.
	Test(ctx context.Context, env core.Environment) error
	Remove(ctx context.Context, env core.Environment) error
	SetCountries(ctx context.Context, env core.Environment, countries []string) error
	SetTrial(env core.Environment, plan core.TrialPlan) error
}

// KeyWork is what is under way with the keys of an environment.
type KeyWork int

// The works.
const (
	Idle KeyWork = iota
	Saving
	Testing
	Choosing
)

// KeyForm is how it stands with the keys of one environment.
type KeyForm struct {
	Work KeyWork
	// IDError and SecretError say what is wrong with a field.
	IDError, SecretError string
	// Err is why the last deed failed, if no field says it.
	Err  error
	stop context.CancelFunc
}

// KeysState is what the tab about keys shows.
type KeysState struct {
	// Facts are those of Sandbox and Production; nil while they are read for the
	// first time. Err is why the last reading failed.
	Facts []core.KeyFacts
	Err   error
	Forms map[core.Environment]KeyForm
}

// Of returns the facts about the keys of an environment.
func (s KeysState) Of(env core.Environment) core.KeyFacts {
	for _, f := range s.Facts {
		if f.Env == env {
			return f
		}
	}
	return core.KeyFacts{Env: env}
}

// borrowed returns the client id that is taken for one that is left empty: that of
// the other environment, which is the same account at Plaid.
func (s KeysState) borrowed(env core.Environment) string {
	for _, f := range s.Facts {
		if f.Env != env && f.Source == core.KeptKeys {
			return f.ClientID
		}
	}
	return ""
}

func (m *Model) newKeys() {
	m.state.Keys.Forms = map[core.Environment]KeyForm{}
	m.keys = run.Loader[[]core.KeyFacts]{Runner: m.deps.Runner, Fetch: m.fetchKeys, Show: m.showKeys}
}

func (m *Model) fetchKeys(ctx context.Context) ([]core.KeyFacts, error) {
	return m.deps.Keys.Facts(secret.Attended(ctx))
}

func (m *Model) showKeys(facts []core.KeyFacts, err error) {
	m.state.Keys.Err = err
	if err == nil {
		m.state.Keys.Facts = facts
	}
	m.changed()
}

// LoadKeys reads again what is known about the keys.
func (m *Model) LoadKeys() { m.keys.Load() }

// edit changes the form of an environment.
func (m *Model) edit(env core.Environment, change func(*KeyForm)) {
	form := m.state.Keys.Forms[env]
	change(&form)
	m.state.Keys.Forms[env] = form
	m.changed()
}

// SaveKeys tests keys and keeps them. The client id of the other environment takes
// the place of an empty one.
func (m *Model) SaveKeys(env core.Environment, clientID, key string) {
	if m.state.Keys.Forms[env].Work != Idle {
		return
	}
	clientID, key = strings.TrimSpace(clientID), strings.TrimSpace(key)
	if clientID == "" {
		clientID = m.state.Keys.borrowed(env)
	}
	forID, forSecret := say.KeyErrors(clientID, key)
	m.edit(env, func(f *KeyForm) { f.IDError, f.SecretError, f.Err = forID, forSecret, nil })
	if forID != "" || forSecret != "" {
		return
	}
	m.workOnKeys(env, Saving, func(ctx context.Context) error {
		return m.deps.Keys.Save(ctx, env, clientID, secret.New(key))
	}, func() { m.deps.Say(say.Environment(env) + " keys saved") })
}

// TestKeys tests the keys that are kept.
func (m *Model) TestKeys(env core.Environment) {
	m.workOnKeys(env, Testing, func(ctx context.Context) error { return m.deps.Keys.Test(ctx, env) }, func() {})
}

// SetCountry adds a country to those whose banks are offered, or takes it away. One
// always stays.
func (m *Model) SetCountry(env core.Environment, country string, on bool) {
	now := m.state.Keys.Of(env).Countries
	next := slices.DeleteFunc(slices.Clone(now), func(c string) bool { return c == country })
	if on {
		next = append(next, country)
	}
	if len(next) == 0 {
		m.changed() // the box is checked again
		return
	}
	m.workOnKeys(env, Choosing, func(ctx context.Context) error { return m.deps.Keys.SetCountries(ctx, env, next) }, func() {})
}

// SetTrial notes whether the keys are on a Trial plan.
func (m *Model) SetTrial(env core.Environment, plan core.TrialPlan) {
	m.workOnKeys(env, Choosing, func(context.Context) error { return m.deps.Keys.SetTrial(env, plan) }, func() {})
}

// workOnKeys does one thing at a time with the keys of an environment.
func (m *Model) workOnKeys(env core.Environment, work KeyWork, do func(ctx context.Context) error, done func()) {
	if m.state.Keys.Forms[env].Work != Idle {
		return
	}
	stop := m.work(do, func(err error) {
		m.edit(env, func(f *KeyForm) { f.ended(err) })
		if err == nil {
			done()
		}
		m.LoadKeys()
	})
	m.edit(env, func(f *KeyForm) { f.Work, f.Err, f.stop = work, nil, stop })
}

// ended puts a fault where it belongs: refused keys at their field, everything else
// below the fields.
func (f *KeyForm) ended(err error) {
	saving := f.Work == Saving
	f.Work, f.stop = Idle, nil
	switch {
	case err == nil || fault.Is(err, fault.Canceled):
	case saving && fault.Is(err, fault.Keys):
		f.SecretError = say.KeysRefused
	default:
		f.Err = err
	}
}

// StopKeys calls off what is under way with the keys of an environment.
func (m *Model) StopKeys(env core.Environment) {
	if stop := m.state.Keys.Forms[env].stop; stop != nil {
		stop()
	}
}

// OpenKeysPage opens the page on which Plaid shows the keys.
func (m *Model) OpenKeysPage() { m.deps.OpenURL(core.KeysPage) }

package link

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/link"
	"bankbook/ui/run"
)

// Driver runs link sessions.
type Driver interface {
	Begin(ctx context.Context, o link.Options) (core.LinkID, error)
	Repair(ctx context.Context, item core.ItemID, way core.WayBack) (core.LinkID, error)
	ChangeAccounts(ctx context.Context, item core.ItemID, way core.WayBack) (core.LinkID, error)
	AddProducts(ctx context.Context, item core.ItemID, products []core.Product, way core.WayBack) (core.LinkID, error)
	Verify(ctx context.Context, item core.ItemID, account core.AccountID, way core.WayBack) (core.LinkID, error)
	OpenAgain(id core.LinkID) error
	CheckNow(id core.LinkID)
	Decide(id core.LinkID, d link.Decision) error
	Retry(id core.LinkID) error
	Cancel(id core.LinkID) error
	Session(id core.LinkID) (link.Session, error)
}

// Source is where the screen reads.
type Source interface {
	Profiles() ([]core.Profile, error)
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
}

// Navigate are the ways from this screen to others.
type Navigate struct {
	// Leave goes back to where the person came from.
	Leave    func()
	Overview func()
	Keys     func()
	// Continue lets an earlier bank go on in one that has been linked.
	Continue func(core.Item)
}

// Deps is what the model needs.
type Deps struct {
	Runner      run.Runner
	Now         func() time.Time
	Environment core.Environment
	Driver      Driver
	Source      Source
	Navigate    Navigate
	// Keys tells about the keys that a bank is linked with. It runs on a worker; nil
	// for a source that needs none.
	Keys func(ctx context.Context) (core.KeyFacts, error)
	// Copy puts text on the clipboard and says so.
	Copy func(text, what string)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
	// Report shows a fault that the screen itself has no place for.
	Report func(error)
}

// State is what the view shows.
type State struct {
	// Round counts the times that the screen has begun anew: what belongs to an
	// earlier round is not heard any more.
	Round int
	Form  Form
	// Busy says that something the person asked for is under way.
	Busy bool
	// Err is why the last thing asked for did not work.
	Err error
	// Known are the items and accounts in the vault, and the profiles.
	Known Known
	// Session is the session that is shown, if HasSession.
	Session    link.Session
	HasSession bool
	// Errand is what the session, once there is one, is to do with a bank that is
	// there; zero for a new one.
	Errand Errand
	// Choice is the answer chosen, but not yet given, about a twin.
	Choice link.Decision
	// Progress is of the sync that the session is waiting for.
	Progress event.SyncProgress
}

// Errand is what the person wants of a bank that is there.
type Errand struct {
	Purpose link.Purpose
	Item    core.ItemID
	// Account is the one to verify.
	Account core.AccountID
}

// Known is what the vault holds of use to the screen.
type Known struct {
	Profiles []core.Profile
	Items    []core.Item
	Accounts []core.Account
	// Keys are those of the source.
	Keys core.KeyFacts
}

// NumbersAllowed reports whether account numbers can be asked for.
func (k Known) NumbersAllowed() bool { return k.Keys.Check.Allows(core.Auth) }

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	changed func()
	ticked  func()
	known   run.Loader[Known]
	session *run.Loader[link.Session]
	stop    func()
}

// New returns a model that shows the options of a new session.
func New(deps Deps) *Model {
	m := &Model{deps: deps, changed: func() {}, ticked: func() {}, stop: func() {}}
	m.known = run.Loader[Known]{Runner: deps.Runner, Fetch: m.fetchKnown, Show: m.showKnown}
	// What a bank may cost is said before anything has been read.
	m.state.Known.Keys = core.KeyFacts{Env: deps.Environment, Trial: core.NotTrial}
	m.reset()
	return m
}

// OnChange sets what is called after a change of the state, and once a second
// while the time that is left is shown.
func (m *Model) OnChange(changed, ticked func()) { m.changed, m.ticked = changed, ticked }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// Environment returns the source that is used.
func (m *Model) Environment() core.Environment { return m.deps.Environment }

// Show starts the clock of the countdown and reads what may have changed.
func (m *Model) Show() {
	m.stop()
	m.stop = m.deps.Runner.Every(time.Second, func() { m.ticked() })
	m.known.Load()
	m.reload()
}

// Hide stops the clock. The session itself goes on.
func (m *Model) Hide() {
	m.stop()
	m.stop = func() {}
}

// reset forgets the session, which goes on without being shown.
func (m *Model) reset() {
	m.session = nil
	m.state = State{Round: m.state.Round + 1, Form: newForm(), Known: m.state.Known, Choice: link.RepairInstead}
	m.state.Form.settle(m.state.Known.Profiles)
}

// Options shows the options of a new session.
func (m *Model) Options() {
	m.reset()
	m.changed()
}

// Resume shows a session that exists.
func (m *Model) Resume(id core.LinkID) {
	m.reset()
	m.attach(id)
	m.changed()
}

// Begin starts a session with the options as they are chosen.
func (m *Model) Begin() {
	if !m.state.Form.Valid() || m.state.Busy {
		return
	}
	if !m.checkForm() {
		m.changed()
		return
	}
	form := m.state.Form
	form.Numbers = form.Numbers && m.state.Known.NumbersAllowed()
	m.begin(func(ctx context.Context) (core.LinkID, error) {
		// Somebody quick sends the form off before the profiles have been read.
		if form.Profile == "" {
			profiles, err := m.deps.Source.Profiles()
			if err != nil {
				return "", err
			}
			form.settle(profiles)
		}
		return m.deps.Driver.Begin(ctx, form.options())
	})
}

// Go starts a session about a bank that is there.
func (m *Model) Go(e Errand) {
	m.reset()
	m.state.Errand = e
	var known core.WayBack // the one that the bank was linked with: nobody is asked again
	m.begin(func(ctx context.Context) (core.LinkID, error) {
		switch e.Purpose {
		case link.Accounts:
			return m.deps.Driver.ChangeAccounts(ctx, e.Item, known)
		case link.Products:
			return m.deps.Driver.AddProducts(ctx, e.Item, []core.Product{core.Auth}, known)
		case link.Verify:
			return m.deps.Driver.Verify(ctx, e.Item, e.Account, known)
		}
		return m.deps.Driver.Repair(ctx, e.Item, known)
	})
}

// begin shows the session that start makes, unless the person has turned to
// another in the meantime.
func (m *Model) begin(start func(context.Context) (core.LinkID, error)) {
	m.state.Busy, m.state.Err = true, nil
	round := m.state.Round
	m.changed()
	m.deps.Runner.Go(func(ctx context.Context) {
		id, err := start(ctx)
		m.deps.Runner.UI(func() {
			if round != m.state.Round {
				m.drop(id, err)
				return
			}
			m.state.Busy, m.state.Err = false, err
			if err == nil {
				m.attach(id)
			}
			m.changed()
		})
	})
}

// drop calls off a session that was made for somebody who had already left.
func (m *Model) drop(id core.LinkID, err error) {
	if err == nil {
		m.deps.Runner.Go(func(context.Context) { _ = m.deps.Driver.Cancel(id) })
	}
}

// Again starts over after a session that did not end well: the options for a
// new bank, a new page for one that is there.
func (m *Model) Again() {
	if e := m.state.errand(); e.Item != "" {
		m.Go(e)
		return
	}
	form := m.state.Form
	m.reset()
	m.state.Form = form
	m.changed()
}

// attach shows the session with an id from now on.
func (m *Model) attach(id core.LinkID) {
	round := m.state.Round
	m.state.Session.ID, m.state.HasSession = id, true
	m.session = &run.Loader[link.Session]{
		Runner: m.deps.Runner,
		Fetch:  func(context.Context) (link.Session, error) { return m.deps.Driver.Session(id) },
		Show: func(s link.Session, err error) {
			if round == m.state.Round {
				m.showSession(s, err)
			}
		},
	}
	m.reload()
}

func (m *Model) reload() {
	if m.session != nil {
		m.session.Load()
	}
}

func (m *Model) showSession(s link.Session, err error) {
	m.state.Err = err
	if err == nil {
		if s.Stage != m.state.Session.Stage {
			m.known.Load()
		}
		m.state.Session = s
	}
	m.changed()
}

func (m *Model) fetchKnown(ctx context.Context) (Known, error) {
	k := Known{Keys: core.KeyFacts{Env: m.deps.Environment}}
	var err error
	if m.deps.Keys != nil {
		if k.Keys, err = m.deps.Keys(ctx); err != nil {
			return Known{}, err
		}
	}
	if k.Profiles, err = m.deps.Source.Profiles(); err != nil {
		return Known{}, err
	}
	if k.Items, err = m.deps.Source.Items(); err != nil {
		return Known{}, err
	}
	k.Accounts, err = m.deps.Source.Accounts()
	return k, err
}

func (m *Model) showKnown(k Known, err error) {
	if err != nil {
		m.state.Err = err
		m.changed()
		return
	}
	m.state.Known = k
	m.state.Form.settle(k.Profiles)
	m.changed()
}

// Handle takes an event in.
func (m *Model) Handle(e event.Event) {
	switch e := e.(type) {
	case event.LinkChanged:
		if m.state.HasSession && e.Session == m.state.Session.ID {
			m.reload()
		}
	case event.AccountsChanged, event.ItemChanged, event.KeysChanged:
		m.known.Load()
	case event.SyncProgress:
		if m.worksOn(e.Item) {
			m.state.Progress = e
			m.changed()
		}
	}
}

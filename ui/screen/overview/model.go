package overview

import (
	"context"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/link"
	"bankbook/ui/run"
)

// recentRows is how many of the newest transactions are shown.
const recentRows = 5

// Source is where the screen reads.
type Source interface {
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
	Totals() ([]core.Total, error)
	Newest(n int) ([]core.Transaction, error)
}

// Links knows the link sessions that are not over.
type Links interface {
	Active() []link.Session
}

// Navigate are the ways from this screen to others.
type Navigate struct {
	Link         func()
	Resume       func(core.LinkID)
	Repair       func(core.ItemID)
	Banks        func()
	Transactions func()
	Account      func(core.AccountID)
}

// Deps is what the model needs.
type Deps struct {
	Runner      run.Runner
	Now         func() time.Time
	Environment core.Environment
	Source      Source
	Links       Links
	Navigate    Navigate
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}

// State is what the view shows.
type State struct {
	// Ready says that Page is there; before that the screen is loading.
	Ready bool
	Page  Page
	// Err is why the last reading failed; Page is then as it was.
	Err error
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	loader  run.Loader[Page]
	changed func()
}

// New returns a model that has read nothing yet.
func New(deps Deps) *Model {
	m := &Model{deps: deps, changed: func() {}}
	m.loader = run.Loader[Page]{Runner: deps.Runner, Fetch: m.fetch, Show: m.show}
	return m
}

// OnChange sets what is called after every change of the state.
func (m *Model) OnChange(fn func()) { m.changed = fn }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// Practice reports whether the practice bank's sign-in should be shown.
func (m *Model) Practice() bool { return m.deps.Environment == core.Practice }

// Load reads everything again.
func (m *Model) Load() { m.loader.Load() }

// Handle reads again after an event that concerns the screen.
func (m *Model) Handle(e event.Event) {
	switch e.(type) {
	case event.ItemChanged, event.AccountsChanged, event.TransactionsChanged, event.LinkChanged:
		m.Load()
	}
}

// Do performs the deed of an Attention.
func (m *Model) Do(a Attention) {
	switch a.Deed {
	case Repair:
		m.deps.Navigate.Repair(a.Item)
	case Resume:
		m.deps.Navigate.Resume(a.Link)
	case SeeBanks:
		m.deps.Navigate.Banks()
	}
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

// Link links a bank.
func (m *Model) Link() { m.deps.Navigate.Link() }

// Account shows one account.
func (m *Model) Account(id core.AccountID) { m.deps.Navigate.Account(id) }

// Banks shows the banks.
func (m *Model) Banks() { m.deps.Navigate.Banks() }

// Transactions shows all transactions.
func (m *Model) Transactions() { m.deps.Navigate.Transactions() }

// fetch runs on a worker and touches nothing of the model but its sources.
func (m *Model) fetch(context.Context) (Page, error) {
	var d Data
	var err error
	if d.Items, err = m.deps.Source.Items(); err != nil {
		return Page{}, err
	}
	if d.Accounts, err = m.deps.Source.Accounts(); err != nil {
		return Page{}, err
	}
	d.Accounts = slices.DeleteFunc(slices.Clone(d.Accounts), func(a core.Account) bool { return a.Choices.Hidden })
	if d.Totals, err = m.deps.Source.Totals(); err != nil {
		return Page{}, err
	}
	if d.Newest, err = m.deps.Source.Newest(recentRows); err != nil {
		return Page{}, err
	}
	d.Links = m.deps.Links.Active()
	return Build(d, m.deps.Now()), nil
}

func (m *Model) show(p Page, err error) {
	m.state.Err = err
	if err == nil {
		m.state.Page, m.state.Ready = p, true
	}
	m.changed()
}

package transactions

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/review"
	"bankbook/ui/run"
)

// Source is all that the screen reads.
type Source interface {
	review.Reader
	// Newest returns the newest n transactions in the order of
	// core.Transaction.Newer.
	Newest(n int) ([]core.Transaction, error)
	// Removed returns a transaction that the bank has taken back; ok is false
	// if there is none.
	Removed(core.TransactionID) (t core.Transaction, ok bool, err error)
	Profiles() ([]core.Profile, error)
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
	Totals() ([]core.Total, error)
}

// Index answers queries. An event.IndexChanged tells that it has another
// Snapshot.
type Index interface {
	// Snapshot returns nil until the index is ready.
	Snapshot() *review.Snapshot
}

// Navigate are the ways from this screen to others.
type Navigate struct {
	Link  func()
	Banks func()
}

// Deps is what the model needs.
type Deps struct {
	Runner   run.Runner
	Now      func() time.Time
	Source   Source
	Index    Index
	Navigate Navigate
	// Copy puts text on the clipboard and says so.
	Copy func(text, what string)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}

// State is what the view shows.
type State struct {
	// Ready says that the list is there; before that the screen is loading.
	Ready bool
	// All is how many transactions there are without a filter.
	All int
	// Banks is how many banks are linked.
	Banks    int
	Accounts []Account
	// Categories are the codes of the categories that there are.
	Categories []string
	Filter     Filter
	// Problems are the parts of the search line that are not understood.
	Problems []review.Problem
	Sums     []review.Sum
	// Searching says that what is shown is not yet what the filter asks for.
	Searching bool
	// Indexed says that the index is there: searches take no time then.
	Indexed bool
	// TextOnly is how many transactions the search line finds alone; it is
	// known when the filter finds none.
	TextOnly int
	// Selected is the row that the detail pane shows, -1 for none.
	Selected int
	Detail   Detail
	// Err is why the last reading failed; the rest is then as it was.
	Err error
}

// Account is an account to filter for, with its bank's name.
type Account struct {
	core.Account
	Bank string
}

// NoRow is the selection of nothing.
const NoRow = -1

// Changes are the functions that the model calls after changes, on the UI
// thread. State is after everything but rows that have come in.
type Changes struct {
	State func()
	// Rows is after rows that were shown as loading have come in.
	Rows func()
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	changes Changes

	loader  run.Loader[listing]
	listing listing
	// result is nil as long as the newest rows stand in for it.
	result *review.Result
	pages  *pages
	// stale are the pages of the result before, if it was of the same query:
	// they stand in for rows that have yet to be read again, so that nothing
	// flickers.
	stale *pages

	wanted []int
	reads  reading

	queryID   int
	stopTimer func()
	detailID  int
}

// New returns a model that has read nothing yet.
func New(deps Deps) *Model {
	m := &Model{
		deps:    deps,
		state:   State{Selected: NoRow},
		changes: Changes{State: func() {}, Rows: func() {}},
		pages:   newPages(), stale: newPages(),
		stopTimer: func() {},
	}
	m.loader = run.Loader[listing]{Runner: deps.Runner, Fetch: m.fetch, Show: m.show}
	return m
}

// OnChange sets what is called after changes.
func (m *Model) OnChange(c Changes) { m.changes = c }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// Load reads everything again.
func (m *Model) Load() { m.loader.Load() }

// Handle reads again after an event that concerns the screen.
func (m *Model) Handle(e event.Event) {
	switch e := e.(type) {
	case event.ItemChanged, event.AccountsChanged, event.TransactionsChanged:
		m.Load()
	case event.IndexChanged:
		if e.Err != nil {
			m.state.Err, m.state.Searching = e.Err, false
			m.changes.State()
			return
		}
		m.apply()
	}
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

// Link links a bank.
func (m *Model) Link() { m.deps.Navigate.Link() }

// Banks shows the banks.
func (m *Model) Banks() { m.deps.Navigate.Banks() }

// newestRows is how many rows stand in for the index: more than a screen
// shows.
const newestRows = 100

// listing is what is read without the index.
type listing struct {
	newest     []core.Transaction
	rows       int
	sums       []review.Sum
	categories []string
	accounts   []Account
	items      []core.Item
	profiles   []core.Profile
}

// fetch runs on a worker and touches nothing of the model but its source.
func (m *Model) fetch(context.Context) (listing, error) {
	var l listing
	totals, err := m.deps.Source.Totals()
	if err != nil {
		return listing{}, err
	}
	l.sums, l.categories = review.SumTotals(totals), categoriesOf(totals)
	for _, s := range l.sums {
		l.rows += s.Rows
	}
	if l.newest, err = m.deps.Source.Newest(newestRows); err != nil {
		return listing{}, err
	}
	if l.profiles, err = m.deps.Source.Profiles(); err != nil {
		return listing{}, err
	}
	if l.items, err = m.deps.Source.Items(); err != nil {
		return listing{}, err
	}
	accounts, err := m.deps.Source.Accounts()
	if err != nil {
		return listing{}, err
	}
	l.accounts = nameBanks(accounts, l.items)
	return l, nil
}

func nameBanks(accounts []core.Account, items []core.Item) []Account {
	names := make(map[core.ItemID]string, len(items))
	for _, i := range items {
		names[i.ID] = i.Institution.Name
	}
	list := make([]Account, 0, len(accounts))
	for _, a := range accounts {
		list = append(list, Account{Account: a, Bank: names[a.Item]})
	}
	return list
}

// show takes a new listing in.
func (m *Model) show(l listing, err error) {
	m.state.Err = err
	if err != nil {
		m.changes.State()
		return
	}
	m.listing = l
	m.state.All, m.state.Accounts, m.state.Banks, m.state.Ready = l.rows, l.accounts, len(l.items), true
	m.state.Categories = l.categories
	m.apply()
}

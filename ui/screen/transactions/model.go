package transactions

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/ui/run"
)

// Rows is where the list reads. Months and the rows in them come newest first,
// in the order of core.Transaction.Newer; Month(m) has as many rows as Months
// says.
type Rows interface {
	Months() ([]core.MonthCount, error)
	Month(core.Month) ([]core.Transaction, error)
	// Removed returns a transaction that the bank has taken back; ok is false
	// if there is none.
	Removed(core.TransactionID) (t core.Transaction, ok bool, err error)
}

// Source is all that the screen reads.
type Source interface {
	Rows
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
	Totals() ([]core.Total, error)
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
	Filter   Filter
	Sums     []Sum
	Scan     Scan
	// TextOnly is how many transactions contain the filter's text alone.
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

// Scan tells how far a search has come.
type Scan struct {
	Running bool
	// Cut says that it was stopped before the end, after Scanned rows.
	Cut            bool
	Scanned, Total int
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
	all     allRows
	listing listing
	order   order
	// kept are the first rows of the order, if a scan found them.
	kept  []core.Transaction
	cache *cache
	// stale is the cache of the epoch before: its rows stand in for those that
	// have yet to be read again, so that nothing flickers.
	stale *cache
	// epoch counts the times that the rows may have changed, so that a month
	// read before is not taken for what is there now.
	epoch int

	wanted []core.Month
	reads  reading

	scanID     int
	cancelScan context.CancelFunc
	stopTimer  func()
	detailID   int
	// seeking says that the selected transaction has to be looked up again.
	seeking bool
}

// New returns a model that has read nothing yet.
func New(deps Deps) *Model {
	m := &Model{
		deps:       deps,
		state:      State{Selected: NoRow},
		changes:    Changes{State: func() {}, Rows: func() {}},
		order:      allRows{},
		cache:      newCache(),
		stale:      newCache(),
		cancelScan: func() {},
		stopTimer:  func() {},
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
	switch e.(type) {
	case event.ItemChanged, event.AccountsChanged, event.TransactionsChanged:
		m.Load()
	}
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

// Link links a bank.
func (m *Model) Link() { m.deps.Navigate.Link() }

// Banks shows the banks.
func (m *Model) Banks() { m.deps.Navigate.Banks() }

// listing is what is read of everything before any row is.
type listing struct {
	months   []core.MonthCount
	sums     []Sum
	accounts []Account
	banks    int
}

// fetch runs on a worker and touches nothing of the model but its source.
func (m *Model) fetch(context.Context) (listing, error) {
	var l listing
	var err error
	if l.months, err = m.deps.Source.Months(); err != nil {
		return listing{}, err
	}
	totals, err := m.deps.Source.Totals()
	if err != nil {
		return listing{}, err
	}
	s := sums{}
	for _, t := range totals {
		s.add(t.Currency, t.Count, t.Out, t.In)
	}
	l.sums = s.list()
	items, err := m.deps.Source.Items()
	if err != nil {
		return listing{}, err
	}
	accounts, err := m.deps.Source.Accounts()
	if err != nil {
		return listing{}, err
	}
	l.banks, l.accounts = len(items), nameBanks(accounts, items)
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

// show takes a new listing in. What was read of the rows is out of date.
func (m *Model) show(l listing, err error) {
	m.state.Err = err
	if err != nil {
		m.changes.State()
		return
	}
	m.listing, m.all = l, newAllRows(l.months)
	m.state.All, m.state.Accounts, m.state.Banks, m.state.Ready = m.all.len(), l.accounts, l.banks, true
	m.epoch++
	m.stale, m.cache = m.cache, newCache()
	m.wanted = nil
	m.apply()
}

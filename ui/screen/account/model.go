package account

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/review"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// newest is how many transactions the page shows.
const newest = 5

// Range is how far back the balance chart goes.
type Range int

// The ranges.
const (
	Month Range = iota
	Quarter
	Year
)

// days is the length of a range.
func (r Range) days() int { return [...]int{30, 90, 365}[r] }

// Page is what is read about an account.
type Page struct {
	accounts.Row
	Owners []core.Profile
	// History is what the account held, as far back as the range goes.
	History []accounts.DayBalance
	Newest  []core.Transaction
	// Rows is how many transactions there are.
	Rows int
}

// CanAsk reports whether the bank can be asked for the balance.
func (p Page) CanAsk() bool {
	return !p.Of.Manual() && p.Of.Leaving.IsZero() && p.Choices.Status == core.Open && !p.Unshared && p.Of.Status != core.Gone
}

// CanBePrimary reports whether the account can be the first choice for anything.
func (p Page) CanBePrimary() bool {
	return p.Type == core.Depository && p.Choices.Status == core.Open && !p.Unshared
}

// CanHaveNumbers reports whether numbers can be added.
func (p Page) CanHaveNumbers() bool {
	return p.Type == core.Depository && p.Choices.Status != core.Closed
}

// CanFetchNumbers reports whether the bank can be asked for the numbers.
func (p Page) CanFetchNumbers() bool {
	for _, product := range p.Of.Products {
		if product == core.Auth {
			return p.CanAsk()
		}
	}
	return false
}

// CanRemove reports whether the account can be removed alone.
func (p Page) CanRemove() bool { return p.Of.Manual() || p.Unshared || p.Of.Status == core.Gone }

// State is what the view shows.
type State struct {
	// Ready says that Page is there; before that the screen is loading.
	Ready bool
	Page  Page
	// Err is why the last reading failed; Page is then as it was.
	Err   error
	Range Range
	// Asking says that the bank is being asked for the balance.
	Asking bool
}

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps   Deps
	id     core.AccountID
	state  State
	loader run.Loader[reading]
	stop   context.CancelFunc
	// gave says that the account has just been given to another profile.
	gave    bool
	changed func()
	titled  func()
}

// reading is a page, and what it was read for.
type reading struct {
	id    core.AccountID
	reach Range
	page  Page
}

// New returns a model of no account.
func New(deps Deps) *Model {
	m := &Model{deps: deps, state: State{Range: Quarter}, stop: func() {}, changed: func() {}, titled: func() {}}
	m.loader = run.Loader[reading]{Runner: deps.Runner, Fetch: func(context.Context) (reading, error) { return reading{}, nil }, Show: m.show}
	return m
}

// OnChange sets what is called after a change of the state, and OnTitle what is
// called after the words above the page have changed.
func (m *Model) OnChange(fn func()) { m.changed = fn }

// OnTitle sets what is called when the account has another name.
func (m *Model) OnTitle(fn func()) { m.titled = fn }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// Costs reports whether Plaid may charge for a balance.
func (m *Model) Costs() bool { return m.deps.Service.Costs() }

// Confirms reports whether the passphrase is wanted before numbers are shown.
func (m *Model) Confirms() bool { return m.deps.Service.Confirms() }

// Open shows an account.
func (m *Model) Open(id core.AccountID) {
	if m.id != id {
		m.stop()
		m.id = id
		m.state = State{Range: m.state.Range}
		m.changed()
	}
	m.Load()
}

// Load reads everything again.
func (m *Model) Load() {
	if m.id == "" {
		return
	}
	id, reach, s := m.id, m.state.Range, m.deps.Service
	today := core.DateOf(m.deps.Now())
	m.loader.Fetch = func(context.Context) (reading, error) {
		p, err := read(s, id, today.AddDays(-reach.days()))
		return reading{id, reach, p}, err
	}
	m.loader.Load()
}

// read runs on a worker.
func read(s Service, id core.AccountID, from core.Date) (p Page, err error) {
	if p.Row, err = s.Account(id); err != nil {
		return p, err
	}
	if p.Owners, err = s.AccountOwners(); err != nil {
		return p, err
	}
	if p.History, err = s.History(id, from); err != nil {
		return p, err
	}
	totals, err := s.Totals()
	for _, t := range totals {
		if t.Account == id {
			p.Rows += t.Count
		}
	}
	if err == nil {
		p.Newest, err = s.First(review.Query{Accounts: review.Set[core.AccountID]{In: []core.AccountID{id}}}, newest)
	}
	return p, err
}

func (m *Model) show(r reading, err error) {
	if err == nil && (r.id != m.id || r.reach != m.state.Range) {
		return // it was read for what is no longer shown
	}
	if m.gave && fault.Is(err, fault.NotFound) {
		m.gave, m.id = false, ""
		m.deps.Navigate.Banks()
		return
	}
	m.gave = false
	m.state.Err = err
	if err == nil {
		m.state.Page, m.state.Ready = r.page, true
	}
	m.changed()
	m.titled()
}

// Handle takes an event in.
func (m *Model) Handle(e event.Event) {
	switch e := e.(type) {
	case event.AccountsChanged:
		m.loadIf(e.Item)
	case event.ItemChanged:
		m.loadIf(e.Item)
	case event.TransactionsChanged:
		m.loadIf(e.Item)
	case event.ProfilesChanged:
		m.Load()
	}
}

func (m *Model) loadIf(item core.ItemID) {
	if !m.state.Ready || item == m.state.Page.Of.ID {
		m.Load()
	}
}

// Hide is called when the page goes: nobody waits for the bank any more.
func (m *Model) Hide() { m.stop() }

// SetRange lets the chart go back another distance.
func (m *Model) SetRange(r Range) {
	if m.state.Range != r {
		m.state.Range = r
		m.Load()
	}
}

// Title is what the account is called, and Mask the end of its number.
func (m *Model) Title() string {
	if !m.state.Ready {
		return "Account"
	}
	if name := m.state.Page.Title(); name != "" {
		return name
	}
	return say.AccountType(m.state.Page.Account)
}

// Mask returns the end of the account's number as it is shown, or "".
func (m *Model) Mask() string { return say.Mask(m.state.Page.Mask) }

// Bank returns the name of the account's bank, or "" before it is known.
func (m *Model) Bank() string {
	if !m.state.Ready {
		return ""
	}
	return say.BankName(m.state.Page.Of.Institution)
}

// work does something on a worker, reports its fault, and reads again.
func (m *Model) work(do func() error, done func()) {
	m.deps.Runner.Go(func(context.Context) {
		err := do()
		m.deps.Runner.UI(func() {
			if err != nil {
				m.deps.Report(err)
			} else if done != nil {
				done()
			}
			m.Load()
		})
	})
}

// Ask asks the bank for the balance. The view has said what it costs.
func (m *Model) Ask() {
	if m.state.Asking {
		return
	}
	id := m.id
	m.state.Asking = true
	m.changed()
	m.stop = run.Work(context.Background(), m.deps.Runner, func(ctx context.Context) error {
		_, err := m.deps.Service.BalanceNow(ctx, id)
		return err
	}, func(err error) {
		m.state.Asking = false
		m.stop = func() {}
		if err != nil && !fault.Is(err, fault.Canceled) {
			m.deps.Report(err)
		}
		m.changed()
		m.Load()
	})
}

// StopAsking gives up waiting for the bank.
func (m *Model) StopAsking() { m.stop() }

// CopySecret hands numbers to the clipboard.
func (m *Model) CopySecret(n bank.Numbers, routing bool) { m.deps.CopySecret(n, routing) }

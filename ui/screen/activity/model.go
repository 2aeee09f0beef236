package activity

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/event"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// Source is all that the screen reads.
type Source interface {
	activity.History
	Profiles() ([]core.Profile, error)
	Items() ([]core.Item, error)
}

// Order says what to export, and where to.
type Order struct {
	// Path is where there is no file yet.
	Path   string
	JSON   bool
	Filter activity.Filter
}

// Deps is what the model needs. Functions without a context run on the UI thread.
type Deps struct {
	Runner run.Runner
	Now    func() time.Time
	Source Source
	// Export writes what a filter shows into a file, and tells how many entries
	// that are.
	Export func(ctx context.Context, o Order) (int, error)
	// Home is where files go unless the person says otherwise; PickFolder lets them
	// choose.
	Home       string
	PickFolder func(chosen func(folder string))
	// Copy puts text on the clipboard and says what; Say says something.
	Copy func(text, what string)
	Say  func(text string)
	// Report shows a fault of something that the person has just asked for.
	Report func(error)
	// CopyDetails puts the details of a fault on the clipboard and says so.
	CopyDetails func(error)
}

// Row is a line of the list: an entry, or the head of a day.
type Row struct {
	core.Activity
	// Day is set for the head of a day.
	Day core.Date
}

// IsHead reports whether the row is the head of a day.
func (r Row) IsHead() bool { return !r.Day.IsZero() }

// State is what the view shows.
type State struct {
	// Ready says that the rows are there; before that the screen is loading.
	Ready bool
	Rows  []Row
	// More says that there are entries behind the last row.
	More bool
	// Count is how many entries the filter finds, -1 while that is being counted.
	Count int
	// Empty says that the log has no entry at all.
	Empty    bool
	Choice   Choice
	Profiles []core.Profile
	Items    []core.Item
	// Err is why the last reading failed; the rest is then as it was.
	Err error
}

// pageEntries is how many entries are read at once: some screens full.
const pageEntries = 200

// Model is the state of the screen. All methods belong to the UI thread.
type Model struct {
	deps    Deps
	state   State
	entries []core.Activity
	changed func()

	// reading says that something is being read; again that it is to be read once
	// more from the beginning.
	reading, again bool
	counts         int
	stopTimer      func()
}

// New returns a model that has read nothing yet. It begins with the last week.
func New(deps Deps) *Model {
	return &Model{
		deps: deps, changed: func() {}, stopTimer: func() {},
		state: State{Count: -1, Choice: Choice{Span: LastWeek}},
	}
}

// OnChange sets what is called after every change of the state.
func (m *Model) OnChange(fn func()) { m.changed = fn }

// State returns the present state.
func (m *Model) State() State { return m.state }

// Now returns the time by the model's clock.
func (m *Model) Now() time.Time { return m.deps.Now() }

// Handle reads again after an event that concerns the screen.
func (m *Model) Handle(e event.Event) {
	if _, ok := e.(event.ActivityAdded); ok {
		m.Load()
	}
}

// answer is what a reading comes to.
type answer struct {
	page     activity.Page
	empty    bool
	profiles []core.Profile
	items    []core.Item
}

func (m *Model) words() activity.Reading {
	return activity.Reading{Words: say.ActivityWords, Zone: m.deps.Now().Location()}
}

// Load reads again what is shown.
func (m *Model) Load() { m.read(0, max(len(m.entries), pageEntries)) }

// LoadMore reads what is behind the last row.
func (m *Model) LoadMore() {
	if m.state.More && !m.reading {
		m.read(m.entries[len(m.entries)-1].Seq, pageEntries)
	}
}

// read reads n entries in front of one on a worker; 0 is the end of the log.
func (m *Model) read(before uint64, n int) {
	if m.reading {
		m.again = true
		return
	}
	m.reading = true
	f, words := m.Filter(), m.words()
	m.deps.Runner.Go(func(ctx context.Context) {
		a, err := m.fetch(n, activity.Find(ctx, m.deps.Source, f, words, before))
		m.deps.Runner.UI(func() { m.came(before, a, err) })
	})
}

// fetch runs on a worker and touches nothing of the model but its source.
func (m *Model) fetch(n int, found entries) (a answer, err error) {
	if a.page, err = activity.FindPage(n, found); err != nil {
		return a, err
	}
	if a.profiles, err = m.deps.Source.Profiles(); err != nil {
		return a, err
	}
	if a.items, err = m.deps.Source.Items(); err != nil {
		return a, err
	}
	a.empty = true
	if len(a.page.Entries) > 0 {
		a.empty = false
		return a, nil
	}
	err = m.deps.Source.Activity(0, func(core.Activity) bool { a.empty = false; return false })
	return a, err
}

// came takes in what was read, unless it is to be read again.
func (m *Model) came(before uint64, a answer, err error) {
	m.reading = false
	if m.again {
		m.again = false
		m.Load()
		return
	}
	m.state.Err = err
	if err == nil {
		if before == 0 {
			m.entries = nil
			m.count()
		}
		m.entries = append(m.entries, a.page.Entries...)
		m.state.Rows, m.state.More, m.state.Empty = m.rows(), a.page.More, a.empty && before == 0
		m.state.Profiles, m.state.Items, m.state.Ready = a.profiles, a.items, true
	}
	m.changed()
}

// rows puts a head before each day.
func (m *Model) rows() []Row {
	zone := m.deps.Now().Location()
	rows := make([]Row, 0, len(m.entries)+8)
	var day core.Date
	for i, a := range m.entries {
		if d := core.DateOf(a.At.In(zone)); i == 0 || d != day {
			day = d
			rows = append(rows, Row{Day: d})
		}
		rows = append(rows, Row{Activity: a})
	}
	return rows
}

// count counts all that the filter finds, which can take a moment.
func (m *Model) count() {
	m.counts++
	id, f, words := m.counts, m.Filter(), m.words()
	m.deps.Runner.Go(func(ctx context.Context) {
		n, err := activity.Count(activity.Find(ctx, m.deps.Source, f, words, 0))
		m.deps.Runner.UI(func() {
			if id == m.counts && err == nil {
				m.state.Count = n
				m.changed()
			}
		})
	})
}

// Profile returns the name of a profile, say.NoValue for none.
func (m *Model) Profile(id core.ProfileID) string {
	for _, p := range m.state.Profiles {
		if p.ID == id {
			return p.Name
		}
	}
	return say.NoValue
}

// CopyRequest puts the id of an entry's request on the clipboard, if it has one.
func (m *Model) CopyRequest(a core.Activity) {
	if a.RequestID != "" {
		m.deps.Copy(a.RequestID, "Request ID")
	}
}

// CopyDetails puts the details of a fault on the clipboard.
func (m *Model) CopyDetails(err error) { m.deps.CopyDetails(err) }

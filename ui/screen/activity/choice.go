package activity

import (
	"iter"
	"slices"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
)

// entries are what is found in the log.
type entries = iter.Seq2[core.Activity, error]

// Span is a range of days up to today.
type Span string

// The spans.
const (
	AllTime   Span = ""
	LastWeek  Span = "last-7-days"
	LastMonth Span = "last-30-days"
	ThisYear  Span = "this-year"
)

// Spans lists every span, the shortest first.
func Spans() []Span { return []Span{LastWeek, LastMonth, ThisYear, AllTime} }

// Choice is what the person wants to see. The zero Choice is everything.
type Choice struct {
	Text    string
	Span    Span
	Profile core.ProfileID
	// Actions is a kind of actions, as their names begin, or one action; "" is all.
	Actions string
	Outcome activity.Outcome
	Item    core.ItemID
}

// Filter returns what the choice asks for today.
func (m *Model) Filter() activity.Filter {
	c := m.state.Choice
	f := activity.Filter{Text: c.Text, Outcome: c.Outcome, Item: c.Item}
	today := core.DateOf(m.deps.Now())
	switch c.Span {
	case LastWeek:
		f.From = today.AddDays(-6)
	case LastMonth:
		f.From = today.AddDays(-29)
	case ThisYear:
		f.From = core.NewDate(today.Time().Year(), time.January, 1)
	}
	if c.Profile != "" {
		f.Profiles = []core.ProfileID{c.Profile}
	}
	if c.Actions != "" {
		f.Actions = slices.DeleteFunc(core.Actions(), func(a core.Action) bool { return !strings.HasPrefix(string(a), c.Actions) })
	}
	return f
}

// typingPause is how long nobody types before a search begins.
const typingPause = 100 * time.Millisecond

// Type takes in what stands in the search field; the search begins when nobody has
// typed for a moment.
func (m *Model) Type(text string) {
	if text == m.state.Choice.Text {
		return
	}
	m.state.Choice.Text = text
	m.stopTimer()
	m.stopTimer = m.deps.Runner.Every(typingPause, m.Submit)
}

// Submit searches now.
func (m *Model) Submit() {
	m.stopTimer()
	m.entries, m.state.Count = nil, -1
	m.Load()
	m.changed()
}

// Choose changes what is shown.
func (m *Model) Choose(change func(*Choice)) {
	before := m.state.Choice
	change(&m.state.Choice)
	if m.state.Choice != before {
		m.Submit()
	}
}

// Clear shows everything.
func (m *Model) Clear() { m.Choose(func(c *Choice) { *c = Choice{} }) }

// ShowBank shows the history of one bank.
func (m *Model) ShowBank(id core.ItemID) { m.Choose(func(c *Choice) { *c = Choice{Item: id} }) }

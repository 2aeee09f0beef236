package transactions

import (
	"slices"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/review"
)

// Filter says which transactions are shown, and in which order. The zero
// Filter shows all, newest first.
type Filter struct {
	// Text is the search line as it was typed.
	Text string
	// Bar is what the buttons beside it ask for, and the order.
	Bar review.Query
}

// InAccount returns the filter for one account, "" for all.
func (f Filter) InAccount(id core.AccountID) Filter {
	f.Bar.Accounts = choice(id)
	return f
}

// Words returns the text without the room around it.
func (f Filter) Words() string { return strings.TrimSpace(f.Text) }

// IsZero reports whether the filter lets everything through.
func (f Filter) IsZero() bool { return f.Words() == "" && f.Bar.IsZero() }

// choice is a set of one value, or of everything for "".
func choice[T ~string](value T) review.Set[T] {
	if value == "" {
		return review.Set[T]{}
	}
	return review.Set[T]{In: []T{value}}
}

// chosen is the one value of a set, or "".
func chosen[T ~string](s review.Set[T]) T {
	if len(s.In) == 0 {
		return ""
	}
	return s.In[0]
}

// typingPause is how long nobody types before a search begins.
const typingPause = 100 * time.Millisecond

// Type takes in what stands in the search field; the search begins when nobody
// has typed for a moment.
func (m *Model) Type(text string) {
	if text == m.state.Filter.Text {
		return
	}
	m.state.Filter.Text = text
	m.stopTimer()
	m.stopTimer = m.deps.Runner.Every(typingPause, func() { m.Submit() })
}

// Submit searches now for what was typed.
func (m *Model) Submit() {
	m.stopTimer()
	m.apply()
}

// ForAccount shows one account, "" for all.
func (m *Model) ForAccount(id core.AccountID) { m.Show(m.state.Filter.InAccount(id)) }

// ForStatus shows what is pending, or posted, or both.
func (m *Model) ForStatus(s review.Status) {
	m.state.Filter.Bar.Status = s
	m.Submit()
}

// ForDates shows the days of a preset, "" for all.
func (m *Model) ForDates(p review.Preset) {
	m.state.Filter.Bar.Dates = review.Dates{Preset: p}
	m.Submit()
}

// ForCategory shows one category, nil for all.
func (m *Model) ForCategory(code *string) {
	m.state.Filter.Bar.Categories = review.Set[string]{}
	if code != nil {
		m.state.Filter.Bar.Categories.In = []string{*code}
	}
	m.Submit()
}

// ForAmount shows the amounts that fulfil a condition, nil for all.
func (m *Model) ForAmount(a *review.Amount) {
	m.state.Filter.Bar.Amounts = nil
	if a != nil {
		m.state.Filter.Bar.Amounts = []review.Amount{*a}
	}
	m.Submit()
}

// SortBy changes the order; by the same column as before it turns it round.
func (m *Model) SortBy(c review.Column) {
	now := m.state.Filter.Bar.Sort
	m.Order(review.Sort{By: c, Reverse: now.By == c && !now.Reverse})
}

// Order changes the order.
func (m *Model) Order(s review.Sort) {
	m.state.Filter.Bar.Sort = s
	m.Submit()
}

// Show replaces the filter.
func (m *Model) Show(f Filter) {
	m.state.Filter = f
	m.Submit()
}

// Clear drops every filter and keeps the order.
func (m *Model) Clear() { m.Show(m.bare("")) }

// KeepText drops every filter but the text.
func (m *Model) KeepText() { m.Show(m.bare(m.state.Filter.Text)) }

func (m *Model) bare(text string) Filter {
	return Filter{Text: text, Bar: review.Query{Sort: m.state.Filter.Bar.Sort}}
}

// names are what the search line can name.
func (l listing) names(words func(string) string) review.Names {
	n := review.Names{Profiles: l.profiles, Items: l.items, Words: words, Categories: l.categories}
	for _, a := range l.accounts {
		n.Accounts = append(n.Accounts, a.Account)
	}
	return n
}

// categoriesOf lists the categories of totals.
func categoriesOf(totals []core.Total) []string {
	var list []string
	for _, t := range totals {
		list = append(list, t.Category)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

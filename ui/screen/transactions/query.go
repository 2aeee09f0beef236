package transactions

import (
	"context"
	"errors"

	"bankbook/core"
	"bankbook/core/review"
	"bankbook/ui/say"
)

// query returns what the filter asks for, and what of the search line is not
// understood.
func (m *Model) query() (review.Query, []review.Problem) {
	typed, problems := review.Parse(m.state.Filter.Text, m.listing.names(say.Category), m.today())
	return m.state.Filter.Bar.With(typed), problems
}

func (m *Model) today() core.Date { return core.DateOf(m.deps.Now()) }

// apply puts the filter into effect.
func (m *Model) apply() {
	m.queryID++
	if !m.state.Ready {
		return
	}
	q, problems := m.query()
	m.state.Problems = problems
	s := m.deps.Index.Snapshot()
	m.state.Indexed = s != nil
	switch {
	case s != nil:
		m.state.Searching = true
		m.ask(m.queryID, s, q)
	case q.IsZero() && q.Sort == review.Sort{}:
		m.standIn()
	default:
		m.state.Searching = true
	}
	m.changes.State()
}

// standIn shows the newest rows and the totals as long as there is no index.
func (m *Model) standIn() {
	m.result = nil
	m.state.Searching, m.state.TextOnly, m.state.Sums = false, 0, m.listing.sums
	for i, t := range m.listing.newest {
		if t.ID == m.state.Detail.ID {
			m.reselect(i, t)
		}
	}
}

// answer is what a query has come to.
type answer struct {
	result   *review.Result
	sums     []review.Sum
	textOnly int
	// first is the first page.
	first []core.Transaction
	// selected is the row that the selected transaction now stands in, NoRow for
	// none, and what it is now. sought is false if that could not be told.
	selected int
	detail   core.Transaction
	sought   bool
	err      error
}

// ask puts a query to the index, on a worker.
func (m *Model) ask(id int, s *review.Snapshot, q review.Query) {
	typed, _ := review.Parse(m.state.Filter.Text, m.listing.names(say.Category), m.today())
	typed.Sort = review.Sort{}
	selected, today := m.state.Detail.ID, m.today()
	m.deps.Runner.Go(func(context.Context) {
		a := answer{result: s.Find(q, today), selected: NoRow}
		a.sums = a.result.Sums()
		if a.result.Len() == 0 {
			a.textOnly = s.Find(typed, today).Len()
		}
		a.first, a.err = m.deps.Source.Rows(a.result.Refs(0, pageRows))
		if a.err == nil && selected != "" {
			a.seek(m.deps.Source, selected)
		}
		if errors.Is(a.err, review.ErrMoved) {
			a.err = nil // the index is on its way to what has moved them
		}
		m.deps.Runner.UI(func() { m.answered(id, a) })
	})
}

// seek looks for the selected transaction.
func (a *answer) seek(source review.Reader, id core.TransactionID) {
	at, err := a.result.Position(source, id)
	if err == nil && at != NoRow {
		var rows []core.Transaction
		if rows, err = source.Rows(a.result.Refs(at, 1)); err == nil {
			a.detail = rows[0]
		}
	}
	a.selected, a.sought, a.err = at, err == nil, err
}

// answered shows what a query has come to, if it is still the last one.
func (m *Model) answered(id int, a answer) {
	if id != m.queryID {
		return
	}
	m.state.Searching, m.state.Err = false, a.err
	if a.err == nil {
		same := m.result == nil || m.result.Query().String() == a.result.Query().String()
		m.stale = m.pages.over(m.stale)
		if !same {
			m.stale = newPages()
		}
		m.pages, m.wanted = newPages(), nil
		m.result = a.result
		m.pages.put(0, a.first)
		m.state.Sums, m.state.TextOnly = a.sums, a.textOnly
		if a.sought {
			m.reselect(a.selected, a.detail)
		}
	}
	m.changes.State()
}

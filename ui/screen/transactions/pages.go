package transactions

import (
	"context"
	"errors"
	"slices"

	"bankbook/core"
	"bankbook/core/review"
)

// pageRows is how many rows are read at a time: about what a tall screen
// shows.
const pageRows = 64

// keptPages is how many pages stay: enough to go back a little.
const keptPages = 64

// wantedPages is how many pages wait to be read at most. Whoever scrolls fast
// past many of them wants the last ones.
const wantedPages = 4

// pages holds the pages that were used last.
type pages struct {
	rows map[int][]core.Transaction
	// used lists the pages, the last used one at the end.
	used []int
}

func newPages() *pages { return &pages{rows: map[int][]core.Transaction{}} }

// row returns a row; known is false if its page is not there.
func (p *pages) row(n int) (t core.Transaction, known bool) {
	rows := p.rows[n/pageRows]
	if n%pageRows >= len(rows) {
		return core.Transaction{}, false
	}
	p.touch(n / pageRows)
	return rows[n%pageRows], true
}

func (p *pages) touch(page int) {
	if n := len(p.used); n > 0 && p.used[n-1] == page {
		return
	}
	if i := slices.Index(p.used, page); i >= 0 {
		p.used = slices.Delete(p.used, i, i+1)
	}
	p.used = append(p.used, page)
}

// put takes a page in and lets go of the one used least recently.
func (p *pages) put(page int, rows []core.Transaction) {
	if len(rows) == 0 {
		return
	}
	p.rows[page] = rows
	p.touch(page)
	if len(p.used) > keptPages {
		delete(p.rows, p.used[0])
		p.used = p.used[1:]
	}
}

// over adds the pages of older ones that are not among these.
func (p *pages) over(older *pages) *pages {
	for page, rows := range older.rows {
		if _, ok := p.rows[page]; !ok {
			p.put(page, rows)
		}
	}
	return p
}

// reading is a page that is being read, of a result; nil is none.
type reading struct {
	result *review.Result
	page   int
}

// Len is how many rows the list has.
func (m *Model) Len() int {
	if m.result == nil {
		return m.listing.rows
	}
	return m.result.Len()
}

// Row returns row n of the list, 0 <= n < Len. ok is false while the row is
// still being read; Changes.Rows is called when it has come in.
func (m *Model) Row(n int) (t core.Transaction, ok bool) {
	switch {
	case n < 0 || n >= m.Len():
		return core.Transaction{}, false
	case m.result == nil && n < len(m.listing.newest):
		return m.listing.newest[n], true
	case m.result == nil:
		return core.Transaction{}, false
	}
	if t, ok = m.pages.row(n); !ok {
		m.want(n / pageRows)
		t, ok = m.stale.row(n)
	}
	return t, ok
}

// Account returns the account with an id; ok is false if it is not there.
func (m *Model) Account(id core.AccountID) (a Account, ok bool) {
	for _, a := range m.state.Accounts {
		if a.ID == id {
			return a, true
		}
	}
	return Account{}, false
}

// want sees to it that a page is read, the last one wanted first.
func (m *Model) want(page int) {
	if m.reads == (reading{m.result, page}) {
		return
	}
	m.wanted = append(slices.DeleteFunc(m.wanted, func(w int) bool { return w == page }), page)
	if len(m.wanted) > wantedPages {
		m.wanted = m.wanted[1:]
	}
	m.readNext()
}

// readNext reads one wanted page, unless one is being read.
func (m *Model) readNext() {
	if m.reads.result != nil || len(m.wanted) == 0 {
		return
	}
	now := reading{m.result, m.wanted[len(m.wanted)-1]}
	m.reads = now
	m.wanted = m.wanted[:len(m.wanted)-1]
	m.deps.Runner.Go(func(context.Context) {
		rows, err := m.deps.Source.Rows(now.result.Refs(now.page*pageRows, pageRows))
		m.deps.Runner.UI(func() { m.came(now, rows, err) })
	})
}

func (m *Model) came(r reading, rows []core.Transaction, err error) {
	m.reads = reading{}
	switch {
	case errors.Is(err, review.ErrMoved):
		return // the index is about to say where they are
	case err != nil:
		m.state.Err = err
		m.wanted = nil
		m.changes.State()
		return
	case r.result == m.result:
		m.pages.put(r.page, rows)
	}
	m.changes.Rows()
	m.readNext()
}

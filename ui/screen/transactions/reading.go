package transactions

import (
	"context"

	"bankbook/core"
)

// wantedMonths is how many months wait to be read at most. Whoever scrolls
// fast past many of them wants the last ones.
const wantedMonths = 4

// reading is a month that is being read, in an epoch; epochs begin with 1.
type reading struct {
	month core.Month
	epoch int
}

// Len is how many rows the list has.
func (m *Model) Len() int { return m.order.len() }

// Row returns row n of the list, 0 <= n < Len. ok is false while the row is
// still being read; Changes.Rows is called when it has come in.
func (m *Model) Row(n int) (t core.Transaction, ok bool) {
	if n < len(m.kept) {
		return m.kept[n], true
	}
	if n < 0 || n >= m.order.len() {
		return core.Transaction{}, false
	}
	r := m.order.at(n)
	t, found, known := m.cache.row(r)
	if !known {
		m.want(r.month)
		t, found, _ = m.stale.row(r)
	}
	return t, found
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

// want sees to it that a month is read, the last one wanted first.
func (m *Model) want(month core.Month) {
	if m.reads == (reading{month, m.epoch}) {
		return
	}
	for i, w := range m.wanted {
		if w == month {
			m.wanted = append(m.wanted[:i], m.wanted[i+1:]...)
			break
		}
	}
	m.wanted = append(m.wanted, month)
	if len(m.wanted) > wantedMonths {
		m.wanted = m.wanted[1:]
	}
	m.readNext()
}

// readNext reads one wanted month, unless one is being read.
func (m *Model) readNext() {
	if m.reads != (reading{}) || len(m.wanted) == 0 {
		return
	}
	now := reading{m.wanted[len(m.wanted)-1], m.epoch}
	m.reads = now
	m.wanted = m.wanted[:len(m.wanted)-1]
	m.deps.Runner.Go(func(context.Context) {
		rows, err := m.deps.Source.Month(now.month)
		m.deps.Runner.UI(func() { m.came(now, rows, err) })
	})
}

func (m *Model) came(r reading, rows []core.Transaction, err error) {
	m.reads = reading{}
	switch {
	case err != nil:
		m.state.Err = err
		m.wanted = nil
		m.changes.State()
		return
	case r.epoch == m.epoch:
		m.cache.put(r.month, rows)
	}
	if m.seeking {
		m.reselect()
		m.changes.State()
	}
	m.changes.Rows()
	m.readNext()
}

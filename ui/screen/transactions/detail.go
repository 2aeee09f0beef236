package transactions

import (
	"context"

	"bankbook/core"
)

// Detail is what the detail pane shows of one transaction.
type Detail struct {
	core.Transaction
	In Account
	// Earlier is the pending transaction that this one follows, once it has been
	// read; HasEarlier says that it is there.
	Earlier    core.Transaction
	HasEarlier bool
}

// Changed returns whether the amount is another than while it was pending.
func (d Detail) Changed() bool { return d.HasEarlier && d.Earlier.Amount != d.Amount }

// Select shows row n in the detail pane. A row that is not there yet cannot be
// selected.
func (m *Model) Select(n int) {
	t, ok := m.Row(n)
	if !ok {
		return
	}
	m.state.Selected = n
	m.fill(t)
	m.changes.State()
}

// Step moves the selection by some rows; without one, the first row is next.
func (m *Model) Step(by int) {
	n := m.state.Selected + by
	if m.state.Selected == NoRow {
		n = 0
	}
	m.Select(min(max(n, 0), m.Len()-1))
}

// Close empties the detail pane.
func (m *Model) Close() {
	m.drop()
	m.changes.State()
}

// CopyID puts the transaction's id on the clipboard.
func (m *Model) CopyID() { m.deps.Copy(string(m.state.Detail.ID), "Transaction ID") }

func (m *Model) drop() {
	m.detailID++
	m.state.Selected, m.state.Detail = NoRow, Detail{}
}

// fill puts a transaction into the pane and reads its lineage.
func (m *Model) fill(t core.Transaction) {
	same := m.state.Detail.ID == t.ID && m.state.Detail.HasEarlier
	earlier := m.state.Detail.Earlier
	m.state.Detail = Detail{Transaction: t}
	m.state.Detail.In, _ = m.Account(t.Account)
	m.detailID++
	if t.PendingID == "" {
		return
	}
	if same {
		m.state.Detail.Earlier, m.state.Detail.HasEarlier = earlier, true
		return
	}
	id := m.detailID
	m.deps.Runner.Go(func(context.Context) {
		before, ok, err := m.deps.Source.Removed(t.PendingID)
		m.deps.Runner.UI(func() { m.traced(id, before, ok && err == nil) })
	})
}

// traced adds the pending transaction. Many banks never give one, and an old
// one can be gone: then the pane does without.
func (m *Model) traced(id int, before core.Transaction, ok bool) {
	if id != m.detailID || !ok {
		return
	}
	m.state.Detail.Earlier, m.state.Detail.HasEarlier = before, true
	m.changes.State()
}

// reselect finds the selected transaction in the present rows. If it is not
// among them any more, nothing is selected. While its month, or the search, is
// still being read, the pane stays as it is and came or scanned asks again.
func (m *Model) reselect() {
	m.seeking = false
	if m.state.Selected == NoRow {
		return
	}
	t, n, known := m.find(m.state.Detail.ID, m.state.Detail.Date.Month())
	switch {
	case !known:
		m.seeking = true
	case n == NoRow:
		m.drop()
	default:
		m.state.Selected = n
		m.fill(t)
	}
}

// find looks a transaction up; known is false if that cannot be told yet. Of a
// search it looks at the rows that were kept, which is as far as anybody reads.
func (m *Model) find(id core.TransactionID, month core.Month) (t core.Transaction, n int, known bool) {
	for i, row := range m.kept {
		if row.ID == id {
			return row, i, true
		}
	}
	if _, all := m.order.(allRows); !all {
		return core.Transaction{}, NoRow, !m.state.Scan.Running
	}
	rows, ok := m.cache.months[month]
	if !ok && m.all.has(month) {
		m.want(month)
		return core.Transaction{}, NoRow, false
	}
	for i, row := range rows {
		if row.ID == id {
			n, ok := m.all.position(ref{month: month, index: int32(i)})
			return row, n, ok
		}
	}
	return core.Transaction{}, NoRow, true
}

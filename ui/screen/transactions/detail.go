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

// reselect shows the selected transaction where it stands now, and as it is
// now; nothing is selected if it is not among the rows any more.
func (m *Model) reselect(n int, t core.Transaction) {
	switch {
	case m.state.Selected == NoRow:
	case n == NoRow:
		m.drop()
	case t.ID == m.state.Detail.ID:
		m.state.Selected = n
		m.fill(t)
	}
}

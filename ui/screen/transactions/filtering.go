package transactions

import (
	"context"
	"time"

	"bankbook/core"
)

// typingPause is how long nobody types before a search begins.
const typingPause = 200 * time.Millisecond

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
func (m *Model) ForAccount(id core.AccountID) {
	m.state.Filter.Account = id
	m.Submit()
}

// ForStatus shows what is pending, or posted, or both.
func (m *Model) ForStatus(s Status) {
	m.state.Filter.Status = s
	m.Submit()
}

// Show replaces the filter.
func (m *Model) Show(f Filter) {
	m.state.Filter = f
	m.Submit()
}

// Clear drops every filter.
func (m *Model) Clear() { m.Show(Filter{}) }

// KeepText drops every filter but the text.
func (m *Model) KeepText() { m.Show(Filter{Text: m.state.Filter.Text}) }

// StopScan ends a search where it is.
func (m *Model) StopScan() {
	if !m.state.Scan.Running {
		return
	}
	m.abandonScan()
	m.state.Scan.Running, m.state.Scan.Cut = false, true
	m.changes.State()
}

// abandonScan ends a running scan; what it still tells is not heard.
func (m *Model) abandonScan() {
	m.scanID++
	m.cancelScan()
	m.cancelScan = func() {}
}

// apply puts the filter into effect.
func (m *Model) apply() {
	m.abandonScan()
	if !m.state.Ready {
		return
	}
	if m.state.Filter.IsZero() {
		m.state.Scan, m.state.TextOnly = Scan{}, 0
		m.setRows(m.all, nil)
		m.state.Sums = m.listing.sums
		m.reselect()
		m.changes.State()
		return
	}
	m.state.Scan = Scan{Running: true, Total: m.all.len()}
	m.changes.State()
	m.scan(m.scanID)
}

func (m *Model) setRows(o order, kept []core.Transaction) {
	m.order, m.kept = o, kept
}

func (m *Model) scan(id int) {
	ctx, cancel := context.WithCancel(context.Background())
	m.cancelScan = cancel
	s := scanner{source: m.deps.Source, months: m.listing.months, matcher: newMatcher(m.state.Filter)}
	s.tell = func(f found) {
		m.deps.Runner.UI(func() { m.scanned(id, f, nil, true) })
	}
	m.deps.Runner.Go(func(window context.Context) {
		defer cancel()
		defer context.AfterFunc(window, cancel)()
		f, err := s.run(ctx)
		m.deps.Runner.UI(func() { m.scanned(id, f, err, false) })
	})
}

// scanned shows what a scan has found so far, if it is still the last one.
func (m *Model) scanned(id int, f found, err error, running bool) {
	if id != m.scanID {
		return
	}
	m.state.Scan.Running, m.state.Scan.Scanned = running, f.scanned
	m.state.Err = err
	if err == nil {
		m.setRows(foundRows(f.refs), f.rows)
		m.state.Sums, m.state.TextOnly = f.sums, f.textOnly
		m.reselect()
	}
	m.changes.State()
}

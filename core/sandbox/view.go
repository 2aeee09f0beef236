package sandbox

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/ledger"
)

// phase is how much of its history an Item has, in Plaid's words.
type phase string

const (
	notReady    phase = "NOT_READY"
	initial     phase = "INITIAL_UPDATE_COMPLETE"
	historical  phase = "HISTORICAL_UPDATE_COMPLETE"
	initialDays       = 30
)

// moment is a point in an Item's life: an instant, and how many refreshes had
// been asked for. Two refreshes can fall on one instant of a clock that stands.
type moment struct {
	at        time.Time
	refreshes int
}

func (s *Server) moment(it *item) moment { return moment{s.now(), len(it.Refreshes)} }

// phase returns how much is ready at an instant.
func (s *Server) phase(it *item, at time.Time) phase {
	switch {
	case at.Before(it.Created.Add(s.cfg.InitialDelay)):
		return notReady
	case at.Before(it.Created.Add(s.cfg.HistoryDelay)):
		return initial
	}
	return historical
}

// fetchEvery is how often the practice bank asks its bank for news.
const fetchEvery = 6 * time.Hour

// fetched returns when the bank was asked last, as seen at m: when the Item was
// made, at the last full six hours, or at the last refresh.
func (i *item) fetched(m moment) time.Time {
	last := i.Created
	if round := m.at.Truncate(fetchEvery); round.After(last) {
		last = round
	}
	if m.refreshes > 0 {
		if asked := i.Refreshes[m.refreshes-1]; asked.After(last) {
			last = asked
		}
	}
	return last
}

// view is what an Item shows at a moment.
type view struct {
	phase phase
	rows  []ledger.Row
}

// view returns what it shows at m, the newest first.
func (s *Server) view(it *item, m moment) view {
	v := view{phase: s.phase(it, m.at)}
	if v.phase == notReady {
		return v
	}
	days := it.Days
	if v.phase == initial {
		days = min(days, initialDays)
	}
	from, at := ledger.DayOf(it.Created)-ledger.Day(days), it.fetched(m)
	// What was paid before the first day can be posted on it or after.
	for _, mv := range append(it.book().Movements(from-lateDays, ledger.DayOf(at)), it.refreshed(m)...) {
		if !slices.Contains(it.Accounts, string(mv.Account)) {
			continue
		}
		if row, ok := mv.At(at, it.Refreshes[:m.refreshes]); ok && row.Date >= from {
			v.rows = append(v.rows, row)
		}
	}
	slices.SortStableFunc(v.rows, newestFirst)
	return v
}

// lateDays is how many days after the payment it is posted at the latest.
const lateDays = 5

func newestFirst(a, b ledger.Row) int {
	return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Key, b.Key))
}

func (i *item) book() ledger.Book {
	return ledger.Book{Seed: i.Seed, Bank: i.Institution, Currency: institutionByID(i.Institution).currency()}
}

// refreshed returns what the refreshes themselves have brought.
func (i *item) refreshed(m moment) []*ledger.Movement {
	var out []*ledger.Movement
	for n := range m.refreshes {
		var next time.Time
		if n+1 < m.refreshes {
			next = i.Refreshes[n+1]
		}
		out = append(out, i.book().Fresh(n, i.Refreshes[n], next))
	}
	return out
}

// Truth returns every transaction that the Item shows at this moment, the newest
// first, exactly as /transactions/sync writes them with the option
// include_original_description. A client that has followed the cursors to their
// end has these rows and no others. An Item that is unknown or removed is an
// error; one that is not ready yet has none.
func (s *Server) Truth(itemID string) ([]Transaction, error) {
	var it item
	var key ident.Keyring
	s.store.read(func(st *state) {
		if live := st.item(itemID); live != nil && live.Removed.IsZero() {
			it, key = live.copy(), st.Key
		}
	})
	if it.ID == "" {
		return nil, errors.New("sandbox: no such item")
	}
	w := rowWriter{key: key, item: &it, originals: true}
	out := []Transaction{}
	for _, row := range s.view(&it, s.moment(&it)).rows {
		out = append(out, w.write(row))
	}
	return out, nil
}

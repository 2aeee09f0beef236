package sandbox

import (
	"errors"
	"maps"
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

// moment is a point in an Item's life: an instant, and what had been done until
// then. Two things can be done at one instant of a clock that stands.
type moment struct {
	at time.Time
	// refreshes and written count what the Item has of them, choices how often
	// its accounts had been chosen anew.
	refreshes, written, choices int
}

func (s *Server) moment(it *item) moment {
	return moment{s.now(), len(it.Refreshes), len(it.Written), len(it.Chosen)}
}

// within reports whether an Item has come as far as m.
func (m moment) within(it *item) bool {
	return m.refreshes >= 0 && m.refreshes <= len(it.Refreshes) && m.written >= 0 && m.written <= len(it.Written) &&
		m.choices >= 0 && m.choices <= len(it.Chosen)
}

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
// made, at the last full six hours, at the last refresh, or when something was
// written into it.
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
	if m.written > 0 {
		if shown := i.Written[m.written-1].Shown; shown.After(last) {
			last = shown
		}
	}
	return last
}

// accountsAt returns the codes of the accounts that were shared at m.
func (i *item) accountsAt(m moment) []string {
	if m.choices < len(i.Chosen) {
		return i.Chosen[m.choices]
	}
	return i.Accounts
}

// regrant shares other accounts than until now. What a client has read until then
// is still known, so that a sync adds and removes the difference.
func (i *item) regrant(codes []string) {
	if slices.Equal(i.Accounts, codes) {
		return
	}
	i.Chosen = append(i.Chosen, i.Accounts)
	i.Accounts = codes
}

// view is what an Item shows at a moment: which movements are seen, and how.
type view struct {
	ready bool
	now   ledger.Moment
	// first is the oldest day; rows of earlier days are not there.
	first    ledger.Day
	accounts []string
	// turns tell the accounts' ids.
	turns turns
}

// view returns what it shows at m: of all accounts, or of one if only is its code.
func (s *Server) view(it *item, m moment, only string) view {
	phase := s.phase(it, m.at)
	days := it.Days
	if phase == initial {
		days = min(days, initialDays)
	}
	v := view{
		ready:    phase != notReady,
		now:      ledger.Moment{At: it.fetched(m), Refreshes: it.Refreshes[:m.refreshes], Written: m.written},
		first:    ledger.DayOf(it.Created) - ledger.Day(days),
		accounts: it.accountsAt(m),
		turns:    it.turnsAt(m),
	}
	if only != "" {
		v.accounts = slices.DeleteFunc(slices.Clone(v.accounts), func(code string) bool { return code != only })
	}
	return v
}

// row fills in what is seen of a movement, and reports whether anything is.
func (v *view) row(m *ledger.Movement, row *ledger.Row) (seen bool) {
	if !v.ready || !slices.Contains(v.accounts, string(m.Account)) {
		return false
	}
	*row, seen = m.At(v.now)
	return seen && row.Date >= v.first
}

// turn returns the one of a movement's account.
func (v *view) turn(m *ledger.Movement) int { return v.turns[string(m.Account)] }

// same reports whether v and o show the same of every movement.
func (v *view) same(o *view) bool {
	return v.ready == o.ready && v.first == o.first && v.now.At.Equal(o.now.At) && slices.Equal(v.accounts, o.accounts) && maps.Equal(v.turns, o.turns) &&
		len(v.now.Refreshes) == len(o.now.Refreshes) && v.now.Written == o.now.Written
}

// book returns the history of the Item's owner.
func (i *item) book() ledger.Book {
	return ledger.Book{
		Seed: i.Seed, Bank: i.Institution, Currency: i.bank().currency(),
		Life: i.person().Life, Opened: i.Created, Days: i.Days,
	}
}

// sources returns where the Item's movements come from: what was brought or
// written lately before what was there from the beginning.
func (s *Server) sources(it *item) []ledger.Source {
	book, person := it.book(), it.person()
	sources := []ledger.Source{
		ledger.Refreshes{Book: book, Asked: it.Refreshes},
		ledger.Written(it.Written), ledger.Entries(person.Entries),
		ledger.Inflows(person.Inflows),
	}
	for i, source := range book.Sources() {
		sources = append(sources, keptSource{source, book.Same(), i, s.memo.parts})
	}
	return sources
}

// Truth returns every transaction that the Item shows at this moment, exactly as
// /transactions/sync writes them with the option include_original_description. A
// client that has followed the cursors to their end has these rows and no
// others. An Item that is unknown or removed is an error; one that is not ready
// yet has none.
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
	w := newRowWriter(key, &it, rowOptions{originals: true})
	out := []Transaction{}
	for row := range s.rows(&it, s.moment(&it)) {
		out = append(out, w.write(&row))
	}
	return out, nil
}

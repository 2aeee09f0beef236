package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/wire"
)

// occasion is an instant at which an Item has something to tell.
type occasion struct {
	at   time.Time
	tell func(*state, *item)
}

// occasions are those that can be foreseen. They hold as long as nothing else
// happens to the Item.
func (s *Server) occasions(it *item) []occasion {
	var list []occasion
	if it.hasTransactions() {
		list = append(list,
			occasion{it.Created.Add(s.cfg.InitialDelay), s.tellInitial},
			occasion{it.Created.Add(s.cfg.HistoryDelay), s.tellHistorical})
	}
	if at := it.failsAt(); !at.IsZero() && !it.LoginRequired {
		list = append(list, occasion{at, s.tellError})
	}
	if !it.ConsentEnds.IsZero() {
		list = append(list, occasion{it.ConsentEnds.Add(-consentNotice), s.tellConsent})
	}
	if v := it.Verification; v != nil && !v.Ends().IsZero() {
		list = append(list, occasion{v.Ends(), s.tellVerification})
	}
	return list
}

func (i *item) hasTransactions() bool { return slices.Contains(i.Products, "transactions") }

// told is the moment up to which webhooks have told of what happened.
func (i *item) told() moment {
	if i.Told.IsZero() {
		return moment{at: i.Created.Add(-time.Microsecond)}
	}
	return moment{i.Told, i.ToldRefreshes, i.ToldWritten, len(i.Chosen)}
}

// nextDue returns when there is something to tell next, or zero.
func (s *Server) nextDue(st *state) time.Time {
	var next time.Time
	for _, it := range st.Items {
		if it.Webhook != "" && it.Removed.IsZero() {
			next = earlier(next, s.itemDue(it))
		}
	}
	for _, l := range st.Links {
		for _, sess := range l.Sessions {
			next = earlier(next, l.aloneAt(sess))
		}
	}
	return next
}

// itemDue returns when the Item has something to tell, or zero.
func (s *Server) itemDue(it *item) (next time.Time) {
	told := it.told()
	for _, o := range s.occasions(it) {
		if o.at.After(told.at) {
			next = earlier(next, o.at)
		}
	}
	switch {
	case !it.hasTransactions():
		return next
	case len(it.Refreshes) > told.refreshes || len(it.Written) > told.written:
		return told.at
	}
	return earlier(next, told.at.Truncate(fetchEvery).Add(fetchEvery))
}

// earlier returns the earlier of two instants, of which zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// tellAll announces everything that there is to tell.
func (s *Server) tellAll(st *state) {
	s.tellAlone(st)
	for _, it := range st.Items {
		if it.Webhook != "" && it.Removed.IsZero() {
			s.tell(st, it)
		}
	}
}

// tell announces what has happened to an Item since it was told last.
func (s *Server) tell(st *state, it *item) {
	from, to := it.told(), s.moment(it)
	list := s.occasions(it)
	slices.SortStableFunc(list, func(a, b occasion) int { return a.at.Compare(b.at) })
	for _, o := range list {
		if o.at.After(from.at) && !o.at.After(to.at) {
			o.tell(st, it)
		}
	}
	asked := !it.fetched(from).Equal(it.fetched(to)) || from.refreshes != to.refreshes || from.written != to.written
	if asked && it.hasTransactions() && s.phase(it, from.at) == historical && it.trouble(to.at) == nil {
		s.tellNews(st, it, s.difference(it, s.view(it, from, ""), s.view(it, to, "")).all())
	}
	it.Told, it.ToldRefreshes, it.ToldWritten = to.at, to.refreshes, to.written
}

func (s *Server) tellError(st *state, it *item) {
	s.announceItem(st, it, "ITEM", "ERROR", map[string]any{"error": wire.Login()})
}

// tellConsent says that the consent is about to end: in Plaid's words of the
// country of the institution (PLAID §3.1).
func (s *Server) tellConsent(st *state, it *item) {
	ends := wire.Stamp(it.ConsentEnds)
	if institutionByID(it.Institution).american() {
		s.announceItem(st, it, "ITEM", "PENDING_DISCONNECT", map[string]any{
			"reason": "INSTITUTION_TOKEN_EXPIRATION", "disconnect_time": ends,
		})
		return
	}
	s.announceItem(st, it, "ITEM", "PENDING_EXPIRATION", map[string]any{"consent_expiration_time": ends})
}

// tellInitial says that the last 30 days are ready; tellHistorical, that all is.
func (s *Server) tellInitial(st *state, it *item) {
	recent, _ := s.ready(it)
	s.tellTransactions(st, it, "INITIAL_UPDATE", map[string]any{"new_transactions": recent, "error": nil})
	s.tellSync(st, it)
}

func (s *Server) tellHistorical(st *state, it *item) {
	_, older := s.ready(it)
	s.tellTransactions(st, it, "HISTORICAL_UPDATE", map[string]any{"new_transactions": older, "error": nil})
	s.tellSync(st, it)
}

// ready counts the transactions that both parts of an Item's history have now.
func (s *Server) ready(it *item) (recent, older int) {
	first, counts := ledger.DayOf(it.Created)-initialDays, s.tally(it, s.moment(it))
	for d := counts.first; d <= counts.last(); d++ {
		for _, account := range counts.accounts {
			if d >= first {
				recent += counts.of(d, account)
			} else {
				older += counts.of(d, account)
			}
		}
	}
	return recent, older
}

// tellNews tells of changes in a history that was complete before.
func (s *Server) tellNews(st *state, it *item, changes []change) {
	added, gone, ids := 0, []string{}, newRowWriter(st.Key, it, rowOptions{})
	for _, c := range changes {
		switch {
		case c.before == nil:
			added++
		case c.after == nil:
			gone = append(gone, ids.id(c.before))
		}
	}
	if added > 0 {
		s.tellTransactions(st, it, "DEFAULT_UPDATE", map[string]any{"new_transactions": added, "error": nil})
	}
	if len(gone) > 0 {
		s.tellTransactions(st, it, "TRANSACTIONS_REMOVED", map[string]any{"removed_transactions": gone, "error": nil})
	}
	if len(changes) > 0 {
		s.tellSync(st, it)
	}
}

func (s *Server) tellTransactions(st *state, it *item, code string, fields map[string]any) {
	s.announceItem(st, it, "TRANSACTIONS", code, fields)
}

// tellSync says that a sync would bring something, to a client that has synced
// before; another is not told (as Plaid documents).
func (s *Server) tellSync(st *state, it *item) {
	if it.Synced {
		s.tellTransactions(st, it, "SYNC_UPDATES_AVAILABLE", s.syncFields(it))
	}
}

func (s *Server) syncFields(it *item) map[string]any {
	phase := s.phase(it, s.now())
	return map[string]any{"initial_update_complete": phase != notReady, "historical_update_complete": phase == historical}
}

package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

func (s *Server) transactionRoutes() routes {
	return routes{
		"/transactions/sync":    serve(s.sync),
		"/transactions/refresh": serve(s.refresh),
	}
}

type syncRequest struct {
	Token   string      `json:"access_token"`
	Cursor  string      `json:"cursor"`
	Count   *int        `json:"count"`
	Options syncOptions `json:"options"`
}

type syncOptions struct {
	Originals bool    `json:"include_original_description"`
	Account   *string `json:"account_id"`
	historyOptions
}

type removedTransaction struct {
	ID      string `json:"transaction_id"`
	Account string `json:"account_id"`
}

type syncResponse struct {
	Status    phase                `json:"transactions_update_status"`
	Accounts  []wireAccount        `json:"accounts"`
	Added     []Transaction        `json:"added"`
	Modified  []Transaction        `json:"modified"`
	Removed   []removedTransaction `json:"removed"`
	Next      string               `json:"next_cursor"`
	More      bool                 `json:"has_more"`
	RequestID string               `json:"request_id"`
}

// The number of changes on one page (PLAID §1.2).
const (
	defaultCount = 100
	maxCount     = 500
)

// cursorNow is the cursor that skips what is there already.
const cursorNow = "now"

func (r *syncRequest) check() error {
	if n := r.count(); n < 1 || n > maxCount {
		return wire.Field("count", "must be between 1 and 500")
	}
	if r.Options.Account != nil {
		return wire.Field("options.account_id", "is not offered by the practice bank: leave it out")
	}
	return r.Options.check("options.days_requested")
}

func (r *syncRequest) count() int {
	if r.Count == nil {
		return defaultCount
	}
	return *r.Count
}

// sync answers /transactions/sync: a page of the difference between what the
// client knows and what there is.
func (s *Server) sync(id string, req syncRequest) (resp syncResponse, err error) {
	if err := req.check(); err != nil {
		return resp, err
	}
	it, key, err := s.useTransactions(req.Token, req.Options)
	if err != nil {
		return resp, err
	}
	if err := s.noteSync(req.Token, &it); err != nil {
		return resp, err
	}
	now := s.moment(&it)
	resp = syncResponse{
		Status: s.phase(&it, now.at), Accounts: []wireAccount{}, Added: []Transaction{}, Modified: []Transaction{},
		Removed: []removedTransaction{}, RequestID: id,
	}
	if resp.Status == notReady {
		return resp, nil
	}
	loop, err := s.loop(&it, key, req.Cursor, now)
	if err != nil {
		return resp, err
	}
	if resp.Accounts, err = it.choose(key, nil, (*people.Account).HasHistory); err != nil {
		return resp, err
	}
	page, next := loop.page(req.count())
	resp.fill(page, rowWriter{key: key, item: &it, originals: req.Options.Originals})
	resp.Next, resp.More = next.encode(key, it.ID), !next.done()
	return resp, nil
}

// useTransactions returns the Item for its transactions. If it was made without
// them, the first call decides how much history it has.
func (s *Server) useTransactions(token string, o syncOptions) (item, ident.Keyring, error) {
	it, key, err := s.use(token, "")
	if err != nil || slices.Contains(it.Products, "transactions") {
		return it, key, err
	}
	if it, key, err = s.use(token, "transactions"); err != nil {
		return it, key, err
	}
	err = s.change(token, func(live *item) error {
		live.Days = o.days()
		it = live.copy()
		return nil
	})
	return it, key, err
}

// loop is a pagination loop: the changes that lead from one moment to another.
type loop struct {
	cursor
	changes []change
}

// change is one difference. A row that was there and is gone has no after.
type change struct {
	before, after *ledger.Row
}

// loop returns the loop that the client is in, or begins a new one.
func (s *Server) loop(it *item, key ident.Keyring, text string, now moment) (loop, error) {
	switch text {
	case cursorNow:
		return loop{cursor: atEnd(now)}, nil
	case "":
		return loop{cursor{from: moment{at: time.Time{}}, to: now}, difference(nil, s.view(it, now).rows)}, nil
	}
	c, err := decodeCursor(key, it.ID, text)
	if err != nil {
		return loop{}, err
	}
	current := s.view(it, now).rows
	if c.done() {
		c = cursor{from: c.from, to: now}
		return loop{c, difference(s.view(it, c.from).rows, current)}, nil
	}
	shown := s.view(it, c.to).rows
	if len(difference(shown, current)) > 0 {
		return loop{}, wire.Mutation()
	}
	return loop{c, difference(s.view(it, c.from).rows, shown)}, nil
}

// difference returns the changes from one list of rows to another: what is new
// and what has changed in the order of the second, then what is gone.
func difference(before, after []ledger.Row) []change {
	known := make(map[string]*ledger.Row, len(before))
	for i := range before {
		known[before[i].Name()] = &before[i]
	}
	var added, modified, removed []change
	for i := range after {
		row := &after[i]
		old := known[row.Name()]
		delete(known, row.Name())
		switch {
		case old == nil:
			added = append(added, change{after: row})
		case !old.Same(*row):
			modified = append(modified, change{before: old, after: row})
		}
	}
	for i := range before {
		if known[before[i].Name()] != nil {
			removed = append(removed, change{before: &before[i]})
		}
	}
	return slices.Concat(added, modified, removed)
}

// page returns the next changes of the loop, and the cursor behind them.
func (l loop) page(count int) ([]change, cursor) {
	start := min(l.offset, len(l.changes))
	end := min(start+count, len(l.changes))
	if end == len(l.changes) {
		return l.changes[start:end], atEnd(l.to)
	}
	return l.changes[start:end], cursor{from: l.from, to: l.to, offset: end}
}

func (r *syncResponse) fill(page []change, w rowWriter) {
	for _, c := range page {
		switch {
		case c.after == nil:
			r.Removed = append(r.Removed, removedTransaction{w.id(c.before.Name()), w.account(c.before)})
		case c.before == nil:
			r.Added = append(r.Added, w.write(*c.after))
		default:
			r.Modified = append(r.Modified, w.write(*c.after))
		}
	}
}

// refresh answers /transactions/refresh: the bank is asked for news at once.
func (s *Server) refresh(id string, req accessRequest) (removeResponse, error) {
	if _, _, err := s.useTransactions(req.Token, syncOptions{}); err != nil {
		return removeResponse{}, err
	}
	now := s.now()
	err := s.change(req.Token, func(it *item) error {
		it.Refreshes = append(it.Refreshes, now)
		return nil
	})
	return removeResponse{id}, err
}

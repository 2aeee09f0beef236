package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

func (s *Server) transactionRoutes() routes {
	return routes{
		"/transactions/sync":           serve(s.sync),
		"/transactions/get":            serve(s.transactionsGet),
		"/transactions/refresh":        serve(s.refresh),
		"/transactions/recurring/get":  serve(s.recurrencesGet),
		"/sandbox/transactions/create": serve(s.transactionsCreate),
		"/categories/get":              serve(s.categoriesGet),
	}
}

type syncRequest struct {
	Token   string      `json:"access_token"`
	Cursor  string      `json:"cursor"`
	Count   *int        `json:"count"`
	Options syncOptions `json:"options"`
}

type syncOptions struct {
	Account *string `json:"account_id"`
	rowOptionFields
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

// defaultCount is the number of changes on one page if nobody says (PLAID §1.2).
const defaultCount = 100

// cursorNow is the cursor that skips what is there already.
const cursorNow = "now"

func countOf(n *int) int {
	if n == nil {
		return defaultCount
	}
	return *n
}

// sync answers /transactions/sync: a page of the difference between what the
// client knows and what there is.
func (s *Server) sync(id string, req syncRequest) (resp syncResponse, err error) {
	if err := req.Options.checkVersion(); err != nil {
		return resp, err
	}
	it, key, err := s.useTransactions(req.Token, &req.Options.historyOptions)
	if err != nil {
		return resp, err
	}
	stream, accounts, err := it.stream(key, req.Options.Account)
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
	page, next, err := s.syncPage(stream, req.Cursor, now, countOf(req.Count))
	if err != nil {
		return resp, err
	}
	resp.fill(page, newRowWriter(key, &it, req.Options.options()))
	resp.Accounts, resp.Next, resp.More = accounts, next.encode(stream), !next.done()
	return resp, nil
}

// stream returns the stream of changes of the whole Item, or of one account, and
// the accounts that belong to it.
func (i *item) stream(key ident.Keyring, only *string) (stream, []wireAccount, error) {
	var ids []string
	if only != nil {
		ids = []string{*only}
	}
	accounts, err := i.choose(key, ids, (*people.Account).HasHistory)
	st := stream{key: key, item: i}
	if err != nil || only == nil {
		return st, accounts, err
	}
	at := slices.IndexFunc(i.Accounts, func(code string) bool { return i.accountID(key, code) == *only })
	if at < 0 {
		return st, nil, wire.AccountID()
	}
	st.account = i.Accounts[at]
	return st, accounts, nil
}

// useTransactions returns the Item for its transactions. If it was made without
// them, the first call decides how much history it has.
func (s *Server) useTransactions(token string, o *historyOptions) (item, ident.Keyring, error) {
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

// syncPage returns the next changes of the loop that the client is in, or the first
// ones of a new loop, and the cursor behind them.
func (s *Server) syncPage(st stream, text string, now moment, count int) ([]change, cursor, error) {
	if text == cursorNow {
		return nil, atEnd(now), nil
	}
	c := cursor{to: now, place: beginning()}
	if text != "" {
		var err error
		if c, err = st.decode(text, now.at); err != nil {
			return nil, c, err
		}
		if c.done() {
			c = cursor{from: c.from, to: now, place: beginning()}
		} else if s.moved(st, c.to, now) {
			return nil, c, wire.Mutation()
		}
	}
	w := s.difference(st.item, s.view(st.item, c.from, st.account), s.view(st.item, c.to, st.account))
	page, next, more := w.page(c.place, count)
	if !more {
		return page, atEnd(c.to), nil
	}
	return page, cursor{c.from, c.to, next}, nil
}

// moved reports whether the stream shows anything else now than it did then.
func (s *Server) moved(st stream, then, now moment) bool {
	before, after := s.view(st.item, then, st.account), s.view(st.item, now, st.account)
	if before.same(&after) {
		return false
	}
	_, _, more := s.difference(st.item, before, after).page(beginning(), 0)
	return more
}

func (r *syncResponse) fill(page []change, w *rowWriter) {
	r.Added = slices.Grow(r.Added, len(page))
	for _, c := range page {
		switch {
		case c.after == nil:
			r.Removed = append(r.Removed, w.removed(c))
		case c.before == nil:
			r.Added = append(r.Added, w.write(c.after))
		default:
			r.Modified = append(r.Modified, w.write(c.after))
		}
	}
}

// refresh answers /transactions/refresh: the bank is asked for news at once.
func (s *Server) refresh(id string, req accessRequest) (removeResponse, error) {
	if _, _, err := s.useTransactions(req.Token, nil); err != nil {
		return removeResponse{}, err
	}
	now := s.now()
	err := s.change(req.Token, func(it *item) error {
		it.Refreshes = append(it.Refreshes, now)
		return nil
	})
	return removeResponse{id}, err
}

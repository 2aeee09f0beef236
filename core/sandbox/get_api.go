package sandbox

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type getRequest struct {
	Token   string     `json:"access_token"`
	Start   string     `json:"start_date"`
	End     string     `json:"end_date"`
	Options getOptions `json:"options"`
}

type getOptions struct {
	IDs    []string `json:"account_ids"`
	Count  *int     `json:"count"`
	Offset int      `json:"offset"`
	rowOptionFields
	historyOptions
}

type getResponse struct {
	Accounts     []wireAccount `json:"accounts"`
	Transactions []Transaction `json:"transactions"`
	Total        int           `json:"total_transactions"`
	Item         wireItem      `json:"item"`
	RequestID    string        `json:"request_id"`
}

// appendJSON implements appender.
func (r getResponse) appendJSON(b []byte) ([]byte, error) {
	accounts, err := json.Marshal(r.Accounts)
	if err != nil {
		return nil, err
	}
	item, err := json.Marshal(r.Item)
	if err != nil {
		return nil, err
	}
	b = append(append(b, `{"accounts":`...), accounts...)
	b = appendRows(append(b, `,"transactions":`...), r.Transactions)
	b = strconv.AppendInt(append(b, `,"total_transactions":`...), int64(r.Total), 10)
	b = append(append(b, `,"item":`...), item...)
	return append(appendText(append(b, `,"request_id":`...), r.RequestID), '}'), nil
}

// check looks at the request and returns the days it is about.
func (r *getRequest) check() (asked days, err error) {
	if asked.first, err = parseDay("start_date", r.Start); err != nil {
		return asked, err
	}
	if asked.last, err = parseDay("end_date", r.End); err != nil {
		return asked, err
	}
	if asked.last < asked.first {
		return asked, wire.Field("end_date", "must not be before start_date")
	}
	return asked, r.Options.checkVersion()
}

func parseDay(field, text string) (ledger.Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, wire.Field(field, "must be a date in the form YYYY-MM-DD")
	}
	return ledger.DayOf(t), nil
}

// transactionsGet answers /transactions/get: a page of what there is, the newest
// first.
func (s *Server) transactionsGet(id string, req getRequest) (resp getResponse, err error) {
	asked, err := req.check()
	if err != nil {
		return resp, err
	}
	it, key, err := s.useTransactions(req.Token, &req.Options.historyOptions)
	if err != nil {
		return resp, err
	}
	now := s.moment(&it)
	if s.phase(&it, now.at) == notReady {
		return resp, wire.NotReady()
	}
	accounts, err := it.choose(key, req.Options.IDs, (*people.Account).HasHistory)
	if err != nil {
		return resp, err
	}
	w := newRowWriter(key, &it, req.Options.options())
	resp = getResponse{Accounts: accounts, Transactions: []Transaction{}, Item: it.wire(), RequestID: id}
	v := s.view(&it, now, "")
	v.accounts = it.codesOf(accounts, w)
	list := s.listing(&it, now, asked, v)
	resp.Total = list.total
	for _, row := range list.rows(req.Options.Offset, countOf(req.Options.Count)) {
		resp.Transactions = append(resp.Transactions, w.write(&row))
	}
	return resp, nil
}

// codesOf returns the codes of accounts that are to be listed.
func (i *item) codesOf(accounts []wireAccount, w *rowWriter) []string {
	return slices.DeleteFunc(slices.Clone(i.Accounts), func(code string) bool {
		id := w.account(ledger.Account(code))
		return !slices.ContainsFunc(accounts, func(a wireAccount) bool { return a.ID == id })
	})
}

// listing is what an Item shows of some accounts within some days, the newest
// first. It knows how many rows every day has, so that a page anywhere in it
// costs what is on the days of the page.
type listing struct {
	sources []ledger.Source
	view    view
	asked   days
	counts  *tally
	total   int
}

func (s *Server) listing(it *item, m moment, asked days, v view) *listing {
	l := &listing{sources: s.sources(it), view: v, asked: asked, counts: s.tally(it, m)}
	for d := range l.newestFirst() {
		l.total += l.count(d)
	}
	return l
}

// newestFirst returns the days of the listing that can have rows.
func (l *listing) newestFirst() func(func(ledger.Day) bool) {
	return func(yield func(ledger.Day) bool) {
		for d := min(l.asked.last, l.counts.last()); d >= max(l.asked.first, l.counts.first); d-- {
			if !yield(d) {
				return
			}
		}
	}
}

func (l *listing) count(d ledger.Day) (n int) {
	for _, code := range l.view.accounts {
		n += l.counts.of(d, code)
	}
	return n
}

// rows returns so many rows from an offset on.
func (l *listing) rows(offset, count int) []ledger.Row {
	if offset >= l.total {
		return nil
	}
	count = min(count, l.total-offset)
	var page days
	passed, started, skipped := 0, false, 0
	for d := range l.newestFirst() {
		n := l.count(d)
		if !started && passed+n > offset {
			started, page.last, skipped = true, d, offset-passed
		}
		if passed += n; started && passed >= offset+count {
			page.first = d
			break
		}
	}
	return l.between(page)[skipped : skipped+count]
}

// between returns the rows of some days, the newest first.
func (l *listing) between(d days) []ledger.Row {
	var out []ledger.Row
	for _, source := range l.sources {
		first, last := source.Parts(d.first, d.last)
		for part := first; part <= last; part++ {
			for _, m := range source.Part(part) {
				var row ledger.Row
				if l.view.row(m, &row) && row.Date >= d.first && row.Date <= d.last {
					out = append(out, row)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b ledger.Row) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), b.Paid.Compare(a.Paid), cmp.Compare(a.Key, b.Key))
	})
	return out
}

package sandbox

import (
	"cmp"
	"encoding/json"
	"iter"
	"slices"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/wire"
)

type recurrencesRequest struct {
	Token   string          `json:"access_token"`
	IDs     []string        `json:"account_ids"`
	Options rowOptionFields `json:"options"`
}

type recurrencesResponse struct {
	In        []wireRecurrence `json:"inflow_streams"`
	Out       []wireRecurrence `json:"outflow_streams"`
	Updated   string           `json:"updated_datetime"`
	Version   string           `json:"personal_finance_category_version"`
	RequestID string           `json:"request_id"`
}

// wireRecurrence is Plaid's TransactionStream.
type wireRecurrence struct {
	Account          string     `json:"account_id"`
	ID               string     `json:"stream_id"`
	Category         []string   `json:"category"`
	CategoryID       string     `json:"category_id"`
	Description      string     `json:"description"`
	Merchant         *string    `json:"merchant_name"`
	First            string     `json:"first_date"`
	Last             string     `json:"last_date"`
	Next             *string    `json:"predicted_next_date"`
	Frequency        string     `json:"frequency"`
	Transactions     []string   `json:"transaction_ids"`
	Average          wireAmount `json:"average_amount"`
	LastAmount       wireAmount `json:"last_amount"`
	Active           bool       `json:"is_active"`
	Status           string     `json:"status"`
	PersonalCategory *Category  `json:"personal_finance_category"`
	Modified         bool       `json:"is_user_modified"`
}

type wireAmount struct {
	Amount     json.Number `json:"amount"`
	Currency   *string     `json:"iso_currency_code"`
	Unofficial *string     `json:"unofficial_currency_code"`
}

func (w *rowWriter) amount(m ledger.Money) wireAmount {
	money := w.currency(m)
	return wireAmount{Amount: decimal(m), Currency: money.iso, Unofficial: money.unofficial}
}

// recurrencesGet answers /transactions/recurring/get: what recurs among the rows
// that the Item shows.
func (s *Server) recurrencesGet(id string, req recurrencesRequest) (resp recurrencesResponse, err error) {
	if err := req.Options.checkVersion(); err != nil {
		return resp, err
	}
	it, key, err := s.useTransactions(req.Token, nil)
	if err != nil {
		return resp, err
	}
	now := s.moment(&it)
	if s.phase(&it, now.at) == notReady {
		return resp, wire.NotReady()
	}
	accounts, err := it.choose(key, req.IDs, canRecur)
	if err != nil {
		return resp, err
	}
	w := newRowWriter(key, &it, req.Options.options())
	codes := it.codesOf(accounts, w)
	fetched := it.fetched(now)
	resp = recurrencesResponse{
		In: []wireRecurrence{}, Out: []wireRecurrence{}, Updated: wire.Stamp(fetched),
		Version: cmp.Or(req.Options.Version, firstTaxonomy), RequestID: id,
	}
	for strand, r := range recurrences(only(codes, s.rows(&it, now))) {
		shaped := w.recurrence(strand, r, ledger.DayOf(fetched))
		if strand.in {
			resp.In = append(resp.In, shaped)
		} else {
			resp.Out = append(resp.Out, shaped)
		}
	}
	sortRecurrences(resp.In)
	sortRecurrences(resp.Out)
	return resp, nil
}

// only passes the rows of some accounts.
func only(codes []string, rows iter.Seq[ledger.Row]) iter.Seq[ledger.Row] {
	return func(yield func(ledger.Row) bool) {
		for row := range rows {
			if slices.Contains(codes, string(row.Account)) && !yield(row) {
				return
			}
		}
	}
}

// sortRecurrences puts those with the newest payment first.
func sortRecurrences(list []wireRecurrence) {
	slices.SortFunc(list, func(a, b wireRecurrence) int {
		return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.ID, b.ID))
	})
}

func (w *rowWriter) recurrence(key strand, r *recurrence, today ledger.Day) wireRecurrence {
	last := r.last()
	out := wireRecurrence{
		Account: w.account(key.account), ID: w.key.ID("stream", w.item.ID, string(key.account), key.payee, key.currency, direction(key.in)),
		Category: wire.OrEmpty(last.Payee.Legacy.Levels()), CategoryID: last.Payee.Legacy.ID, Description: last.Payee.Name,
		First: r.first().Date.String(), Last: last.Date.String(), Frequency: r.pace.name, Transactions: []string{},
		Average: w.amount(r.average()), LastAmount: w.amount(last.Amount), Active: r.active(today), Status: r.status(today),
		PersonalCategory: w.category(last.Payee, sure),
	}
	if last.Payee.Kind == "merchant" {
		out.Merchant = wire.OrNull(last.Payee.Merchant)
	}
	if out.Active {
		out.Next = wire.OrNull(r.pace.next(last.Date).String())
	}
	for i := range r.rows {
		out.Transactions = append(out.Transactions, w.id(&r.rows[i]))
	}
	return out
}

func direction(in bool) string {
	if in {
		return "in"
	}
	return "out"
}

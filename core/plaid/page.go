package plaid

import (
	"cmp"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/money"
)

// errUndecodable stands for every error of a decoder: those quote the text that
// they could not read, which can be an account number.
var errUndecodable = errors.New("the answer does not decode")

// syncPage is an answer of /transactions/sync, as far as it is used. A field
// that must be there is a pointer or a slice, so that its absence shows.
type syncPage struct {
	Added      []transaction `json:"added"`
	Modified   []transaction `json:"modified"`
	Removed    []removed     `json:"removed"`
	NextCursor *string       `json:"next_cursor"`
	HasMore    *bool         `json:"has_more"`
	Status     string        `json:"transactions_update_status"`
	RequestID  string        `json:"request_id"`
}

type removed struct {
	ID string `json:"transaction_id"`
}

type transaction struct {
	ID                 string      `json:"transaction_id"`
	AccountID          string      `json:"account_id"`
	Amount             json.Number `json:"amount"`
	Currency           string      `json:"iso_currency_code"`
	UnofficialCurrency string      `json:"unofficial_currency_code"`
	Date               string      `json:"date"`
	Authorized         string      `json:"authorized_date"`
	Name               string      `json:"name"`
	Merchant           string      `json:"merchant_name"`
	Original           string      `json:"original_description"`
	Channel            string      `json:"payment_channel"`
	Pending            bool        `json:"pending"`
	PendingID          string      `json:"pending_transaction_id"`
	Category           struct {
		Primary  string `json:"primary"`
		Detailed string `json:"detailed"`
	} `json:"personal_finance_category"`
	Counterparties []struct {
		Name string `json:"name"`
		Type string `json:"type"`
	} `json:"counterparties"`
}

// decodePage reads the answer to a request with the given cursor, and the
// request's id. Its errors are of the kind Nonsense.
func decodePage(op string, body []byte, cursor string) (out bank.Page, request string, err error) {
	var page syncPage
	if err := json.Unmarshal(body, &page); err != nil {
		return bank.Page{}, "", fault.New(op, fault.Nonsense, errUndecodable)
	}
	request = requestID(page.RequestID)
	if out, err = page.read(cursor); err != nil {
		return bank.Page{}, request, nonsense(op, page.RequestID, err.Error())
	}
	return out, request, nil
}

func (p syncPage) read(cursor string) (bank.Page, error) {
	if err := p.check(cursor); err != nil {
		return bank.Page{}, err
	}
	out := bank.Page{Next: *p.NextCursor, More: *p.HasMore, Phase: p.phase()}
	if out.Phase == core.NotReady {
		out.Next = ""
	}
	var err error
	if out.Added, err = transactions(p.Added); err != nil {
		return bank.Page{}, err
	}
	if out.Modified, err = transactions(p.Modified); err != nil {
		return bank.Page{}, err
	}
	for _, r := range p.Removed {
		if !isIdentifier(r.ID) {
			return bank.Page{}, errors.New("a removed transaction without id")
		}
		out.Removed = append(out.Removed, core.TransactionID(r.ID))
	}
	return out, nil
}

// check looks for what a page must have: all of its fields, and an end from
// which the next request can go on.
func (p syncPage) check(cursor string) error {
	if p.RequestID == "" || p.NextCursor == nil || p.HasMore == nil || p.Added == nil || p.Modified == nil || p.Removed == nil {
		return errors.New("the page lacks a field")
	}
	next := *p.NextCursor
	if next == "" && p.rows() > 0 || *p.HasMore && (next == "" || next == cursor) {
		return errors.New("the page does not say where it ends")
	}
	return nil
}

func (p syncPage) rows() int { return len(p.Added) + len(p.Modified) + len(p.Removed) }

// phase reads transactions_update_status. Without a cursor there is nothing yet,
// whatever the status says; rows with a cursor are there, whatever it says. No
// history is claimed that Plaid did not claim by name.
func (p syncPage) phase() core.SyncPhase {
	switch {
	case *p.NextCursor == "", p.Status == "NOT_READY" && p.rows() == 0 && !*p.HasMore:
		return core.NotReady
	case p.Status == "HISTORICAL_UPDATE_COMPLETE":
		return core.HistoryDone
	}
	return core.InitialDone
}

func transactions(from []transaction) ([]core.Transaction, error) {
	out := make([]core.Transaction, len(from))
	for i := range from {
		if err := from[i].read(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// read fills out, turning Plaid's sign round. Its errors quote nothing.
func (t *transaction) read(out *core.Transaction) error {
	if !isIdentifier(t.ID) || !isIdentifier(t.AccountID) {
		return errors.New("a transaction without id or account")
	}
	amount, err := t.amount()
	if err != nil {
		return err
	}
	posted, err := core.ParseDate(t.Date)
	if err != nil || posted.IsZero() {
		return errors.New("a transaction without a date")
	}
	var authorized core.Date
	if t.Authorized != "" {
		if authorized, err = core.ParseDate(t.Authorized); err != nil {
			return errors.New("a transaction with a wrong date of authorization")
		}
	}
	merchant, original := clean(t.Merchant), clean(t.Original)
	*out = core.Transaction{
		ID: core.TransactionID(t.ID), Account: core.AccountID(t.AccountID),
		Date: posted, Authorized: authorized, Amount: amount.Neg(),
		Name: cmp.Or(clean(t.Name), original, merchant, "?"), Merchant: merchant, Original: original,
		Category: core.Category{Primary: clean(t.Category.Primary), Detailed: clean(t.Category.Detailed)},
		Channel:  clean(t.Channel),
		Pending:  t.Pending,
	}
	if isIdentifier(t.PendingID) {
		out.PendingID = core.TransactionID(t.PendingID)
	}
	if len(t.Counterparties) > 0 {
		out.Counterparty, out.CounterpartyType = clean(t.Counterparties[0].Name), clean(t.Counterparties[0].Type)
	}
	return nil
}

// amount returns the amount with Plaid's sign, rounded to the currency's minor
// unit.
func (t *transaction) amount() (money.Amount, error) {
	unit, err := currency(t.Currency, t.UnofficialCurrency)
	if err != nil {
		return money.Amount{}, err
	}
	text := string(t.Amount)
	if strings.ContainsAny(text, "eE") {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return money.Amount{}, money.ErrOverflow
		}
		return money.FromFloat(f, unit)
	}
	return money.Round(text, unit)
}

// currency returns the one of Plaid's two codes that is set, and USD if neither
// is.
func currency(iso, unofficial string) (money.Currency, error) {
	code := cmp.Or(iso, unofficial, string(money.USD))
	if len(code) < 2 || len(code) > 12 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return "", errors.New("a currency without a code")
	}
	return money.Currency(code), nil
}

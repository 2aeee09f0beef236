package sandbox

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type writeRequest struct {
	Token        string         `json:"access_token"`
	Transactions []writtenEntry `json:"transactions"`
}

type writtenEntry struct {
	Transacted  string      `json:"date_transacted"`
	Posted      string      `json:"date_posted"`
	Amount      json.Number `json:"amount"`
	Description string      `json:"description"`
	Currency    *string     `json:"iso_currency_code"`
}

// The rules of /sandbox/transactions/create (OpenAPI).
const (
	maxEntries   = 10
	maxEntryDays = 14
)

// transactionsCreate answers /sandbox/transactions/create: the bank shows what was
// written down, as pending, from now on.
func (s *Server) transactionsCreate(id string, req writeRequest) (removeResponse, error) {
	if n := len(req.Transactions); n < 1 || n > maxEntries {
		return removeResponse{}, wire.Field("transactions", "must have between 1 and 10 entries")
	}
	it, _, err := s.useTransactions(req.Token, nil)
	if err != nil {
		return removeResponse{}, err
	}
	account, err := it.takesEntries()
	if err != nil {
		return removeResponse{}, err
	}
	now := s.now()
	var entries []ledger.Entry
	for i := range req.Transactions {
		e, err := req.Transactions[i].entry("transactions["+strconv.Itoa(i)+"].", ledger.DayOf(now))
		if err != nil {
			return removeResponse{}, err
		}
		e.Account, e.Shown = account, now
		entries = append(entries, e)
	}
	err = s.change(req.Token, func(live *item) error {
		for i := range entries {
			entries[i].After = len(live.Refreshes)
		}
		live.Written = append(live.Written, entries...)
		return nil
	})
	return removeResponse{id}, err
}

// takesEntries returns the account that written entries are of: the first
// depository account. Only the dynamic user and custom users can have them.
func (i *item) takesEntries() (ledger.Account, error) {
	person := i.person()
	if person.Life != ledger.DynamicLife && person.Custom == nil {
		return "", wire.Field("access_token", "must be of an Item that was created with the test user user_transactions_dynamic or a custom user")
	}
	at := slices.IndexFunc(i.Accounts, func(code string) bool { return person.Account(code).Type == people.Depository })
	if at < 0 {
		return "", wire.Field("access_token", "must be of an Item with a depository account")
	}
	return ledger.Account(i.Accounts[at]), nil
}

// entry checks an entry and returns it.
func (w *writtenEntry) entry(path string, today ledger.Day) (e ledger.Entry, err error) {
	if e.Transacted, err = entryDay(path+"date_transacted", w.Transacted, today); err != nil {
		return e, err
	}
	if e.Posted, err = entryDay(path+"date_posted", w.Posted, today); err != nil {
		return e, err
	}
	if e.Description = w.Description; e.Description == "" {
		return e, wire.Missing(path + "description")
	}
	e.Amount.Currency = "USD"
	if w.Currency != nil {
		e.Amount.Currency = *w.Currency
	}
	if !people.Official(e.Amount.Currency) {
		return e, wire.Field(path+"iso_currency_code", "must be an ISO-4217 currency code")
	}
	minor, fits := minorUnits(w.Amount, e.Amount.Exponent())
	if !fits {
		return e, wire.Field(path+"amount", "must be a number")
	}
	e.Amount.Minor = minor
	return e, nil
}

func entryDay(field, text string, today ledger.Day) (ledger.Day, error) {
	d, err := parseDay(field, text)
	if err == nil && (d > today || d < today-maxEntryDays) {
		err = wire.Field(field, "must be the present date or a date up to 14 days in the past")
	}
	return d, err
}

// maxAmount bounds amounts, in units of the currency: no bank shows more.
const maxAmount = 1e12

// minorUnits writes a JSON number in a currency's smallest unit, rounded to the
// nearest, and reports whether it is an amount at all.
func minorUnits(n json.Number, exponent int) (int64, bool) {
	f, err := n.Float64()
	if err != nil || f > maxAmount || f < -maxAmount {
		return 0, false
	}
	if f == 0 { // also what is too small to have a finite fraction
		return 0, true
	}
	exact, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return 0, false
	}
	for range exponent {
		exact.Mul(exact, big.NewRat(10, 1))
	}
	minor, err := strconv.ParseInt(exact.FloatString(0), 10, 64)
	return minor, err == nil
}

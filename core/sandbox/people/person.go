package people

import (
	"cmp"
	"encoding/json"

	"bankbook/core/sandbox/ledger"
)

// Person is a customer of an institution.
type Person struct {
	// User is the user name.
	User string
	// Custom is the configuration of a custom user, as it was given, or nil.
	Custom json.RawMessage
	// Accounts are all that the person has, in the order in which Plaid lists them.
	Accounts []Account
	// Login is what stands between the password and the accounts.
	Login Login
	// Life says which history the accounts have.
	Life ledger.Life
	// Entries are the transactions that the person comes with, beside those of
	// the Life.
	Entries []ledger.Entry
	// Inflows are what comes every month, beside the Life and the Entries.
	Inflows []ledger.Inflow
	// MicroDeposits says that the bank tells no numbers of this person's accounts:
	// they are entered by hand, and verified by a deposit that arrives by itself.
	MicroDeposits bool
}

// Account returns the account of a code, or nil.
func (p *Person) Account(code string) *Account {
	for i := range p.Accounts {
		if p.Accounts[i].Code == code {
			return &p.Accounts[i]
		}
	}
	return nil
}

// Codes returns the codes of the accounts that pass the filters.
func (p *Person) Codes(filters map[string]Filter) []string {
	var codes []string
	for i := range p.Accounts {
		if p.Accounts[i].Passes(filters) {
			codes = append(codes, p.Accounts[i].Code)
		}
	}
	return codes
}

// Denominate gives the amounts that say no currency the given one: that of the
// institution, which the person does not know.
func (p *Person) Denominate(currency string) {
	for i := range p.Entries {
		p.Entries[i].Amount.Currency = cmp.Or(p.Entries[i].Amount.Currency, currency)
	}
	for i := range p.Inflows {
		in := &p.Inflows[i]
		in.Amount.Currency, in.Owed.Currency = cmp.Or(in.Amount.Currency, currency), cmp.Or(in.Owed.Currency, currency)
	}
}

// Filter is a choice of account subtypes of one account type.
type Filter struct {
	Subtypes []string `json:"account_subtypes"`
}

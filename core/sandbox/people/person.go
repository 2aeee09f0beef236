package people

import (
	"slices"

	"bankbook/core/sandbox/ledger"
)

// Person is a customer of an institution.
type Person struct {
	// User is the user name.
	User string
	// Accounts are all that the person has, in the order in which Plaid lists them.
	Accounts []Account
	// Login is what stands between the password and the accounts.
	Login Login
	// Life says which history the accounts have.
	Life ledger.Life
	// Entries are the transactions that the person comes with, beside those of
	// the Life.
	Entries []ledger.Entry
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

// Filter is a choice of account subtypes of one account type.
type Filter struct {
	Subtypes []string `json:"account_subtypes"`
}

// The types of account.
const (
	Depository = "depository"
	Credit     = "credit"
	Loan       = "loan"
	Investment = "investment"
)

// Account is an account and everything that Plaid tells about it.
type Account struct {
	// Code names the account within the Person, for ever.
	Code                                string
	Name, Official, Mask, Type, Subtype string
	// Available, Current and Limit are JSON numbers; "" is null.
	Available, Current, Limit string
	// Currency is "" for that of the institution.
	Currency string
	Business bool
	Numbers  Numbers
	Owners   []Owner
	// Liability is nil for an account that is no debt.
	Liability *Liability
}

// Passes reports whether the filters let a through. Without filters all pass;
// with filters a type that is not named does not.
func (a *Account) Passes(filters map[string]Filter) bool {
	if len(filters) == 0 {
		return true
	}
	f, named := filters[a.Type]
	return named && (slices.Contains(f.Subtypes, "all") || slices.Contains(f.Subtypes, a.Subtype))
}

// HasNumbers reports whether /auth/get tells the numbers of a.
func (a *Account) HasNumbers() bool {
	switch a.Subtype {
	case "checking", "savings", "cash management":
		return true
	}
	return false
}

// HasHistory reports whether a appears in /transactions/sync: investments don't.
func (a *Account) HasHistory() bool { return a.Type != Investment }

// Numbers are those of an account, as far as they are not the institution's
// usual ones: "" stands for the usual.
type Numbers struct {
	Account, Routing, Wire string
}

// Owner is somebody whom an account belongs to.
type Owner struct {
	Names []string
}

// Liability is what is known of a debt.
type Liability struct{}

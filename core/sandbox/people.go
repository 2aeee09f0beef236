package sandbox

import (
	"encoding/json"
	"slices"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/wire"
)

// The customer of every institution (PLAID §5).
const (
	goodUser     = "user_good"
	goodPassword = "pass_good"
)

// The numbers that /auth/get tells (PLAID §5). An account's number is the prefix
// and its mask.
const (
	numberPrefix  = "111122223333"
	defaultACH    = "011401533"
	defaultWire   = "021000021"
	canadianBank  = "021"
	canadianPlace = "01140"
	britishPrefix = "3192"
	britishSort   = "601613"
)

// person is an account of the customer: its place in the practice bank and what
// Plaid tells about it.
type person struct {
	code     string
	name     string
	official string
	mask     string
	kind     string
	subtype  string
	// available, current and limit are JSON numbers; "" is null.
	available, current, limit string
	business                  bool
}

// The types of account.
const (
	depository = "depository"
	credit     = "credit"
	loan       = "loan"
	investment = "investment"
)

// customer are the accounts of user_good, the same at every institution.
var customer = [...]person{
	{code: string(ledger.Checking), name: "Plaid Checking", official: "Plaid Gold Standard 0% Interest Checking", mask: "0000", kind: depository, subtype: "checking", available: "100", current: "110"},
	{code: string(ledger.Savings), name: "Plaid Saving", official: "Plaid Silver Standard 0.1% Interest Saving", mask: "1111", kind: depository, subtype: "savings", available: "200", current: "210"},
	{code: string(ledger.CD), name: "Plaid CD", official: "Plaid Bronze Standard 0.2% Interest CD", mask: "2222", kind: depository, subtype: "cd", current: "1000"},
	{code: string(ledger.CreditCard), name: "Plaid Credit Card", official: "Plaid Diamond 12.5% APR Interest Credit Card", mask: "3333", kind: credit, subtype: "credit card", current: "410", limit: "2000"},
	{code: string(ledger.MoneyMarket), name: "Plaid Money Market", official: "Plaid Platinum Standard 1.85% Interest Money Market", mask: "4444", kind: depository, subtype: "money market", available: "43200", current: "43200"},
	{code: "ira", name: "Plaid IRA", mask: "5555", kind: investment, subtype: "ira", current: "320.76"},
	{code: "401k", name: "Plaid 401k", mask: "6666", kind: investment, subtype: "401k", current: "23631.9805"},
	{code: string(ledger.StudentLoan), name: "Plaid Student Loan", mask: "7777", kind: loan, subtype: "student", current: "65262"},
	{code: string(ledger.Mortgage), name: "Plaid Mortgage", mask: "8888", kind: loan, subtype: "mortgage", current: "56302.06"},
	{code: string(ledger.HSA), name: "Plaid HSA", official: "Plaid Cares Health Savings Account", mask: "9001", kind: depository, subtype: "hsa", available: "6009", current: "6009"},
	{code: string(ledger.CashManagement), name: "Plaid Cash Management", official: "Plaid Growth Cash Management", mask: "9002", kind: depository, subtype: "cash management", available: "12060", current: "12060"},
	{code: string(ledger.BusinessCard), name: "Plaid Business Credit Card", official: "Plaid Platinum Small Business Credit Card", mask: "9999", kind: credit, subtype: "credit card", available: "4980", current: "5020", limit: "10000", business: true},
}

// account returns the customer's account of that code, or nil.
func account(code string) *person {
	for i := range customer {
		if customer[i].code == code {
			return &customer[i]
		}
	}
	return nil
}

// accountCodes returns the codes of the accounts that pass the filters.
func accountCodes(filters map[string]filter) []string {
	var codes []string
	for i := range customer {
		if customer[i].passes(filters) {
			codes = append(codes, customer[i].code)
		}
	}
	return codes
}

// passes reports whether the filters let p through. Without filters all pass;
// with filters a type that is not named does not.
func (p *person) passes(filters map[string]filter) bool {
	if len(filters) == 0 {
		return true
	}
	f, named := filters[p.kind]
	return named && (slices.Contains(f.Subtypes, "all") || slices.Contains(f.Subtypes, p.subtype))
}

// hasNumbers reports whether /auth/get tells p's numbers.
func (p *person) hasNumbers() bool {
	switch p.subtype {
	case "checking", "savings", "cash management":
		return true
	}
	return false
}

// hasHistory reports whether p appears in /transactions/sync: investments don't.
func (p *person) hasHistory() bool { return p.kind != investment }

// wire returns p as Plaid writes it.
func (p *person) wire(id, currency string) wireAccount {
	holder := "personal"
	if p.business {
		holder = "business"
	}
	return wireAccount{
		ID: id, Mask: &p.mask, Name: p.name, Official: wire.OrNull(p.official), Type: p.kind, Subtype: p.subtype, Holder: holder,
		Balances: wireBalance{Available: number(p.available), Current: number(p.current), Limit: number(p.limit), Currency: &currency},
	}
}

func number(s string) *json.Number {
	if s == "" {
		return nil
	}
	n := json.Number(s)
	return &n
}

package people

import "bankbook/core/sandbox/ledger"

// goodTable are the accounts of user_good, the same at every institution.
var goodTable = [...]Account{
	{Code: string(ledger.Checking), Name: "Plaid Checking", Official: "Plaid Gold Standard 0% Interest Checking", Mask: "0000", Type: Depository, Subtype: "checking", Available: "100", Current: "110"},
	{Code: string(ledger.Savings), Name: "Plaid Saving", Official: "Plaid Silver Standard 0.1% Interest Saving", Mask: "1111", Type: Depository, Subtype: "savings", Available: "200", Current: "210"},
	{Code: string(ledger.CD), Name: "Plaid CD", Official: "Plaid Bronze Standard 0.2% Interest CD", Mask: "2222", Type: Depository, Subtype: "cd", Current: "1000"},
	{Code: string(ledger.CreditCard), Name: "Plaid Credit Card", Official: "Plaid Diamond 12.5% APR Interest Credit Card", Mask: "3333", Type: Credit, Subtype: "credit card", Current: "410", Limit: "2000"},
	{Code: string(ledger.MoneyMarket), Name: "Plaid Money Market", Official: "Plaid Platinum Standard 1.85% Interest Money Market", Mask: "4444", Type: Depository, Subtype: "money market", Available: "43200", Current: "43200"},
	{Code: "ira", Name: "Plaid IRA", Mask: "5555", Type: Investment, Subtype: "ira", Current: "320.76"},
	{Code: "401k", Name: "Plaid 401k", Mask: "6666", Type: Investment, Subtype: "401k", Current: "23631.9805"},
	{Code: string(ledger.StudentLoan), Name: "Plaid Student Loan", Mask: "7777", Type: Loan, Subtype: "student", Current: "65262"},
	{Code: string(ledger.Mortgage), Name: "Plaid Mortgage", Mask: "8888", Type: Loan, Subtype: "mortgage", Current: "56302.06"},
	{Code: string(ledger.HSA), Name: "Plaid HSA", Official: "Plaid Cares Health Savings Account", Mask: "9001", Type: Depository, Subtype: "hsa", Available: "6009", Current: "6009"},
	{Code: string(ledger.CashManagement), Name: "Plaid Cash Management", Official: "Plaid Growth Cash Management", Mask: "9002", Type: Depository, Subtype: "cash management", Available: "12060", Current: "12060"},
	{Code: string(ledger.BusinessCard), Name: "Plaid Business Credit Card", Official: "Plaid Platinum Small Business Credit Card", Mask: "9999", Type: Credit, Subtype: "credit card", Available: "4980", Current: "5020", Limit: "10000", Business: true},
}

// Good returns user_good.
func Good() *Person {
	return &Person{User: GoodUser, Accounts: goodAccounts(), Life: ledger.GoodLife}
}

// goodAccounts returns the accounts of user_good, with owners and debts: Plaid's
// sandbox tells of one card only.
func goodAccounts() []Account {
	out := goodTable
	for i := range out {
		out[i].Owners = []Owner{alberta()}
		if !out[i].Business {
			out[i].Liability = usualDebt(&out[i])
		}
	}
	return out[:]
}

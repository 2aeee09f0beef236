package bank

import "bankbook/core"

// Charge is how the provider bills something that it is asked for. What a person
// pays depends on their contract, so there are no prices here.
type Charge string

// The charges (PLAID §3.5, and the API's words on billed products).
const (
	// Free is never billed.
	Free Charge = ""
	// PerItem is billed for as long as an Item is there, such as a subscription to
	// transactions, and may use up one of a plan's Items for good.
	PerItem Charge = "per item"
	// OncePerItem is billed the first time that it is used with an Item.
	OncePerItem Charge = "once per item"
	// PerCall is billed each time.
	PerCall Charge = "per call"
)

// Call is something that the provider may bill.
type Call string

// The calls that may be billed. Everything else is free: removing an Item, reading
// its state and its accounts, and looking up institutions.
const (
	// NewItem is the end of a new link, with a product that is subscribed to.
	NewItem Call = "new item"
	// ReadNumbers is Accounts.Numbers.
	ReadNumbers Call = "numbers"
	// ReadBalances is Accounts.Balances.
	ReadBalances Call = "balances"
	// RefreshTransactions is Transactions.Refresh.
	RefreshTransactions Call = "refresh"
)

// Charge tells how a call is billed in an environment. Only real banks are ever
// billed.
func (c Call) Charge(env core.Environment) Charge {
	if !env.RealMoney() {
		return Free
	}
	switch c {
	case NewItem:
		return PerItem
	case ReadNumbers:
		return OncePerItem
	case ReadBalances, RefreshTransactions:
		return PerCall
	}
	return Free
}

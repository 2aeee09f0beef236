package core

import (
	"time"

	"bankbook/core/money"
)

// AccountType is Plaid's account type. Unknown types are kept as they come.
type AccountType string

// Plaid's account types.
const (
	Depository AccountType = "depository"
	Credit     AccountType = "credit"
	Loan       AccountType = "loan"
	Investment AccountType = "investment"
)

// Owed reports whether a positive balance of such an account is a debt.
func (t AccountType) Owed() bool { return t == Credit || t == Loan }

// Account is one account of an Item, as the bank last described it.
type Account struct {
	ID           AccountID
	Item         ItemID
	Name         string
	OfficialName string
	// Mask is the last two to four characters of the account number, or "".
	Mask    string
	Type    AccountType
	Subtype string
	Balance Balance
	// PersistentID is the same when the account is linked again; few banks give it.
	PersistentID string
	// Numbers says whether routing and account number lie in the secret store.
	Numbers bool
	// NumberLast4 is the end of the account number in the secret store, or "".
	NumberLast4 string
}

// Balance is what an account holds. For credit and loan accounts a positive
// Current is what is owed. Each of the three amounts can be unknown.
type Balance struct {
	Current   money.Optional
	Available money.Optional
	Limit     money.Optional
	// At is when the balance was read.
	At time.Time
}

// Worth returns what the account adds to its owner's net worth: Current, or
// its negative where a positive balance is a debt.
func (a Account) Worth() money.Optional {
	if !a.Balance.Current.Known || !a.Type.Owed() {
		return a.Balance.Current
	}
	return money.Known(a.Balance.Current.Amount.Neg())
}

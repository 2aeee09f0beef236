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

// Account is one account of an Item: as the bank last described it or, of a manual
// Item, as the person did.
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
	// Unshared says that the bank did not name the account when it last named
	// them: access to it was taken back, or the account has been closed.
	Unshared bool
	// Choices is what the person says of the account; the bank never changes it.
	Choices AccountChoices
	// ACH is the account's credential layer. The bank changes it only when the
	// numbers are asked for.
	ACH ACHAccount
}

// AccountChoices is what the person says of an account.
type AccountChoices struct {
	// Nickname stands in the place of the bank's name; "" is none.
	Nickname string
	// Profile is the owner where that is not the Item's; "" is the Item's.
	Profile ProfileID
	Status  AccountStatus
	// Hidden accounts are in no list, total or search unless they are asked for.
	Hidden  bool
	Primary Primary
}

// AccountStatus says whether an account takes in what the bank says.
type AccountStatus string

// The states of an account.
const (
	// Open accounts are kept up to date.
	Open AccountStatus = ""
	// Stopped accounts stay as they are, until the person opens them again.
	Stopped AccountStatus = "stopped"
	// Closed accounts no longer exist at the bank, and stay as they are.
	Closed AccountStatus = "closed"
)

// Primary says which uses an account is the first choice for. In each profile
// one open account at most is that for each use.
type Primary struct {
	// Deposits is money that comes into the account, Withdrawals money that leaves it.
	Deposits, Withdrawals bool
}

// Any reports whether the account is the first choice for anything.
func (p Primary) Any() bool { return p.Deposits || p.Withdrawals }

// Owner returns the profile that an account belongs to; item is the account's.
func (a Account) Owner(item Item) ProfileID {
	if a.Choices.Profile != "" {
		return a.Choices.Profile
	}
	return item.Profile
}

// Title is what the account is called: its nickname, or the bank's name for it.
func (a Account) Title() string {
	if a.Choices.Nickname != "" {
		return a.Choices.Nickname
	}
	return a.Name
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

// DayBalance is what an account held on a day, as the bank said it last on that
// day. Signs are those of Balance.
type DayBalance struct {
	Day                Date
	Current, Available money.Optional
}

package core

import (
	"time"

	"bankbook/core/money"
)

// Transaction is what the bank said about one movement of money. It is never
// edited; only the bank changes it.
type Transaction struct {
	ID      TransactionID
	Account AccountID
	// Date is the day it was posted, or the day it occurred while pending.
	Date Date
	// Authorized is the day the user made the payment, or zero.
	Authorized Date
	// Amount is positive for money into the account.
	Amount money.Amount
	// Name is the bank's description, cleaned by Plaid. Never empty.
	Name string
	// Merchant is the merchant's own name, or "".
	Merchant string
	// Original is the bank's description as it came, or "".
	Original string
	Category Category
	// Counterparty is the other side as Plaid names it, or "".
	Counterparty string
	// CounterpartyType is Plaid's word for it, such as "merchant".
	CounterpartyType string
	// Channel is "online", "in store" or "other".
	Channel string
	Pending bool
	// PendingID is the pending transaction that this one follows, or "".
	PendingID TransactionID
}

// Title returns the name to show first: the merchant's, or else the bank's
// description.
func (t Transaction) Title() string {
	if t.Merchant != "" {
		return t.Merchant
	}
	return t.Name
}

// Category is Plaid's personal finance category. The two levels have been seen
// to disagree; any text is accepted.
type Category struct {
	Primary  string
	Detailed string
}

// Newer reports whether t is listed before u: by date, newest first, and by id
// where the dates are the same, so that the order is always the same.
func (t Transaction) Newer(u Transaction) bool {
	if t.Date != u.Date {
		return t.Date > u.Date
	}
	return t.ID < u.ID
}

// SyncBatch is everything one complete pagination loop of /transactions/sync
// said, to be kept in one commit: all of it or nothing.
type SyncBatch struct {
	Item     ItemID
	Added    []Transaction
	Modified []Transaction
	Removed  []TransactionID
	// Full says that the loop began at the beginning because the old cursor was
	// no longer valid: rows of this Item that are not in Added are removed in the
	// same commit.
	Full bool
	// Cursor is the one that the loop ended with.
	Cursor string
	Phase  SyncPhase
	// At is when the loop ended.
	At time.Time
}

// SyncCount tells how many rows a batch changed.
type SyncCount struct {
	Added, Modified, Removed int
}

// MonthCount is the number of transactions in one month.
type MonthCount struct {
	Month Month
	Rows  int
}

// Total sums the transactions of one month, account and category. Removed
// transactions do not count, pending ones do.
type Total struct {
	Month    Month
	Account  AccountID
	Category string
	Currency money.Currency
	Count    int
	// In and Out are minor units; Out is zero or negative.
	In, Out int64
}

package core

import "time"

// Continuation is an earlier bank whose history goes on in another: after the same
// bank was linked again, its accounts have other ids.
type Continuation struct {
	ID   string
	At   time.Time
	From Item
	To   ItemID
	// Pairs are the accounts, as they were before.
	Pairs []ContinuedPair
}

// ContinuedPair is an earlier account and the one in which its history goes on,
// both as they were before.
type ContinuedPair struct{ Old, New Account }

// ContinuePlan is what is to become of the transactions of an earlier bank.
type ContinuePlan struct {
	From, To ItemID
	Accounts map[AccountID]AccountID
	// Moved go on in the new account; Dropped are there already, under the ids that
	// stand for them now.
	Moved   []TransactionID
	Dropped map[TransactionID]TransactionID
}

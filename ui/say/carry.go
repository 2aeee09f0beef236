package say

import (
	"time"

	"bankbook/core"
	"bankbook/core/carry"
)

// CameBackAccounts stands for the accounts of a bank that it knows by other ids now.
const CameBackAccounts = "Its own accounts that are no longer shared"

// CameBackCanGoOn says what can be done about accounts that came back as others.
const CameBackCanGoOn = "Transactions are there twice until that history goes on in the new ones."

// CanGoOn says what can be done about a bank that was linked before.
func CanGoOn(bank string) (sentence, more string) {
	return "You had " + bank + " before.", "Its history can go on in the accounts you linked now."
}

// Continuing tells what letting an earlier bank go on in another comes to, a line for
// each thing to know.
func Continuing(c carry.Counts, now time.Time) []string {
	lines := []string{Count(c.Accounts, Account) + " continue"}
	if c.Accounts == 1 {
		lines[0] = "1 account continues"
	}
	switch {
	case c.Left == 1:
		lines[0] += "; 1 without a counterpart stays where it is"
	case c.Left > 1:
		lines[0] += "; " + Number(c.Left) + " without a counterpart stay where they are"
	}
	moved := "No transaction is carried over: all of them are here already"
	if c.Moved > 0 {
		moved = Count(c.Moved, Transaction) + " carried over, back to " + Day(c.First, core.DateOf(now))
	}
	lines = append(lines, moved)
	if c.There > 0 {
		lines = append(lines, Count(c.There, Transaction)+" came from the bank again, counted once")
	}
	if c.Unnamed > 0 {
		lines = append(lines, Number(c.Unnamed)+" of those carried over are recent, and the bank no longer names them. Look whether they are there twice")
	}
	if c.Pending > 0 {
		lines = append(lines, Count(c.Pending, Transaction)+" that were pending are left out: they have become others")
	}
	return lines
}

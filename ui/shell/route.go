package shell

import "bankbook/core"

// Route is a place in the window, as a value.
type Route interface{ route() }

// The routes.
type (
	// Overview is the first screen.
	Overview struct{}
	// Banks are the bank connections.
	Banks struct{}
	// Transactions is the list of all transactions.
	Transactions struct {
		// Search puts the keyboard into the search field.
		Search bool
		// Text and Account, if any, replace the filter that the list has.
		Text    string
		Account core.AccountID
	}
	// Activity is the log of what was done.
	Activity struct {
		// Search puts the keyboard into the search field.
		Search bool
		// Item, if any, replaces the filter by the history of one bank.
		Item core.ItemID
	}
	// Account is the page of one account.
	Account struct{ ID core.AccountID }
	// Settings are where the data is and what protects it.
	Settings struct{}
	// LinkBank links another bank.
	LinkBank struct{}
	// LinkSession is a link session that exists.
	LinkSession struct{ ID core.LinkID }
	// RepairBank signs in to a bank again.
	RepairBank struct{ Item core.ItemID }
	// ChangeAccounts chooses anew which accounts a bank shares.
	ChangeAccounts struct{ Item core.ItemID }
	// AddNumbers asks a bank for account numbers.
	AddNumbers struct{ Item core.ItemID }
	// VerifyAccount tells the code of the small deposit that an account waits for.
	VerifyAccount struct {
		Item    core.ItemID
		Account core.AccountID
	}
)

func (Overview) route()       {}
func (Banks) route()          {}
func (Transactions) route()   {}
func (Activity) route()       {}
func (Account) route()        {}
func (Settings) route()       {}
func (LinkBank) route()       {}
func (LinkSession) route()    {}
func (RepairBank) route()     {}
func (ChangeAccounts) route() {}
func (AddNumbers) route()     {}
func (VerifyAccount) route()  {}

// section is the item of the sidebar that a route belongs to.
type section int

const (
	sectionOverview section = iota
	sectionBanks
	sectionTransactions
	sectionActivity
	sectionSettings
)

func sectionOf(r Route) section {
	switch r.(type) {
	case Transactions:
		return sectionTransactions
	case Activity:
		return sectionActivity
	case Settings:
		return sectionSettings
	case Banks, Account, LinkBank, LinkSession, RepairBank, ChangeAccounts, AddNumbers, VerifyAccount:
		return sectionBanks
	}
	return sectionOverview
}

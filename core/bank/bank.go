// Package bank is the port to a provider of bank data: what Bankbook needs of
// Plaid, in Bankbook's own words. core/plaid is the implementation, against
// Plaid itself and against the practice bank alike; banktest holds the
// conformance suite that both must pass.
//
// The interfaces are small so that a caller can ask for what it uses. All
// errors are fault.Errors. Amounts have Bankbook's sign: money in is positive.
package bank

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
)

// Linker makes link tokens, watches them and turns public tokens into access
// tokens.
type Linker interface {
	// CreateLink asks for a Hosted Link page.
	CreateLink(ctx context.Context, req LinkRequest) (Link, error)
	// LinkStatus tells what has happened on the page so far.
	LinkStatus(ctx context.Context, token secret.Text) (LinkStatus, error)
	// Exchange turns a public token into an Item. A public token lives 30
	// minutes; it is not known whether it can be exchanged twice (PLAID §8).
	Exchange(ctx context.Context, public secret.Text) (Grant, error)
}

// InstantLinker links a test bank without a browser, in the practice bank and
// in Plaid's sandbox (/sandbox/public_token/create).
type InstantLinker interface {
	InstantLink(ctx context.Context, req InstantRequest) (public secret.Text, err error)
}

// Items reads and removes Items.
type Items interface {
	Item(ctx context.Context, access secret.Text) (Item, error)
	// RemoveItem ends the connection. Removing what is gone is no error.
	RemoveItem(ctx context.Context, access secret.Text) error
}

// Tokens changes access tokens.
type Tokens interface {
	// RotateToken returns a new access token in the place of one that is worth
	// nothing from then on. The answer can be had once only.
	RotateToken(ctx context.Context, access secret.Text) (secret.Text, error)
}

// Accounts reads accounts, balances and numbers.
type Accounts interface {
	// Accounts returns the accounts with the balances the provider has at hand.
	Accounts(ctx context.Context, access secret.Text) ([]core.Account, error)
	// Balances asks the bank for balances now; it can take half a minute.
	Balances(ctx context.Context, access secret.Text) ([]core.Account, error)
	// Numbers returns routing and account numbers of the accounts that have them.
	Numbers(ctx context.Context, access secret.Text) ([]Numbers, error)
}

// Institutions looks banks up.
type Institutions interface {
	Institution(ctx context.Context, id core.InstitutionID) (core.Institution, error)
	SearchInstitutions(ctx context.Context, query string) ([]core.Institution, error)
}

// Transactions pages through what has changed.
type Transactions interface {
	// Sync returns the page behind cursor; "" is the beginning.
	Sync(ctx context.Context, access secret.Text, cursor string) (Page, error)
	// Refresh asks the bank for news; they arrive by Sync later.
	Refresh(ctx context.Context, access secret.Text) error
}

// Provider is all of the port.
type Provider interface {
	Linker
	Items
	Tokens
	Accounts
	Institutions
	Transactions
}

// LinkRequest says what a Hosted Link page is for.
type LinkRequest struct {
	// User is a random id of the person; never a name or an address.
	User string
	// Access is the token of the Item to repair; empty for a new Item. With it,
	// Products and HistoryDays are not sent.
	Access secret.Text
	// SelectAccounts lets the user choose accounts again during a repair, as is
	// needed after the faults of kind Consent. Accounts that are left out are no
	// longer shared.
	SelectAccounts bool
	// Products must all be supported by the bank that the user chooses.
	Products []core.Product
	// Optional products are added where the bank supports them.
	Optional []core.Product
	// HistoryDays is 1 to 730. Plaid fixes it when the Item is made.
	HistoryDays int
	// Kinds limits the account types on offer; empty means all.
	Kinds []core.AccountType
	// Additional are products that the user of an Item is asked to allow, too;
	// with Access only. The Item has them once they are used.
	Additional []core.Product
	// Deposits lets a user whose bank offers no sign-in type account numbers in,
	// which small deposits prove. Products must then be core.Auth alone, and the
	// bank in the United States (PLAID §3.3).
	Deposits bool
	// Several lets the user link bank after bank on one page; for new Items only.
	Several bool
	// CompletionURI is where the browser is sent at the end, or "".
	CompletionURI string
	// WayBack has one way at the most.
	core.WayBack
}

// Link is a Hosted Link page that waits for the user.
type Link struct {
	Token   secret.Text
	URL     string
	Expires time.Time
}

// LinkStatus is what has happened on a Hosted Link page.
type LinkStatus struct {
	Expires time.Time
	// Sessions lists every time the page was opened, the latest first.
	Sessions []LinkSession
}

// LinkSession is one time that the page was opened.
type LinkSession struct {
	ID string
	// Finished is zero while the user is still at it.
	Finished time.Time
	// Results holds an entry for each Item made. Empty after an exit. After a
	// repair it is empty, or names the Item that was repaired, which must not be
	// exchanged (PLAID §8).
	Results []LinkResult
	// Exit is set if the user left without finishing.
	Exit *LinkExit
}

// LinkResult is an Item that the user has made and that waits to be exchanged.
type LinkResult struct {
	Public      secret.Text
	Institution core.Institution
	Accounts    []LinkAccount
}

// LinkAccount is an account as the user chose it; there is no balance yet.
type LinkAccount struct {
	ID      core.AccountID
	Name    string
	Mask    string
	Type    core.AccountType
	Subtype string
}

// LinkExit tells how the user left.
type LinkExit struct {
	// Status is where they were, such as "requires_credentials".
	Status string
	// Code is the error they met, or "" if they simply left.
	Code        string
	Institution core.Institution
	RequestID   string
}

// Grant is the result of an exchange.
type Grant struct {
	Item   core.ItemID
	Access secret.Text
}

// InstantRequest says which test bank to link.
type InstantRequest struct {
	Institution core.InstitutionID
	User        string
	Password    secret.Text
	Products    []core.Product
	HistoryDays int
}

// Item is an Item's state at the provider.
type Item struct {
	ID          core.ItemID
	Institution core.Institution
	Products    []core.Product
	ConsentEnds time.Time
	// Trouble is the Item's own error; its Kind is fault.None if it is healthy.
	Trouble core.Trouble
}

// Numbers are an account's routing and account number (ACH).
type Numbers struct {
	Account core.AccountID
	Routing secret.Text
	Number  secret.Text
	Wire    secret.Text
	// Tokenized says that the bank gave a stand-in for the real number.
	Tokenized bool
}

// Page is one page of changes.
type Page struct {
	Added    []core.Transaction
	Modified []core.Transaction
	Removed  []core.TransactionID
	// Next is the cursor behind this page. It is "" while the phase is NotReady,
	// and then must not be kept.
	Next  string
	More  bool
	Phase core.SyncPhase
}

package link

import (
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/secret"
)

// Purpose is what a link session is for.
type Purpose string

// The purposes.
const (
	// New links a bank.
	New Purpose = "new"
	// Repair signs in again to a bank that is linked (update mode).
	Repair Purpose = "repair"
	// Instant links a test bank without a browser.
	Instant Purpose = "instant"
	// Accounts chooses anew which accounts a bank shares.
	Accounts Purpose = "accounts"
	// Products asks for more that a bank may give, such as account numbers.
	Products Purpose = "products"
	// Verify tells the code of a small deposit, which proves account numbers.
	Verify Purpose = "verify"
)

// Updates reports whether the purpose is about an Item that is there. Its public
// token, if there is one, is never exchanged (PLAID §2.1).
func (p Purpose) Updates() bool {
	switch p {
	case Repair, Accounts, Products, Verify:
		return true
	}
	return false
}

// Stage is how far a session has come. Every change of stage is committed to
// the vault before the next effect begins.
type Stage string

// The stages, in the order in which a session passes them.
const (
	// Preparing asks for a link token.
	Preparing Stage = "preparing"
	// Waiting waits for the user, who is in the browser.
	Waiting Stage = "waiting"
	// Deciding looks for accounts that are there already and, if the candidate
	// then has Twins, waits for the user's word on them.
	Deciding Stage = "deciding"
	// Exchanging turns the public token into an access token and stores that.
	// Killed here, the session exchanges again while the public token lives.
	Exchanging Stage = "exchanging"
	// Fetching has the access token in the secret store, and reads the Item, its
	// accounts and its numbers.
	Fetching Stage = "fetching"
	// Syncing has the Items in the vault and gets their history.
	Syncing Stage = "syncing"
	// Done is the good end.
	Done Stage = "done"
	// Exited means that the user left the page without finishing.
	Exited Stage = "exited"
	// Expired means that nobody finished the page in time.
	Expired Stage = "expired"
	// Discarded means that the user called it off in Bankbook.
	Discarded Stage = "discarded"
	// Failed means an error that a new session may overcome; Trouble says which.
	Failed Stage = "failed"
)

// Over reports whether nothing more happens in this stage.
func (s Stage) Over() bool {
	switch s {
	case Done, Exited, Expired, Discarded, Failed:
		return true
	}
	return false
}

// Options are what the user is asked before the browser opens.
type Options struct {
	Profile core.ProfileID
	// Kinds limits the account types on offer; empty means all.
	Kinds []core.AccountType
	// HistoryDays is asked once, because Plaid fixes it.
	HistoryDays int
	// Numbers says whether routing and account numbers are wanted.
	Numbers bool
	// Deposits is for a bank that offers no sign-in: the user types account numbers
	// in, which small deposits prove. Nothing else can be had of it then.
	Deposits bool
	// Several lets the user link bank after bank on one page.
	Several bool
	// WayBack is asked for too; a bank that is there goes by its own where none is given.
	core.WayBack
}

// Session is one run through Hosted Link, as it is kept in the vault.
type Session struct {
	ID      core.LinkID
	Purpose Purpose
	Options Options
	Stage   Stage
	Created time.Time
	Updated time.Time

	// Token, URL and Expires are set from Waiting on.
	Token   secret.Text
	URL     string
	Expires time.Time

	// Found are the Items that the user made on the page, in the order in which
	// they are taken up; Next is the first that is not yet in the vault.
	Found []Candidate
	Next  int

	// Repairs is the Item that is there, for the purposes that update one.
	Repairs core.ItemID
	// Adds are the products to ask for, for the purpose Products.
	Adds []core.Product
	// Account is the one whose numbers are to be proved, for the purpose Verify.
	Account core.AccountID
	// Before are the accounts that the Item shared when the session began, for the
	// purposes that update one.
	Before []core.AccountID
	// Moved are the accounts that came back under another id.
	Moved []Move
	// Items are the Items that this session made. In the stage Fetching the last
	// one has its access token in the secret store, but is not yet in the vault.
	Items []core.ItemID

	// Exit tells how the user left, in the stage Exited.
	Exit bank.LinkExit
	// Trouble is why the session failed, why it is trying again or waits for
	// Retry, or, in the stage Done, why the history is not complete yet.
	Trouble core.Trouble
	// RequestID is that of the last request that was answered before the stage
	// changed, "" if none was.
	RequestID string
	// NoBrowser says that the browser could not be opened: the user has to open
	// the URL by hand.
	NoBrowser bool
}

// Move is an account that the bank knows by another id than before. The old one is
// in the vault still, with its history, and no longer shared.
type Move struct{ Old, New core.AccountID }

// Candidate is an Item that the user made on the page and that is not yet in
// the vault.
type Candidate struct {
	Public      secret.Text
	Institution core.Institution
	Accounts    []bank.LinkAccount
	FoundAt     time.Time
	// Twins are accounts in the vault that seem to be the same (institution,
	// name and mask), by their ids.
	Twins []core.AccountID
	// Decided is the user's word on the twins, or Drop if the session was called
	// off.
	Decided Decision
	// Trouble is why the sign-in could not be kept; its Kind is fault.None
	// otherwise.
	Trouble core.Trouble
}

// Decision is what to do with a candidate that seems to be linked already.
type Decision string

// The decisions.
const (
	// Undecided means that the user has not been asked or has not answered.
	Undecided Decision = ""
	// Second links it as a second connection.
	Second Decision = "second"
	// Drop throws the sign-in away: it is not exchanged, or given back.
	Drop Decision = "drop"
	// RepairInstead drops it and signs in again to the bank that is there.
	RepairInstead Decision = "repair"
)

package link

import (
	"time"

	"bankbook/core"
	"bankbook/core/bank"
)

// Event is something that happened to a session: one of the types below. An
// event that does not belong to the session's stage changes nothing.
type Event interface{ event() }

// Events that come from the program and its user.
type (
	// Begun comes first, once the session is in the vault.
	Begun struct{}
	// Resumed comes first after the program has been started again.
	Resumed struct{ At time.Time }
	// OpenedAgain is the wish to see the page again.
	OpenedAgain struct{}
	// Decided is the user's word on a candidate's twins. Item is the one to
	// sign in to again, for RepairInstead.
	Decided struct {
		Decision Decision
		Item     core.ItemID
	}
	// Retried is the wish to try again what stumbled.
	Retried struct{}
	// Canceled is the wish to call the session off.
	Canceled struct{}
)

// Events that effects end with.
type (
	// LinkMade follows CreateLink.
	LinkMade struct{ Link bank.Link }
	// InstantMade follows MakeInstantly.
	InstantMade struct{ Candidate Candidate }
	// BrowserFailed follows OpenBrowser if no browser could be opened.
	BrowserFailed struct{}
	// Polled and PollFailed follow Poll. Asked says that somebody wanted to know.
	Polled struct {
		At     time.Time
		Status bank.LinkStatus
		Asked  bool
	}
	PollFailed struct {
		At      time.Time
		Trouble core.Trouble
	}
	// TwinsFound follows FindTwins.
	TwinsFound struct{ Twins []core.AccountID }
	// Granted follows Exchange: the access token lies in the secret store.
	Granted struct{ Item core.ItemID }
	// Fetched follows Fetch: Item and accounts are in the vault. Moved are accounts
	// that came back under another id.
	Fetched struct{ Moved []Move }
	// StillBroken follows Fetch if the user's visit has not done what it was for:
	// the Item is not mended, or nothing has changed. Trouble says why, unless the
	// user just left.
	StillBroken struct{ Trouble core.Trouble }
	// Synced follows Sync.
	Synced struct{}
	// Revoked follows Revoke: nothing of the candidate is left.
	Revoked struct{}
	// Stumbled follows any effect that failed. Again says of an exchange that it
	// was not the first for its public token.
	Stumbled struct {
		Trouble core.Trouble
		Again   bool
	}
)

func (Begun) event()         {}
func (Resumed) event()       {}
func (OpenedAgain) event()   {}
func (Decided) event()       {}
func (Retried) event()       {}
func (Canceled) event()      {}
func (LinkMade) event()      {}
func (InstantMade) event()   {}
func (BrowserFailed) event() {}
func (Polled) event()        {}
func (PollFailed) event()    {}
func (TwinsFound) event()    {}
func (Granted) event()       {}
func (Fetched) event()       {}
func (StillBroken) event()   {}
func (Synced) event()        {}
func (Revoked) event()       {}
func (Stumbled) event()      {}

// Effect is something to do for a session that has been committed: one of the
// types below. What to do it with stands in the session.
type Effect interface{ effect() }

// The effects.
type (
	// CreateLink asks the provider for a Hosted Link page.
	CreateLink struct{}
	// MakeInstantly asks the provider for a public token without a page.
	MakeInstantly struct{}
	// OpenBrowser shows the page.
	OpenBrowser struct{}
	// Poll waits a little and asks what has happened on the page.
	Poll struct{}
	// FindTwins looks for the candidate's accounts in the vault.
	FindTwins struct{}
	// Exchange turns the candidate's public token into an access token and keeps
	// that in the secret store. Again says that it may have happened before.
	Exchange struct{ Again bool }
	// Fetch reads the Item and its accounts into the vault.
	Fetch struct{}
	// Sync gets the history of the session's Items.
	Sync struct{}
	// Revoke ends the Item at the provider and forgets its secrets.
	Revoke struct{}
	// Pause waits and then tries again, a limited number of times.
	Pause struct{}
)

func (CreateLink) effect()    {}
func (MakeInstantly) effect() {}
func (OpenBrowser) effect()   {}
func (Poll) effect()          {}
func (FindTwins) effect()     {}
func (Exchange) effect()      {}
func (Fetch) effect()         {}
func (Sync) effect()          {}
func (Revoke) effect()        {}
func (Pause) effect()         {}

// Package link takes a bank from "Link a bank" to its first complete sync. It
// is a pure machine, Next(Session, Event) (Session, []Effect), and a driver
// that commits each session to the vault before it performs the effects; so a
// program killed anywhere resumes where it was, or can say what is lost.
//
// The way of a session, with the event that leads on:
//
//	Preparing   LinkMade           -> Waiting     token kept, then the browser opens
//	            InstantMade        -> Deciding
//	Waiting     Polled: results    -> Deciding    for an Item that is there: any finish -> Fetching
//	            Polled: exit       -> Exited
//	            Polled: too late   -> Expired
//	Deciding    TwinsFound: none   -> Exchanging
//	            Decided: second    -> Exchanging
//	            Decided: drop      -> the next candidate
//	            Decided: repair    -> the next candidate; in the end, Preparing a repair
//	Exchanging  Granted            -> Fetching    access token in the secret store
//	            Stumbled: expired  -> the next candidate; in the end, Failed
//	Fetching    Fetched            -> the next candidate; in the end, Syncing
//	            StillBroken        -> Exited or Failed (for an Item that is there)
//	Syncing     Synced             -> Done
//
// Canceled leads to Discarded: at once as long as nothing was exchanged, and
// by giving the Item back to the provider (Revoke) after that. From Syncing on
// the Item stays; Canceled then only stops the sync.
//
// # Items that are there
//
// A repair, a new choice of accounts, more products and the code of a small deposit
// go the same way: a page for the Item's access token, and whatever the page says,
// a look at the Item. What it was for decides whether the visit was in vain (see
// inVain). No public token is exchanged. The way back of the bank's own sign-in that
// led to something last is remembered with the Item, and asked for again. Accounts
// that are no longer shared stay in the vault; those that come back under another id
// are told of in Moved, and left as they are: package carry lets them go on.
//
// # What can be lost
//
// An access token exists only in the answer to the exchange. The driver writes
// it to the secret store at once, under a name that follows from the session
// (SECURITY §5), so that it is found again even if the program is killed
// before the session says so. Killed between answer and write, the session
// exchanges again; if the provider takes a public token only once, the access
// is lost, and the session says so with CodeAccessLost.
package link

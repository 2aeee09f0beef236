package say

import (
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
)

// ConsentWarning is how many days before its end a bank's permission is called
// to attention. Plaid announces it seven days ahead (PLAID §3.1).
const ConsentWarning = 7

// State is a short state with its tone, for a pill.
type State struct {
	Text string
	Tone Tone
}

// BankState returns the state of a bank connection as its pill shows it.
func BankState(i core.Item, now time.Time) State {
	if i.Manual() {
		return State{"Added by you", Neutral}
	}
	switch i.Status {
	case core.SignInNeeded:
		return State{"Sign-in needed", Bad}
	case core.ConsentNeeded:
		return State{"Permission needed", Bad}
	case core.Gone:
		return State{"Connection ended", Bad}
	}
	if ConsentEnding(i, now) {
		return State{ConsentEnds(i, now), Warning}
	}
	if i.Sync.Trouble.Kind != fault.None && i.Sync.Trouble.Kind != fault.Canceled {
		return State{troubleWord(i.Sync.Trouble.Kind), Warning}
	}
	if i.Sync.LastSuccess.IsZero() {
		return State{"Not synced yet", Neutral}
	}
	return State{"Connected", Good}
}

// Leaving returns how far the end of a connection is, for a pill.
func Leaving(l core.Leaving) string {
	switch {
	case l.Trouble.Kind != fault.None:
		return "Removing, will be tried again"
	case l.Told:
		return "Removing…"
	}
	return "About to be removed"
}

// ConsentEnding reports whether the bank's permission ends soon or has ended.
func ConsentEnding(i core.Item, now time.Time) bool {
	return !i.ConsentEnds.IsZero() && core.DateOf(i.ConsentEnds.In(now.Location()))-core.DateOf(now) <= ConsentWarning
}

// ConsentEnds returns when the bank's permission ends: "Consent ends in 5 days".
func ConsentEnds(i core.Item, now time.Time) string {
	if i.ConsentEnds.Before(now) {
		return "Consent has ended"
	}
	return "Consent ends " + InDays(core.DateOf(i.ConsentEnds.In(now.Location())), core.DateOf(now))
}

// troubleWord is a fault in two or three words, for a pill.
func troubleWord(k fault.Kind) string {
	switch k {
	case fault.Network:
		return "Couldn’t connect"
	case fault.BankDown:
		return "Bank not answering"
	case fault.RateLimit:
		return "Asked to wait"
	case fault.NotReady:
		return "Still preparing"
	case fault.Keys, fault.NoKeys:
		return "Keys refused"
	case fault.BankSite:
		return "See your bank’s site"
	case fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied:
		return "Keychain not open"
	case fault.SecretMissing:
		return "Bank access missing"
	}
	return lastSyncFailed
}

// lastSyncFailed is for a fault that has no words of its own.
const lastSyncFailed = "Last sync failed"

// Attention returns why a bank needs the person, "" if it does not.
func Attention(i core.Item, now time.Time) string {
	if i.Manual() || !i.Leaving.IsZero() {
		return ""
	}
	switch i.Status {
	case core.SignInNeeded:
		return "Needs you to sign in again"
	case core.ConsentNeeded:
		return "Needs your permission again"
	case core.Gone:
		return "Has ended the connection"
	}
	if ConsentEnding(i, now) {
		return ConsentEnds(i, now)
	}
	switch i.Sync.Trouble.Kind {
	case fault.BankSite:
		return "Wants something done on its own site"
	case fault.SecretMissing:
		return "Its access is missing from the keychain"
	}
	return ""
}

// RepairVerb returns what the button says that signs in to a bank again.
func RepairVerb(i core.Item) string {
	if i.Status == core.Connected {
		return "Renew"
	}
	return "Reconnect"
}

// SyncTimes returns when a bank was synced last and, where it has failed since,
// when that was tried last: "Synced Nov 14", "Last try 2 min ago".
func SyncTimes(s core.SyncState, now time.Time) (success, try string) {
	success = "Never synced"
	if !s.LastSuccess.IsZero() {
		success = "Synced " + Ago(s.LastSuccess, now)
	}
	if s.LastTry.IsZero() || !s.LastTry.After(s.LastSuccess) {
		return success, ""
	}
	return success, "Last try " + Ago(s.LastTry, now)
}

// Syncing returns how far a running sync is, for a pill.
func Syncing(p event.SyncProgress) string {
	if p.Rows == 0 {
		return "Syncing…"
	}
	return "Syncing " + Count(p.Rows, Transaction) + "…"
}

// SyncedAgo returns the header's line about the last sync of all banks.
func SyncedAgo(last, now time.Time) string {
	if last.IsZero() {
		return "Not synced yet"
	}
	return "Synced " + Ago(last, now)
}

// SyncingBanks returns the header's line while banks are being synced.
func SyncingBanks(running, all int) string {
	if all == 1 {
		return "Syncing…"
	}
	return "Syncing " + Number(running) + " of " + Count(all, Bank) + "…"
}

// Offline returns the header's line when the last try did not get through.
func Offline(last, now time.Time) string {
	if last.IsZero() {
		return "Offline"
	}
	return "Offline, data from " + Ago(last, now)
}

package banks

import (
	"cmp"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/say"
)

// Card is one bank connection as the screen shows it.
type Card struct {
	core.Item
	Accounts []core.Account
	State    say.State
	// Progress is of the sync that runs; Syncing says that one does.
	Syncing  bool
	Progress event.SyncProgress
	// Owner is whose bank it is, "" where there is no question.
	Owner string
	// Continued is the earlier bank that went on in this one last; its ID is "" if none
	// has.
	Continued core.Continuation
}

// CanSync reports whether a sync makes sense: not while one runs, and not when
// the bank would only refuse.
func (c Card) CanSync() bool {
	return !c.Syncing && c.Syncs()
}

// CanRepair reports whether signing in again is the next step.
func (c Card) CanRepair(now time.Time) bool {
	if c.Syncing || c.Removing() || c.Manual() || c.Status == core.Gone {
		return false
	}
	return c.Status != core.Connected || say.ConsentEnding(c.Item, now)
}

// Removing reports whether the connection is being ended.
func (c Card) Removing() bool { return !c.Leaving.IsZero() }

// CanChange reports whether the bank can be asked for something: whenever a
// connection is there, and nothing is done about it now.
func (c Card) CanChange() bool {
	return !c.Manual() && !c.Syncing && !c.Removing() && c.Status != core.Gone
}

// CanAddNumbers reports whether the bank may still be asked for account numbers.
func (c Card) CanAddNumbers() bool {
	return c.CanChange() && !c.Has(core.Auth) && c.Institution.ID != ""
}

// Pending returns an account whose small deposit has a code to be told, or "".
func (c Card) Pending() core.AccountID {
	for _, a := range c.Accounts {
		if a.ACH.Status == core.VerifyPending && !a.Unshared {
			return a.ID
		}
	}
	return ""
}

// AsksForCode reports whether a code is what the bank waits for: an Item made of
// account numbers has no institution, and all others verify a deposit themselves
// (PLAID §3.3).
func (c Card) AsksForCode() bool { return c.CanChange() && c.Institution.ID == "" && c.Pending() != "" }

// Trouble returns what to tell about the last try, the zero Message if it went
// well, is going on, or if the state of the bank says it already.
func (c Card) Trouble() say.Message {
	if c.Removing() {
		return say.Trouble(c.Leaving.Trouble)
	}
	if c.Syncing || c.Status == core.SignInNeeded || c.Sync.Trouble.Kind == fault.Canceled {
		return say.Message{}
	}
	if c.Sync.Trouble.Kind == fault.None && c.Status == core.Gone {
		return say.Trouble(core.Trouble{Kind: fault.Gone})
	}
	return say.Trouble(c.Sync.Trouble)
}

// kept is the fault that Trouble tells of.
func (c Card) kept() error {
	if c.Removing() {
		return say.Kept("unlink: last try", c.Leaving.Trouble)
	}
	return say.Kept("sync: last try", c.Sync.Trouble)
}

// last sets what the person keeps behind what the banks tell of.
func last(c Card) int {
	if c.Manual() {
		return 1
	}
	return 0
}

// cards joins items and accounts, those that need the person first and those that
// they keep themselves last.
func cards(items []core.Item, accounts []core.Account, now time.Time) []Card {
	byItem := map[core.ItemID][]core.Account{}
	for _, a := range accounts {
		byItem[a.Item] = append(byItem[a.Item], a)
	}
	list := make([]Card, 0, len(items))
	for _, i := range items {
		list = append(list, Card{Item: i, Accounts: byItem[i.ID], State: say.BankState(i, now)})
	}
	slices.SortStableFunc(list, func(a, b Card) int {
		return cmp.Or(last(a)-last(b), cmp.Compare(b.State.Tone.Urgency(), a.State.Tone.Urgency()), cmp.Compare(a.Institution.Name, b.Institution.Name))
	})
	return list
}

package link

import (
	"strings"

	"bankbook/core"
	"bankbook/core/bank"
)

// canSignIn reports whether an Item could be signed in to instead of linking its
// bank once more. One that has ended or is kept by hand cannot: there the bank has to
// be linked again, and its history can go on in the new Item.
func canSignIn(i core.Item) bool {
	return !i.Manual() && i.Status != core.Gone && i.Leaving.IsZero()
}

// twins returns the accounts in the vault that seem to be among a candidate's:
// the same institution, name and mask (PLAID §3.4). Banks leave name or mask
// out at times; what one side does not know is not held against them, but one
// of the two has to be known and agree. A candidate without institution or
// accounts has no twins: there is nothing to compare.
func twins(c Candidate, items []core.Item, accounts []core.Account) []core.AccountID {
	if c.Institution.ID == "" {
		return nil
	}
	here := map[core.ItemID]bool{}
	for _, item := range items {
		here[item.ID] = item.Institution.ID == c.Institution.ID
	}
	var found []core.AccountID
	for _, account := range accounts {
		if here[account.Item] && oneAlike(c.Accounts, account) {
			found = append(found, account.ID)
		}
	}
	return found
}

func oneAlike(offered []bank.LinkAccount, kept core.Account) bool {
	for _, o := range offered {
		if alike(o, kept) {
			return true
		}
	}
	return false
}

func alike(offered bank.LinkAccount, kept core.Account) bool {
	name, nameKnown := agree(offered.Name, kept.Name)
	mask, maskKnown := agree(offered.Mask, kept.Mask)
	return name && mask && (nameKnown || maskKnown)
}

// agree compares two texts of which either can be unknown.
func agree(a, b string) (same, known bool) {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if a == "" || b == "" {
		return true, false
	}
	return strings.EqualFold(a, b), true
}

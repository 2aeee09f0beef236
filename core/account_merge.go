package core

// MergeAccounts returns what to keep of an Item's accounts after the bank has
// described them again. What the bank says wins, but it knows nothing of the
// person's Choices, nor of what lies in the secret store: ACH stays as it was
// unless the fresh account has numbers. The balance of an account that is not open
// stays, too. Accounts that the bank no longer mentions
// are kept behind the others as Unshared, because their transactions are still
// there (PLAID §3.2: ask before their data is deleted). Neither slice is changed.
func MergeAccounts(kept, fresh []Account) []Account {
	before := make(map[AccountID]Account, len(kept))
	for _, a := range kept {
		before[a.ID] = a
	}
	merged := make([]Account, 0, len(kept)+len(fresh))
	seen := make(map[AccountID]bool, len(fresh))
	for _, a := range fresh {
		if seen[a.ID] {
			continue
		}
		seen[a.ID] = true
		merged = append(merged, a.after(before[a.ID]))
	}
	for _, a := range kept {
		if !seen[a.ID] {
			a.Unshared = true
			merged = append(merged, a)
		}
	}
	return merged
}

// after returns the account with what the bank does not know of it.
func (a Account) after(old Account) Account {
	if old.ID == "" {
		return a
	}
	a.Choices = old.Choices
	if old.Choices.Status != Open {
		a.Balance = old.Balance
	}
	if !a.ACH.Exists() {
		a.ACH = old.ACH
		return a
	}
	a.ACH.Owner, a.ACH.Nickname, a.ACH.Primary = old.ACH.Owner, old.ACH.Nickname, old.ACH.Primary
	if old.ACH.Exists() {
		a.ACH.Added = old.ACH.Added
	}
	if a.ACH.SameNumbers(old.ACH) && (a.ACH.Status == old.ACH.Status || !old.ACH.Status.MayBecome(a.ACH.Status)) {
		a.ACH.Status, a.ACH.Changed = old.ACH.Status, old.ACH.Changed
	}
	return a
}

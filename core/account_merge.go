package core

// MergeAccounts returns what to keep of an Item's accounts after the bank has
// described them again. What the bank says wins, but it knows nothing of what
// lies in the secret store: Numbers and NumberLast4 stay as they were unless
// the fresh account sets them. Accounts that the bank no longer mentions are
// kept behind the others, as they were, because their transactions are still
// there (PLAID §3.2: ask before their data is deleted). Neither slice is
// changed.
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
		if old := before[a.ID]; old.Numbers && !a.Numbers {
			a.Numbers, a.NumberLast4 = true, old.NumberLast4
		}
		merged = append(merged, a)
	}
	for _, a := range kept {
		if !seen[a.ID] {
			merged = append(merged, a)
		}
	}
	return merged
}

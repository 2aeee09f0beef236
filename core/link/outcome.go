package link

import (
	"slices"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
)

// tooManyCodes is the provider's code for deposits that were told wrong too often.
const tooManyCodes = "TOO_MANY_VERIFICATION_ATTEMPTS"

// inVain reports whether the user's visit has not brought what it was for, and why;
// no trouble means that the user just left. A repair has: the Item is healthy.
func (g *reading) inVain(s Session) (why core.Trouble, inVain bool) {
	left := s.Exit != (bank.LinkExit{})
	switch s.Purpose {
	case Accounts:
		return core.Trouble{}, left && sameAccounts(s.Before, g.fresh)
	case Products:
		// Numbers that are being got ready come with a later sync.
		none := g.noNumbers.Kind
		return g.noNumbers, none != fault.None && none != fault.NotReady
	case Verify:
		return g.unverified(s.Account, left)
	}
	return core.Trouble{}, false
}

// unverified reports whether an account's numbers are still not proved, although the
// user was asked for the code.
func (g *reading) unverified(id core.AccountID, left bool) (why core.Trouble, inVain bool) {
	i := slices.IndexFunc(g.fresh, func(a core.Account) bool { return a.ID == id })
	if i < 0 {
		return core.Trouble{Kind: fault.Gone}, true
	}
	switch g.fresh[i].ACH.Status {
	case core.VerifyFailed:
		return core.Trouble{Kind: fault.Refused, Code: tooManyCodes}, true
	case core.VerifyExpired:
		return core.Trouble{Kind: fault.Expired}, true
	case core.VerifyPending:
		return core.Trouble{}, left
	}
	return core.Trouble{}, false
}

func sameAccounts(before []core.AccountID, now []core.Account) bool {
	var ids []core.AccountID
	for _, a := range now {
		ids = append(ids, a.ID)
	}
	return slices.Equal(slices.Sorted(slices.Values(before)), slices.Sorted(slices.Values(ids)))
}

// moved returns the accounts that came back under another id: one that the bank no
// longer names, and one that it did not share when the session began, which have the
// same persistent id or else the same name, mask and type. Nothing is done about
// them here.
func (g *reading) moved(s Session) []Move {
	if !s.Purpose.Updates() {
		return nil
	}
	var moves []Move
	for _, old := range g.before {
		named := slices.ContainsFunc(g.fresh, func(a core.Account) bool { return a.ID == old.ID })
		if named {
			continue
		}
		i := slices.IndexFunc(g.fresh, func(a core.Account) bool {
			taken := slices.ContainsFunc(moves, func(m Move) bool { return m.New == a.ID })
			return !taken && g.isNew(s, a.ID) && sameAccount(old, a)
		})
		if i >= 0 {
			moves = append(moves, Move{Old: old.ID, New: g.fresh[i].ID})
		}
	}
	return moves
}

// isNew reports whether an account was not shared before. Only the session knows it
// if the program was killed after the accounts were kept.
func (g *reading) isNew(s Session, id core.AccountID) bool {
	if len(s.Before) > 0 {
		return !slices.Contains(s.Before, id)
	}
	return !slices.ContainsFunc(g.before, func(a core.Account) bool { return a.ID == id })
}

func sameAccount(a, b core.Account) bool {
	if a.PersistentID != "" && b.PersistentID != "" {
		return a.PersistentID == b.PersistentID
	}
	return a.Name == b.Name && a.Mask == b.Mask && a.Type == b.Type && a.Subtype == b.Subtype
}

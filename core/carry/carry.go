// Package carry lets the history of an earlier bank go on in another. Linking the
// same bank again gives every account and transaction another id (PLAID §0.9), and
// so can signing in to it again (PLAID §3.2); so
// what was there before is matched with what the bank hands over now, and the rest
// carried over. Nothing is done before the person has seen the counts, and all of it
// can be undone.
package carry

import (
	"cmp"
	"slices"
	"strings"

	"bankbook/core"
)

// slack is how many days apart the same transaction can be dated in two links: a bank
// can tell the day of the payment in one, and that of the booking in the other.
const slack = 3

// Suggest pairs the accounts of an earlier bank with those of a later one: by the
// bank's own lasting id, or else by kind of account, mask and name. No account is in
// two pairs.
func Suggest(earlier, later []core.Account) map[core.AccountID]core.AccountID {
	pairs := map[core.AccountID]core.AccountID{}
	taken := map[core.AccountID]bool{}
	for _, alike := range []func(a, b core.Account) bool{sameForGood, sameNameAndMask, sameMask} {
		for _, a := range earlier {
			if pairs[a.ID] != "" {
				continue
			}
			at := slices.IndexFunc(later, func(b core.Account) bool { return !taken[b.ID] && alike(a, b) })
			if at >= 0 {
				pairs[a.ID], taken[later[at].ID] = later[at].ID, true
			}
		}
	}
	return pairs
}

func sameForGood(a, b core.Account) bool {
	return a.PersistentID != "" && a.PersistentID == b.PersistentID
}

func sameMask(a, b core.Account) bool { return a.Mask != "" && a.Mask == b.Mask && a.Type == b.Type }

func sameNameAndMask(a, b core.Account) bool {
	return a.Type == b.Type && a.Mask == b.Mask && a.Name != "" && strings.EqualFold(a.Name, b.Name)
}

// Counts is what a plan comes to.
type Counts struct {
	// Accounts go on, Left do not.
	Accounts, Left int
	// Moved transactions go on in the new accounts; There are in them already.
	// Unnamed are those of Moved that are as new as what the bank hands over now, and
	// which it does not name. Pending ones are left out: they have become others.
	Moved, There, Unnamed, Pending int
	// First is the date of the earliest transaction that is moved, zero for none.
	First core.Date
}

// add counts a transaction that is moved, and puts it into the plan.
func (c Counts) add(id core.TransactionID, r core.Transaction, p *core.ContinuePlan) Counts {
	c.Moved++
	if c.First.IsZero() || r.Date < c.First {
		c.First = r.Date
	}
	p.Moved = append(p.Moved, id)
	return c
}

// Plan says what is to become of the transactions of earlier accounts: rows are those
// of the accounts on both sides of pairs.
func Plan(p core.ContinuePlan, rows []core.Transaction) (core.ContinuePlan, Counts) {
	now := map[core.AccountID][]core.Transaction{}
	var earlier []core.Transaction
	for _, r := range rows {
		if _, old := p.Accounts[r.Account]; old {
			earlier = append(earlier, r)
		} else {
			now[r.Account] = append(now[r.Account], r)
		}
	}
	slices.SortFunc(earlier, func(a, b core.Transaction) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), strings.Compare(string(a.ID), string(b.ID)))
	})
	books := map[core.AccountID]*book{}
	for _, id := range p.Accounts {
		books[id] = newBook(now[id])
	}
	p.Moved, p.Dropped = nil, map[core.TransactionID]core.TransactionID{}
	var c Counts
	c.Accounts = len(p.Accounts)
	for _, r := range earlier {
		b := books[p.Accounts[r.Account]]
		stands, found := b.take(r)
		switch {
		case found:
			c.There++
			p.Dropped[r.ID] = stands
		case r.Pending:
			c.Pending++
			p.Dropped[r.ID] = ""
		default:
			if !b.first.IsZero() && r.Date >= b.first {
				c.Unnamed++
			}
			c = c.add(r.ID, r, &p)
		}
	}
	return p, c
}

// book is what an account has now, each transaction to be matched once.
type book struct {
	first core.Date
	open  map[core.Date][]core.Transaction
}

func newBook(rows []core.Transaction) *book {
	b := &book{open: map[core.Date][]core.Transaction{}}
	for _, r := range rows {
		if b.first.IsZero() || r.Date < b.first {
			b.first = r.Date
		}
		b.open[r.Date] = append(b.open[r.Date], r)
	}
	return b
}

// take finds the transaction that stands for one of the earlier bank: the same
// amount, on the same day or one close to it, and of several the one with the same
// name.
func (b *book) take(r core.Transaction) (core.TransactionID, bool) {
	for _, named := range []bool{true, false} {
		for away := range slack + 1 {
			for _, day := range []core.Date{r.Date.AddDays(away), r.Date.AddDays(-away)} {
				at := slices.IndexFunc(b.open[day], func(have core.Transaction) bool {
					return have.Amount == r.Amount && (!named || strings.EqualFold(have.Name, r.Name))
				})
				if at >= 0 {
					id := b.open[day][at].ID
					b.open[day] = slices.Delete(b.open[day], at, at+1)
					return id, true
				}
			}
		}
	}
	return "", false
}

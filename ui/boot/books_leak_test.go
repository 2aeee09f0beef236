package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// accountLeaks has an entry for each service of the books about accounts and their
// numbers.
func accountLeaks(ctx context.Context) map[string]leak {
	row := func(do func(*Books, core.AccountID) (accounts.Row, error)) leak {
		return leak{ask: func(b *Books, o theirs) (bool, error) {
			r, err := do(b, o.account)
			return r.ID != "", err
		}}
	}
	entry := ach.Entry{Pair: ach.Pair{Routing: secret.New("021000021"), Number: secret.New("5500000004417")}, Kind: core.Savings}
	nickname := "x"
	return map[string]leak{
		"Account": row(func(b *Books, id core.AccountID) (accounts.Row, error) { return b.Account(id) }),
		"AccountOwners": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.AccountOwners()
			// To give an account away one has to see to whom: this list is of all.
			return false, err
		}},
		"History": {ask: func(b *Books, o theirs) (bool, error) {
			days, err := b.History(o.account, 0)
			return len(days) > 0, err
		}},
		"UpdateAccount": row(func(b *Books, id core.AccountID) (accounts.Row, error) {
			return b.UpdateAccount(id, accounts.Changes{Nickname: &nickname})
		}),
		"GiveAccount": {ask: func(b *Books, o theirs) (bool, error) {
			_, err := b.GiveAccount(o.account, b.view.Profile())
			return refused(err)
		}},
		// What they gave away is not somebody else's to take back.
		"TakeBackAccount": {ask: func(b *Books, o theirs) (bool, error) {
			g, err := b.s.Accounts.Give(b.s.View(o.item.Profile), o.account, o.item.Profile)
			return refused(cmpErr(err, b.TakeBackAccount(g)))
		}},
		"SetPrimary": row(func(b *Books, id core.AccountID) (accounts.Row, error) {
			return b.SetPrimary(id, core.Primary{Deposits: true}, true)
		}),
		"StopAccount":   row(func(b *Books, id core.AccountID) (accounts.Row, error) { return b.StopAccount(id) }),
		"ReopenAccount": row(func(b *Books, id core.AccountID) (accounts.Row, error) { return b.ReopenAccount(id) }),
		"CloseAccount":  row(func(b *Books, id core.AccountID) (accounts.Row, error) { return b.CloseAccount(id) }),
		"Loss":          {ask: func(b *Books, o theirs) (bool, error) { loss, err := b.Loss(o.account); return loss.Rows > 0, err }},
		"RemoveAccount": {ask: func(b *Books, o theirs) (bool, error) { return refused(b.RemoveAccount(ctx, o.account)) }},
		// Their profile is a field that cannot be used, as one that does not exist.
		"AddAccount": {silent: true, ask: func(b *Books, o theirs) (bool, error) {
			return b.AddAccount(ctx, accounts.NewAccount{Bank: "B", Name: "N", Kind: accounts.CashKind, Owner: o.item.Profile}, nil) == nil, nil
		}},
		"SetBalance": row(func(b *Books, id core.AccountID) (accounts.Row, error) {
			return b.SetBalance(id, money.Of(1, money.USD))
		}),
		"BalanceNow":    row(func(b *Books, id core.AccountID) (accounts.Row, error) { return b.BalanceNow(ctx, id) }),
		"AddNumbers":    row(func(b *Books, id core.AccountID) (accounts.Row, error) { return b.AddNumbers(ctx, id, entry) }),
		"FetchNumbers":  {ask: func(b *Books, o theirs) (bool, error) { return refused(b.FetchNumbers(ctx, o.account)) }},
		"DeleteNumbers": {ask: func(b *Books, o theirs) (bool, error) { return refused(b.DeleteNumbers(ctx, o.account)) }},
		"Reveal": {ask: func(b *Books, o theirs) (bool, error) {
			n, err := b.Reveal(ctx, o.account, ach.Act{Meant: true})
			return !n.Number.IsEmpty(), err
		}},
		"CopyNumbers": {ask: func(b *Books, o theirs) (bool, error) {
			n, err := b.CopyNumbers(ctx, o.account, ach.Act{Meant: true})
			return !n.Number.IsEmpty(), err
		}},
		// These tell of the program, and of nobody's accounts.
		"Costs":    {silent: true, ask: func(b *Books, _ theirs) (bool, error) { return b.Costs(), nil }},
		"Confirms": {silent: true, ask: func(b *Books, _ theirs) (bool, error) { return b.Confirms(), nil }},
	}
}

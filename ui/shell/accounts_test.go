package shell_test

import (
	"context"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// ledger is the bakery's accounts, as the window uses them: the real service on the
// bakery's records.
type ledger struct {
	*accounts.Service
	ach *ach.Service
	b   *bakery
	// passphrase is wanted before numbers are shown, if it is not "".
	passphrase string
	costs      bool
	// wait, if it is not nil, holds up the bank's answer.
	wait chan struct{}
}

func newLedger(b *bakery) *ledger {
	l, secrets := &ledger{b: b}, secret.NewMemory()
	l.Service = accounts.New(accounts.Deps{
		Env: core.Practice, Repo: books{b}, Rows: books{b}, Journal: unwritten{}, Events: b.bus, Clock: standing{}, Secrets: secrets,
	})
	l.ach = ach.New(ach.Deps{
		Env: core.Practice, Repo: books{b}, Accounts: l.Service, Journal: unwritten{}, Events: b.bus, Clock: standing{}, Secrets: secrets,
	})
	return l
}

// standing is a clock that stands.
type standing struct{ clock.System }

func (standing) Now() time.Time { return now }

// books is the repository of the service.
type books struct{ *bakery }

// Profiles are all there are; the bakery's own are those in the books that are shown.
func (x books) Profiles() ([]core.Profile, error) { return x.profiles, x.err }

// unwritten is a journal that nobody reads.
type unwritten struct{}

func (unwritten) Record(core.Activity) error { return nil }

func (unwritten) Begin(core.Activity) (ended func()) { return func() {} }

func (x books) UpdateAccounts(change func([]core.Account) error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	list := slices.Clone(x.accounts)
	err := change(list)
	if err == nil {
		x.accounts = list
	}
	return err
}

func (x books) UpdateBank(id core.ItemID, change func(*core.Item, []core.Account) error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.items, x.accounts = slices.Clone(x.items), slices.Clone(x.accounts)
	at := slices.IndexFunc(x.items, func(i core.Item) bool { return i.ID == id })
	return change(&x.items[at], x.accounts)
}

func (x books) UpdateItem(core.ItemID, func(*core.Item) error) (core.Item, error) {
	return core.Item{}, nil
}

func (x books) AddAccount(item core.Item, a core.Account) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.items, x.accounts = append(slices.Clone(x.items), item), append(slices.Clone(x.accounts), a)
	return nil
}

func (x books) RemoveAccount(_ core.ItemID, id core.AccountID) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.accounts = slices.DeleteFunc(slices.Clone(x.accounts), func(a core.Account) bool { return a.ID == id })
	return nil
}

func (x books) PutAccounts(core.ItemID, []core.Account) error { return nil }

func (x books) Balances(id core.AccountID, _ core.Date) ([]core.DayBalance, error) {
	list, _ := x.Accounts()
	for _, a := range list {
		if a.ID == id && a.Balance.Current.Known {
			return []core.DayBalance{{Day: core.DateOf(now), Current: a.Balance.Current}}, nil
		}
	}
	return nil, nil
}

func (x books) Month(m core.Month) ([]core.Transaction, error) {
	var list []core.Transaction
	for _, t := range x.rows {
		if t.Date.Month() == m {
			list = append(list, t)
		}
	}
	return list, nil
}

func (l *ledger) view() scope.View { return scope.Of(l.b, "") }

func (l *ledger) Account(id core.AccountID) (accounts.Row, error) { return l.Get(l.view(), id) }
func (l *ledger) AccountOwners() ([]core.Profile, error)          { return l.b.profiles, l.b.err }
func (l *ledger) Totals() ([]core.Total, error)                   { return l.b.Totals() }

func (l *ledger) History(id core.AccountID, from core.Date) ([]accounts.DayBalance, error) {
	return l.Service.History(l.view(), id, from)
}

func (l *ledger) First(q review.Query, n int) ([]core.Transaction, error) {
	var list []core.Transaction
	for _, t := range l.b.rows {
		if q.Accounts.Has(t.Account) && len(list) < n {
			list = append(list, t)
		}
	}
	return list, nil
}

func (l *ledger) UpdateAccount(id core.AccountID, c accounts.Changes) (accounts.Row, error) {
	return l.Update(l.view(), id, c)
}

func (l *ledger) GiveAccount(id core.AccountID, owner core.ProfileID) (accounts.Given, error) {
	return l.Give(l.view(), id, owner)
}

func (l *ledger) TakeBackAccount(g accounts.Given) error { return l.TakeBack(l.view(), g) }

func (l *ledger) SetPrimary(id core.AccountID, uses core.Primary, on bool) (accounts.Row, error) {
	return l.Service.SetPrimary(l.view(), id, uses, on)
}

func (l *ledger) StopAccount(id core.AccountID) (accounts.Row, error) { return l.Stop(l.view(), id) }

func (l *ledger) ReopenAccount(id core.AccountID) (accounts.Row, error) {
	return l.Reopen(l.view(), id)
}

func (l *ledger) CloseAccount(id core.AccountID) (accounts.Row, error) { return l.Close(l.view(), id) }

func (l *ledger) Loss(id core.AccountID) (accounts.Loss, error) { return l.Preview(l.view(), id) }

func (l *ledger) RemoveAccount(ctx context.Context, id core.AccountID) error {
	return l.Remove(ctx, l.view(), id)
}

func (l *ledger) SetBalance(id core.AccountID, b money.Amount) (accounts.Row, error) {
	return l.Service.SetBalance(l.view(), id, b)
}

func (l *ledger) BalanceNow(ctx context.Context, id core.AccountID) (accounts.Row, error) {
	l.b.say("balance " + string(id))
	if l.wait != nil {
		select {
		case <-l.wait:
		case <-ctx.Done():
			return accounts.Row{}, fault.New("balance", fault.Canceled, ctx.Err())
		}
	}
	return l.Account(id)
}

func (l *ledger) Costs() bool    { return l.costs }
func (l *ledger) Confirms() bool { return l.passphrase != "" }

func (l *ledger) AddAccount(ctx context.Context, n accounts.NewAccount, numbers *ach.Entry) error {
	if numbers != nil {
		_, err := l.ach.AddWithAccount(ctx, l.view(), n, *numbers)
		return err
	}
	_, err := l.AddByHand(l.view(), n)
	return err
}

func (l *ledger) AddNumbers(ctx context.Context, id core.AccountID, e ach.Entry) (accounts.Row, error) {
	return l.ach.Add(ctx, l.view(), id, e)
}

func (l *ledger) FetchNumbers(_ context.Context, id core.AccountID) error {
	l.b.say("fetch numbers of " + string(id))
	return nil
}

func (l *ledger) DeleteNumbers(_ context.Context, id core.AccountID) error {
	l.b.say("delete numbers of " + string(id))
	return nil
}

// theNumber is that of every account.
const theNumber = "1111222233330000"

func (l *ledger) numbers(what string, id core.AccountID, act ach.Act) (bank.Numbers, error) {
	if act.Passphrase.Reveal() != l.passphrase {
		return bank.Numbers{}, fault.New("reveal", fault.Passphrase, nil)
	}
	l.b.say(what + " " + string(id))
	return bank.Numbers{Routing: secret.New("011401533"), Number: secret.New(theNumber)}, nil
}

func (l *ledger) Reveal(_ context.Context, id core.AccountID, act ach.Act) (bank.Numbers, error) {
	return l.numbers("reveal", id, act)
}

func (l *ledger) CopyNumbers(_ context.Context, id core.AccountID, act ach.Act) (bank.Numbers, error) {
	return l.numbers("copy", id, act)
}

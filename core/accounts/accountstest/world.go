// Package accountstest is two profiles with banks and accounts in memory, for the
// tests of what is done with accounts: a repository with the meaning of the vault,
// and a journal that remembers.
package accountstest

import (
	"slices"
	"sync"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
)

// Now is the time in a World.
func Now() time.Time { return time.Date(2026, 11, 18, 9, 41, 0, 0, time.UTC) }

// World is the repository. What it returns is a copy. It is safe for concurrent
// use.
type World struct {
	mu sync.Mutex
	// Fail, if it is not nil, is asked before each method for a reason to fail. It
	// may change the world.
	Fail     func(method string) error
	profiles []core.Profile
	items    []core.Item
	accounts []core.Account
	noted    map[core.AccountID][]core.DayBalance
	rows     []core.Transaction
	journal  []core.Activity
}

// NewWorld returns a world of the profiles "me" and "shop". "me" has a linked bank
// with the accounts "checking", "savings" and "card", and cash kept by hand, "cash";
// "shop" has a bank with "till", and of the first one "side". "old" is archived.
func NewWorld() *World {
	usd := func(minor int64) core.Balance {
		return core.Balance{Current: money.Known(money.Of(minor, money.USD)), At: Now()}
	}
	return &World{
		noted: map[core.AccountID][]core.DayBalance{},
		profiles: []core.Profile{
			{ID: "me", Name: "Household", Kind: core.Person},
			{ID: "shop", Name: "Juniper Bakery LLC", Kind: core.Business},
			{ID: "old", Name: "Old", Archived: true},
		},
		items: []core.Item{
			{ID: "platypus", Profile: "me", Institution: core.Institution{ID: "ins_1", Name: "First Platypus Bank"}, Status: core.Connected, Products: []core.Product{core.Transactions, core.Auth}},
			{ID: "tartan", Profile: "shop", Institution: core.Institution{ID: "ins_2", Name: "Tartan Bank"}, Status: core.Connected, Products: []core.Product{core.Transactions, core.Auth}},
			{ID: "drawer", Profile: "me", Connection: core.ByHand, Institution: core.Institution{Name: "Cash box"}, Status: core.Connected},
		},
		accounts: []core.Account{
			{ID: "checking", Item: "platypus", Name: "Checking", OfficialName: "Plaid Gold Checking", Mask: "0000", Type: core.Depository, Subtype: "checking", Balance: usd(10_000)},
			{ID: "savings", Item: "platypus", Name: "Savings", Mask: "1111", Type: core.Depository, Subtype: "savings", Balance: usd(20_000)},
			{ID: "card", Item: "platypus", Name: "Card", Mask: "3333", Type: core.Credit, Subtype: "credit card", Balance: usd(30_000)},
			{ID: "side", Item: "platypus", Name: "Side", Mask: "5555", Type: core.Depository, Subtype: "checking", Balance: usd(5), Choices: core.AccountChoices{Profile: "shop"}},
			{ID: "till", Item: "tartan", Name: "Till", Mask: "4444", Type: core.Depository, Subtype: "checking", Balance: usd(40_000)},
			{ID: "cash", Item: "drawer", Name: "Cash", Type: core.Depository, Subtype: "checking", Balance: usd(240)},
		},
	}
}

func (w *World) may(method string) error {
	if w.Fail == nil {
		return nil
	}
	return w.Fail(method)
}

// read makes a copy of a list under the lock.
func read[T any](w *World, method string, list *[]T) ([]T, error) {
	if err := w.may(method); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(*list), nil
}

// write lets do change what is there, unless the method is to fail.
func (w *World) write(method string, do func() error) error {
	if err := w.may(method); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return do()
}

// Profiles returns the profiles.
func (w *World) Profiles() ([]core.Profile, error) { return read(w, "Profiles", &w.profiles) }

// Items returns the items.
func (w *World) Items() ([]core.Item, error) { return read(w, "Items", &w.items) }

// Accounts returns the accounts.
func (w *World) Accounts() ([]core.Account, error) { return read(w, "Accounts", &w.accounts) }

// UpdateAccounts is the vault's.
func (w *World) UpdateAccounts(change func([]core.Account) error) error {
	return w.write("UpdateAccounts", func() error {
		list := slices.Clone(w.accounts)
		err := change(list)
		if err == nil {
			w.accounts = list
			w.note(list)
		}
		return err
	})
}

// UpdateBank is the vault's.
func (w *World) UpdateBank(id core.ItemID, change func(*core.Item, []core.Account) error) error {
	return w.write("UpdateBank", func() error {
		at := w.item(id)
		if at < 0 {
			return fault.New("world: item", fault.NotFound, nil)
		}
		item, list := w.items[at], slices.Clone(w.accounts)
		var own []core.Account
		for _, a := range list {
			if a.Item == id {
				own = append(own, a)
			}
		}
		if err := change(&item, own); err != nil {
			return err
		}
		w.items[at] = item
		for _, a := range own {
			list[slices.IndexFunc(list, func(b core.Account) bool { return a.ID == b.ID })] = a
		}
		w.accounts = list
		return nil
	})
}

// UpdateItem is the vault's.
func (w *World) UpdateItem(id core.ItemID, change func(*core.Item) error) (item core.Item, err error) {
	err = w.write("UpdateItem", func() error {
		at := w.item(id)
		if at < 0 {
			return fault.New("world: item", fault.NotFound, nil)
		}
		item = w.items[at]
		if err := change(&item); err != nil {
			return err
		}
		w.items[at] = item
		return nil
	})
	return item, err
}

func (w *World) item(id core.ItemID) int {
	return slices.IndexFunc(w.items, func(i core.Item) bool { return i.ID == id })
}

// AddAccount is the vault's.
func (w *World) AddAccount(item core.Item, a core.Account) error {
	return w.write("AddAccount", func() error {
		if at := w.item(item.ID); at >= 0 {
			w.items[at] = item
		} else {
			w.items = append(w.items, item)
		}
		a.Item = item.ID
		w.accounts = append(w.accounts, a)
		w.note([]core.Account{a})
		return nil
	})
}

// RemoveAccount is the vault's.
func (w *World) RemoveAccount(item core.ItemID, id core.AccountID) error {
	return w.write("RemoveAccount", func() error {
		w.accounts = slices.DeleteFunc(slices.Clone(w.accounts), func(a core.Account) bool { return a.ID == id })
		w.rows = slices.DeleteFunc(slices.Clone(w.rows), func(t core.Transaction) bool { return t.Account == id })
		delete(w.noted, id)
		if at := w.item(item); at >= 0 && w.items[at].Manual() && !slices.ContainsFunc(w.accounts, func(a core.Account) bool { return a.Item == item }) {
			w.items = slices.Delete(slices.Clone(w.items), at, at+1)
		}
		return nil
	})
}

// PutAccounts is the vault's.
func (w *World) PutAccounts(item core.ItemID, fresh []core.Account) error {
	return w.write("PutAccounts", func() error {
		var others, own []core.Account
		for _, a := range w.accounts {
			if a.Item == item {
				own = append(own, a)
			} else {
				others = append(others, a)
			}
		}
		merged := core.MergeAccounts(own, fresh)
		for i := range merged {
			merged[i].Item = item
		}
		w.note(merged)
		w.accounts = append(merged, others...)
		return nil
	})
}

func (w *World) note(list []core.Account) {
	for _, a := range list {
		if !a.Balance.Current.Known {
			continue
		}
		b := core.DayBalance{Day: core.DateOf(a.Balance.At), Current: a.Balance.Current}
		days := w.noted[a.ID]
		if n := len(days); n > 0 && days[n-1].Day == b.Day {
			days[n-1] = b
			continue
		}
		w.noted[a.ID] = append(days, b)
	}
}

// Balances returns the balances that were noted.
func (w *World) Balances(id core.AccountID, from core.Date) ([]core.DayBalance, error) {
	days := w.noted[id]
	list, err := read(w, "Balances", &days)
	return slices.DeleteFunc(list, func(b core.DayBalance) bool { return b.Day < from }), err
}

// Note notes a balance of a day.
func (w *World) Note(id core.AccountID, day core.Date, a money.Amount) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.noted[id] = append(w.noted[id], core.DayBalance{Day: day, Current: money.Known(a)})
}

// Add adds transactions.
func (w *World) Add(rows ...core.Transaction) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows = append(w.rows, rows...)
}

// Totals counts the transactions by month and account.
func (w *World) Totals() ([]core.Total, error) {
	rows, err := read(w, "Totals", &w.rows)
	var totals []core.Total
	for _, t := range rows {
		totals = append(totals, core.Total{Month: t.Date.Month(), Account: t.Account, Currency: t.Amount.Currency, Count: 1})
	}
	return totals, err
}

// Months returns the months that have transactions, the newest first.
func (w *World) Months() ([]core.MonthCount, error) {
	rows, err := read(w, "Months", &w.rows)
	var months []core.MonthCount
	for _, t := range rows {
		m := t.Date.Month()
		if !slices.ContainsFunc(months, func(c core.MonthCount) bool { return c.Month == m }) {
			months = append(months, core.MonthCount{Month: m})
		}
	}
	slices.SortFunc(months, func(a, b core.MonthCount) int { return int(b.Month - a.Month) })
	return months, err
}

// Month returns the transactions of a month.
func (w *World) Month(m core.Month) ([]core.Transaction, error) {
	rows, err := read(w, "Month", &w.rows)
	return slices.DeleteFunc(rows, func(t core.Transaction) bool { return t.Date.Month() != m }), err
}

// Record keeps an entry of the journal.
func (w *World) Record(a core.Activity) error {
	return w.write("Record", func() error {
		w.journal = append(w.journal, a)
		return nil
	})
}

// Begin keeps no note: nobody kills a World.
func (w *World) Begin(core.Activity) (ended func()) { return func() {} }

// Journal returns what was recorded.
func (w *World) Journal() []core.Activity {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.journal)
}

// Account returns an account, the zero one if there is none.
func (w *World) Account(id core.AccountID) core.Account {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range w.accounts {
		if a.ID == id {
			return a
		}
	}
	return core.Account{}
}

// Change changes an account as nobody else could.
func (w *World) Change(id core.AccountID, change func(*core.Account)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.accounts {
		if w.accounts[i].ID == id {
			change(&w.accounts[i])
		}
	}
}

package overview

import (
	"cmp"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/core/money"
)

// Data is what the screen reads.
type Data struct {
	Items    []core.Item
	Accounts []core.Account
	Totals   []core.Total
	Newest   []core.Transaction
	Links    []link.Session
}

// Page is what the screen shows of it.
type Page struct {
	// Empty says that no bank is linked: the screen invites to link one.
	Empty     bool
	Attention []Attention
	Sums      Sums
	Flow      []Flow
	Recent    []Recent
	Banks     []Bank
	Spending  []Spend
	// BalancesAt is when the oldest of the balances shown was read.
	BalancesAt time.Time
}

// Recent is one of the newest transactions and the account it belongs to.
type Recent struct {
	core.Transaction
	In core.Account
}

// Bank is a bank connection and its accounts.
type Bank struct {
	core.Item
	Accounts []core.Account
}

// Build works out what the screen shows at now.
func Build(d Data, now time.Time) Page {
	shown := slices.DeleteFunc(slices.Clone(d.Accounts), func(a core.Account) bool { return a.Choices.Hidden })
	currency := mainCurrency(shown, d.Totals)
	month := core.DateOf(now).Month()
	flow := cashFlow(d.Totals, d.Accounts, currency, month)
	return Page{
		Empty:      len(d.Items) == 0,
		Attention:  attention(d, now),
		Sums:       sums(shown, currency, flow),
		Flow:       flow,
		Recent:     recent(d),
		Banks:      banks(d.Items, shown),
		Spending:   spending(d.Totals, currency, month),
		BalancesAt: oldestBalance(shown),
	}
}

// mainCurrency returns the currency of most accounts; USD, and then the
// alphabet, decide between equals.
func mainCurrency(accounts []core.Account, totals []core.Total) money.Currency {
	votes := map[money.Currency]int{}
	for _, a := range accounts {
		if a.Balance.Current.Known {
			votes[a.Balance.Current.Amount.Currency]++
		}
	}
	if len(votes) == 0 {
		for _, t := range totals {
			votes[t.Currency]++
		}
	}
	best := money.USD
	for c, n := range votes {
		if n > votes[best] || n == votes[best] && best != money.USD && c < best {
			best = c
		}
	}
	return best
}

func recent(d Data) []Recent {
	accounts := make(map[core.AccountID]core.Account, len(d.Accounts))
	for _, a := range d.Accounts {
		accounts[a.ID] = a
	}
	rows := make([]Recent, 0, len(d.Newest))
	for _, t := range d.Newest {
		rows = append(rows, Recent{Transaction: t, In: accounts[t.Account]})
	}
	return rows
}

func banks(items []core.Item, accounts []core.Account) []Bank {
	byItem := map[core.ItemID][]core.Account{}
	for _, a := range accounts {
		byItem[a.Item] = append(byItem[a.Item], a)
	}
	list := make([]Bank, 0, len(items))
	for _, i := range items {
		list = append(list, Bank{Item: i, Accounts: byItem[i.ID]})
	}
	slices.SortStableFunc(list, func(a, b Bank) int { return cmp.Compare(a.Institution.Name, b.Institution.Name) })
	return list
}

func oldestBalance(accounts []core.Account) time.Time {
	var oldest time.Time
	for _, a := range accounts {
		if at := a.Balance.At; !at.IsZero() && (oldest.IsZero() || at.Before(oldest)) {
			oldest = at
		}
	}
	return oldest
}

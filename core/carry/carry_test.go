package carry_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/carry"
	"bankbook/core/money"
)

func TestSuggest(t *testing.T) {
	account := func(id, name, mask, lasting string) core.Account {
		return core.Account{ID: core.AccountID(id), Name: name, Mask: mask, PersistentID: lasting, Type: core.Depository}
	}
	card := account("card", "Card", "0000", "")
	card.Type = core.Credit
	for name, c := range map[string]struct {
		earlier, later []core.Account
		want           map[core.AccountID]core.AccountID
	}{
		"lasting id before name": {
			[]core.Account{account("a", "Checking", "0000", "p1"), account("b", "Saving", "1111", "p2")},
			[]core.Account{account("x", "Checking", "0000", "p2"), account("y", "Renamed", "9999", "p1")},
			map[core.AccountID]core.AccountID{"a": "y", "b": "x"},
		},
		"name and mask before mask": {
			[]core.Account{account("a", "One", "0000", ""), account("b", "Two", "0000", "")},
			[]core.Account{account("x", "two", "0000", ""), account("y", "Other", "0000", "")},
			map[core.AccountID]core.AccountID{"a": "y", "b": "x"},
		},
		"never another kind": {[]core.Account{card}, []core.Account{account("x", "Card", "0000", "")}, map[core.AccountID]core.AccountID{}},
		"nothing to go by":   {[]core.Account{account("a", "", "", "")}, []core.Account{account("x", "", "", "")}, map[core.AccountID]core.AccountID{}},
		"one for one": {
			[]core.Account{account("a", "One", "0000", ""), account("b", "One", "0000", "")},
			[]core.Account{account("x", "One", "0000", "")},
			map[core.AccountID]core.AccountID{"a": "x"},
		},
	} {
		if got := carry.Suggest(c.earlier, c.later); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func row(id string, account core.AccountID, day int, minor int64) core.Transaction {
	return core.Transaction{
		ID: core.TransactionID(id), Account: account, Date: core.NewDate(2026, 3, day), Amount: money.Of(minor, money.USD), Name: "Coffee",
	}
}

func plan() core.ContinuePlan {
	return core.ContinuePlan{Accounts: map[core.AccountID]core.AccountID{"old": "new"}}
}

func TestPlan(t *testing.T) {
	pending := row("pending", "old", 20, -7)
	pending.Pending = true
	named := row("named", "old", 15, -450)
	named.Name = "Tea"
	tea := row("tea", "new", 16, -450)
	tea.Name = "TEA"
	rows := []core.Transaction{
		row("before", "old", 1, -100), row("before-2", "old", 2, -100), row("same", "old", 12, -200), row("moved", "old", 13, -300),
		row("only-here", "old", 14, -999), named, pending,
		row("first", "new", 10, -1), row("same-now", "new", 12, -200), row("moved-now", "new", 15, -300), row("coffee", "new", 15, -450), tea,
	}
	got, counts := carry.Plan(plan(), rows)
	if !slices.Equal(got.Moved, []core.TransactionID{"before", "before-2", "only-here"}) {
		t.Errorf("moved %v", got.Moved)
	}
	want := map[core.TransactionID]core.TransactionID{"same": "same-now", "moved": "moved-now", "named": "tea", "pending": ""}
	if !maps.Equal(got.Dropped, want) {
		t.Errorf("dropped %v", got.Dropped)
	}
	if counts != (carry.Counts{Accounts: 1, Moved: 3, There: 3, Unnamed: 1, Pending: 1, First: core.NewDate(2026, 3, 1)}) {
		t.Errorf("counts %+v", counts)
	}
}

// Whatever there is, each earlier transaction is moved or dropped, each later one
// stands for one at most, and money is neither lost nor counted twice: a dropped one
// has the amount of the one that stands for it.
func TestNothingIsLostOrCountedTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []core.Transaction
		byID := map[core.TransactionID]core.Transaction{}
		for i := range rapid.IntRange(0, 40).Draw(t, "rows") {
			account := rapid.SampledFrom([]core.AccountID{"old", "new"}).Draw(t, "account")
			r := row(fmt.Sprint("t", i), account, rapid.IntRange(1, 20).Draw(t, "day"), rapid.Int64Range(-3, 3).Draw(t, "minor"))
			r.Pending = rapid.IntRange(0, 5).Draw(t, "pending") == 0
			rows, byID[r.ID] = append(rows, r), r
		}
		got, counts := carry.Plan(plan(), rows)
		seen, stands := map[core.TransactionID]bool{}, map[core.TransactionID]bool{}
		for _, id := range got.Moved {
			if seen[id] || byID[id].Account != "old" || byID[id].Pending {
				t.Fatalf("%s is moved twice, or is none of the old ones", id)
			}
			seen[id] = true
		}
		for id, now := range got.Dropped {
			if seen[id] || byID[id].Account != "old" {
				t.Fatalf("%s is moved and dropped", id)
			}
			seen[id] = true
			if now == "" {
				if !byID[id].Pending {
					t.Fatalf("%s is dropped for nothing", id)
				}
				continue
			}
			if stands[now] || byID[now].Account != "new" || byID[now].Amount != byID[id].Amount {
				t.Fatalf("%s stands for %s", now, id)
			}
			stands[now] = true
		}
		old := 0
		for _, r := range rows {
			if r.Account == "old" {
				old++
			}
		}
		if len(seen) != old || counts.Moved+counts.There+counts.Pending != old {
			t.Fatalf("%d of %d are accounted for: %+v", len(seen), old, counts)
		}
	})
}

package accounts_test

import (
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/accounts/accountstest"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/money"
)

func TestSetBalance(t *testing.T) {
	d := newDesk(t)
	r, err := d.SetBalance(d.View("me"), "cash", money.Of(-5, money.USD))
	if err != nil || r.Balance.Current.Amount.Minor != -5 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := d.SetBalance(d.View("me"), "checking", money.Of(5, money.USD)); !fault.Is(err, fault.Shared) || d.World.Account("checking").Balance.Current.Amount.Minor != 10_000 {
		t.Errorf("a linked one: %v", err)
	}
}

func TestParseBalance(t *testing.T) {
	for text, want := range map[string]int64{"240": 24_000, " $1,284.50 ": 128_450, "-5": -500, "–5.10": -510, "0": 0} {
		if got, err := accounts.ParseBalance(text, money.USD); err != nil || !got.Known || got.Amount.Minor != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	if got, err := accounts.ParseBalance("  ", money.USD); err != nil || got.Known {
		t.Errorf("nothing: %+v, %v", got, err)
	}
	for _, text := range []string{"x", "1.234", "1.2.3", "99999999999999999999", "-", "1e5", "1/2"} {
		if _, err := accounts.ParseBalance(text, money.USD); len(input.Problems(err)) != 1 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestBalance(t *testing.T) {
	d := newDesk(t)
	fresh, _ := d.World.Accounts()
	fresh = slices.DeleteFunc(fresh, func(a core.Account) bool { return a.Item != "platypus" })
	fresh[0].Balance.Current = money.Known(money.Of(77, money.USD))
	d.balances = fresh
	r, err := d.Balance(t.Context(), d.View("me"), "checking")
	if err != nil || r.Balance.Current.Amount.Minor != 77 || !slices.Equal(d.asked, []string{"access-platypus"}) {
		t.Fatalf("%+v, %v, asked %v", r, err, d.asked)
	}
	for id, want := range map[core.AccountID]fault.Kind{"cash": fault.ByHand, "savings": fault.Unsupported, "card": fault.Unsupported} {
		d.World.Change("savings", func(a *core.Account) { a.Choices.Status = core.Stopped })
		d.World.Change("card", func(a *core.Account) { a.Unshared = true })
		if _, err := d.Balance(t.Context(), d.View("me"), id); !fault.Is(err, want) || len(d.asked) != 1 {
			t.Errorf("%s: %v, asked %v", id, err, d.asked)
		}
	}
	d.err = fault.New("bank", fault.SignIn, nil)
	if _, err := d.Balance(t.Context(), d.View("me"), "checking"); !fault.Is(err, fault.SignIn) {
		t.Errorf("got %v", err)
	}
	items, _ := d.World.Items()
	if items[0].Status != core.SignInNeeded || items[0].Sync.Trouble.Kind != fault.SignIn {
		t.Errorf("item %+v", items[0])
	}
	if j := d.World.Journal(); len(j) != 2 || j[1].Trouble.Kind != fault.SignIn {
		t.Errorf("journal %+v", j)
	}
	_, err = d.World.UpdateItem("platypus", func(i *core.Item) error { i.Leaving.Since = accountstest.Now(); return nil })
	must(t, err)
	if _, err := d.Balance(t.Context(), d.View("me"), "checking"); !fault.Is(err, fault.Canceled) || len(d.asked) != 2 {
		t.Errorf("while it leaves: %v", err)
	}
}

func TestHistory(t *testing.T) {
	day := core.NewDate(2026, 11, 18) // the day of the World, on which "checking" held 10,000 and "card" 30,000
	usd := func(minor int64) money.Amount { return money.Of(minor, money.USD) }
	d := newDesk(t)
	d.World.Note("checking", day, usd(10_000))
	d.World.Note("card", day, usd(30_000))
	d.World.Note("till", day, usd(1<<62))
	for _, a := range []core.AccountID{"checking", "card"} {
		pending, foreign := row("p", a, day, 999), row("e", a, day, 999)
		pending.Pending, foreign.Amount.Currency = true, "EUR"
		d.World.Add(row("1", a, day, 100), row("2", a, day, -30), row("3", a, day.AddDays(-2), 50), pending, foreign, row("4", a, day.AddDays(-40), 1))
	}
	d.World.Add(row("5", "till", day, -1<<62), row("6", "till", day.AddDays(-1), -1<<62), row("7", "till", day.AddDays(-2), 1))
	type days = []accounts.DayBalance
	back := func(n int, minor int64) accounts.DayBalance {
		return accounts.DayBalance{Day: day.AddDays(-n), Current: usd(minor), WorkedOut: n > 0}
	}
	for name, c := range map[string]struct {
		view core.ProfileID
		id   core.AccountID
		from core.Date
		want days
	}{
		"money":      {"me", "checking", day.AddDays(-3), days{back(3, 9_880), back(2, 9_930), back(1, 9_930), back(0, 10_000)}},
		"a debt":     {"me", "card", day.AddDays(-3), days{back(3, 30_120), back(2, 30_070), back(1, 30_070), back(0, 30_000)}},
		"too much":   {"shop", "till", day.AddDays(-9), days{back(0, 1<<62)}},
		"never held": {"me", "savings", day.AddDays(-9), nil},
		"later":      {"me", "checking", day.AddDays(1), nil},
	} {
		got, err := d.History(d.View(c.view), c.id, c.from)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	got, err := d.History(d.View("me"), "checking", day.AddDays(-400))
	if err != nil || len(got) != 42 || got[0] != back(41, 9_879) {
		t.Errorf("all: %d days from %+v, %v", len(got), got[0], err)
	}
}

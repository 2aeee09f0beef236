package sandbox_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"bankbook/core/sandbox"
	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
)

// living links a bank for a person with some of user_good's accounts and a life.
func (b *bench) living(life ledger.Life, days int, codes ...string) (access, itemID string) {
	b.t.Helper()
	return b.being(&people.Person{User: "somebody", Life: life}, days, codes...)
}

// being links a bank for a person, who gets some of user_good's accounts.
func (b *bench) being(p *people.Person, days int, codes ...string) (access, itemID string) {
	b.t.Helper()
	for _, a := range people.Good().Accounts {
		if slices.Contains(codes, a.Code) {
			p.Accounts = append(p.Accounts, a)
		}
	}
	access, itemID = b.instant("ins_109508", days)
	if err := b.bank.Become(itemID, p); err != nil {
		b.t.Fatal(err)
	}
	return access, itemID
}

// everyday are the accounts that most lives have.
var everyday = []string{"checking", "savings", "credit"}

func TestScaledCustomerHasExactlyItsTransactions(t *testing.T) {
	for _, c := range []struct{ rows, days int }{{1, 730}, {2, 1}, {29, 30}, {731, 730}, {1000, 90}, {5003, 730}, {777, 1}} {
		t.Run(fmt.Sprint(c.rows, " in ", c.days), func(t *testing.T) {
			b := newBench(t)
			access, itemID := b.living(ledger.ScaleLife(c.rows), c.days, everyday...)
			oldest := b.clock.Now().AddDate(0, 0, -c.days).Format(time.DateOnly)
			rows := map[string]object{}
			cursor := b.replay(access, "", 500, rows)
			for range 5 { // whatever posts later, it stays that many
				if len(rows) != c.rows {
					t.Fatalf("%d rows, want %d", len(rows), c.rows)
				}
				b.compare("scaled", itemID, rows)
				b.clock.advance(25 * time.Hour)
				cursor = b.replay(access, cursor, 40, rows)
			}
			for _, r := range rows {
				if r["date"].(string) < oldest {
					t.Fatalf("a row of %v, before %s", r["date"], oldest)
				}
			}
		})
	}
}

func TestScaledCustomerIsMadeOfTheSeed(t *testing.T) {
	list := func(seed int64) string {
		b := newBench(t, func(c *sandbox.Config) { c.Seed = seed })
		_, itemID := b.living(ledger.ScaleLife(300), 90, everyday...)
		var out []string
		for _, r := range b.truth(itemID) {
			out = append(out, fmt.Sprint(r["date"], r["amount"], r["name"]))
		}
		slices.Sort(out)
		return fmt.Sprint(out)
	}
	one := list(1)
	if again := list(1); again != one {
		t.Error("the same seed gives other rows")
	}
	if one == list(2) {
		t.Error("two seeds give the same rows")
	}
}

// A page deep in a million rows costs what is on it: this test would not end in
// time otherwise.
func TestAMillionRowsArePagedThrough(t *testing.T) {
	b := newBench(t)
	const count = 1_000_000
	access, _ := b.living(ledger.ScaleLife(count), 730, everyday...)
	page := b.must("/transactions/sync", object{"access_token": access, "count": 500})
	for range 20 {
		page = b.must("/transactions/sync", object{"access_token": access, "count": 500, "cursor": page["next_cursor"]})
		if n := len(page["added"].([]any)); n != 500 || page["has_more"] != true {
			t.Fatalf("%d rows, more: %v", n, page["has_more"])
		}
	}
	listed := b.must("/transactions/get", object{
		"access_token": access, "start_date": "2024-01-01", "end_date": "2026-12-31", "options": object{"count": 3, "offset": count - 2},
	})
	if n := len(listed["transactions"].([]any)); n != 2 || listed["total_transactions"] != float64(count) {
		t.Errorf("%d rows of %v at the end", n, listed["total_transactions"])
	}
}

// counts of a page of /transactions/sync.
func changesOf(page object) (added, modified, removed int) {
	return len(page["added"].([]any)), len(page["modified"].([]any)), len(page["removed"].([]any))
}

func TestDynamicUserMovesWithEveryRefresh(t *testing.T) {
	b := newBench(t)
	access, itemID := b.living(ledger.DynamicLife, 30, everyday...)
	rows := map[string]object{}
	cursor := b.replay(access, "", 500, rows)
	pending := func() (n int) {
		for _, r := range rows {
			if r["pending"] == true {
				n++
			}
		}
		return n
	}
	if len(rows) < 50 || pending() != 8 {
		t.Fatalf("%d rows, %d of them pending, at first", len(rows), pending())
	}
	for i, waiting := range []int{8, 2, 2, 2} {
		before := maps.Clone(rows)
		b.must("/transactions/refresh", object{"access_token": access})
		page := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 500, "options": object{"include_original_description": true}})
		cursor = page["next_cursor"].(string)
		apply(t, page, rows)
		added, modified, removed := changesOf(page)
		if added != 2+waiting || modified != 1 || removed != waiting || pending() != 2 {
			t.Errorf("refresh %d: %d added, %d modified, %d removed, %d pending", i, added, modified, removed, pending())
		}
		dearer := page["modified"].([]any)[0].(object)
		if got := dearer["amount"].(float64) - before[dearer["transaction_id"].(string)]["amount"].(float64); got < 0.99 || got > 1.01 {
			t.Errorf("refresh %d: the modified row is %v dearer", i, got)
		}
		b.compare(fmt.Sprint("refresh ", i), itemID, rows)
	}
}

func TestPersonasHaveBelievableHistories(t *testing.T) {
	for _, c := range []struct {
		life     ledger.Life
		codes    []string
		days     int
		lo, hi   int
		contains []string
	}{
		{ledger.YuppieLife, everyday, 90, 150, 300, []string{"INCOME_WAGES", "RENT_AND_UTILITIES_RENT", "FOOD_AND_DRINK_COFFEE", "TRAVEL_FLIGHTS"}},
		{ledger.SmallBusinessLife, []string{"checking", "savings", "business"}, 90, 110, 260, []string{"INCOME_OTHER_INCOME", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", "RENT_AND_UTILITIES_RENT"}},
		{ledger.EWALife, []string{"checking", "savings"}, 90, 100, 220, []string{"INCOME_WAGES", "TRANSFER_IN_CASH_ADVANCES_AND_LOANS", "LOAN_PAYMENTS_OTHER_PAYMENT"}},
		{ledger.BankIncomeLife, []string{"checking", "savings"}, 730, 500, 1000, []string{"INCOME_WAGES", "INCOME_RETIREMENT_PENSION", "INCOME_DIVIDENDS"}},
	} {
		t.Run(string(c.life), func(t *testing.T) {
			b := newBench(t)
			access, itemID := b.living(c.life, 730, c.codes...)
			rows := map[string]object{}
			b.replay(access, "", 500, rows)
			b.compare("persona", itemID, rows)
			seen, accounts := map[any]int{}, map[any]int{}
			oldest := b.clock.Now().AddDate(0, 0, -c.days).Format(time.DateOnly)
			for _, r := range rows {
				seen[r["personal_finance_category"].(object)["detailed"]]++
				accounts[r["account_id"]]++
				if r["date"].(string) < oldest {
					t.Errorf("a row of %v, before %s", r["date"], oldest)
				}
			}
			if len(rows) < c.lo || len(rows) > c.hi || len(accounts) != len(c.codes) {
				t.Errorf("%d rows in %d accounts", len(rows), len(accounts))
			}
			for _, category := range c.contains {
				if seen[category] == 0 {
					t.Errorf("nothing of %s among %v", category, seen)
				}
			}
		})
	}
}

func TestCategoriesOfTheSecondVersion(t *testing.T) {
	b := newBench(t)
	access, _ := b.living(ledger.EWALife, 90, "checking", "savings")
	for version, want := range map[string][2]string{
		"v1": {"TRANSFER_IN", "TRANSFER_IN_CASH_ADVANCES_AND_LOANS"},
		"v2": {"LOAN_DISBURSEMENTS", "LOAN_DISBURSEMENTS_EWA"},
	} {
		page := b.must("/transactions/sync", object{"access_token": access, "count": 500, "options": object{"personal_finance_category_version": version}})
		found := false
		for _, raw := range page["added"].([]any) {
			category := raw.(object)["personal_finance_category"].(object)
			if category["version"] != version {
				t.Fatalf("version %v, want %s", category["version"], version)
			}
			found = found || (category["primary"] == want[0] && category["detailed"] == want[1])
		}
		if !found {
			t.Errorf("%s: no %v", version, want)
		}
	}
	b.wants("/transactions/sync", object{"access_token": access, "options": object{"personal_finance_category_version": "v3"}}, "INVALID_FIELD")
}

func TestEntriesOfACustomUser(t *testing.T) {
	b := newBench(t)
	day := func(n int) ledger.Day { return ledger.DayOf(b.clock.Now()) + ledger.Day(n) }
	entry := func(posted, transacted int, cents int64, text string) ledger.Entry {
		return ledger.Entry{Account: "checking", Transacted: day(transacted), Posted: day(posted), Amount: ledger.Money{Minor: cents, Currency: "USD"}, Description: text}
	}
	access, itemID := b.being(&people.Person{Life: ledger.NoLife, Entries: []ledger.Entry{
		entry(-10, -12, 1250, "STARBUCKS 42"), entry(-3, -3, -200_000, "ACME PAYROLL"), entry(2, 0, 999, "Nothing known"), entry(-800, -800, 5, "too old"),
		entry(1, 1, 700, "tomorrow"),
	}}, 730, "checking")
	rows := map[string]object{}
	cursor := b.replay(access, "", 2, rows)
	seen := func() string {
		var out []string
		for _, r := range rows {
			out = append(out, fmt.Sprint(r["date"], " ", r["authorized_date"], " ", r["amount"], " ", r["name"], " ", r["pending"]))
		}
		slices.Sort(out)
		return fmt.Sprint(out)
	}
	if got, want := seen(), "[2026-11-11 2026-11-09 12.5 Starbucks false 2026-11-18 2026-11-18 -2000 ACME PAYROLL false 2026-11-21 2026-11-21 9.99 Nothing known true]"; got != want {
		t.Errorf("at first:\n%s\n%s", got, want)
	}
	b.clock.advance(48 * time.Hour)
	b.replay(access, cursor, 1, rows)
	if got, want := seen(), "[2026-11-11 2026-11-09 12.5 Starbucks false 2026-11-18 2026-11-18 -2000 ACME PAYROLL false 2026-11-22 2026-11-22 7 tomorrow false 2026-11-23 2026-11-21 9.99 Nothing known false]"; got != want {
		t.Errorf("two days later:\n%s\n%s", got, want)
	}
	b.compare("custom", itemID, rows)
}

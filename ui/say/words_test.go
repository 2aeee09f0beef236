package say_test

import (
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/say"
)

var (
	zone = time.FixedZone("EST", -5*60*60)
	now  = time.Date(2026, 11, 18, 9, 43, 0, 0, zone)
)

func TestAgo(t *testing.T) {
	for _, tt := range []struct {
		t    time.Time
		want string
	}{
		{time.Time{}, "never"},
		{now, "just now"},
		{now.Add(-59 * time.Second), "just now"},
		{now.Add(20 * time.Second), "just now"},
		{now.Add(-2 * time.Minute), "2 min ago"},
		{now.Add(-59 * time.Minute), "59 min ago"},
		{now.Add(-2 * time.Hour).UTC(), "7:43 AM"},
		{now.Add(-24 * time.Hour), "yesterday, 9:43 AM"},
		{now.AddDate(0, 0, -4), "Nov 14"},
		{now.AddDate(-1, 0, 0), "Nov 18, 2025"},
		{now.Add(3 * time.Hour), "12:43 PM"},
	} {
		if got := say.Ago(tt.t, now); got != tt.want {
			t.Errorf("Ago(%v) = %q, want %q", tt.t, got, tt.want)
		}
	}
}

func TestDays(t *testing.T) {
	today := core.NewDate(2026, 11, 18)
	for _, tt := range []struct{ got, want string }{
		{say.Day(today, today), "Nov 18"},
		{say.Day(core.NewDate(2024, 2, 29), today), "Feb 29, 2024"},
		{say.Day(0, today), "—"},
		{say.FullDay(today), "Nov 18, 2026"},
		{say.FullDay(0), "—"},
		{say.InDays(today, today), "today"},
		{say.InDays(today.AddDays(1), today), "tomorrow"},
		{say.InDays(today.AddDays(5), today), "in 5 days"},
		{say.Month(core.NewMonth(2026, 6)), "Jun"},
		{say.MonthAndYear(core.NewMonth(2026, 6)), "June 2026"},
		{say.Elapsed(20 * time.Second), "20 s"},
		{say.Elapsed(125 * time.Second), "2 min 5 s"},
		{say.Elapsed(3*time.Hour + time.Minute), "3 h 1 min"},
		{say.Elapsed(-time.Second), "0 s"},
		{say.Countdown(28*time.Minute + 41*time.Second), "28:41"},
		{say.Countdown(500 * time.Millisecond), "0:01"},
		{say.Countdown(-time.Second), "0:00"},
		{say.Countdown(65 * time.Minute), "1:05:00"},
		{say.History(730), "24 months"},
		{say.History(365), "12 months"},
		{say.History(90), "3 months"},
		{say.History(30), "1 month"},
		{say.History(45), "45 days"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestCounts(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{say.Count(0, say.Transaction), "0 transactions"},
		{say.Count(1, say.Transaction), "1 transaction"},
		{say.Count(1240, say.Transaction), "1,240 transactions"},
		{say.Count(1000000, say.Transaction), "1,000,000 transactions"},
		{say.Count(2, say.Bank), "2 banks"},
		{say.Number(-1234), "–1,234"},
		{say.Number(999), "999"},
		{say.List(), ""},
		{say.List("a"), "a"},
		{say.List("a", "b"), "a and b"},
		{say.List("a", "b", "c"), "a, b and c"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	acc := func(name, mask, subtype string) core.Account {
		return core.Account{Name: name, Mask: mask, Subtype: subtype, Type: core.Depository}
	}
	for _, tt := range []struct{ got, want string }{
		{say.AccountName(acc("Checking", "0000", "")), "Checking ••0000"},
		{say.AccountName(acc("Cash box", "", "")), "Cash box"},
		{say.AccountName(acc("", "12", "cd")), "CD ••12"},
		{say.AccountType(acc("", "", "credit card")), "Credit card"},
		{say.AccountType(acc("", "", "401k")), "401k"},
		{say.AccountType(acc("", "", "money market")), "Money market"},
		{say.AccountType(acc("", "", "paypal")), "PayPal"},
		{say.AccountType(acc("", "", "")), "Bank account"},
		{say.AccountType(core.Account{}), "Account"},
		{say.AccountType(core.Account{Type: core.Loan}), "Loan"},
		{say.AccountType(core.Account{Type: core.Loan, Subtype: "student"}), "Student loan"},
		{say.AccountType(core.Account{Type: core.Loan, Subtype: "home equity"}), "Home equity loan"},
		{say.AccountType(core.Account{Type: core.Loan, Subtype: "mortgage"}), "Mortgage"},
		{say.AccountType(core.Account{Type: core.Loan, Subtype: "line of credit"}), "Line of credit"},
		{say.AccountType(core.Account{Type: core.Loan, Subtype: "loan"}), "Loan"},
		{say.AccountType(core.Account{Type: "other", Subtype: "business"}), "Business"},
		{say.Category("FOOD_AND_DRINK"), "Food and drink"},
		{say.Category("TRANSFER_OUT"), "Transfer out"},
		{say.Category(""), "Uncategorized"},
		{say.Category("something new"), "Something new"},
		{say.DetailedCategory(core.Category{Primary: "FOOD_AND_DRINK", Detailed: "FOOD_AND_DRINK_COFFEE"}), "Coffee"},
		{say.DetailedCategory(core.Category{Primary: "BANK_FEES", Detailed: "BANK_FEES_ATM_FEES"}), "ATM fees"},
		{say.DetailedCategory(core.Category{Primary: "TRAVEL", Detailed: "TRANSPORTATION_GAS"}), "Transportation gas"},
		{say.DetailedCategory(core.Category{Primary: "TRAVEL"}), "Travel"},
		{say.Environment(core.Sandbox), "Plaid Sandbox"},
		{say.BankName(core.Institution{}), "Unnamed bank"},
		{say.Counterparty(core.Transaction{Counterparty: "Rosa’s Cafe", CounterpartyType: "payment_app"}), "Rosa’s Cafe, payment app"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestBankStates(t *testing.T) {
	synced := core.SyncState{LastSuccess: now.Add(-2 * time.Minute), LastTry: now.Add(-2 * time.Minute)}
	failed := func(k fault.Kind) core.SyncState {
		s := synced
		s.Trouble = core.Trouble{Kind: k}
		return s
	}
	for _, tt := range []struct {
		name string
		item core.Item
		want say.State
		need string
	}{
		{"fine", core.Item{Status: core.Connected, Sync: synced}, say.State{"Connected", say.Good}, ""},
		{"new", core.Item{Status: core.Connected}, say.State{"Not synced yet", say.Neutral}, ""},
		{"sign-in", core.Item{Status: core.SignInNeeded, Sync: synced}, say.State{"Sign-in needed", say.Bad}, "Needs you to sign in again"},
		{"gone", core.Item{Status: core.Gone, Sync: synced}, say.State{"Connection ended", say.Bad}, "Has ended the connection"},
		{
			"consent ends",
			core.Item{Status: core.Connected, Sync: synced, ConsentEnds: now.AddDate(0, 0, 5)},
			say.State{"Consent ends in 5 days", say.Warning},
			"Consent ends in 5 days",
		},
		{
			"consent ended",
			core.Item{Status: core.Connected, Sync: synced, ConsentEnds: now.Add(-time.Hour)},
			say.State{"Consent has ended", say.Warning},
			"Consent has ended",
		},
		{"consent later", core.Item{Status: core.Connected, Sync: synced, ConsentEnds: now.AddDate(0, 2, 0)}, say.State{"Connected", say.Good}, ""},
		{"offline", core.Item{Status: core.Connected, Sync: failed(fault.Network)}, say.State{"Couldn’t connect", say.Warning}, ""},
		{"stopped", core.Item{Status: core.Connected, Sync: failed(fault.Canceled)}, say.State{"Connected", say.Good}, ""},
		{"bank site", core.Item{Status: core.Connected, Sync: failed(fault.BankSite)}, say.State{"See your bank’s site", say.Warning}, "Wants something done on its own site"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := say.BankState(tt.item, now); got != tt.want {
				t.Errorf("state %+v, want %+v", got, tt.want)
			}
			if got := say.Attention(tt.item, now); got != tt.need {
				t.Errorf("attention %q, want %q", got, tt.need)
			}
		})
	}
}

func TestSyncWords(t *testing.T) {
	success, try := say.SyncTimes(core.SyncState{LastSuccess: now.AddDate(0, 0, -4), LastTry: now.Add(-2 * time.Minute)}, now)
	never, none := say.SyncTimes(core.SyncState{}, now)
	for _, tt := range []struct{ got, want string }{
		{success, "Synced Nov 14"},
		{try, "Last try 2 min ago"},
		{never, "Never synced"},
		{none, ""},
		{say.Syncing(event.SyncProgress{Rows: 1240}), "Syncing 1,240 transactions…"},
		{say.Syncing(event.SyncProgress{}), "Syncing…"},
		{say.SyncedAgo(now.Add(-2*time.Minute), now), "Synced 2 min ago"},
		{say.SyncedAgo(time.Time{}, now), "Not synced yet"},
		{say.SyncingBanks(2, 4), "Syncing 2 of 4 banks…"},
		{say.SyncingBanks(1, 1), "Syncing…"},
		{say.Offline(now.Add(-2*time.Hour), now), "Offline, data from 7:43 AM"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestNewPassphrase(t *testing.T) {
	for _, c := range []struct{ first, again, wrong, differs string }{
		{"", "", "Choose a passphrase", ""},
		{"ninechars", "", "1 more character, please", ""},
		{"tencharact", "", "", "Type it once more"},
		{"tencharact", "tencharacT", "", "The two are not the same"},
		{"tencharact", "tencharact", "", ""},
	} {
		if wrong, differs := say.NewPassphrase(c.first, c.again); wrong != c.wrong || differs != c.differs {
			t.Errorf("%q, %q: %q, %q", c.first, c.again, wrong, differs)
		}
	}
}

func TestOnDayAndLockAfter(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 43, 0, 0, time.UTC)
	for want, at := range map[string]time.Time{
		"today at 9:30 AM":     now.Add(-13 * time.Minute),
		"yesterday at 9:30 AM": now.Add(-13*time.Minute - 24*time.Hour),
		"on Nov 16":            now.AddDate(0, 0, -9),
	} {
		if got := say.OnDay(at, now); got != want {
			t.Errorf("OnDay = %q, want %q", got, want)
		}
	}
	for want, d := range map[string]time.Duration{
		"Never": 0, "1 minute": time.Minute, "15 minutes": 15 * time.Minute, "1 hour": time.Hour, "90 minutes": 90 * time.Minute,
	} {
		if got := say.LockAfter(d); got != want {
			t.Errorf("LockAfter = %q, want %q", got, want)
		}
	}
}

package say_test

import (
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/fault"
	"bankbook/ui/say"
)

func TestEveryActionHasItsWords(t *testing.T) {
	seen := map[string]core.Action{}
	for _, a := range core.Actions() {
		words := say.Did(a)
		if words == "" || words == say.Sentence(string(a)) {
			t.Errorf("%s has no words", a)
		}
		if before, ok := seen[words]; ok {
			t.Errorf("%s and %s are both %q", a, before, words)
		}
		seen[words] = a
	}
	for _, o := range activity.Outcomes() {
		if say.OutcomeName(o) == say.OutcomeName("") {
			t.Errorf("%s has no words", o)
		}
	}
}

func TestEntriesOfTheLog(t *testing.T) {
	failed := func(k fault.Kind) core.Trouble { return core.Trouble{Kind: k} }
	for _, tt := range []struct {
		a       core.Activity
		what    string
		outcome say.State
	}{
		{core.Activity{Action: core.SyncedBank, Subject: "Bank", Count: core.SyncCount{Added: 6}}, "Bank, 6 new transactions", say.State{"Done", say.Good}},
		{core.Activity{Action: core.SyncedBank, Subject: "Bank", Count: core.SyncCount{Added: 1, Modified: 2, Removed: 1234}}, "Bank, 1 new transaction, 2 changed, 1,234 removed", say.State{"Done", say.Good}},
		{core.Activity{Action: core.SyncedBank, Subject: "Bank"}, "Bank, nothing new", say.State{"Done", say.Good}},
		{core.Activity{Action: core.SyncedBank, Subject: "Bank", Trouble: failed(fault.SignIn)}, "Bank", say.State{"Sign-in needed", say.Bad}},
		{core.Activity{Action: core.SyncedBank, Subject: "Bank", Trouble: failed(fault.Network)}, "Bank", say.State{"Couldn’t connect", say.Bad}},
		{core.Activity{Action: core.SyncedBank, Subject: "Bank", Count: core.SyncCount{Added: 3}, Trouble: failed(fault.Canceled)}, "Bank, 3 new transactions", say.State{"Stopped", say.Neutral}},
		{core.Activity{Action: core.LinkedBank, Subject: "Bank", N: 1}, "Bank, 1 account", say.State{"Done", say.Good}},
		{core.Activity{Action: core.ExportedRows, Subject: say.SubjectTransactionsCSV, N: 847}, "Transactions, CSV, 847 rows", say.State{"Done", say.Good}},
		{core.Activity{Action: core.ExportedRows, Subject: say.SubjectTransactionsCSV, Trouble: failed(fault.DiskFull)}, "Transactions, CSV", say.State{"Failed", say.Bad}},
		{core.Activity{Action: core.BackedUp, Subject: "b.age", N: 48_100_000}, "b.age, 48.1 MB", say.State{"Done", say.Good}},
		{core.Activity{Action: core.RefusedKey, N: 3}, "3 times", say.State{"Refused", say.Warning}},
		{core.Activity{Action: core.RefusedKey, N: 1}, "Once", say.State{"Refused", say.Warning}},
		{core.Activity{Action: core.ChangedProtector, Subject: say.SubjectNewPassphrase, Trouble: failed(fault.Passphrase)}, "New passphrase", say.State{"Refused", say.Warning}},
		{core.Activity{Action: core.RotatedVault}, "—", say.State{"Done", say.Good}},
	} {
		if got := say.DidWhat(tt.a); got != tt.what {
			t.Errorf("what: %q, want %q", got, tt.what)
		}
		if got := say.Outcome(tt.a); got != tt.outcome {
			t.Errorf("%s: outcome %+v, want %+v", tt.what, got, tt.outcome)
		}
	}
}

func TestDayHeads(t *testing.T) {
	today := core.NewDate(2026, 11, 18)
	for _, tt := range []struct{ got, want string }{
		{say.DayHead(today, today), "Today, Nov 18"},
		{say.DayHead(today-1, today), "Yesterday, Nov 17"},
		{say.DayHead(today-2, today), "Nov 16"},
		{say.DayHead(core.NewDate(2025, 12, 31), today), "Dec 31, 2025"},
		{say.ActivityAt(time.Date(2026, 11, 18, 9, 41, 0, 0, time.UTC)), "Nov 18, 2026, 9:41 AM"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

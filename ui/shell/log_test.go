package shell_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/say"
	"bankbook/ui/screen/activity"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// entries is the log of a few days, the last one first.
func entries() []core.Activity {
	ago := func(days, hour, minute int) time.Time {
		return time.Date(2026, 11, 18-days, hour, minute, 0, 0, zone)
	}
	list := []core.Activity{
		{At: ago(0, 9, 41), Profile: "juniper", Action: core.SyncedBank, Item: "platypus", Subject: "First Platypus Bank", Count: core.SyncCount{Added: 6}, RequestID: "45QSn0v7hXz2k1L"},
		{At: ago(0, 9, 41), Profile: "juniper", Action: core.SyncedBank, Item: "gingham", Subject: "First Gingham Credit Union", Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED"}, RequestID: "Wd7KfR1sXu9eNqB"},
		{At: ago(0, 9, 40), Profile: "juniper", Action: core.LinkedBank, Item: "houndstooth", Subject: "Houndstooth Bank", N: 1, RequestID: "rQ1wEt4yUi7oPaS"},
		{At: ago(0, 9, 32), Action: core.ExportedRows, Subject: say.SubjectTransactionsCSV, N: 847},
		{At: ago(0, 9, 30), Action: core.CheckedVault, Subject: "vault.db"},
		{At: ago(0, 9, 29), Action: core.Unlocked, Subject: say.SubjectByPassphrase},
		{At: ago(1, 17, 12), Profile: "juniper", Action: core.SyncedBank, Item: "tartan", Subject: "Tartan Bank"},
		{At: ago(1, 17, 10), Profile: "juniper", Action: core.RevealedNumbers, Subject: "Payroll ••7890"},
		{At: ago(1, 17, 9), Action: core.RefusedKey, N: 3},
		{At: ago(2, 20, 2), Action: core.BackedUp, Subject: "bankbook-backup-2026-11-16.age", N: 48_100_000},
		{At: ago(2, 19, 55), Profile: "juniper", Action: core.RemovedBank, Subject: "Tattersall Federal Credit Union", RequestID: "cF4gVb7nMq1zLpX"},
		{At: ago(2, 19, 38), Action: core.ChangedProtector, Subject: say.SubjectNewPassphrase},
	}
	for i := range 300 {
		list = append(list, core.Activity{
			At: ago(3, 18, 0).Add(-time.Duration(i) * 37 * time.Minute), Profile: "juniper", Action: core.SyncedBank, Item: "platypus",
			Subject: "First Platypus Bank", Count: core.SyncCount{Added: 1 + i%7}, RequestID: "Zr5tHy3bNmK0pQw", Auto: true,
		})
	}
	for i := range list {
		list[i].Seq = uint64(len(list) - i)
	}
	return list
}

// Activity implements activity.Source.
func (b *bakery) Activity(before uint64, fn func(core.Activity) bool) error {
	b.mu.Lock()
	list := slices.Clone(b.log)
	b.mu.Unlock()
	for _, a := range list {
		if before > 0 && a.Seq >= before {
			continue
		}
		if !fn(a) {
			return nil
		}
	}
	return b.err
}

func (b *bakery) ExportActivity(_ context.Context, o activity.Order) (int, error) {
	b.say("export " + o.Path)
	return 318, nil
}

func atActivity(b *bench) {
	b.bakery.log = entries()
	b.ready(core.Practice)
	b.Go(shell.Activity{})
	b.settle()
}

func activityStops() []stop {
	return []stop{
		{"activity", atActivity},
		{"activity-failed-entry", func(b *bench) { atActivity(b); b.tap("First Gingham Credit Union") }},
		{"activity-nothing", func(b *bench) {
			atActivity(b)
			field := "Search action, object, request ID"
			if !uitest.Shows(b.canvas(), field) {
				field = "Search" // in a small window
			}
			uitest.Type(b.t, b.canvas(), field, "no such thing")
			b.queue.Advance(time.Second)
			b.settle()
		}},
		{"activity-empty", func(b *bench) { b.ready(core.Practice); b.Go(shell.Activity{}); b.settle() }},
		{"activity-bank", func(b *bench) {
			b.bakery.log = entries()
			b.ready(core.Practice)
			b.Go(shell.Banks{})
			b.settle()
			b.tap("More for First Platypus Bank")
			b.tap("History of syncs…")
		}},
		{"activity-export", func(b *bench) { atActivity(b); b.tap("Export"); b.tap("CSV…") }},
	}
}

func TestActivityShowsTheHistoryOfABank(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	atActivity(b)
	b.shows("Today, Nov 18", "Yesterday, Nov 17", "First Platypus Bank, 6 new transactions", "Sign-in needed", "Wrong passphrase", "Refused")
	b.Go(shell.Banks{})
	b.settle()
	b.tap("More for First Gingham Credit Union")
	b.tap("History of syncs…")
	b.shows("1 entry", "Wd7KfR1sXu9eNqB", "All time")
	b.tap("Wd7KfR1sXu9eNqB")
	b.shows("Request ID copied")
	b.hides("First Platypus Bank, 6 new transactions")
}

func TestAGapInTheLogIsTold(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.bakery.bus.Publish(event.ActivityLost{Err: fault.New("vault: add activity", fault.DiskFull, nil)})
	b.settle()
	b.shows("The activity log has a gap")
	b.tap("Show")
	b.shows("What you did was done, but it could not be written into the activity log.")
}

func TestActivityInTheSmallestWindow(t *testing.T) {
	b := newBench(t, fyne.NewSize(1080, 680), uitest.Light)
	atActivity(b)
	b.shows("Request ID", "Sign-in needed", "Export")
}

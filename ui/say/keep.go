package say

import (
	"time"

	"bankbook/core"
)

// OnDay returns an instant as it stands in a sentence: "today at 9:30 AM",
// "yesterday at 9:30 AM", "on Nov 16". Days are those of now's time zone.
func OnDay(t, now time.Time) string {
	t = t.In(now.Location())
	switch today, day := core.DateOf(now), core.DateOf(t); day {
	case today:
		return "today at " + TimeOfDay(t)
	case today.AddDays(-1):
		return "yesterday at " + TimeOfDay(t)
	default:
		return "on " + Day(day, today)
	}
}

// Contents counts what a vault holds: "2 profiles, 18 accounts, 41,306
// transactions".
func Contents(profiles, accounts, rows int) string {
	return Count(profiles, ProfileNoun) + ", " + Count(accounts, Account) + ", " + Count(rows, Transaction)
}

// Snapshots tells how many there are, and how old the newest is.
func Snapshots(list []core.Snapshot, now time.Time) string {
	if len(list) == 0 {
		return "None yet. One is taken each day that Bankbook is open."
	}
	newest := list[0].Taken
	for _, s := range list {
		if s.Taken.After(newest) {
			newest = s.Taken
		}
	}
	return Count(len(list), SnapshotNoun) + ", the newest taken " + OnDay(newest, now)
}

// LockAfter returns a time without a hand at the keyboard: "15 minutes".
func LockAfter(d time.Duration) string {
	switch hours := d / time.Hour; {
	case d <= 0:
		return "Never"
	case d%time.Hour == 0:
		return Count(int(hours), HourNoun)
	}
	return Count(int(d/time.Minute), MinuteNoun)
}

// RolledBack tells that the data file is older than the one seen last.
func RolledBack(r core.RolledBack) Message {
	return Message{
		Title:    "Your data is an older state",
		Sentence: "The data file is older than when Bankbook had it open last: " + Count(int(r.Seen-r.Commit), Noun("change")) + " missing.",
		Hint:     "Somebody may have put back a copy of it. Sync to fetch what the banks still have; a newer copy may be in the data folder.",
	}
}

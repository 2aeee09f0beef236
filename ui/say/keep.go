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

// sinceMonth is from how many days on a date says more than a number of days.
const sinceMonth = 31

// since returns an instant by its age, within a sentence: "today at 9:30 AM",
// "yesterday at 9:30 AM", "3 days ago", and "on Oct 16" after a month.
func since(t, now time.Time) string {
	days := int(core.DateOf(now) - core.DateOf(t.In(now.Location())))
	if days < 2 || days >= sinceMonth {
		return OnDay(t, now)
	}
	return Count(days, DayNoun) + " ago"
}

// LastCheck tells when the data was found whole.
func LastCheck(t, now time.Time) string { return "Checked " + since(t, now) }

// LastBackup tells when the data was backed up, or what a backup is for if it
// never was; wanted says that there is something to lose.
func LastBackup(t, now time.Time, wanted bool) string {
	switch {
	case !t.IsZero():
		return "Last backup " + since(t, now)
	case wanted:
		return "No backup yet. One brings everything back if this computer is lost."
	}
	return "One file with everything, sealed under a passphrase of its own."
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

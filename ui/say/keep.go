package say

import (
	"strconv"
	"time"

	"bankbook/core"
)

// Bytes returns a size as "48.2 MB", in steps of a thousand as file managers
// count.
func Bytes(n int64) string {
	const step = 1000
	if n < step {
		return strconv.FormatInt(n, 10) + " bytes"
	}
	size, unit := float64(n), ""
	for _, unit = range []string{"kB", "MB", "GB", "TB"} {
		if size /= step; size < step-0.05 {
			break
		}
	}
	return strconv.FormatFloat(size, 'f', 1, 64) + " " + unit
}

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

// Recovery tells what has become of damaged data, and what is lost since when.
func Recovery(r core.Recovery, now time.Time) string {
	const kept = " The damaged file is kept beside it."
	switch r.From {
	case "":
		return "Your data is whole. Nothing had to be changed."
	case core.FromItself:
		return "Your data is whole again, and nothing is lost." + kept
	case core.FromLastCommit:
		return "Your data is back as it was before the very last change." + since(r, now) +
			" The next sync fetches what it missed of your banks." + kept
	case core.FromSnapshot:
		return "Your data is back from a copy." + since(r, now) +
			" The next sync fetches what it missed of your banks; notes and changes of your own since then have to be made again." + kept
	case core.FromSalvage:
		return "Your banks and accounts could be saved, and their transactions are fetched again at the next sync. What the banks no longer hand out, and your own notes, are lost." + kept
	}
	return ""
}

func since(r core.Recovery, now time.Time) string {
	if r.Since.IsZero() {
		return ""
	}
	return " What Bankbook saved after " + moment(r.Since, now) + " is lost here."
}

// moment is OnDay for behind a preposition.
func moment(t, now time.Time) string {
	t = t.In(now.Location())
	today, day := core.DateOf(now), core.DateOf(t)
	if day == today {
		return TimeOfDay(t) + " today"
	}
	return Day(day, today) + ", " + TimeOfDay(t)
}

// RolledBack tells that the data file is older than the one seen last.
func RolledBack(r core.RolledBack) Message {
	return Message{
		Title:    "Your data is an older state",
		Sentence: "The data file is older than when Bankbook had it open last: " + Count(int(r.Seen-r.Commit), Noun("change")) + " missing.",
		Hint:     "Somebody may have put back a copy of it. Sync to fetch what the banks still have; a newer copy may be in the data folder.",
	}
}

package say

import (
	"strings"
	"time"
	"unicode"

	"bankbook/core/notice"
	"bankbook/core/schedule"
)

// Every returns how often banks are synced: "Never", "Every 6 hours", "Once a day".
func Every(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == 0:
		return "Never"
	case d == time.Hour:
		return "Every hour"
	case d == day:
		return "Once a day"
	case d%day == 0:
		return "Every " + Count(int(d/day), DayNoun)
	case d%time.Hour == 0:
		return "Every " + Count(int(d/time.Hour), HourNoun)
	}
	return "Every " + Number(int(d/time.Minute)) + " min"
}

// Outlook returns when banks are synced next, or why not: "Next sync in 3 h".
func Outlook(o schedule.Outlook, now time.Time) string {
	switch {
	case o.Plan.Every == 0:
		return "Banks are synced when you ask for it."
	case o.Sync.IsZero():
		return "There is no bank to sync."
	case o.Quiet == schedule.ForBattery:
		return "Waits until the computer is plugged in."
	case o.Quiet == schedule.ForMetered:
		return "Waits for a network that isn’t metered."
	}
	return "Next sync " + In(o.Sync, now) + "."
}

// In returns how long it is until an instant: "in 25 min", "in 3 h", "in 2 days".
// What is past comes now.
func In(at, now time.Time) string {
	switch left := at.Sub(now); {
	case left < time.Minute:
		return "now"
	case left < time.Hour:
		return "in " + Number(int(left/time.Minute)) + " min"
	case left < 48*time.Hour:
		return "in " + Number(int((left+30*time.Minute)/time.Hour)) + " h"
	default:
		return "in " + Count(int((left+12*time.Hour)/(24*time.Hour)), DayNoun)
	}
}

// Deed returns what Bankbook does for a bank by itself.
func Deed(d schedule.Deed) string {
	switch d {
	case schedule.Sync:
		return "Sync"
	case schedule.Check:
		return "Ask whether it works again"
	}
	return NoValue
}

// Notice returns the title and the text of a notification about banks that wait for
// the person. Both can be seen on a locked screen, so a bank's name is all they tell.
func Notice(news []notice.News, now time.Time) (title, text string) {
	if len(news) == 1 {
		i := news[0].Item
		return harmless(BankName(i.Institution)), Attention(i, now)
	}
	return Count(len(news), Bank) + " need you", "Open Bankbook to see what to do."
}

// harmless returns a name with nothing but letters, digits and the marks that names
// have. It comes from outside, and what shows notifications can take what it is given
// for markup, or for a program: on Windows it is a text of PowerShell.
func harmless(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.L, unicode.M, unicode.N), strings.ContainsRune(" .,-+&()/’", r):
			return r
		case r == '\'':
			return '’'
		}
		return -1
	}, name)
	if name = strings.Join(strings.Fields(name), " "); name != "" {
		return name
	}
	return "A bank"
}

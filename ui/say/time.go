package say

import (
	"fmt"
	"strconv"
	"time"

	"bankbook/core"
)

// Day returns a date as "Nov 18", or "Nov 18, 2024" if its year is not that of
// today. No date gives a dash.
func Day(d, today core.Date) string {
	if d.IsZero() {
		return NoValue
	}
	if t := d.Time(); t.Year() != today.Time().Year() {
		return t.Format("Jan 2, 2006")
	}
	return d.Time().Format("Jan 2")
}

// FullDay returns a date as "Nov 18, 2026", for a place where it stands alone.
func FullDay(d core.Date) string {
	if d.IsZero() {
		return NoValue
	}
	return d.Time().Format("Jan 2, 2006")
}

// Month returns a month as "Nov", for the axis of a chart.
func Month(m core.Month) string { return m.First().Time().Format("Jan") }

// MonthAndYear returns a month as "November 2026".
func MonthAndYear(m core.Month) string { return m.First().Time().Format("January 2006") }

// Ago returns an instant as it looks at now: "just now", "2 min ago", the time
// "9:41 AM" on the same day, and the date before that. Days are those of now's
// time zone. No instant gives "never".
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	t = t.In(now.Location())
	today, day := core.DateOf(now), core.DateOf(t)
	switch age := now.Sub(t); {
	case age < time.Minute && age > -time.Minute:
		return "just now"
	case age > 0 && age < time.Hour:
		return strconv.Itoa(int(age/time.Minute)) + " min ago"
	case day == today:
		return TimeOfDay(t)
	case day == today.AddDays(-1):
		return "yesterday, " + TimeOfDay(t)
	}
	return Day(day, today)
}

// TimeOfDay returns the time that t shows in its own location: "9:41 AM".
func TimeOfDay(t time.Time) string { return t.Format("3:04 PM") }

// Elapsed returns how long something has been going on: "20 s", "2 min 5 s".
func Elapsed(d time.Duration) string {
	s := int(d / time.Second)
	switch {
	case s < 0:
		return "0 s"
	case s < 60:
		return strconv.Itoa(s) + " s"
	case s < 3600:
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	}
	return fmt.Sprintf("%d h %d min", s/3600, s/60%60)
}

// Countdown returns the time that is left as "28:41", or "1:05:00" from an hour
// on. It never goes below "0:00".
func Countdown(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	if s < 0 {
		s = 0
	}
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// InDays returns when a day in the future comes: "today", "tomorrow",
// "in 5 days".
func InDays(d, today core.Date) string {
	switch n := int(d - today); {
	case n <= 0:
		return "today"
	case n == 1:
		return "tomorrow"
	default:
		return "in " + Count(n, DayNoun)
	}
}

// History returns a depth of history in months where it is whole months of
// thirty days, and otherwise in days: "24 months".
func History(days int) string {
	switch {
	case days >= 725:
		return "24 months"
	case days >= 360 && days <= 366:
		return "12 months"
	case days > 0 && days%30 == 0:
		return Count(days/30, MonthNoun)
	}
	return Count(days, DayNoun)
}

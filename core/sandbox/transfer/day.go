package transfer

import "time"

// Day is a day of the calendar in New York, where the Federal Reserve's banking
// days are counted: the number of days since 1970.
type Day int

const dayLength = 24 * time.Hour

// DayOf returns the day on which an instant falls.
func DayOf(t time.Time) Day {
	local := t.Add(offset(t))
	return dayAt(local.Year(), local.Month(), local.Day())
}

func dayAt(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / int64(dayLength/time.Second))
}

// ParseDay reads a day written as 2006-01-02.
func ParseDay(s string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return dayAt(t.Year(), t.Month(), t.Day()), err == nil
}

func (d Day) date() time.Time { return time.Unix(0, 0).UTC().AddDate(0, 0, int(d)) }

// String writes the day as 2006-01-02.
func (d Day) String() string { return d.date().Format(time.DateOnly) }

// At returns the instant of a time of day in New York.
func (d Day) At(hour, minute int) time.Time {
	t := d.date().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	if u := t.Add(-summer); offset(u) == summer {
		return u
	}
	return t.Add(-winter)
}

// What New York's clocks are ahead of UTC.
const (
	winter = -5 * time.Hour
	summer = -4 * time.Hour
)

// offset returns what New York's clocks are ahead of UTC: summer time runs from
// the second Sunday of March to the first of November, since 2007.
func offset(t time.Time) time.Duration {
	year := t.UTC().Year()
	from := nth(year, time.March, time.Sunday, 2).date().Add(2*time.Hour - winter)
	to := nth(year, time.November, time.Sunday, 1).date().Add(2*time.Hour - summer)
	if !t.Before(from) && t.Before(to) {
		return summer
	}
	return winter
}

// nth returns the n-th of a weekday in a month.
func nth(year int, month time.Month, weekday time.Weekday, n int) Day {
	first := dayAt(year, month, 1)
	return first + Day((7+int(weekday)-int(first.weekday()))%7+7*(n-1))
}

func (d Day) weekday() time.Weekday { return d.date().Weekday() }

// Banking reports whether d is a banking day: no weekend, no holiday of the
// Federal Reserve.
func (d Day) Banking() bool {
	w := d.weekday()
	if w == time.Saturday || w == time.Sunday {
		return false
	}
	return !d.holiday() && !(w == time.Monday && (d - 1).fixedHoliday())
}

// holiday reports whether d is one of the Federal Reserve's holidays. One that
// falls on a Sunday is kept on the Monday, one on a Saturday not at all.
func (d Day) holiday() bool {
	t := d.date()
	week := (t.Day() - 1) / 7
	switch t.Month() {
	case time.January, time.February:
		return d.fixedHoliday() || t.Weekday() == time.Monday && week == 2
	case time.May:
		return t.Weekday() == time.Monday && t.Day() > 24
	case time.September:
		return t.Weekday() == time.Monday && week == 0
	case time.October:
		return t.Weekday() == time.Monday && week == 1
	case time.November:
		return d.fixedHoliday() || t.Weekday() == time.Thursday && week == 3
	}
	return d.fixedHoliday()
}

// fixedHoliday reports whether d is a holiday that has its date.
func (d Day) fixedHoliday() bool {
	switch t := d.date(); t.Format("01-02") {
	case "01-01", "07-04", "11-11", "12-25":
		return true
	case "06-19":
		return t.Year() >= 2022
	}
	return false
}

// Open returns d, or the next banking day if it is none.
func (d Day) Open() Day {
	for !d.Banking() {
		d++
	}
	return d
}

// Later returns the n-th banking day after d.
func (d Day) Later(n int) Day {
	for range n {
		d = (d + 1).Open()
	}
	return d
}

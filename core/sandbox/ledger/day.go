package ledger

import "time"

// Day is a civil day, counted from 1 January 1970. The practice bank lives in
// UTC.
type Day int

const hoursPerDay = 24

// DayOf returns the day that t falls in.
func DayOf(t time.Time) Day {
	secs := t.Unix()
	day := secs / (hoursPerDay * 3600)
	if secs%(hoursPerDay*3600) < 0 {
		day--
	}
	return Day(day)
}

// At returns the instant so many minutes after the day's midnight.
func (d Day) At(minutes int) time.Time {
	return time.Unix(int64(d)*hoursPerDay*3600+int64(minutes)*60, 0).UTC()
}

// String returns the day as Plaid writes it: 2006-01-02.
func (d Day) String() string { return d.At(0).Format(time.DateOnly) }

func (d Day) weekday() time.Weekday { return d.At(0).Weekday() }

// banking returns d, or the Monday after it if d is on a weekend.
func (d Day) banking() Day {
	switch d.weekday() {
	case time.Saturday:
		return d + 2
	case time.Sunday:
		return d + 1
	}
	return d
}

// month is a calendar month, counted from January of the year 0.
type month int

func (d Day) month() month {
	t := d.At(0)
	return month(t.Year()*12 + int(t.Month()) - 1)
}

func (m month) year() int            { return int(m) / 12 }
func (m month) calendar() time.Month { return time.Month(int(m)%12 + 1) }

// day returns the n-th day of the month, or the last if it has fewer.
func (m month) day(n int) Day {
	first := DayOf(time.Date(m.year(), m.calendar(), 1, 0, 0, 0, 0, time.UTC))
	next := DayOf(time.Date(m.year(), m.calendar()+1, 1, 0, 0, 0, 0, time.UTC))
	return min(first+Day(n)-1, next-1)
}

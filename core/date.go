package core

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted in days from 0001-01-01. The zero Date means
// "no date", as the zero time.Time does.
type Date int32

// Month is a calendar month: twelve times the year, plus the month less one.
type Month int32

const secondsPerDay = 24 * 60 * 60

// dateEpoch is 0001-01-01 in Unix seconds.
var dateEpoch = time.Time{}.Unix()

// NewDate returns the given day. Days past a month's end carry over, as in
// time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() - dateEpoch) / secondsPerDay)
}

// DateOf returns the day that t shows in its own location.
func DateOf(t time.Time) Date {
	return NewDate(t.Date())
}

// ParseDate reads a day written as 2006-01-02, the form Plaid uses.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("parse date: %w", err)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == 0 }

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Unix(int64(d)*secondsPerDay+dateEpoch, 0).UTC()
}

// AddDays returns the day n days later (earlier if n is negative).
func (d Date) AddDays(n int) Date { return d + Date(n) }

// Month returns the month the day lies in.
func (d Date) Month() Month {
	y, m, _ := d.Time().Date()
	return NewMonth(y, m)
}

// String returns the day as 2006-01-02, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// NewMonth returns the given month.
func NewMonth(year int, month time.Month) Month { return Month(year*12 + int(month) - 1) }

// First returns the first day of the month.
func (m Month) First() Date { return NewDate(int(m)/12, time.Month(int(m)%12+1), 1) }

// Last returns the last day of the month.
func (m Month) Last() Date { return (m + 1).First().AddDays(-1) }

// String returns the month as 2006-01.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

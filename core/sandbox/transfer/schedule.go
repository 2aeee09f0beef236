package transfer

import (
	"time"

	"bankbook/core/sandbox/wire"
)

// Schedule says on which days a recurring transfer is made.
type Schedule struct {
	// Unit is "week" or "month", Count how many of them lie between two transfers.
	Unit  string `json:"unit"`
	Count int    `json:"count"`
	// Day is the day of the week, 1 for Monday to 5, or of the month, 1 to 28, or
	// -1 to -5 from its end.
	Day   int `json:"day"`
	Start Day `json:"start"`
	// End is the last day, or 0 for none.
	End Day `json:"end,omitempty"`
}

func (s Schedule) check() error {
	switch {
	case s.Count < 1:
		return wire.Field("schedule.interval_count", "must be a positive integer")
	case s.Unit == "week" && (s.Day < 1 || s.Day > 5):
		return wire.Field("schedule.interval_execution_day", "must be an integer from 1 to 5 for a weekly schedule")
	case s.Unit == "month" && (s.Day < -5 || s.Day > 28 || s.Day == 0):
		return wire.Field("schedule.interval_execution_day", "must be an integer from 1 to 28 or from -5 to -1 for a monthly schedule")
	case s.Unit != "week" && s.Unit != "month":
		return wire.Field("schedule.interval_unit", "must be week or month")
	case s.End != 0 && s.End < s.Start:
		return wire.Field("schedule.end_date", "must not be before schedule.start_date")
	}
	return nil
}

// nominal returns the n-th day of the schedule, from 0, before weekends and
// holidays are looked at.
func (s Schedule) nominal(n int) Day {
	if s.Unit == "week" {
		first := s.Start + Day((7+s.Day-int(s.Start.weekday()))%7)
		return first + Day(7*s.Count*n)
	}
	month := 0
	if s.inMonth(0) < s.Start {
		month = 1
	}
	return s.inMonth(month + s.Count*n)
}

// inMonth returns the schedule's day in the n-th month after that of its start.
func (s Schedule) inMonth(n int) Day {
	start := s.Start.date()
	if s.Day > 0 {
		return dayAt(start.Year(), start.Month()+time.Month(n), s.Day)
	}
	return dayAt(start.Year(), start.Month()+time.Month(n+1), 1) + Day(s.Day)
}

// day returns the n-th day on which a transfer is made: a banking day. It is 0
// when the schedule has ended.
func (s Schedule) day(n int) Day {
	d := s.nominal(n).Open()
	if s.End != 0 && d > s.End {
		return 0
	}
	return d
}

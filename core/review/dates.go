package review

import (
	"slices"
	"time"

	"bankbook/core"
)

// Dates are a range of days, both included; a zero Date leaves that side open.
// A Preset is one more condition, which moves with the present day.
type Dates struct {
	Preset   Preset
	From, To core.Date
}

// Preset is a range of days that is told from the present day.
type Preset string

// The presets. Weeks begin on Monday.
const (
	Today       Preset = "today"
	Yesterday   Preset = "yesterday"
	ThisWeek    Preset = "this-week"
	LastWeek    Preset = "last-week"
	ThisMonth   Preset = "this-month"
	LastMonth   Preset = "last-month"
	ThisYear    Preset = "this-year"
	LastYear    Preset = "last-year"
	Last7Days   Preset = "last-7-days"
	Last30Days  Preset = "last-30-days"
	Last90Days  Preset = "last-90-days"
	Last365Days Preset = "last-365-days"
)

// Presets lists all presets, the shortest first.
func Presets() []Preset {
	return []Preset{
		Today, Yesterday, ThisWeek, LastWeek, Last7Days, Last30Days, ThisMonth, LastMonth, Last90Days, ThisYear, LastYear, Last365Days,
	}
}

// isPreset reports whether a text names one of the presets.
func isPreset(s string) bool { return slices.Contains(Presets(), Preset(s)) }

// Range returns the first and the last day of a preset.
func (p Preset) Range(today core.Date) (from, to core.Date) {
	month := today.Month()
	year := today.Time().Year()
	switch p {
	case Today:
		return today, today
	case Yesterday:
		return today.AddDays(-1), today.AddDays(-1)
	case ThisWeek:
		return Monday(today), Monday(today).AddDays(6)
	case LastWeek:
		return Monday(today).AddDays(-7), Monday(today).AddDays(-1)
	case ThisMonth:
		return month.First(), month.Last()
	case LastMonth:
		return (month - 1).First(), (month - 1).Last()
	case ThisYear:
		return yearRange(year)
	case LastYear:
		return yearRange(year - 1)
	}
	days := map[Preset]int{Last7Days: 7, Last30Days: 30, Last90Days: 90, Last365Days: 365}[p]
	return today.AddDays(1 - days), today
}

func yearRange(year int) (from, to core.Date) {
	return core.NewDate(year, time.January, 1), core.NewDate(year, time.December, 31)
}

// Monday returns the first day of the week (ISO 8601) that a day lies in.
func Monday(d core.Date) core.Date {
	// Day 0, 0001-01-01, was a Monday.
	return d - (d%7+7)%7
}

// with returns both ranges' common days; a later preset takes the place of one
// before.
func (d Dates) with(more Dates) Dates {
	if more.Preset != "" {
		d.Preset = more.Preset
	}
	d.From, d.To = later(d.From, more.From), earlier(d.To, more.To)
	return d
}

// later returns the later of two first days, zero being none.
func later(a, b core.Date) core.Date {
	if a.IsZero() || !b.IsZero() && b > a {
		return b
	}
	return a
}

// earlier returns the earlier of two last days, zero being none.
func earlier(a, b core.Date) core.Date {
	if a.IsZero() || !b.IsZero() && b < a {
		return b
	}
	return a
}

// span returns the first and the last day asked for; without a limit they lie
// beyond every date.
func (d Dates) span(today core.Date) (from, to core.Date) {
	const first, last = -1 << 31, 1<<31 - 1
	from, to = first, last
	if d.Preset != "" {
		from, to = d.Preset.Range(today)
	}
	if !d.From.IsZero() {
		from = max(from, d.From)
	}
	if !d.To.IsZero() {
		to = min(to, d.To)
	}
	return from, to
}

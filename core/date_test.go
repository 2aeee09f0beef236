package core_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core"
)

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2026-02-28", "2024-02-29", "1970-01-01", "1969-12-31", "9999-12-31", "0001-01-02"} {
		d, err := core.ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("%s reads as %q, %v", s, d, err)
		}
	}
	for _, s := range []string{
		"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "01/02/2026", "2026-02-28T00:00:00Z", " 2026-02-28", "26-02-28", "today",
	} {
		if d, err := core.ParseDate(s); err == nil || d != 0 {
			t.Errorf("%q reads as %q, %v", s, d, err)
		}
	}
}

func TestZeroDate(t *testing.T) {
	var zero core.Date
	if !zero.IsZero() || zero.String() != "" || !zero.Time().IsZero() {
		t.Errorf("the zero date shows as %q, %v", zero, zero.Time())
	}
	if core.NewDate(1, time.January, 1) != zero || core.DateOf(time.Time{}) != zero {
		t.Error("0001-01-01 is not the zero date")
	}
}

func anyTime(t *rapid.T) time.Time {
	first, last := time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	return time.Unix(rapid.Int64Range(first.Unix(), last.Unix()).Draw(t, "seconds"), 0).UTC()
}

// A Date tells the same as a time.Time of the day at midnight.
func TestDateAgainstTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		instant := anyTime(t)
		d := core.DateOf(instant)
		midnight := time.Date(instant.Year(), instant.Month(), instant.Day(), 0, 0, 0, 0, time.UTC)
		if !d.Time().Equal(midnight) || d.Time().Location() != time.UTC {
			t.Fatalf("%v gives %v", instant, d.Time())
		}
		if got := d.String(); got != instant.Format(time.DateOnly) {
			t.Fatalf("%v shows as %s", instant, got)
		}
		if again, err := core.ParseDate(d.String()); err != nil || again != d {
			t.Fatalf("%s reads as %v, %v", d, again, err)
		}
		n := rapid.IntRange(-4000, 4000).Draw(t, "days")
		if later := midnight.AddDate(0, 0, n); later.Year() >= 1 && !d.AddDays(n).Time().Equal(later) {
			t.Fatalf("%s and %d days is %s", d, n, d.AddDays(n))
		}
	})
}

// The day is the one that the clock on the wall shows.
func TestDateOfHeedsLocation(t *testing.T) {
	for offset, want := range map[int]string{-5: "2026-02-28", 0: "2026-03-01", 9: "2026-03-01"} {
		zone := time.FixedZone("zone", offset*3600)
		instant := time.Date(2026, 3, 1, 2, 30, 0, 0, time.UTC).In(zone)
		if got := core.DateOf(instant).String(); got != want {
			t.Errorf("at UTC%+d it is %s, want %s", offset, got, want)
		}
	}
}

func TestNewDateCarriesOver(t *testing.T) {
	if got := core.NewDate(2026, time.January, 32).String(); got != "2026-02-01" {
		t.Errorf("32 January is %s", got)
	}
}

func TestMonthAgainstTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		instant := anyTime(t)
		d := core.DateOf(instant)
		m := d.Month()
		if m != core.NewMonth(instant.Year(), instant.Month()) || m.String() != instant.Format("2006-01") {
			t.Fatalf("%s lies in %s", d, m)
		}
		if m.First() > d || m.Last() < d || m.First().Month() != m || m.Last().Month() != m {
			t.Fatalf("%s is not in %s to %s", d, m.First(), m.Last())
		}
		if (m + 1).First() != m.Last().AddDays(1) {
			t.Fatalf("%s does not follow %s", m+1, m)
		}
	})
}

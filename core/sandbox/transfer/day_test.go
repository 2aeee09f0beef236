package transfer

import (
	"testing"
	"time"
)

func day(t *testing.T, s string) Day {
	t.Helper()
	d, ok := ParseDay(s)
	if !ok {
		t.Fatalf("%q is no day", s)
	}
	return d
}

// The holidays of the Federal Reserve, as it publishes them.
func TestBankingDaysAreTheFederalReserves(t *testing.T) {
	closed := map[string]bool{}
	for _, s := range []string{
		"2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25",
		"2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11", "2027-11-25",
	} {
		closed[s] = true
	}
	for d := day(t, "2026-01-01"); d <= day(t, "2027-12-31"); d++ {
		weekend := d.weekday() == time.Saturday || d.weekday() == time.Sunday
		if want := !weekend && !closed[d.String()]; d.Banking() != want {
			t.Errorf("%s: banking day %v, want %v", d, d.Banking(), want)
		}
	}
}

func TestDaysAreNewYorks(t *testing.T) {
	for at, want := range map[string]string{
		"2026-03-08T04:59:59Z": "2026-03-07", // winter time ends on the 8th
		"2026-03-08T05:00:00Z": "2026-03-08",
		"2026-03-09T03:59:59Z": "2026-03-08",
		"2026-03-09T04:00:00Z": "2026-03-09",
		"2026-11-01T03:59:59Z": "2026-10-31", // summer time ends on the 1st
		"2026-11-02T04:59:59Z": "2026-11-01",
		"2026-11-02T05:00:00Z": "2026-11-02",
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayOf(instant).String(); got != want {
			t.Errorf("%s is %s, want %s", at, got, want)
		}
	}
}

// The rule agrees with the time zone database, hour by hour.
func TestNewYorksClocks(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no time zone database")
	}
	for at := time.Date(2026, 1, 1, 0, 30, 0, 0, time.UTC); at.Year() < 2029; at = at.Add(time.Hour) {
		local := at.In(zone)
		if got := DayOf(at).String(); got != local.Format(time.DateOnly) {
			t.Fatalf("%v is %s", local, got)
		}
		if back := DayOf(at).At(local.Hour(), local.Minute()); !back.Equal(at) && local.Hour() > 2 {
			t.Fatalf("%v comes back as %v", local, back.In(zone))
		}
	}
}

func TestNetworksHaveTheirTimes(t *testing.T) {
	for name, c := range map[string]struct {
		network                          Network
		ready, posted, settled, released string
	}{
		"standard, on a Friday evening":     {ACH, "2026-11-20 20:29", "2026-11-20 20:30", "2026-11-23 09:00", "2026-11-27 15:00"},
		"standard, after the cutoff":        {ACH, "2026-11-20 20:30", "2026-11-23 20:30", "2026-11-24 09:00", "2026-11-30 15:00"},
		"same day, first window":            {SameDay, "2026-11-23 09:34", "2026-11-23 09:35", "2026-11-23 13:00", "2026-11-27 15:00"},
		"same day, second window":           {SameDay, "2026-11-23 09:35", "2026-11-23 13:50", "2026-11-23 17:00", "2026-11-27 15:00"},
		"same day, last window":             {SameDay, "2026-11-23 14:59", "2026-11-23 15:00", "2026-11-23 18:00", "2026-11-27 15:00"},
		"same day, on a holiday":            {SameDay, "2026-11-26 12:00", "2026-11-27 09:35", "2026-11-27 13:00", "2026-12-02 15:00"},
		"instantly, on a Sunday":            {RTP, "2026-11-22 12:00", "2026-11-22 12:00", "2026-11-22 12:00", ""},
		"by wire, in business hours":        {Wire, "2026-11-23 18:29", "2026-11-23 18:29", "2026-11-23 19:29", ""},
		"by wire, after them":               {Wire, "2026-11-25 18:30", "2026-11-27 09:00", "2026-11-27 10:00", ""},
		"standard, where summer time ends":  {ACH, "2026-10-30 12:00", "2026-10-30 20:30", "2026-11-02 09:00", "2026-11-05 15:00"},
		"standard, where summer time began": {ACH, "2026-03-06 12:00", "2026-03-06 20:30", "2026-03-09 09:00", "2026-03-12 15:00"},
	} {
		got := c.network.timetable(local(t, c.ready))
		if !got.posted.Equal(local(t, c.posted)) || !got.settled.Equal(local(t, c.settled)) || c.released != "" && !got.available.Equal(local(t, c.released)) {
			t.Errorf("%s: %v, want %s, %s, %s", name, got, c.posted, c.settled, c.released)
		}
	}
}

// local reads a time of New York.
func local(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return day(t, s[:10]).At(at.Hour(), at.Minute())
}

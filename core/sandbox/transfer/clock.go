package transfer

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// Clock is a test clock: a time of its own, which only the client moves.
type Clock struct {
	ID   string    `json:"id"`
	Time time.Time `json:"time"`
}

// What Plaid allows on one test clock (OpenAPI, test_clock/create and advance).
const (
	maxOnClock      = 5
	maxOriginations = 20
)

// CreateClock makes a test clock; the zero time stands for now.
func (d *Desk) CreateClock(at time.Time) *Clock {
	if at.IsZero() {
		at = d.Now
	}
	c := &Clock{ID: ident.NewUUID(), Time: at}
	d.Clocks = append(d.Clocks, c)
	return c
}

func (d *Desk) knowsClock(id string) error {
	if id != "" && d.Clock(id) == nil {
		return wire.Field("test_clock_id", "does not exist")
	}
	return nil
}

// AdvanceClock moves a test clock on, and lets happen what would have happened in
// that time.
func (d *Desk) AdvanceClock(id string, to time.Time) error {
	c := d.Clock(id)
	switch {
	case c == nil:
		return wire.Field("test_clock_id", "does not exist")
	case to.Before(c.Time):
		return wire.Field("new_virtual_time", "must not be before the virtual_time of the test clock")
	}
	for _, r := range d.Recurring {
		if r.Clock == id && r.originations(to) > maxOriginations {
			return wire.Field("new_virtual_time", fmt.Sprintf("would result in more than %d originations of a recurring transfer", maxOriginations))
		}
	}
	c.Time = to
	d.settle()
	return nil
}

// ClocksBetween returns the test clocks by ascending time.
func (st *State) ClocksBetween(p Page) []*Clock {
	list := slices.SortedStableFunc(slices.Values(st.Clocks), func(a, b *Clock) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(b.ID, a.ID)) })
	part, _ := Newest(list, p, func(c *Clock) time.Time { return c.Time }, func(*Clock) bool { return true })
	return part
}

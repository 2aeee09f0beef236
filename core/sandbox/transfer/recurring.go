package transfer

import (
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// RecurringStatus is how far a recurring transfer has come.
type RecurringStatus string

// The states (OpenAPI, TransferRecurringStatus).
const (
	Active    RecurringStatus = "active"
	Stopped   RecurringStatus = "cancelled"
	Completed RecurringStatus = "expired"
)

// Recurring is a transfer that is made again and again.
type Recurring struct {
	ID      string    `json:"id"`
	Created time.Time `json:"created"`
	Clock   string    `json:"clock,omitempty"`
	Proposal
	Description string          `json:"description"`
	Schedule    Schedule        `json:"schedule"`
	Status      RecurringStatus `json:"status"`
	// Done is how many days of the schedule are over.
	Done      int      `json:"done,omitempty"`
	Transfers []string `json:"transfers,omitempty"`
}

// Plan is the wish for a recurring transfer.
type Plan struct {
	Proposal
	Description string
	Schedule    Schedule
	Clock       string
}

// CreateRecurring decides about a recurring transfer as about a single one, and
// makes it if that is approved.
func (d *Desk) CreateRecurring(p Plan, key KeyUse) (*Recurring, Verdict, error) {
	if id, err := d.recall(key); id != "" || err != nil {
		return d.RecurringTransfer(id), Verdict{Decision: Approved}, err
	}
	if err := d.checkPlan(&p); err != nil {
		return nil, Verdict{}, err
	}
	now := d.time(p.Clock)
	v := d.decide(&p.Proposal, p.Clock, now)
	if v.Decision != Approved {
		return nil, v, nil
	}
	r := &Recurring{
		ID: ident.NewUUID(), Created: now, Clock: p.Clock, Proposal: p.Proposal, Description: p.Description, Schedule: p.Schedule, Status: Active,
	}
	for r.Schedule.nominal(r.Done) < DayOf(now) {
		r.Done++
	}
	if r.Next() == 0 {
		return nil, v, wire.Field("schedule", "has no day on which a transfer could be made")
	}
	d.Recurring = append(d.Recurring, r)
	d.remember(key, r.ID)
	return r, v, nil
}

func (d *Desk) checkPlan(p *Plan) error {
	if err := d.knowsClock(p.Clock); err != nil {
		return err
	}
	if err := d.check(&p.Proposal); err != nil {
		return err
	}
	if err := checkDescription(p.Network, p.Description); err != nil {
		return err
	}
	if err := p.Schedule.check(); err != nil {
		return err
	}
	onClock := 0
	for _, r := range d.Recurring {
		if p.Clock != "" && r.Clock == p.Clock {
			onClock++
		}
	}
	switch {
	case onClock >= maxOnClock:
		return wire.Field("test_clock_id", "is associated with 5 recurring transfers already")
	case p.Network == Wire:
		return wire.Field("network", "must be one of ach, same-day-ach, rtp")
	case p.Network == RTP && p.Schedule.Start <= DayOf(d.time(p.Clock)):
		return wire.Field("schedule.start_date", "must be in the future for the network rtp")
	}
	return nil
}

// Next returns the day of the next transfer, or 0 if there is none.
func (r *Recurring) Next() Day {
	if r.Status != Active {
		return 0
	}
	return r.Schedule.day(r.Done)
}

// opens is when on its day a recurring transfer is made.
func (r *Recurring) opens(d Day) time.Time { return later(morning.on(d), r.Created) }

// originations counts the transfers that are made until t, as far as it matters.
func (r *Recurring) originations(t time.Time) int {
	n := 0
	for r.Status == Active && n <= maxOriginations {
		day := r.Schedule.day(r.Done + n)
		if day == 0 || r.opens(day).After(t) {
			break
		}
		n++
	}
	return n
}

// earliestOrigination returns the recurring transfer that is due for the longest
// time, or nil.
func (d *Desk) earliestOrigination() (due *Recurring, at time.Time) {
	for _, r := range d.Recurring {
		day := r.Next()
		if day == 0 {
			continue
		}
		if t := r.opens(day); !t.After(d.time(r.Clock)) && (due == nil || t.Before(at)) {
			due, at = r, t
		}
	}
	return due, at
}

// originate makes the transfer of a day, if it is approved. One that is not is
// skipped and not tried again. An Item that is gone ends the whole.
func (d *Desk) originate(r *Recurring, at time.Time) {
	if d.facts(r.Account, r.Clock, at).Gone {
		r.Status = Stopped
		return
	}
	r.Done++
	if a := d.authorize(r.Proposal, r.Clock, at); a.Decision == Approved {
		t := d.create(a, a.Amount, Transfer{Description: r.Description, Recurring: r.ID, Motion: Motion{Created: at, Clock: r.Clock}})
		r.Transfers = append(r.Transfers, t.ID)
	}
	if r.Next() == 0 {
		r.Status = Completed
	}
}

// CancelRecurring ends a recurring transfer. What it has made already stays.
func (d *Desk) CancelRecurring(id string) error {
	r := d.RecurringTransfer(id)
	switch {
	case r == nil:
		return wire.Field("recurring_transfer_id", "does not exist")
	case r.Status != Active:
		return wire.Field("recurring_transfer_id", "must be that of an active recurring transfer")
	}
	r.Status = Stopped
	return nil
}

package transfer

import "time"

// Limits are the most that the customer may authorize, of each kind: in one
// transfer, on a day and in a month of New York's calendar.
type Limits struct{ Single, Daily, Monthly Cents }

// Standard are the limits of the practice bank's customer.
func Standard() Limits { return Limits{Single: 10_000_00, Daily: 50_000_00, Monthly: 500_000_00} }

// limit is the most that a network carries (Plaid, TRANSFER_NETWORK_LIMIT_EXCEEDED).
func (n Network) limit() Cents {
	switch n {
	case SameDay, RTP:
		return 1_000_000_00
	case Wire:
		return 999_999_99
	}
	return 10_000_000_00
}

// overLimit names the limit that a proposal would break, or is "".
func (d *Desk) overLimit(p *Proposal, at time.Time) string {
	day, month := d.used(p.Kind, at)
	switch {
	case p.Amount > d.Limits.Single:
		return "single transfer"
	case day+p.Amount > d.Limits.Daily:
		return "daily"
	case month+p.Amount > d.Limits.Monthly:
		return "monthly"
	}
	return ""
}

// used sums what was authorized on the day and in the month of an instant. What
// was given up or has expired does not count any more.
func (d *Desk) used(kind Kind, at time.Time) (day, month Cents) {
	today := DayOf(at)
	for _, a := range d.Authorizations {
		if a.Kind != kind || a.Decision != Approved || a.Cancelled || a.Transfer == "" && d.expired(a) {
			continue
		}
		amount := a.Amount
		if t := d.Transfer(a.Transfer); t != nil {
			amount = t.Amount
		}
		on := DayOf(a.Created)
		if on == today {
			day += amount
		}
		if on.date().Format("2006-01") == today.date().Format("2006-01") {
			month += amount
		}
	}
	return day, month
}

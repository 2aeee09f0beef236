package transfer

import "time"

// The amounts that run through their states by themselves (Plaid, "Automatic
// Sandbox simulations"), as the states that follow pending.
var (
	success  = []Step{{To: Posted}, {To: Settled}, {To: Available}}
	failure  = []Step{{To: Failed}}
	recalled = []Step{{To: Posted}, {To: Settled}, {To: Returned, Code: defaultReturn}}

	automatic = map[Class]map[Cents][]Step{
		OfTransfer: {
			11_11: success, 22_22: failure, 33_33: returned("R01"), 44_44: returned("R02"), 55_55: returned("R16"), 66_66: recalled,
		},
		OfRefund: {1_11: success, 2_22: failure, 3_33: recalled},
		OfSweep:  {111_11: success, 222_22: failure, 333_33: returned(defaultReturn), 444_44: recalled},
	}
)

// returned is a return after the money was released.
func returned(code string) []Step {
	return []Step{{To: Posted}, {To: Settled}, {To: Available}, {To: Returned, Code: code}}
}

// plan returns what a new motion will do by itself.
func (d *Desk) plan(m *Motion) []Step {
	held := m.In && m.Network.isACH()
	var steps []Step
	for _, s := range automatic[m.Class][m.Amount] {
		if s.To != Available || held {
			s.At = m.Created
			steps = append(steps, s)
		}
	}
	if steps != nil || !d.Banking {
		return steps
	}
	ready := m.Created
	if m.Class == OfRefund {
		if t := d.Transfer(m.Transfer); t.SettledAt.IsZero() && len(t.Steps) > 0 {
			ready = later(ready, t.Steps[len(t.Steps)-1].At)
		}
	}
	when := m.Network.timetable(ready)
	steps = []Step{{To: Posted, At: when.posted}, {To: Settled, At: when.settled}}
	if held {
		steps = append(steps, Step{To: Available, At: when.available})
	}
	return steps
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// settle lets everything happen that is due, in the order in which it is.
func (d *Desk) settle() {
	for {
		m, step := d.earliest()
		r, at := d.earliestOrigination()
		switch {
		case m == nil && r == nil:
			return
		case m == nil || r != nil && at.Before(step.At):
			d.originate(r, at)
		default:
			d.move(m, step.To, later(step.At, d.freed(m)), reason(step.To, Failure{Code: step.Code}))
		}
	}
}

// earliest returns the motion whose next step is due for the longest time, or nil.
func (d *Desk) earliest() (due *Motion, step Step) {
	for m := range d.motions {
		if len(m.Steps) == 0 || m.Steps[0].At.After(d.time(m.Clock)) || due != nil && !m.Steps[0].At.Before(step.At) || d.waits(m, m.Steps[0].To) {
			continue
		}
		due, step = m, m.Steps[0]
	}
	return due, step
}

// waits reports whether a motion has to wait for another one: a refund is posted
// after its transfer has settled (OpenAPI, SandboxTransferRefundSimulateRequest).
func (d *Desk) waits(m *Motion, to Status) bool {
	return m.Class == OfRefund && to == Posted && d.Transfer(m.Transfer).SettledAt.IsZero()
}

// freed returns when a motion ceased to wait for another one, or zero.
func (d *Desk) freed(m *Motion) time.Time {
	if m.Class != OfRefund {
		return time.Time{}
	}
	return d.Transfer(m.Transfer).SettledAt
}

// time returns what time it is on a test clock, or for "" in the World.
func (d *Desk) time(clock string) time.Time {
	if c := d.Clock(clock); c != nil {
		return c.Time
	}
	return d.Now
}

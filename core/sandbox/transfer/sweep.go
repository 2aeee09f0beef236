package transfer

import (
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// Trigger is what made a sweep.
type Trigger string

// The triggers (OpenAPI, SweepTrigger).
const (
	Manual    Trigger = "manual"
	Aggregate Trigger = "automatic_aggregate"
)

// Sweep is money between the customer's own bank account and a ledger, or, if its
// Trigger is Aggregate, between that account and the people.
type Sweep struct {
	Motion
	Trigger     Trigger `json:"trigger"`
	Description string  `json:"description,omitempty"`
	// Net is the amount of an aggregate sweep, as it appears on the customer's
	// own bank account.
	Net Cents `json:"net,omitempty"`
}

// Signed returns the amount as it appears on the customer's own bank account.
func (s *Sweep) Signed() Cents {
	if s.Trigger == Aggregate {
		return s.Net
	}
	return s.signed()
}

// Haul is a wish to move money between the customer's account and a ledger.
type Haul struct {
	Ledger      string
	Network     Network
	Amount      Cents
	Description string
}

// Deposit takes money from the customer's bank account into a ledger.
func (d *Desk) Deposit(h Haul, key KeyUse) (*Sweep, error) { return d.haul(h, true, key) }

// Withdraw brings money from a ledger to the customer's bank account.
func (d *Desk) Withdraw(h Haul, key KeyUse) (*Sweep, error) { return d.haul(h, false, key) }

func (d *Desk) haul(h Haul, in bool, key KeyUse) (*Sweep, error) {
	if id, err := d.recall(key); id != "" || err != nil {
		return d.Sweep(id), err
	}
	l := d.Ledger(h.Ledger)
	switch {
	case l == nil:
		return nil, wire.Field("ledger_id", "does not exist")
	case h.Amount <= 0:
		return nil, wire.Field("amount", "must be greater than 0.00")
	case h.Amount > h.Network.limit():
		return nil, wire.NetworkLimit(string(h.Network), h.Network.limit().String())
	case !in && h.Amount > l.Available:
		return nil, wire.Field("amount", "must not exceed the available balance of the ledger")
	}
	s := &Sweep{Trigger: Manual, Description: h.Description, Motion: Motion{
		Class: OfSweep, Created: d.Now, Ledger: l.ID, Network: h.Network.routed(d.Now), Amount: h.Amount, In: in,
	}}
	d.Sweeps = append(d.Sweeps, s)
	d.start(&s.Motion)
	d.remember(key, s.ID)
	return s, nil
}

// SimulateSweep lets something happen to a deposit, or to a withdrawal.
func (d *Desk) SimulateSweep(id string, in bool, to Status, why Failure) error {
	s := d.Sweep(id)
	if s == nil || s.Trigger == Aggregate || s.In != in {
		return wire.Field("sweep_id", "does not exist")
	}
	return d.simulate(&s.Motion, to, why, "")
}

// Release makes available what is held in a ledger and has settled. With a test
// clock, only what is due before its time.
func (d *Desk) Release(ledger, clock string) error {
	l := d.Ledger(ledger)
	if l == nil {
		return wire.Field("ledger_id", "does not exist")
	}
	if err := d.knowsClock(clock); err != nil {
		return err
	}
	for m := range d.motions {
		due := clock == "" || sameDayCutoff.on(DayOf(m.SettledAt).Later(holdDays)).Before(d.time(clock))
		if m.Ledger == l.ID && m.Status == Settled && due {
			at := clock
			if at == "" {
				at = m.Clock
			}
			d.move(m, Available, d.time(at), nil)
		}
	}
	return nil
}

// Distribution is a wish to move available money from one ledger to another.
type Distribution struct {
	From, To string
	Amount   Cents
	Text     string
}

// Distribute moves available money from one ledger to another.
func (d *Desk) Distribute(w Distribution, key KeyUse) error {
	if id, err := d.recall(key); id != "" || err != nil {
		return err
	}
	from, to := d.Ledger(w.From), d.Ledger(w.To)
	switch {
	case w.From == "" || from == nil:
		return wire.Field("from_ledger_id", "does not exist")
	case w.To == "" || to == nil:
		return wire.Field("to_ledger_id", "does not exist")
	case from == to:
		return wire.Field("to_ledger_id", "must be another than from_ledger_id")
	case w.Amount <= 0:
		return wire.Field("amount", "must be greater than 0.00")
	case w.Amount > from.Available:
		return wire.Field("amount", "must not exceed the available balance of the ledger")
	}
	if w.Text == "" {
		w.Text = "Distribution"
	}
	d.enter(&Entry{Ledger: from.ID, At: d.Now, Type: "distribute", Available: -w.Amount, Text: w.Text})
	d.enter(&Entry{Ledger: to.ID, At: d.Now, Type: "distribute", Available: w.Amount, Text: w.Text})
	d.remember(key, ident.NewUUID())
	return nil
}

// SweepState is how far aggregate sweeps have come with a transfer.
type SweepState string

// The states (OpenAPI, TransferSweepStatus); "" is null: it will never be swept.
const (
	Unswept      SweepState = "unswept"
	Swept        SweepState = "swept"
	SweptSettled SweepState = "swept_settled"
	ReturnSwept  SweepState = "return_swept"
)

// SweepStatus returns how far aggregate sweeps have come with t: what is undone
// before it was swept never will be.
func (t *Transfer) SweepStatus() SweepState {
	if t.Sweeping == Unswept && t.Status.Undone() {
		return ""
	}
	return t.Sweeping
}

// nextSweep returns what an aggregate sweep makes of a transfer, or "" for nothing.
func (t *Transfer) nextSweep() SweepState {
	swept := t.Sweeping == Swept || t.Sweeping == SweptSettled
	switch {
	case swept && t.Status == Returned:
		return ReturnSwept
	case t.Sweeping == Swept:
		return SweptSettled
	case t.Sweeping == Unswept && !t.Status.Undone():
		return Swept
	}
	return ""
}

// SweepAll makes an aggregate sweep, or nil if there is nothing to sweep.
func (d *Desk) SweepAll(clock string) (*Sweep, error) {
	if err := d.knowsClock(clock); err != nil {
		return nil, err
	}
	at := d.time(clock)
	s := &Sweep{Trigger: Aggregate, Motion: Motion{
		ID: ident.NewUUID(), Class: OfSweep, Created: at, Clock: clock, Ledger: d.Ledger("").ID, Network: ACH,
		Status: Settled, SettledAt: morning.on(DayOf(at).Open()),
	}}
	moved := false
	for _, t := range d.Transfers {
		if state := t.nextSweep(); state != "" {
			moved = true
			d.sweep(t, s, state, at)
		}
	}
	if !moved {
		return nil, nil
	}
	d.Sweeps = append(d.Sweeps, s)
	return s, nil
}

// sweep makes a transfer part of an aggregate sweep.
func (d *Desk) sweep(t *Transfer, s *Sweep, state SweepState, at time.Time) {
	amount := t.Amount
	if !t.In {
		amount = -amount
	}
	sweep := s.ID
	switch state {
	case SweptSettled: // the money of an earlier sweep has arrived
		sweep = t.Swept[len(t.Swept)-1]
	case ReturnSwept:
		amount = -amount
		fallthrough
	default:
		s.Net += amount
		t.Swept = append(t.Swept, s.ID)
	}
	t.Sweeping = state
	e := t.event(at)
	e.Type, e.Sweep, e.SweepAmount, e.Failure = string(state), sweep, amount, nil
	d.tell(e)
}

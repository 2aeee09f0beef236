package transfer

import (
	"fmt"
	"time"

	"bankbook/core/sandbox/wire"
)

// Transfer is money on its way between a person's account and a ledger.
type Transfer struct {
	Motion
	Authorization string            `json:"authorization"`
	ACHClass      string            `json:"ach_class,omitempty"`
	Description   string            `json:"description"`
	User          User              `json:"user"`
	Metadata      map[string]string `json:"metadata,omitempty"`
	Source        string            `json:"source,omitempty"`
	Message       string            `json:"message,omitempty"`
	// Recurring is the recurring transfer that it belongs to, or "".
	Recurring string `json:"recurring,omitempty"`
	// Sweeping is how far aggregate sweeps have come with it, Swept the sweeps.
	Sweeping SweepState `json:"sweeping,omitempty"`
	Swept    []string   `json:"swept,omitempty"`
}

// Order is the wish to make a transfer that was authorized.
type Order struct {
	Account       Account
	Authorization string
	// Amount may be less than what was authorized; nil is all of it.
	Amount      *Cents
	Description string
	Metadata    map[string]string
	Clock       string
}

// The longest descriptions.
const (
	maxDescription    = 15
	maxACHDescription = 10
)

// Create makes a transfer, once for each authorization.
func (d *Desk) Create(o Order) (*Transfer, error) {
	a := d.Authorization(o.Authorization)
	if a == nil {
		return nil, wire.Field("authorization_id", "does not exist")
	}
	if a.Account != o.Account {
		return nil, wire.Field("authorization_id", "is not for the access_token and account_id given")
	}
	if a.Transfer != "" {
		return d.Transfer(a.Transfer), nil
	}
	if err := d.knowsClock(o.Clock); err != nil {
		return nil, err
	}
	amount := a.Amount
	if o.Amount != nil {
		amount = *o.Amount
	}
	if err := d.usable(a, amount, o.Description); err != nil {
		return nil, err
	}
	return d.create(a, amount, Transfer{Description: o.Description, Metadata: o.Metadata, Motion: Motion{
		Created: d.time(o.Clock), Clock: o.Clock,
	}}), nil
}

// usable refuses what an authorization does not cover.
func (d *Desk) usable(a *Authorization, amount Cents, description string) error {
	switch {
	case a.Cancelled:
		return wire.Field("authorization_id", "was cancelled")
	case a.Decision != Approved:
		return wire.Field("authorization_id", fmt.Sprintf("was not approved: the decision is %s (%s)", a.Decision, a.Code))
	case d.expired(a):
		return wire.Field("authorization_id", "has expired: an authorization is valid for one hour")
	case amount <= 0:
		return wire.Field("amount", "must be greater than 0.00")
	case amount > a.Amount:
		return wire.Field("amount", "must not be greater than the authorized amount of "+a.Amount.String())
	case a.Kind == Credit && amount > d.Ledger(a.Ledger).Available:
		return wire.Field("amount", "must not be greater than the available balance of the ledger")
	}
	return checkDescription(a.Network, description)
}

func checkDescription(n Network, description string) error {
	limit := maxDescription
	if n.isACH() {
		limit = maxACHDescription
	}
	if length := len([]rune(description)); length > limit {
		return wire.Field("description", fmt.Sprintf("must be at most %d characters for the network %s", limit, n))
	}
	return nil
}

// create makes the transfer t of an authorization.
func (d *Desk) create(a *Authorization, amount Cents, t Transfer) *Transfer {
	t.Class, t.Ledger, t.Amount, t.In = OfTransfer, a.Ledger, amount, a.Kind == Debit
	t.Account, t.Kind, t.Network = a.Account, a.Kind, a.Network.routed(t.Created)
	t.Authorization, t.ACHClass, t.User, t.Source, t.Message = a.ID, a.Class, a.User, a.Source, a.Message
	t.Sweeping = Unswept
	d.Transfers = append(d.Transfers, &t)
	d.start(&t.Motion)
	a.Transfer = t.ID
	return &t
}

// Cancellable reports whether t can still be cancelled: an instant payment is with
// the network at once.
func (t *Transfer) Cancellable() bool { return t.Status == Pending && t.Network != RTP }

// Cancel calls a transfer back that is not with the network yet.
func (d *Desk) Cancel(id string) error {
	t := d.Transfer(id)
	switch {
	case t == nil:
		return wire.Field("transfer_id", "does not exist")
	case !t.Cancellable():
		return wire.NotCancellable()
	}
	d.move(&t.Motion, Cancelled, d.time(t.Clock), nil)
	return nil
}

// Simulate lets something happen to a transfer.
func (d *Desk) Simulate(id string, to Status, why Failure, clock string) error {
	t := d.Transfer(id)
	if t == nil {
		return wire.Field("transfer_id", "does not exist")
	}
	return d.simulate(&t.Motion, to, why, clock)
}

func (d *Desk) simulate(m *Motion, to Status, why Failure, clock string) error {
	if err := d.knowsClock(clock); err != nil {
		return err
	}
	if clock == "" {
		clock = m.Clock
	}
	if to == Cancelled || d.waits(m, to) || !d.move(m, to, d.time(clock), reason(to, why)) {
		return wire.Transition()
	}
	return nil
}

// Dates are what is expected of a motion; a zero Day is unknown.
type Dates struct {
	Settlement, Available, Standard, Unauthorized Day
}

// Dates returns them by the banking days.
func (m *Motion) Dates() Dates {
	on := DayOf(m.Network.timetable(m.Created).settled)
	if !m.SettledAt.IsZero() {
		on = DayOf(m.SettledAt)
	}
	out := Dates{Settlement: on}
	if m.Network.isACH() {
		out.Standard, out.Unauthorized = on.Later(returnDays), on.Later(unauthorizedDays)
	}
	if m.In && !m.Status.Undone() {
		out.Available = on.Later(holdDays)
		if !m.ReleasedAt.IsZero() {
			out.Available = DayOf(m.ReleasedAt)
		}
	}
	return out
}

// Trace returns the number under which the network knows a motion, or "" for one
// that was not submitted to it.
func (m *Motion) Trace() string {
	if m.Status == Pending || m.Status == Cancelled || m.Status == Failed {
		return ""
	}
	return traceNumber(m.ID)
}

// refundable is how long after its creation a transfer can be refunded.
const refundable = 180 * 24 * time.Hour

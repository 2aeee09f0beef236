package transfer

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"bankbook/core/sandbox/wire"
)

// Refund is money that goes back to the person it was debited from.
type Refund struct{ Motion }

// CreateRefund pays a debit back, or a part of it.
func (d *Desk) CreateRefund(transfer string, amount Cents, key KeyUse) (*Refund, error) {
	if id, err := d.recall(key); id != "" || err != nil {
		return d.Refund(id), err
	}
	t := d.Transfer(transfer)
	if t == nil {
		return nil, wire.Field("transfer_id", "does not exist")
	}
	if err := d.canRefund(t, amount); err != nil {
		return nil, err
	}
	r := &Refund{Motion{
		Class: OfRefund, Created: later(d.time(t.Clock), t.Created), Clock: t.Clock, Ledger: t.Ledger, Network: t.Network,
		Amount: amount, Transfer: t.ID, Account: t.Account, Kind: t.Kind,
	}}
	d.Refunds = append(d.Refunds, r)
	d.start(&r.Motion)
	d.remember(key, r.ID)
	return r, nil
}

func (d *Desk) canRefund(t *Transfer, amount Cents) error {
	rest := t.Amount
	for _, r := range d.RefundsOf(t.ID) {
		if !r.Status.Undone() {
			rest -= r.Amount
		}
	}
	switch {
	case t.Kind != Debit:
		return wire.Field("transfer_id", "must be that of a debit transfer")
	case t.Status.Undone():
		return wire.Field("transfer_id", fmt.Sprintf("must not be that of a transfer in the state %s", t.Status))
	case d.time(t.Clock).After(t.Created.Add(refundable)):
		return wire.Field("transfer_id", "must be that of a transfer initiated in the past 180 days")
	case amount <= 0:
		return wire.Field("amount", "must be greater than 0.00")
	case amount > rest:
		return wire.Field("amount", "must not exceed what is left to refund of the transfer, "+rest.String())
	case amount > d.Ledger(t.Ledger).Available:
		return wire.Field("amount", "must not exceed the available balance of the ledger")
	}
	return nil
}

// CancelRefund calls a refund back that is not with the network yet.
func (d *Desk) CancelRefund(id string) error {
	r := d.Refund(id)
	switch {
	case r == nil:
		return wire.Field("refund_id", "does not exist")
	case r.Status != Pending:
		return wire.Field("refund_id", "must be that of a refund that was not submitted to the network")
	}
	d.move(&r.Motion, Cancelled, d.time(r.Clock), nil)
	return nil
}

// SimulateRefund lets something happen to a refund.
func (d *Desk) SimulateRefund(id string, to Status, why Failure, clock string) error {
	r := d.Refund(id)
	if r == nil {
		return wire.Field("refund_id", "does not exist")
	}
	return d.simulate(&r.Motion, to, why, clock)
}

// traceNumber makes the fifteen digits of an ACH trace number from an id.
func traceNumber(id string) string {
	sum := sha256.Sum256([]byte("trace " + id))
	return fmt.Sprintf("%015d", binary.BigEndian.Uint64(sum[:])%1e15)
}

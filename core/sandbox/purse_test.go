package sandbox_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"pgregory.net/rapid"
)

// steps are the events that can follow each other in the life of a transfer or a
// refund (PLAID §5): from nothing to pending, and on from there.
var transferSteps = map[string][]string{
	"":        {"pending"},
	"pending": {"posted", "failed", "cancelled"},
	"posted":  {"settled", "returned"},
	"settled": {"funds_available", "returned"},
	// What is available can still be returned (PLAID §3.6).
	"funds_available": {"returned"},
}

// undone are the ends at which the money is back where it came from.
var undone = []string{"failed", "cancelled", "returned"}

// purse is what a client knows of the money that it moved.
type purse struct {
	transfers []string
	// refunds are the ids of refunds.
	refunds []string
	// at is where each transfer and refund is, by the events that were read; seen
	// is the last event.
	at   map[string]string
	seen int
}

func newPurse() *purse { return &purse{at: map[string]string{}} }

// moveMoney makes a transfer, or lets something happen to one that is there.
func (m *model) moveMoney(c *customer) {
	p := m.purse
	what := rapid.SampledFrom([]string{"make", "make", "simulate", "simulate", "simulate", "refund", "cancel"}).Draw(m.t, "deed")
	if what == "make" || len(p.transfers) == 0 {
		m.transfer(c)
		return
	}
	id := rapid.SampledFrom(p.transfers).Draw(m.t, "transfer")
	switch what {
	case "simulate":
		event := rapid.SampledFrom([]string{"posted", "settled", "failed", "returned", "funds_available"}).Draw(m.t, "event")
		m.post("/sandbox/transfer/simulate", object{"transfer_id": id, "event_type": event}) // allowed or not: the events tell
	case "refund":
		status, got := m.post("/transfer/refund/create", object{"transfer_id": id, "amount": m.amount(), "idempotency_key": fmt.Sprint("refund ", len(p.refunds), m.clock.Now())})
		if status == 200 {
			p.refunds = append(p.refunds, got["refund"].(object)["id"].(string))
		}
	case "cancel":
		m.post("/transfer/cancel", object{"transfer_id": id})
	}
}

// amount draws an amount; some run through their steps by themselves.
func (m *model) amount() string {
	return rapid.SampledFrom([]string{"1.00", "12.34", "99.99", "11.11", "22.22", "33.33", "66.66"}).Draw(m.t, "amount")
}

func (m *model) transfer(c *customer) {
	if !m.usable(c) {
		m.t.Skip("the bank wants a sign-in")
	}
	account := m.must("/accounts/get", object{"access_token": c.access})["accounts"].([]any)[0].(object)["account_id"]
	proposal := object{
		"access_token": c.access, "account_id": account, "type": rapid.SampledFrom([]string{"debit", "credit"}).Draw(m.t, "type"),
		"network": "ach", "amount": m.amount(), "ach_class": "ppd", "user": object{"legal_name": "Anne Charleston"},
	}
	a := m.must("/transfer/authorization/create", proposal)["authorization"].(object)
	if a["decision"] != "approved" {
		return
	}
	body := object{"access_token": c.access, "account_id": account, "authorization_id": a["id"], "description": "payment"}
	status, got := m.post("/transfer/create", body)
	if status != 200 {
		return // what the ledger does not hold cannot be paid out
	}
	id := got["transfer"].(object)["id"].(string)
	if again := m.must("/transfer/create", body)["transfer"].(object)["id"]; again != id {
		m.t.Fatalf("one authorization moves money twice: %v and %v", id, again)
	}
	m.purse.transfers = append(m.purse.transfers, id)
}

// check reads the events, looks at each step, and counts the money.
func (p *purse) check(m *model) {
	p.read(m)
	total := 100_00 // what a ledger opens with in the sandbox
	for _, id := range p.transfers {
		t := m.must("/transfer/get", object{"transfer_id": id})["transfer"].(object)
		if status := t["status"].(string); status != p.at[id] {
			m.t.Fatalf("%s is %s, but its events say %s", id, status, p.at[id])
		}
		total += worth(t, t["type"] == "debit")
	}
	for _, id := range p.refunds {
		total += worth(m.must("/transfer/refund/get", object{"refund_id": id})["refund"].(object), false)
	}
	b := m.must("/transfer/ledger/get", object{})["balance"].(object)
	if got := cents(b["available"]) + cents(b["pending"]); got != total {
		m.t.Fatalf("the ledger holds %d, but %d is what came in and went out", got, total)
	}
}

// read takes in the events since the last, which must be steps that can be.
func (p *purse) read(m *model) {
	got := m.must("/transfer/event/sync", object{"after_id": p.seen, "count": 500})
	for _, raw := range got["transfer_events"].([]any) {
		e := raw.(object)
		n, kind := int(e["event_id"].(float64)), e["event_type"].(string)
		if n <= p.seen {
			m.t.Fatalf("event %d after %d", n, p.seen)
		}
		p.seen = n
		p.step(m, e, kind)
	}
}

func (p *purse) step(m *model, e object, kind string) {
	id := e["transfer_id"].(string)
	if refund, of := e["refund_id"].(string); of {
		id = refund
		kind = kind[len("refund."):]
	}
	if !slices.Contains(transferSteps[p.at[id]], kind) {
		m.t.Fatalf("%s goes from %q to %q", id, p.at[id], kind)
	}
	p.at[id] = kind
}

// worth is what a transfer or refund has brought to the ledger.
func worth(t object, in bool) int {
	switch {
	case slices.Contains(undone, t["status"].(string)):
		return 0
	case in:
		return cents(t["amount"])
	}
	return -cents(t["amount"])
}

func cents(amount any) int {
	f, err := strconv.ParseFloat(amount.(string), 64)
	if err != nil {
		return math.MinInt32
	}
	return int(math.Round(f * 100))
}

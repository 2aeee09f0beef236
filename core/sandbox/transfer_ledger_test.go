package sandbox_test

import (
	"strings"
	"testing"
	"time"
)

// haul is a deposit to the default ledger, or a withdrawal from it.
func haul(amount string, changes ...object) object {
	return changed(object{"amount": amount, "idempotency_key": "key " + amount, "network": "ach"}, changes...)
}

func TestMoneyPassesThroughTheLedger(t *testing.T) {
	m := newMover(t)
	m.expect("at first", m.ledger(), "100.00 available, 0.00 pending")
	debit := m.transfer(object{"amount": "60.00"})["id"]
	m.expect("debit created", m.ledger(), "100.00 available, 60.00 pending")
	m.simulate(debit, "posted", "settled")
	m.expect("debit settled", m.ledger(), "100.00 available, 60.00 pending")
	m.must("/sandbox/transfer/ledger/simulate_available", object{})
	m.expect("hold over", m.ledger(), "160.00 available, 0.00 pending")
	m.expect("status", m.get(debit)["status"], "funds_available")
	credit := m.transfer(object{"type": "credit", "amount": "150.00", "account_id": m.accounts["1111"]})["id"]
	m.expect("credit created", m.ledger(), "10.00 available, 0.00 pending")
	m.simulate(debit, "returned")
	m.expect("debit returned after it was spent", m.ledger(), "-50.00 available, 0.00 pending")
	m.simulate(credit, "posted", "returned")
	m.expect("credit returned", m.ledger(), "100.00 available, 0.00 pending")
	early := m.transfer(object{"amount": "60.00"})["id"]
	m.simulate(early, "posted", "returned")
	m.expect("debit returned in its hold", m.ledger(), "100.00 available, 0.00 pending")
}

func TestDepositAndWithdrawal(t *testing.T) {
	m := newMover(t)
	deposit := m.must("/transfer/ledger/deposit", haul("50.00"))["sweep"].(object)
	for field, want := range map[string]any{
		"amount": "-50.00", "status": "pending", "trigger": "manual", "description": "deposit", "settled": nil, "failure_reason": nil,
		"iso_currency_code": "USD", "expected_funds_available_date": "2026-11-30",
	} {
		m.expect(field, deposit[field], want)
	}
	m.expect("the same again", m.must("/transfer/ledger/deposit", haul("50.00"))["sweep"].(object)["id"], deposit["id"])
	m.wants("/transfer/ledger/deposit", haul("51.00", object{"idempotency_key": "key 50.00"}), "INVALID_FIELD")
	m.expect("deposited", m.ledger(), "100.00 available, 50.00 pending")
	happen := func(path string, id any, events ...string) {
		for _, e := range events {
			m.must(path, object{"sweep_id": id, "event_type": e})
		}
	}
	happen("/sandbox/transfer/ledger/deposit/simulate", deposit["id"], "sweep.posted", "sweep.settled")
	m.must("/sandbox/transfer/ledger/simulate_available", object{})
	m.expect("available", m.ledger(), "150.00 available, 0.00 pending")
	m.wants("/transfer/ledger/withdraw", haul("150.01"), "INVALID_FIELD")
	out := m.must("/transfer/ledger/withdraw", haul("150.00", object{"network": "rtp", "description": "home"}))["sweep"].(object)
	m.expect("amount", out["amount"], "150.00")
	m.expect("withdrawn", m.ledger(), "0.00 available, 0.00 pending")
	happen("/sandbox/transfer/ledger/withdraw/simulate", out["id"], "sweep.posted")
	m.wants("/sandbox/transfer/ledger/withdraw/simulate", object{"sweep_id": out["id"], "event_type": "sweep.failed"}, "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID")
	m.wants("/sandbox/transfer/ledger/deposit/simulate", object{"sweep_id": out["id"], "event_type": "sweep.settled"}, "INVALID_FIELD")
	m.wants("/sandbox/transfer/ledger/withdraw/simulate", object{"sweep_id": out["id"], "event_type": "sweep.funds_available"}, "INVALID_FIELD")
	happen("/sandbox/transfer/ledger/withdraw/simulate", out["id"], "sweep.returned")
	m.expect("returned", m.ledger(), "150.00 available, 0.00 pending")
	got := m.must("/transfer/sweep/get", object{"sweep_id": out["id"].(string)[:8]})["sweep"].(object)
	m.expect("by the start of its id", []any{got["id"], got["status"]}, []any{out["id"], "returned"})
	m.wants("/transfer/sweep/get", object{"sweep_id": "none"}, "INVALID_FIELD")
	m.expect("events", m.events(), strings.Fields("sweep.pending sweep.posted sweep.settled sweep.funds_available sweep.pending sweep.posted sweep.returned"))
}

func TestBadHaulsAreRefused(t *testing.T) {
	m := newMover(t)
	for _, path := range []string{"/transfer/ledger/deposit", "/transfer/ledger/withdraw"} {
		for name, c := range map[string]struct {
			change object
			code   string
		}{
			"no key":             {object{"idempotency_key": nil}, "MISSING_FIELDS"},
			"no amount":          {object{"amount": nil}, "MISSING_FIELDS"},
			"no network":         {object{"network": nil}, "MISSING_FIELDS"},
			"nothing":            {object{"amount": "0.00"}, "INVALID_FIELD"},
			"a malformed amount": {object{"amount": "1"}, "INVALID_FIELD"},
			"a foreign ledger":   {object{"ledger_id": "none"}, "INVALID_FIELD"},
			"a foreign account":  {object{"funding_account_id": "none"}, "INVALID_FIELD"},
			"an originator":      {object{"originator_client_id": "none"}, "TRANSFER_ORIGINATOR_NOT_FOUND"},
			"a long description": {object{"description": "12345678901"}, "INVALID_FIELD"},
			"an unknown network": {object{"network": "pigeon"}, "INVALID_FIELD"},
			"too much":           {object{"network": "same-day-ach", "amount": "1000000.01"}, "TRANSFER_NETWORK_LIMIT_EXCEEDED"},
		} {
			t.Run(path+" "+name, func(t *testing.T) { m.wants(path, haul("5.00", c.change), c.code) })
		}
	}
	m.wants("/transfer/ledger/get", object{"ledger_id": "none"}, "INVALID_FIELD")
	m.wants("/transfer/ledger/get", object{"originator_client_id": "none"}, "TRANSFER_ORIGINATOR_NOT_FOUND")
	m.wants("/sandbox/transfer/ledger/simulate_available", object{"ledger_id": "none"}, "INVALID_FIELD")
	m.wants("/sandbox/transfer/ledger/simulate_available", object{"test_clock_id": "none"}, "INVALID_FIELD")
	m.expect("ledger", m.ledger(), "100.00 available, 0.00 pending")
}

func TestDistributionMovesMoneyBetweenLedgers(t *testing.T) {
	m := newMover(t)
	ledgers := m.must("/practice/ledgers/list", object{})["ledgers"].([]any)
	from, to := ledgers[0].(object)["ledger_id"], ledgers[1].(object)["ledger_id"]
	req := object{"from_ledger_id": from, "to_ledger_id": to, "amount": "30.00", "idempotency_key": "once"}
	m.must("/transfer/ledger/distribute", req)
	m.must("/transfer/ledger/distribute", req)
	m.expect("from", m.ledger(), "70.00 available, 0.00 pending")
	got := m.must("/transfer/ledger/get", object{"ledger_id": to})
	m.expect("to", []any{got["name"], got["is_default"], got["balance"].(object)["available"]}, []any{"Reserve", false, "130.00"})
	for name, change := range map[string]object{
		"too much":       {"amount": "70.01", "idempotency_key": "2"},
		"nothing":        {"amount": "0.00", "idempotency_key": "2"},
		"no source":      {"from_ledger_id": "none", "idempotency_key": "2"},
		"no destination": {"to_ledger_id": "none", "idempotency_key": "2"},
		"itself":         {"to_ledger_id": from, "idempotency_key": "2"},
		"the same key":   {"amount": "1.00"},
	} {
		t.Run(name, func(t *testing.T) { m.wants("/transfer/ledger/distribute", changed(req, change), "INVALID_FIELD") })
	}
	m.wants("/transfer/ledger/distribute", changed(req, object{"amount": nil}), "MISSING_FIELDS")
}

func TestLedgerEventsTellTheBalances(t *testing.T) {
	m := newMover(t)
	ledger := m.must("/transfer/ledger/get", object{})["ledger_id"]
	tr := m.transfer(object{"amount": "20.00"})
	m.simulate(tr["id"], "posted", "settled", "funds_available")
	refund := m.must("/transfer/refund/create", object{"transfer_id": tr["id"], "amount": "5.00", "idempotency_key": "r"})["refund"].(object)
	list := func(req object) (out []string) {
		for _, raw := range m.must("/transfer/ledger/event/list", req)["ledger_events"].([]any) {
			e := raw.(object)
			out = append(out, e["type"].(string)+" "+e["amount"].(string)+" "+e["available_balance"].(string)+"/"+e["pending_balance"].(string))
		}
		return out
	}
	want := []string{"refund -5.00 115.00/0.00", "transfer 20.00 120.00/0.00", "transfer 20.00 100.00/20.00", "deposit 100.00 100.00/0.00"}
	m.expect("of the ledger", list(object{"ledger_id": ledger}), want)
	m.expect("of transfers", list(object{"source_type": "TRANSFER"}), want[1:3])
	m.expect("of the refund", list(object{"source_id": refund["id"]}), want[:1])
	m.expect("of sweeps", list(object{"source_type": "SWEEP"}), []string(nil))
	m.expect("a page", list(object{"ledger_id": ledger, "count": 1, "offset": 2}), want[2:3])
	m.expect("before", list(object{"ledger_id": ledger, "end_date": "2026-11-21T09:29:00Z"}), []string(nil))
	first := m.must("/transfer/ledger/event/list", object{"ledger_id": ledger, "count": 1})
	m.expect("more", first["has_more"], true)
	id := first["ledger_events"].([]any)[0].(object)["ledger_event_id"]
	m.expect("by id", list(object{"ledger_event_id": id}), want[:1])
	m.wants("/transfer/ledger/event/list", object{"source_type": "GIFT"}, "INVALID_FIELD")
	m.wants("/transfer/ledger/event/list", object{"originator_client_id": "none"}, "TRANSFER_ORIGINATOR_NOT_FOUND")
}

func TestRefunds(t *testing.T) {
	m := newMover(t)
	tr := m.transfer(object{"amount": "80.00"})["id"]
	create := func(amount, key string) object {
		return object{"transfer_id": tr, "amount": amount, "idempotency_key": key}
	}
	first := m.must("/transfer/refund/create", create("50.00", "a"))["refund"].(object)
	m.expect("the same again", m.must("/transfer/refund/create", create("50.00", "a"))["refund"].(object)["id"], first["id"])
	m.wants("/transfer/refund/create", create("40.00", "a"), "INVALID_FIELD")
	m.wants("/transfer/refund/create", create("30.01", "b"), "INVALID_FIELD")
	m.wants("/transfer/refund/create", create("0.00", "b"), "INVALID_FIELD")
	m.wants("/transfer/refund/create", create("1", "b"), "INVALID_FIELD")
	m.wants("/transfer/refund/create", object{"transfer_id": tr, "amount": "1.00"}, "MISSING_FIELDS")
	m.wants("/transfer/refund/create", changed(create("1.00", "b"), object{"transfer_id": "none"}), "INVALID_FIELD")
	m.expect("refunded", m.ledger(), "50.00 available, 80.00 pending")
	simulate := func(event string) object { return object{"refund_id": first["id"], "event_type": event} }
	m.wants("/sandbox/transfer/refund/simulate", simulate("refund.posted"), "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID")
	m.wants("/sandbox/transfer/refund/simulate", simulate("posted"), "INVALID_FIELD")
	m.wants("/sandbox/transfer/refund/simulate", changed(simulate("refund.failed"), object{"refund_id": "none"}), "INVALID_FIELD")
	m.simulate(tr, "posted", "settled")
	m.must("/sandbox/transfer/refund/simulate", simulate("refund.posted"))
	m.wants("/transfer/refund/cancel", object{"refund_id": first["id"]}, "INVALID_FIELD")
	m.must("/sandbox/transfer/refund/simulate", changed(simulate("refund.returned"), object{"failure_reason": object{"failure_code": "R02"}}))
	got := m.must("/transfer/refund/get", object{"refund_id": first["id"]})["refund"].(object)
	m.expect("status", got["status"], "returned")
	m.expect("reason", got["failure_reason"].(object)["description"], "Account closed")
	m.expect("in its transfer", m.get(tr)["refunds"].([]any)[0], got)
	m.expect("returned", m.ledger(), "100.00 available, 80.00 pending")
	second := m.must("/transfer/refund/create", create("80.00", "c"))["refund"].(object)
	m.must("/transfer/refund/cancel", object{"refund_id": second["id"]})
	m.expect("cancelled", m.ledger(), "100.00 available, 80.00 pending")
	m.wants("/transfer/refund/get", object{"refund_id": "none"}, "INVALID_FIELD")
	m.wants("/transfer/refund/cancel", object{"refund_id": "none"}, "INVALID_FIELD")
	m.expect("events", m.events(), strings.Fields("pending refund.pending posted settled refund.posted refund.returned refund.pending refund.cancelled"))
}

func TestOnlyRecentGoodDebitsAreRefunded(t *testing.T) {
	m := newMover(t)
	refund := func(id any) object { return object{"transfer_id": id, "amount": "1.00", "idempotency_key": "key"} }
	m.wants("/transfer/refund/create", refund(m.transfer(object{"type": "credit"})["id"]), "INVALID_FIELD")
	failed := m.transfer()["id"]
	m.simulate(failed, "failed")
	m.wants("/transfer/refund/create", refund(failed), "INVALID_FIELD")
	old := m.transfer()["id"]
	m.clock.advance(180*24*time.Hour + time.Second)
	m.wants("/transfer/refund/create", refund(old), "INVALID_FIELD")
	m.transfer(object{"type": "credit", "amount": "87.66"})
	m.wants("/transfer/refund/create", refund(m.transfer()["id"]), "INVALID_FIELD") // the ledger is empty
}

func TestRefundsAndSweepsRunByThemselves(t *testing.T) {
	m := newMover(t)
	tr := m.transfer(object{"amount": "100.00"})["id"]
	m.simulate(tr, "posted", "settled")
	for amount, want := range map[string]string{"1.11": "settled", "2.22": "failed", "3.33": "returned", "4.44": "pending"} {
		r := m.must("/transfer/refund/create", object{"transfer_id": tr, "amount": amount, "idempotency_key": amount})["refund"].(object)
		m.expect(amount, m.must("/transfer/refund/get", object{"refund_id": r["id"]})["refund"].(object)["status"], want)
	}
	for amount, want := range map[string]string{"111.11": "funds_available", "222.22": "failed", "333.33": "returned", "444.44": "returned"} {
		s := m.must("/transfer/ledger/deposit", haul(amount))["sweep"].(object)
		m.expect(amount, m.must("/transfer/sweep/get", object{"sweep_id": s["id"]})["sweep"].(object)["status"], want)
	}
}

func TestAggregateSweeps(t *testing.T) {
	m := newMover(t)
	if sweep, there := m.must("/sandbox/transfer/sweep/simulate", object{})["sweep"]; there {
		t.Errorf("a sweep of nothing: %v", sweep)
	}
	debit, credit := m.transfer(object{"amount": "30.00"})["id"], m.transfer(object{"type": "credit", "amount": "10.00"})["id"]
	before := m.ledger()
	sweep := m.must("/sandbox/transfer/sweep/simulate", object{})["sweep"].(object)
	m.expect("net", []any{sweep["amount"], sweep["trigger"]}, []any{"20.00", "automatic_aggregate"})
	m.expect("debit", m.get(debit)["sweep_status"], "swept")
	m.simulate(debit, "posted", "returned")
	back := m.must("/sandbox/transfer/sweep/simulate", object{})["sweep"].(object)
	m.expect("back", back["amount"], "-30.00")
	m.expect("debit", m.get(debit)["sweep_status"], "return_swept")
	m.expect("credit", m.get(credit)["sweep_status"], "swept_settled")
	m.expect("ledger", before, "90.00 available, 30.00 pending")
	m.expect("events of the first", len(m.must("/transfer/event/list", object{"sweep_id": sweep["id"]})["transfer_events"].([]any)), 3)
	list := func(req object) (out []any) {
		for _, s := range m.must("/transfer/sweep/list", req)["sweeps"].([]any) {
			out = append(out, s.(object)["id"])
		}
		return out
	}
	deposit := m.must("/transfer/ledger/deposit", haul("5.00"))["sweep"].(object)
	m.expect("all", list(object{}), []any{deposit["id"], back["id"], sweep["id"]})
	m.expect("of a transfer", list(object{"transfer_id": debit}), []any{back["id"], sweep["id"]})
	m.expect("of an amount", list(object{"amount": "-5.00"}), []any{deposit["id"]})
	m.expect("of a status", list(object{"status": "pending"}), []any{deposit["id"]})
	m.expect("of a trigger", list(object{"trigger": "manual"}), []any{deposit["id"]})
	m.expect("a page", list(object{"count": 1, "offset": 1}), []any{back["id"]})
	m.expect("of nobody", list(object{"transfer_id": "none"}), []any(nil))
	m.wants("/transfer/sweep/list", object{"status": "lost"}, "INVALID_FIELD")
	m.wants("/sandbox/transfer/sweep/simulate", object{"test_clock_id": "none"}, "INVALID_FIELD")
}

package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

func TestSimulationFollowsTheDocumentedTransitions(t *testing.T) {
	m := newMover(t)
	for path, allowed := range map[string]string{
		"":                               "posted failed",
		"posted":                         "settled returned",
		"posted settled":                 "funds_available returned",
		"posted settled funds_available": "returned",
		"failed":                         "",
		"posted returned":                "",
	} {
		for _, event := range []string{"posted", "settled", "funds_available", "failed", "returned"} {
			id := m.transfer(object{"amount": "0.01"})["id"]
			m.simulate(id, strings.Fields(path)...)
			req := object{"transfer_id": id, "event_type": event}
			if slices.Contains(strings.Fields(allowed), event) {
				m.must("/sandbox/transfer/simulate", req)
				m.expect("status", m.get(id)["status"], event)
			} else {
				m.wants("/sandbox/transfer/simulate", req, "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID")
			}
		}
	}
	credit := m.transfer(object{"type": "credit"})["id"]
	m.simulate(credit, "posted", "settled")
	m.wants("/sandbox/transfer/simulate", object{"transfer_id": credit, "event_type": "funds_available"}, "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID")
}

func TestBadSimulationsAreRefused(t *testing.T) {
	m := newMover(t)
	id := m.transfer()["id"]
	for name, req := range map[string]object{
		"an unknown transfer":      {"transfer_id": "none", "event_type": "posted"},
		"an event of no kind":      {"transfer_id": id, "event_type": "lost"},
		"the event of a cancel":    {"transfer_id": id, "event_type": "cancelled"},
		"the event of a refund":    {"transfer_id": id, "event_type": "refund.posted"},
		"an unknown clock":         {"transfer_id": id, "event_type": "posted", "test_clock_id": "none"},
		"a webhook that is no URL": {"transfer_id": id, "event_type": "posted", "webhook": "here"},
	} {
		t.Run(name, func(t *testing.T) { m.wants("/sandbox/transfer/simulate", req, "INVALID_FIELD") })
	}
	m.wants("/sandbox/transfer/simulate", object{"transfer_id": id}, "MISSING_FIELDS")
	m.expect("status", m.get(id)["status"], "pending")
}

func TestReturnTellsWhy(t *testing.T) {
	m := newMover(t)
	for want, reason := range map[string]any{
		"R01 Insufficient funds": nil,
		"R02 Account closed":     object{"ach_return_code": "R02"},
		"R10 not mine":           object{"failure_code": "R10", "description": "not mine"},
	} {
		id := m.transfer(object{"amount": "1.00"})["id"]
		m.simulate(id, "posted")
		m.must("/sandbox/transfer/simulate", changed(object{"transfer_id": id, "event_type": "returned"}, object{"failure_reason": reason}))
		got := m.get(id)
		why := got["failure_reason"].(object)
		m.expect("reason", why["failure_code"].(string)+" "+why["description"].(string), want)
		m.expect("old field", why["ach_return_code"], why["failure_code"])
		m.expect("funds available", got["expected_funds_available_date"], nil)
		if trace := got["network_trace_id"].(string); len(trace) != 15 {
			t.Errorf("trace %q", trace)
		}
	}
	id := m.transfer()["id"]
	m.simulate(id, "failed")
	m.expect("code of a failure", m.get(id)["failure_reason"].(object)["failure_code"], nil)
}

func TestCertainAmountsRunByThemselves(t *testing.T) {
	m := newMover(t)
	for amount, want := range map[string]string{
		"11.11": "pending posted settled funds_available",
		"22.22": "pending failed",
		"33.33": "pending posted settled funds_available returned R01",
		"44.44": "pending posted settled funds_available returned R02",
		"55.55": "pending posted settled funds_available returned R16",
		"66.66": "pending posted settled returned R01",
		"77.77": "pending",
	} {
		tr := m.transfer(object{"amount": amount})
		m.expect("the answer to "+amount, tr["status"], "pending")
		var got []string
		for _, e := range m.must("/transfer/event/list", object{"transfer_id": tr["id"]})["transfer_events"].([]any) {
			got = append([]string{e.(object)["event_type"].(string)}, got...)
		}
		if why, ok := m.get(tr["id"])["failure_reason"].(object); ok && why["failure_code"] != nil {
			got = append(got, why["failure_code"].(string))
		}
		m.expect(amount, strings.Join(got, " "), want)
	}
	credit := m.transfer(object{"amount": "11.11", "type": "credit"})
	m.expect("a credit", m.get(credit["id"])["status"], "settled")
}

func TestEventsAreSyncedInOrder(t *testing.T) {
	m := newMover(t)
	id := m.transfer()["id"]
	m.simulate(id, "posted", "settled")
	page := m.must("/transfer/event/sync", object{"after_id": 0, "count": 2})
	m.expect("more", page["has_more"], true)
	first := page["transfer_events"].([]any)[0].(object)
	for field, want := range map[string]any{
		"event_id": 1, "event_type": "pending", "transfer_id": id, "transfer_amount": "12.34", "transfer_type": "debit", "account_id": m.accounts["0000"],
		"sweep_id": nil, "refund_id": nil, "failure_reason": nil, "timestamp": "2026-11-21T09:30:00Z",
	} {
		m.expect(field, first[field], want)
	}
	page = m.must("/transfer/event/sync", object{"after_id": 2})
	m.expect("more", page["has_more"], false)
	m.expect("rest", len(page["transfer_events"].([]any)), 1)
	m.expect("beyond", len(m.must("/transfer/event/sync", object{"after_id": 99})["transfer_events"].([]any)), 0)
	m.wants("/transfer/event/sync", object{}, "MISSING_FIELDS")
	m.wants("/transfer/event/sync", object{"after_id": -1}, "INVALID_FIELD")
	m.wants("/transfer/event/sync", object{"after_id": 0, "count": 501}, "INVALID_FIELD")
	m.wants("/transfer/event/sync", object{"after_id": 0, "count": 0}, "INVALID_FIELD")
}

func TestEventListFilters(t *testing.T) {
	m := newMover(t)
	a := m.transfer()["id"]
	m.clock.advance(time.Minute)
	b := m.transfer(object{"type": "credit", "account_id": m.accounts["1111"]})["id"]
	m.simulate(a, "posted", "settled")
	list := func(req object) string {
		var out []string
		for _, e := range m.must("/transfer/event/list", req)["transfer_events"].([]any) {
			out = append(out, e.(object)["event_type"].(string))
		}
		return strings.Join(out, " ")
	}
	for name, c := range map[string]struct {
		req  object
		want string
	}{
		"all, the newest first": {object{}, "settled posted pending pending"},
		"of a transfer":         {object{"transfer_id": b}, "pending"},
		"of an account":         {object{"account_id": m.accounts["0000"]}, "settled posted pending"},
		"of a kind":             {object{"transfer_type": "credit"}, "pending"},
		"of types":              {object{"event_types": []string{"posted", "settled"}}, "settled posted"},
		"until":                 {object{"end_date": "2026-11-21T09:30:00Z"}, "pending"},
		"from":                  {object{"start_date": "2026-11-21T09:30:01Z"}, "settled posted pending"},
		"a page":                {object{"count": 1, "offset": 1}, "posted"},
		"of a sweep":            {object{"sweep_id": "none"}, ""},
		"of another client":     {object{"originator_client_id": "none"}, ""},
	} {
		m.expect(name, list(c.req), c.want)
	}
	m.expect("more", m.must("/transfer/event/list", object{"count": 3})["has_more"], true)
	m.expect("no more", m.must("/transfer/event/list", object{"count": 4})["has_more"], false)
	m.wants("/transfer/event/list", object{"event_types": []string{"lost"}}, "INVALID_FIELD")
	m.wants("/transfer/event/list", object{"count": 26}, "INVALID_FIELD")
	m.wants("/transfer/event/list", object{"transfer_type": "both"}, "INVALID_FIELD")
}

func TestTransfersFollowBankingDaysIfAskedTo(t *testing.T) {
	m := newMover(t, func(c *sandbox.Config) { c.SettleTransfers = true })
	standard := m.transfer()["id"]
	sameDay := m.transfer(object{"type": "credit", "network": "same-day-ach", "amount": "10.00"})["id"]
	// It is Saturday, 21 November 2026; Thursday the 26th is Thanksgiving.
	for _, c := range []struct{ at, standard, sameDay string }{
		{"2026-11-23T14:34:00Z", "pending", "pending"},
		{"2026-11-23T14:35:00Z", "pending", "posted"}, // Monday, 9:35 in New York
		{"2026-11-23T18:00:00Z", "pending", "settled"},
		{"2026-11-24T01:30:00Z", "posted", "settled"}, // Monday, 20:30
		{"2026-11-24T13:59:00Z", "posted", "settled"},
		{"2026-11-24T14:00:00Z", "settled", "settled"},         // Tuesday, 9:00
		{"2026-11-30T19:59:00Z", "settled", "settled"},         // after Wednesday and Friday
		{"2026-11-30T20:00:00Z", "funds_available", "settled"}, // Monday, 15:00
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		m.clock.advance(at.Sub(m.clock.Now()))
		m.expect(c.at+" standard", m.get(standard)["status"], c.standard)
		m.expect(c.at+" same day", m.get(sameDay)["status"], c.sameDay)
	}
	m.expect("ledger", m.ledger(), "102.34 available, 0.00 pending")
	m.restart()
	m.expect("events", m.events(), []string{"pending", "pending", "posted", "settled", "posted", "settled", "funds_available"})
}

func TestCapabilitiesAndConfiguration(t *testing.T) {
	m := newMover(t)
	for mask, want := range map[string]bool{"0000": true, "1111": true, "9002": false} {
		got := m.must("/transfer/capabilities/get", object{"access_token": m.access, "account_id": m.accounts[mask]})
		m.expect(mask, got["institution_supported_networks"].(object)["rtp"].(object)["credit"], want)
	}
	m.wants("/transfer/capabilities/get", object{"access_token": m.access, "account_id": "none"}, "INVALID_ACCOUNT_ID")
	m.wants("/transfer/capabilities/get", object{"access_token": m.access}, "MISSING_FIELDS")
	m.expect("limit", m.must("/transfer/configuration/get", object{})["max_single_transfer_debit_amount"], "10000.00")
	m.expect("currency", m.must("/transfer/metrics/get", object{})["iso_currency_code"], "USD")
	m.transfer(object{"type": "credit", "amount": "40.00"})
	m.transfer(object{"amount": "5.00"})
	b := m.must("/transfer/balance/get", object{"type": "prefunded_ach_credits"})["balance"].(object)
	m.expect("balance", []any{b["available"], b["current"], b["type"]}, []any{"60.00", "65.00", "prefunded_ach_credits"})
	for _, path := range []string{"/transfer/configuration/get", "/transfer/metrics/get", "/transfer/balance/get"} {
		m.wants(path, object{"originator_client_id": "none"}, "TRANSFER_ORIGINATOR_NOT_FOUND")
		m.wants(path, object{"colour": "red"}, "UNKNOWN_FIELDS")
	}
	m.wants("/transfer/balance/get", object{"type": "cash"}, "INVALID_FIELD")
}

func TestTransferWebhookTellsThatThereAreEvents(t *testing.T) {
	m := newMover(t)
	got := make(chan []byte, 3)
	client := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- body
	}))
	defer client.Close()
	id := m.transfer()["id"]
	m.simulate(id, "posted") // tells nobody
	m.must("/sandbox/transfer/fire_webhook", object{"webhook": client.URL})
	m.must("/sandbox/transfer/simulate", object{"transfer_id": id, "event_type": "settled", "webhook": client.URL})
	for range 2 {
		var body object
		if err := json.Unmarshal(<-got, &body); err != nil {
			t.Fatal(err)
		}
		m.expect("webhook", body, object{"webhook_type": "TRANSFER", "webhook_code": "TRANSFER_EVENTS_UPDATE", "environment": "sandbox"})
	}
	m.wants("/sandbox/transfer/simulate", object{"transfer_id": id, "event_type": "settled", "webhook": client.URL}, "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID")
	m.wants("/sandbox/transfer/fire_webhook", object{}, "MISSING_FIELDS")
	m.wants("/sandbox/transfer/fire_webhook", object{"webhook": "here"}, "INVALID_FIELD")
	m.wants("/sandbox/transfer/fire_webhook", object{"webhook": "ftp://127.0.0.1/hook"}, "INVALID_FIELD")
	if len(got) > 0 {
		t.Error("a simulation that was refused was told")
	}
}

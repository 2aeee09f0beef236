package sandbox_test

import (
	"fmt"
	"testing"
	"time"
)

// weekly is a debit every Tuesday.
func (m *mover) weekly(changes ...object) object {
	return m.proposal(append([]object{{
		"idempotency_key": "key", "description": "rent",
		"schedule": object{"interval_unit": "week", "interval_count": 1, "interval_execution_day": 2, "start_date": "2022-11-15", "end_date": "2022-11-30"},
	}}, changes...)...)
}

func (m *mover) testClock(at string) string {
	m.t.Helper()
	return m.must("/sandbox/transfer/test_clock/create", object{"virtual_time": at})["test_clock"].(object)["test_clock_id"].(string)
}

// The scenario of Plaid's page "Transfer Sandbox".
func TestTestClockDrivesRecurringTransfers(t *testing.T) {
	m := newMover(t)
	clock := m.testClock("2022-11-14T07:00:00-08:00")
	made := m.must("/transfer/recurring/create", m.weekly(object{"test_clock_id": clock}))
	r := made["recurring_transfer"].(object)
	m.expect("decision", made["decision"], "approved")
	m.expect("next", r["next_origination_date"], "2022-11-15")
	for _, step := range []struct {
		to, status string
		transfers  int
		next       any
	}{
		{"2022-11-15T23:59:00-08:00", "active", 1, "2022-11-22"},
		{"2022-11-29T23:59:00-08:00", "expired", 3, nil},
		{"2022-12-06T23:59:00-08:00", "expired", 3, nil},
	} {
		m.must("/sandbox/transfer/test_clock/advance", object{"test_clock_id": clock, "new_virtual_time": step.to})
		r = m.must("/transfer/recurring/get", object{"recurring_transfer_id": r["recurring_transfer_id"]})["recurring_transfer"].(object)
		m.expect(step.to, []any{r["status"], len(r["transfer_ids"].([]any)), r["next_origination_date"]}, []any{step.status, step.transfers, step.next})
	}
	tr := m.get(r["transfer_ids"].([]any)[0])
	m.expect("transfer", []any{tr["recurring_transfer_id"], tr["status"], tr["created"]}, []any{r["recurring_transfer_id"], "pending", "2022-11-15T14:00:00Z"})
	m.wants("/transfer/recurring/cancel", object{"recurring_transfer_id": r["recurring_transfer_id"]}, "INVALID_FIELD")
}

func TestMonthlyTransfersKeepToBankingDays(t *testing.T) {
	m := newMover(t)
	clock := m.testClock("2025-01-02T12:00:00Z")
	// The example of Plaid's page "Recurring Transfers": the last day of May 2025 is a Saturday.
	r := m.must("/transfer/recurring/create", m.weekly(object{"test_clock_id": clock, "amount": "1.00", "schedule": object{
		"interval_unit": "month", "interval_count": 1, "interval_execution_day": -1, "start_date": "2025-01-02",
	}}))["recurring_transfer"].(object)
	m.must("/sandbox/transfer/test_clock/advance", object{"test_clock_id": clock, "new_virtual_time": "2025-06-30T23:00:00Z"})
	r = m.must("/transfer/recurring/get", object{"recurring_transfer_id": r["recurring_transfer_id"]})["recurring_transfer"].(object)
	var days []string
	for _, id := range r["transfer_ids"].([]any) {
		days = append(days, m.get(id)["created"].(string)[:10])
	}
	m.expect("days", days, []string{"2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-06-02", "2025-06-30"})
}

func TestRecurringTransfersWithoutATestClockFollowTheBanks(t *testing.T) {
	m := newMover(t)
	r := m.must("/transfer/recurring/create", m.weekly(object{"schedule": object{
		"interval_unit": "week", "interval_count": 2, "interval_execution_day": 1, "start_date": "2026-11-01",
	}}))["recurring_transfer"].(object)
	m.expect("next", r["next_origination_date"], "2026-11-30")
	m.clock.advance(24 * time.Hour * 30) // until Monday, 21 December
	m.expect("events", m.events(), []string{"pending", "pending"})
	m.must("/sandbox/item/reset_login", object{"access_token": m.access})
	m.clock.advance(24 * time.Hour * 14) // the one of 28 December is skipped
	m.expect("events", m.events(), []string{"pending", "pending"})
	m.must("/item/remove", object{"access_token": m.access})
	m.clock.advance(24 * time.Hour * 14)
	r = m.must("/transfer/recurring/get", object{"recurring_transfer_id": r["recurring_transfer_id"]})["recurring_transfer"].(object)
	m.expect("of a removed Item", []any{r["status"], len(r["transfer_ids"].([]any))}, []any{"cancelled", 2})
}

func TestRecurringTransfersAreListedAndCancelled(t *testing.T) {
	m := newMover(t)
	var ids []any
	for i := range 3 {
		r := m.must("/transfer/recurring/create", m.weekly(object{"idempotency_key": fmt.Sprint(i), "schedule": object{
			"interval_unit": "week", "interval_count": 1, "interval_execution_day": 5, "start_date": "2026-12-01",
		}}))
		ids = append([]any{r["recurring_transfer"].(object)["recurring_transfer_id"]}, ids...)
		m.clock.advance(time.Minute)
	}
	list := func(req object) (out []any) {
		for _, r := range m.must("/transfer/recurring/list", req)["recurring_transfers"].([]any) {
			out = append(out, r.(object)["recurring_transfer_id"])
		}
		return out
	}
	m.expect("all", list(object{}), ids)
	m.expect("a page", list(object{"count": 1, "offset": 1}), ids[1:2])
	m.expect("from", list(object{"start_time": "2026-11-21T09:32:00Z"}), ids[:1])
	m.expect("another account", list(object{"funding_account_id": "none"}), []any(nil))
	m.must("/transfer/recurring/cancel", object{"recurring_transfer_id": ids[0]})
	got := m.must("/transfer/recurring/get", object{"recurring_transfer_id": ids[0]})["recurring_transfer"].(object)
	m.expect("cancelled", []any{got["status"], got["next_origination_date"]}, []any{"cancelled", nil})
	m.wants("/transfer/recurring/get", object{"recurring_transfer_id": "none"}, "INVALID_FIELD")
	m.wants("/transfer/recurring/cancel", object{"recurring_transfer_id": "none"}, "INVALID_FIELD")
	m.wants("/transfer/recurring/list", object{"count": 26}, "INVALID_FIELD")
	m.clock.advance(30 * 24 * time.Hour)
	m.expect("originations of the other two", len(m.events()), 2*3)
}

func TestBadRecurringTransfersAreRefused(t *testing.T) {
	m := newMover(t)
	clock := m.testClock("2022-11-14T07:00:00-08:00")
	schedule := func(changes object) object {
		return object{"schedule": changed(object{"interval_unit": "week", "interval_count": 1, "interval_execution_day": 2, "start_date": "2022-11-15"}, changes)}
	}
	for name, c := range map[string]struct {
		change object
		code   string
	}{
		"no key":               {object{"idempotency_key": nil}, "MISSING_FIELDS"},
		"no schedule":          {object{"schedule": nil}, "MISSING_FIELDS"},
		"no start":             {schedule(object{"start_date": nil}), "MISSING_FIELDS"},
		"half a device":        {object{"device": object{"ip_address": "192.0.2.1"}}, "MISSING_FIELDS"},
		"a day of no week":     {schedule(object{"interval_execution_day": 6}), "INVALID_FIELD"},
		"a day of no month":    {schedule(object{"interval_unit": "month", "interval_execution_day": 29}), "INVALID_FIELD"},
		"day zero":             {schedule(object{"interval_unit": "month", "interval_execution_day": 0}), "INVALID_FIELD"},
		"no interval":          {schedule(object{"interval_count": 0}), "INVALID_FIELD"},
		"a unit of no kind":    {schedule(object{"interval_unit": "day"}), "INVALID_FIELD"},
		"an end before":        {schedule(object{"end_date": "2022-11-14"}), "INVALID_FIELD"},
		"no day at all":        {schedule(object{"start_date": "2022-11-16", "end_date": "2022-11-17"}), "INVALID_FIELD"},
		"a start of no kind":   {schedule(object{"start_date": "soon"}), "INVALID_FIELD"},
		"a wire":               {object{"network": "wire", "type": "credit"}, "INVALID_FIELD"},
		"an instant one today": {changed(schedule(object{"start_date": "2022-11-14"}), object{"network": "rtp", "type": "credit"}), "INVALID_FIELD"},
		"a long description":   {object{"description": "12345678901"}, "INVALID_FIELD"},
		"nothing":              {object{"amount": "0.00"}, "INVALID_FIELD"},
		"a foreign clock":      {object{"test_clock_id": "none"}, "INVALID_FIELD"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out := m.post("/transfer/recurring/create", m.weekly(object{"test_clock_id": clock}, c.change))
			if status == 200 || out["error_code"] != c.code {
				t.Errorf("%d %v, want %s", status, out, c.code)
			}
		})
	}
	declined := m.must("/transfer/recurring/create", m.weekly(object{"test_clock_id": clock, "amount": "100.01"}))
	m.expect("declined", []any{declined["decision"], declined["decision_rationale"].(object)["code"], declined["recurring_transfer"]}, []any{"declined", "NSF", nil})
}

func TestRecurringKeyMakesOneTransfer(t *testing.T) {
	m := newMover(t)
	clock := object{"test_clock_id": m.testClock("2022-11-14T07:00:00-08:00")}
	id := func(r object) any { return r["recurring_transfer"].(object)["recurring_transfer_id"] }
	first := m.must("/transfer/recurring/create", m.weekly(clock))
	m.expect("the same again", id(m.must("/transfer/recurring/create", m.weekly(clock))), id(first))
	m.wants("/transfer/recurring/create", m.weekly(clock, object{"amount": "1.00"}), "INVALID_FIELD")
	for i := range 4 {
		m.must("/transfer/recurring/create", m.weekly(clock, object{"idempotency_key": fmt.Sprint(i)}))
	}
	m.wants("/transfer/recurring/create", m.weekly(clock, object{"idempotency_key": "six"}), "INVALID_FIELD")
}

func TestTestClocks(t *testing.T) {
	m := newMover(t)
	late, early := m.testClock("2023-01-02T00:00:00Z"), m.testClock("2022-01-02T00:00:00Z")
	now := m.must("/sandbox/transfer/test_clock/create", object{})["test_clock"].(object)
	m.expect("now", now["virtual_time"], "2026-11-21T09:30:00Z")
	list := func(req object) (out []any) {
		for _, c := range m.must("/sandbox/transfer/test_clock/list", req)["test_clocks"].([]any) {
			out = append(out, c.(object)["test_clock_id"])
		}
		return out
	}
	m.expect("all", list(object{}), []any{early, late, now["test_clock_id"]})
	m.expect("a page", list(object{"count": 1, "offset": 1}), []any{late})
	m.expect("between", list(object{"start_virtual_time": "2022-06-01T00:00:00Z", "end_virtual_time": "2024-01-01T00:00:00Z"}), []any{late})
	advance := func(to string) object { return object{"test_clock_id": late, "new_virtual_time": to} }
	m.must("/sandbox/transfer/test_clock/advance", advance("2023-01-03T00:00:00Z"))
	m.expect("advanced", m.must("/sandbox/transfer/test_clock/get", object{"test_clock_id": late})["test_clock"].(object)["virtual_time"], "2023-01-03T00:00:00Z")
	m.wants("/sandbox/transfer/test_clock/advance", advance("2023-01-02T23:59:59Z"), "INVALID_FIELD")
	m.wants("/sandbox/transfer/test_clock/advance", advance("tomorrow"), "INVALID_FIELD")
	m.wants("/sandbox/transfer/test_clock/advance", object{"test_clock_id": late}, "MISSING_FIELDS")
	m.wants("/sandbox/transfer/test_clock/get", object{"test_clock_id": "none"}, "INVALID_FIELD")
	m.wants("/sandbox/transfer/test_clock/create", object{"virtual_time": "tomorrow"}, "INVALID_FIELD")
	m.must("/transfer/recurring/create", m.weekly(object{"test_clock_id": late, "schedule": object{
		"interval_unit": "week", "interval_count": 4, "interval_execution_day": 1, "start_date": "2023-01-09",
	}}))
	m.wants("/sandbox/transfer/test_clock/advance", advance("2024-07-22T20:00:00Z"), "INVALID_FIELD") // 81 weeks
	m.must("/sandbox/transfer/test_clock/advance", advance("2024-07-15T20:00:00Z"))
	m.expect("originations", len(m.events()), 20)
}

func TestTransfersOnATestClock(t *testing.T) {
	m := newMover(t)
	clock := object{"test_clock_id": m.testClock("2022-11-14T15:00:00Z")}
	a := m.authorize(clock)
	m.expect("authorized", a["created"], "2022-11-14T15:00:00Z")
	m.clock.advance(2 * time.Hour) // which is nothing on the test clock
	tr := m.must("/transfer/create", changed(object{
		"access_token": m.access, "account_id": m.accounts["0000"], "authorization_id": a["id"], "description": "payment",
	}, clock))["transfer"].(object)
	m.expect("created", tr["created"], "2022-11-14T15:00:00Z")
	m.must("/sandbox/transfer/test_clock/advance", changed(clock, object{"new_virtual_time": "2022-11-15T15:00:00Z"}))
	m.expect("a test clock changes no status", m.get(tr["id"])["status"], "pending")
	m.simulate(tr["id"], "posted", "settled")
	m.must("/sandbox/transfer/ledger/simulate_available", clock)
	m.expect("before the hold is over", m.get(tr["id"])["status"], "settled")
	m.must("/sandbox/transfer/test_clock/advance", changed(clock, object{"new_virtual_time": "2022-11-18T20:00:01Z"}))
	m.must("/sandbox/transfer/ledger/simulate_available", clock)
	m.expect("after it", m.get(tr["id"])["status"], "funds_available")
}

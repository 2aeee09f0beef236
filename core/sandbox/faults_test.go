package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// set sets a fault and returns its id.
func (b *bench) set(fault object) string {
	b.t.Helper()
	return b.control("/practice/faults/set", fault)["fault"].(object)["fault_id"].(string)
}

func (b *bench) faults() []any {
	b.t.Helper()
	return b.control("/practice/faults/list", nil)["faults"].([]any)
}

// raw sends a call and returns what comes, also if it is no whole answer.
func (b *bench) raw(path string, body object) (status int, kind string, answer []byte, err error) {
	b.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, b.http.URL+path, bytes.NewReader(content))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Plaid-Client-Id", testID)
	req.Header.Set("Plaid-Secret", testSecret)
	resp, err := b.http.Client().Do(req)
	if err != nil {
		return 0, "", nil, err
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header.Get("Content-Type"), answer, err
}

func TestFaultsThatAreErrors(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	ask := object{"access_token": access}
	for _, c := range []struct {
		kind, path, code string
		status           int
	}{
		{"rate_limit", "/accounts/get", "ACCOUNTS_LIMIT", 429},
		{"rate_limit", "/accounts/balance/get", "BALANCE_LIMIT", 429},
		{"rate_limit", "/transactions/sync", "TRANSACTIONS_SYNC_LIMIT", 429},
		{"rate_limit", "/item/remove", "RATE_LIMIT", 429},
		{"server_error", "/item/get", "INTERNAL_SERVER_ERROR", 500},
		{"planned_maintenance", "/auth/get", "PLANNED_MAINTENANCE", 503},
		{"institution_down", "/accounts/get", "INSTITUTION_DOWN", 400},
	} {
		b.set(object{"kind": c.kind, "next": 1})
		if status, got := b.post(c.path, ask); status != c.status || got["error_code"] != c.code {
			t.Errorf("%s at %s: %d %v", c.kind, c.path, status, got)
		}
		b.must("/accounts/get", ask)
	}
}

func TestBadGatewayIsHTML(t *testing.T) {
	b := newBench(t)
	b.set(object{"kind": "bad_gateway", "endpoint": "/institutions/*"})
	status, kind, answer, err := b.raw("/institutions/search", object{"query": "a", "country_codes": []string{"US"}})
	if err != nil || status != 502 || kind != "text/html" || !bytes.HasPrefix(answer, []byte("<html>")) {
		t.Errorf("%d %s %s %v", status, kind, answer, err)
	}
	b.instant("ins_109508", 30) // other endpoints are well
}

func TestCutBodyAndWrongType(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	ask := object{"access_token": access}
	b.set(object{"kind": "cut_body", "next": 1})
	status, kind, answer, err := b.raw("/accounts/get", ask)
	if err == nil || status != 200 || !strings.HasPrefix(kind, "application/json") || len(answer) == 0 || json.Valid(answer) {
		t.Errorf("cut: %d %s %d bytes, %v", status, kind, len(answer), err)
	}
	for field, want := range map[string]string{"": "accounts", "item": "item", "request_id": "request_id", "nonsense": "accounts"} {
		whole := b.must("/accounts/get", ask)
		b.set(object{"kind": "wrong_type", "field": field, "next": 1})
		_, _, answer, err := b.raw("/accounts/get", ask)
		var got object
		if err != nil || json.Unmarshal(answer, &got) != nil {
			t.Fatalf("%q: %s %v", field, answer, err)
		}
		for name := range whole {
			if _, text := got[name].(string); text == (whole[name] == whole["request_id"]) && name == want || len(got) != len(whole) {
				t.Errorf("%q: %s is %v", field, name, got[name])
			}
		}
	}
}

func TestSlowAnswersAreRight(t *testing.T) {
	waits := make(chan time.Duration, 10)
	ring := make(chan time.Time, 10)
	b := newBench(t, func(c *sandbox.Config) {
		c.After = func(d time.Duration) <-chan time.Time {
			waits <- d
			return ring
		}
	})
	access, _ := b.instant("ins_109508", 30)
	b.set(object{"kind": "slow", "endpoint": "/item/remove", "delay": "2m", "stage": "after"})
	b.set(object{"kind": "slow", "endpoint": "/accounts/get", "delay": "45s", "next": 1})
	ring <- time.Time{}
	b.must("/accounts/get", object{"access_token": access})
	if d := <-waits; d != 45*time.Second {
		t.Errorf("waited %v", d)
	}
	done := make(chan object, 1)
	go func() {
		_, _, answer, _ := b.raw("/item/remove", object{"access_token": access})
		var got object
		_ = json.Unmarshal(answer, &got)
		done <- got
	}()
	if d := <-waits; d != 2*time.Minute {
		t.Errorf("waited %v", d)
	}
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_NOT_FOUND") // the work is done already
	ring <- time.Time{}
	if got := <-done; got["request_id"] == nil {
		t.Errorf("%v", got)
	}
}

// Before the work nothing has happened; after it, only the answer is lost.
func TestBeforeAndAfterTheWork(t *testing.T) {
	b := newBench(t)
	for _, kind := range []string{"server_error", "bad_gateway", "rate_limit", "planned_maintenance"} {
		access, _ := b.instant("ins_109508", 30)
		b.set(object{"kind": kind, "endpoint": "/item/remove", "next": 1, "stage": "before"})
		if status, _, _, err := b.raw("/item/remove", object{"access_token": access}); err != nil || status < 400 {
			t.Errorf("%s: %d %v", kind, status, err)
		}
		b.must("/accounts/get", object{"access_token": access})
		b.set(object{"kind": kind, "endpoint": "/item/remove", "next": 1, "stage": "after"})
		if status, _, _, err := b.raw("/item/remove", object{"access_token": access}); err != nil || status < 400 {
			t.Errorf("%s: %d %v", kind, status, err)
		}
		b.wants("/accounts/get", object{"access_token": access}, "ITEM_NOT_FOUND")
	}
	access, _ := b.instant("ins_109508", 30)
	b.set(object{"kind": "cut_body", "endpoint": "/item/remove", "next": 1})
	if _, _, _, err := b.raw("/item/remove", object{"access_token": access}); err == nil {
		t.Error("the body is whole")
	}
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_NOT_FOUND")
}

// A mutation meets a client between two pages, and one that restarts from the
// loop's first cursor ends with the truth.
func TestMutationFaultBetweenPages(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 120)
	id := b.set(object{"kind": "mutation", "every": 2, "next": 2})
	rows, start := map[string]object{}, ""
	met := 0
	for cursor, more := start, true; more; {
		status, page := b.post("/transactions/sync", object{
			"access_token": access, "cursor": cursor, "count": 40, "options": object{"include_original_description": true},
		})
		if status != http.StatusOK {
			if page["error_code"] != "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION" {
				t.Fatal(page)
			}
			met++
			cursor, rows = start, map[string]object{}
			continue
		}
		apply(t, page, rows)
		cursor, more = page["next_cursor"].(string), page["has_more"] == true
	}
	if met != 2 {
		t.Errorf("met %d times", met)
	}
	b.compare("in the end", itemID, rows)
	for _, f := range b.faults() {
		if f := f.(object); f["fault_id"] == id && (f["hits"] != 2.0 || f["calls"] != 4.0) {
			t.Errorf("%v", f)
		}
	}
}

func TestOneInstitutionIsDown(t *testing.T) {
	b := newBench(t)
	well, _ := b.instant("ins_109508", 30)
	ill, _ := b.instant("ins_109509", 30)
	id := b.set(object{"kind": "institution_down", "institution_id": "ins_109509"})
	b.wants("/accounts/get", object{"access_token": ill}, "INSTITUTION_DOWN")
	b.wants("/transactions/sync", object{"access_token": ill}, "INSTITUTION_DOWN")
	b.wants("/sandbox/public_token/create", object{"institution_id": "ins_109509", "initial_products": []string{"auth"}}, "INSTITUTION_DOWN")
	b.must("/item/get", object{"access_token": ill}) // needs no answer of the bank
	b.must("/accounts/get", object{"access_token": well})
	b.restart()
	b.wants("/accounts/get", object{"access_token": ill}, "INSTITUTION_DOWN")
	b.control("/practice/faults/clear", object{"fault_id": id})
	b.must("/accounts/get", object{"access_token": ill})
}

func TestFaultsByTheClock(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	b.set(object{"kind": "server_error", "endpoint": "/accounts/get", "from": "2026-11-21T10:00:00Z", "to": "2026-11-21T11:00:00Z"})
	for _, want := range []int{200, 500, 500, 200} {
		if status, _ := b.post("/accounts/get", object{"access_token": access}); status != want {
			t.Errorf("at %v: %d, want %d", b.clock.Now(), status, want)
		}
		b.clock.advance(30 * time.Minute)
	}
}

// Who has no keys meets no fault, uses none up, and cannot set one.
func TestFaultsAreForTheHolderOfTheKeys(t *testing.T) {
	b := newBench(t)
	b.set(object{"kind": "bad_gateway", "next": 1})
	stranger := map[string]string{"Plaid-Secret": "guess"}
	for _, path := range []string{"/item/get", "/practice/faults/clear", "/practice/faults/set", "/practice/state/reset"} {
		if status, answer := b.send(path, []byte(`{"kind":"slow"}`), stranger); status != 400 || !bytes.Contains(answer, []byte("INVALID_API_KEYS")) {
			t.Errorf("%s: %d %s", path, status, answer)
		}
	}
	if f := b.faults(); len(f) != 1 || f[0].(object)["calls"] != 0.0 {
		t.Errorf("%v", f)
	}
}

func TestFaultsAreChecked(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		fault object
		code  string
	}{
		{object{}, "MISSING_FIELDS"},
		{object{"kind": "earthquake"}, "INVALID_FIELD"},
		{object{"kind": 7}, "INVALID_FIELD"},
		{object{"kind": "slow"}, "INVALID_FIELD"},
		{object{"kind": "slow", "delay": "1h"}, "INVALID_FIELD"},
		{object{"kind": "slow", "delay": "soon"}, "INVALID_FIELD"},
		{object{"kind": "server_error", "delay": "1s"}, "INVALID_FIELD"},
		{object{"kind": "server_error", "endpoint": "item"}, "INVALID_FIELD"},
		{object{"kind": "server_error", "endpoint": "/*/get"}, "INVALID_FIELD"},
		{object{"kind": "server_error", "stage": "during"}, "INVALID_FIELD"},
		{object{"kind": "cut_body", "stage": "before"}, "INVALID_FIELD"},
		{object{"kind": "server_error", "field": "item"}, "INVALID_FIELD"},
		{object{"kind": "server_error", "next": 0}, "INVALID_FIELD"},
		{object{"kind": "server_error", "every": -1}, "INVALID_FIELD"},
		{object{"kind": "server_error", "probability": 1.5}, "INVALID_FIELD"},
		{object{"kind": "server_error", "from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "INVALID_FIELD"},
		{object{"kind": "institution_down", "institution_id": "ins_none"}, "INVALID_INSTITUTION"},
		{object{"kind": "server_error", "when": "now"}, "UNKNOWN_FIELDS"},
	} {
		b.denied("/practice/faults/set", c.fault, c.code)
	}
	b.denied("/practice/faults/clear", object{"fault_id": "none"}, "INVALID_FIELD")
	if f := b.faults(); len(f) != 0 {
		t.Errorf("%v", f)
	}
	for range 100 {
		b.set(object{"kind": "server_error", "endpoint": "/none"})
	}
	b.denied("/practice/faults/set", object{"kind": "server_error"}, "INVALID_FIELD")
	b.control("/practice/faults/clear", nil)
	if f := b.faults(); len(f) != 0 {
		t.Errorf("%d left", len(f))
	}
}

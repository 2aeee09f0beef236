package sandbox_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// order calls the control API.
func (b *bench) order(path string, body object) (int, object) {
	b.t.Helper()
	if body == nil {
		body = object{}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	status, answer := b.send(path, raw, nil)
	var out object
	if err := json.Unmarshal(answer, &out); err != nil {
		b.t.Fatalf("%s: %s: %v", path, answer, err)
	}
	if out["request_id"] == "" || out["request_id"] == nil {
		b.t.Errorf("%s: no request_id: %s", path, answer)
	}
	return status, out
}

// control is order for a call that has to succeed.
func (b *bench) control(path string, body object) object {
	b.t.Helper()
	status, out := b.order(path, body)
	if status != http.StatusOK {
		b.t.Fatalf("%s: %d %v", path, status, out)
	}
	return out
}

// denied is order for a call that has to fail with the given code.
func (b *bench) denied(path string, body object, code string) {
	b.t.Helper()
	if status, out := b.order(path, body); status == http.StatusOK || out["error_code"] != code {
		b.t.Errorf("%s %v: %d %v, want %s", path, body, status, out, code)
	}
}

// breakDisk takes the directory of the state away while fn runs.
func (b *bench) breakDisk(fn func() (int, object)) (int, object) {
	b.t.Helper()
	dir := filepath.Dir(b.cfg.StateFile)
	if err := os.Rename(dir, dir+".away"); err != nil {
		b.t.Fatal(err)
	}
	status, out := fn()
	if err := os.Rename(dir+".away", dir); err != nil {
		b.t.Fatal(err)
	}
	return status, out
}

func TestClock(t *testing.T) {
	b := newBench(t)
	shows := func(got object, at string, frozen bool) {
		t.Helper()
		if got["time"] != at || got["frozen"] != frozen {
			t.Errorf("%v, want %s, frozen %v", got, at, frozen)
		}
	}
	shows(b.control("/practice/clock/get", nil), "2026-11-21T09:30:00Z", false)
	shows(b.control("/practice/clock/set", object{"time": "2026-01-01T00:00:00Z", "frozen": true}), "2026-01-01T00:00:00Z", true)
	b.clock.advance(time.Hour)
	shows(b.control("/practice/clock/advance", object{"by": "36h30m"}), "2026-01-02T12:30:00Z", true)
	b.restart()
	shows(b.control("/practice/clock/get", nil), "2026-01-02T12:30:00Z", true)
	shows(b.control("/practice/clock/set", object{"frozen": false}), "2026-01-02T12:30:00Z", false)
	b.clock.advance(time.Minute)
	shows(b.control("/practice/clock/advance", object{"by": "1h"}), "2026-01-02T13:31:00Z", false)

	access, _ := b.instant("ins_109508", 30)
	created := b.must("/item/get", object{"access_token": access})["item"].(object)["created_at"]
	if created != "2026-01-02T13:31:00Z" {
		t.Errorf("created at %v", created)
	}
	b.denied("/practice/clock/set", object{"time": "2026-01-02T13:30:59Z"}, "INVALID_FIELD")
	shows(b.control("/practice/clock/set", object{"real": true}), "2026-11-21T10:31:00Z", false)
	b.control("/practice/clock/advance", object{"by": "1h"})
	b.denied("/practice/clock/set", object{"real": true}, "INVALID_FIELD")
	b.control("/practice/state/reset", nil)
	shows(b.control("/practice/clock/get", nil), "2026-11-21T10:31:00Z", false)
	b.wants("/item/get", object{"access_token": access}, "INVALID_ACCESS_TOKEN")
}

func TestClockRefusesNonsense(t *testing.T) {
	b := newBench(t)
	for _, body := range []object{
		nil,
		{"real": true, "frozen": true},
		{"time": "yesterday"},
		{"time": "0001-01-01T00:00:00Z"},
		{"time": 7},
		{"frozen": "yes"},
	} {
		if status, out := b.order("/practice/clock/set", body); status != http.StatusBadRequest || out["error_type"] != "INVALID_REQUEST" {
			t.Errorf("set %v: %d %v", body, status, out)
		}
	}
	for _, by := range []any{nil, "", "-1h", "0s", "a week", 3600, "1000000h"} {
		if status, out := b.order("/practice/clock/advance", object{"by": by}); status != http.StatusBadRequest || out["error_type"] != "INVALID_REQUEST" {
			t.Errorf("advance %v: %d %v", by, status, out)
		}
	}
	b.denied("/practice/clock/get", object{"when": "now"}, "UNKNOWN_FIELDS")
	if got := b.control("/practice/clock/get", nil)["time"]; got != "2026-11-21T09:30:00Z" {
		t.Errorf("it is %v now", got)
	}
}

func TestStartAndAdvance(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) {
		c.Start, c.Advance = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC), 24*time.Hour
	})
	if got := b.control("/practice/clock/get", nil)["time"]; got != "2026-01-02T00:00:00Z" {
		t.Errorf("it is %v", got)
	}
	b.instant("ins_109508", 30)
	b.restart() // never goes back, and is put forward again
	if got := b.control("/practice/clock/get", nil)["time"]; got != "2026-01-03T00:00:00Z" {
		t.Errorf("after a restart it is %v", got)
	}
}

func TestItemsBreakAfterThirtyDays(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.KeepItems = false })
	access, itemID := b.instant("ins_109508", 30)
	b.control("/practice/clock/advance", object{"by": "719h59m59s"})
	b.must("/accounts/get", object{"access_token": access})
	list := b.control("/practice/items/list", nil)["items"].([]any)
	if row := list[0].(object); row["item_id"] != itemID || row["error_code"] != nil || row["breaks_at"] != "2026-12-21T09:30:00Z" {
		t.Errorf("%v", row)
	}
	b.control("/practice/clock/advance", object{"by": "1s"})
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
	item := b.must("/item/get", object{"access_token": access})["item"].(object)
	if e, _ := item["error"].(object); e["error_code"] != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("%v", item["error"])
	}
	_, page := b.newLink(object{"access_token": access})
	newBrowser(t).open(page).press("sign-in", good)
	b.control("/practice/clock/advance", object{"by": "719h"})
	b.must("/accounts/get", object{"access_token": access})
	b.control("/practice/clock/advance", object{"by": "1h"})
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
	row := b.control("/practice/items/list", nil)["items"].([]any)[0].(object)
	if row["error_code"] != "ITEM_LOGIN_REQUIRED" || row["user"] != "user_good" || row["institution_id"] != "ins_109508" {
		t.Errorf("%v", row)
	}
	b.must("/item/remove", object{"access_token": access})
	if left := b.control("/practice/items/list", nil)["items"].([]any); len(left) != 0 {
		t.Errorf("removed, and still listed: %v", left)
	}
}

func TestRateLimits(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.RateLimits = true })
	access, _ := b.instant("ins_109508", 30)
	other, _ := b.instant("ins_109509", 30)
	for range 25 {
		b.must("/accounts/balance/get", object{"access_token": access})
	}
	status, got := b.post("/accounts/balance/get", object{"access_token": access})
	if status != http.StatusTooManyRequests || got["error_type"] != "RATE_LIMIT_EXCEEDED" || got["error_code"] != "BALANCE_LIMIT" {
		t.Errorf("%d %v", status, got)
	}
	b.must("/accounts/balance/get", object{"access_token": other})
	b.must("/accounts/get", object{"access_token": access})
	b.control("/practice/clock/advance", object{"by": "1m"})
	b.must("/accounts/balance/get", object{"access_token": access})
	for range 2 {
		b.must("/transactions/refresh", object{"access_token": access})
	}
	b.wants("/transactions/refresh", object{"access_token": access}, "TRANSACTIONS_REFRESH_LIMIT")
}

func TestResetForgetsWhatWasSpent(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.RateLimits = true })
	search := object{"institution_id": "ins_109508", "country_codes": []string{"US"}}
	for range 400 {
		b.must("/institutions/get_by_id", search)
	}
	b.wants("/institutions/get_by_id", search, "INSTITUTIONS_GET_BY_ID_LIMIT")
	b.control("/practice/state/reset", nil)
	b.must("/institutions/get_by_id", search)
}

func TestRateLimitsAreOffUnlessAskedFor(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	for range 45 {
		b.must("/item/get", object{"access_token": access})
	}
}

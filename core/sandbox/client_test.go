package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core/sandbox"
)

const (
	testID     = "5f00000000000000000000aa"
	testSecret = "0123456789abcdef0123456789abcd"
)

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// bench is a practice bank with a client.
type bench struct {
	t     rapid.TB
	cfg   sandbox.Config
	clock *clock
	bank  *sandbox.Server
	http  *httptest.Server
	// plain says that answers are not checked against Plaid's documents, which
	// fill the memory that a benchmark measures.
	plain bool
}

func newBench(t testing.TB, change ...func(*sandbox.Config)) *bench {
	t.Helper()
	b := &bench{t: t, clock: newClock()}
	b.cfg = sandbox.Config{
		ClientID: testID, Secret: testSecret, StateFile: filepath.Join(t.TempDir(), "practice.state"), Now: b.clock.Now,
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately, Seed: 7, KeepItems: true,
	}
	for _, f := range change {
		f(&b.cfg)
	}
	b.start()
	t.Cleanup(func() { b.stop() })
	return b
}

// start starts the bank from its state file.
func (b *bench) start() {
	b.t.Helper()
	bank, err := sandbox.New(b.cfg)
	if err != nil {
		b.t.Fatal(err)
	}
	b.bank = bank
	b.http = httptest.NewUnstartedServer(nil)
	b.http.Config.Handler = bank.Handler(b.http.Listener.Addr().String())
	b.http.Start()
}

// stop ends the bank.
func (b *bench) stop() {
	b.t.Helper()
	b.http.Close()
	if err := b.bank.Close(); err != nil {
		b.t.Error(err)
	}
}

// restart ends the bank and starts it again.
func (b *bench) restart() {
	b.t.Helper()
	b.stop()
	b.start()
}

type object = map[string]any

// post calls the API and checks the answer against Plaid's documents.
func (b *bench) post(path string, body object) (int, object) {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	status, answer := b.send(path, raw, nil)
	if !b.plain {
		conform(b.t, path, status, answer)
	}
	var out object
	if err := json.Unmarshal(answer, &out); err != nil {
		b.t.Fatal(err)
	}
	return status, out
}

// send sends a body as it is, with headers that replace the usual ones.
func (b *bench) send(path string, raw []byte, headers map[string]string) (int, []byte) {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodPost, b.http.URL+path, bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Plaid-Client-Id", testID)
	req.Header.Set("Plaid-Secret", testSecret)
	req.Header.Set("Plaid-Version", "2020-09-14")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	resp, err := b.http.Client().Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, answer
}

// must is post for a call that has to succeed.
func (b *bench) must(path string, body object) object {
	b.t.Helper()
	status, out := b.post(path, body)
	if status != http.StatusOK {
		b.t.Fatalf("%s: %d %v", path, status, out)
	}
	return out
}

// wants is post for a call that has to fail with the given code.
func (b *bench) wants(path string, body object, code string) object {
	b.t.Helper()
	status, out := b.post(path, body)
	if status == http.StatusOK || out["error_code"] != code {
		b.t.Fatalf("%s: got %d %v, want %s", path, status, out, code)
	}
	return out
}

// instant links a bank without a page.
func (b *bench) instant(institution string, days int) (access, itemID string) {
	b.t.Helper()
	made := b.must("/sandbox/public_token/create", object{
		"institution_id": institution, "initial_products": []string{"transactions", "auth"},
		"options": object{"transactions": object{"days_requested": days}},
	})
	got := b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})
	return got["access_token"].(string), got["item_id"].(string)
}

// replay follows the cursor to its end and applies what it learns to rows.
func (b *bench) replay(access, cursor string, count int, rows map[string]object) string {
	b.t.Helper()
	for {
		page := b.must("/transactions/sync", object{
			"access_token": access, "cursor": cursor, "count": count, "options": object{"include_original_description": true},
		})
		apply(b.t, page, rows)
		cursor = page["next_cursor"].(string)
		if page["has_more"] != true {
			return cursor
		}
	}
}

func apply(t rapid.TB, page object, rows map[string]object) {
	t.Helper()
	for _, list := range []string{"added", "modified"} {
		for _, raw := range page[list].([]any) {
			row := raw.(object)
			id := row["transaction_id"].(string)
			if known := rows[id] != nil; known != (list == "modified") {
				t.Errorf("%s holds a row that is known: %v", list, known)
			}
			rows[id] = row
		}
	}
	for _, raw := range page["removed"].([]any) {
		id := raw.(object)["transaction_id"].(string)
		if rows[id] == nil {
			t.Error("a row is removed that was never there")
		}
		delete(rows, id)
	}
}

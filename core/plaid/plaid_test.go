package plaid_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

// What the tests send, and must never find in an error.
const (
	clientID    = "5f3c1d2e4b6a7980c1d2e3f4"
	keySecret   = "0123456789abcdef0123456789abcd"
	linkToken   = "link-sandbox-11111111-2222-3333-4444-555555555555"
	publicToken = "public-sandbox-11111111-2222-3333-4444-555555555555"
	accessToken = "access-sandbox-11111111-2222-3333-4444-555555555555"
	password    = "pass_good_but_long"
	number      = "1111222233330000"
)

// now is the clock of every test.
var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// bench is a Client and the server it talks to.
type bench struct {
	*plaid.Client
	mu sync.Mutex
	// requests are the bodies received, and paths where they went.
	requests []map[string]any
	paths    []string
	headers  []http.Header
	// pauses are those between tries.
	pauses []time.Duration
}

// newBench starts a server that answers with each handler in turn, and with the
// last one from then on.
func newBench(t *testing.T, handlers ...http.HandlerFunc) *bench {
	t.Helper()
	return newBenchWith(t, plaid.Config{}, handlers...)
}

func newBenchWith(t *testing.T, config plaid.Config, handlers ...http.HandlerFunc) *bench {
	t.Helper()
	b := &bench{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handlers[b.receive(t, r, len(handlers))](w, r)
	}))
	t.Cleanup(server.Close)
	config.Env, config.BaseURL = core.Practice, server.URL
	config.Keys = plaid.Keys{ClientID: secret.New(clientID), Secret: secret.New(keySecret)}
	config.Now = func() time.Time { return now }
	if config.Rand == nil {
		config.Rand = func() float64 { return 0.5 }
	}
	if config.Sleep == nil {
		config.Sleep = func(ctx context.Context, d time.Duration) error {
			b.pauses = append(b.pauses, d)
			return ctx.Err()
		}
	}
	client, err := plaid.New(config)
	if err != nil {
		t.Fatal(err)
	}
	b.Client = client
	return b
}

// receive notes a request and returns the index of the handler that is due.
func (b *bench) receive(t *testing.T, r *http.Request, handlers int) int {
	raw, _ := io.ReadAll(r.Body)
	var body map[string]any
	if err := json.Unmarshal(raw, &body); err != nil {
		t.Errorf("%s is sent no JSON: %v", r.URL.Path, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.requests = append(b.requests, body)
	b.paths = append(b.paths, r.URL.Path)
	b.headers = append(b.headers, r.Header)
	return min(len(b.requests), handlers) - 1
}

func (b *bench) tries() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.requests)
}

// answer is a handler that answers like Plaid.
func answer(status int, body string) http.HandlerFunc {
	return answerAs("application/json; charset=utf-8", status, body)
}

func answerAs(contentType string, status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// plaidError is an error as Plaid's sandbox sends it.
func plaidError(status int, errorType, code, message string) http.HandlerFunc {
	body, _ := json.Marshal(map[string]any{
		"display_message": nil, "documentation_url": "https://plaid.com/docs/?ref=error", "error_code": code,
		"error_message": message, "error_type": errorType, "request_id": "HNTDNrA8F1shFEW", "suggested_action": nil,
	})
	return answer(status, string(body))
}

// operation is one method of the port with everything it needs.
type operation struct {
	path string
	call func(context.Context, *plaid.Client) error
	// good is an answer that satisfies it.
	good string
	// slow says that the bank is asked first.
	slow bool
	// once says that the answer may exist only once.
	once bool
}

const goodAccounts = `{"accounts":[],"item":{"item_id":"Item1"},"request_id":"r1"}`

func drop[T any](_ T, err error) error { return err }

// operations are all methods that make a request.
func operations() map[string]operation {
	access, link, public := secret.New(accessToken), secret.New(linkToken), secret.New(publicToken)
	request := bank.LinkRequest{User: "u1", Products: []core.Product{core.Transactions}, HistoryDays: 90}
	instant := bank.InstantRequest{
		Institution: "ins_109508", User: "user_good", Password: secret.New(password), Products: []core.Product{core.Transactions},
	}
	type client = *plaid.Client
	return map[string]operation{
		"CreateLink": {
			path: "/link/token/create", call: func(ctx context.Context, c client) error { return drop(c.CreateLink(ctx, request)) },
			good: `{"link_token":"` + linkToken + `","expiration":"2026-03-01T12:30:00Z","hosted_link_url":"http://127.0.0.1:1/link/x","request_id":"r1"}`,
		},
		"LinkStatus": {
			path: "/link/token/get", call: func(ctx context.Context, c client) error { return drop(c.LinkStatus(ctx, link)) },
			good: `{"link_token":"` + linkToken + `","created_at":"2026-03-01T12:00:00Z","expiration":"2026-03-01T12:30:00Z","metadata":{},"request_id":"r1"}`,
		},
		"Exchange": {
			path: "/item/public_token/exchange", call: func(ctx context.Context, c client) error { return drop(c.Exchange(ctx, public)) },
			good: `{"access_token":"` + accessToken + `","item_id":"Item1","request_id":"r1"}`, once: true,
		},
		"InstantLink": {
			path: "/sandbox/public_token/create", call: func(ctx context.Context, c client) error { return drop(c.InstantLink(ctx, instant)) },
			good: `{"public_token":"` + publicToken + `","request_id":"r1"}`,
		},
		"Item": {
			path: "/item/get", call: func(ctx context.Context, c client) error { return drop(c.Item(ctx, access)) },
			good: `{"item":{"item_id":"Item1"},"request_id":"r1"}`,
		},
		"RemoveItem": {
			path: "/item/remove", call: func(ctx context.Context, c client) error { return c.RemoveItem(ctx, access) },
			good: `{"request_id":"r1"}`,
		},
		"RotateToken": {
			path: "/item/access_token/invalidate", call: func(ctx context.Context, c client) error { return drop(c.RotateToken(ctx, access)) },
			good: `{"new_access_token":"access-sandbox-0e9d2f3a-1111-4222-8333-944455556666","request_id":"r1"}`, once: true,
		},
		"Accounts": {
			path: "/accounts/get", call: func(ctx context.Context, c client) error { return drop(c.Accounts(ctx, access)) },
			good: goodAccounts,
		},
		"Balances": {
			path: "/accounts/balance/get", call: func(ctx context.Context, c client) error { return drop(c.Balances(ctx, access)) },
			good: goodAccounts, slow: true,
		},
		"Numbers": {
			path: "/auth/get", call: func(ctx context.Context, c client) error { return drop(c.Numbers(ctx, access)) },
			good: `{"accounts":[],"numbers":{"ach":[],"eft":[],"international":[],"bacs":[]},"item":{"item_id":"Item1"},"request_id":"r1"}`,
		},
		"Institution": {
			path: "/institutions/get_by_id", call: func(ctx context.Context, c client) error { return drop(c.Institution(ctx, "ins_109508")) },
			good: `{"institution":{"institution_id":"ins_109508","name":"First Platypus Bank"},"request_id":"r1"}`,
		},
		"SearchInstitutions": {
			path: "/institutions/search", call: func(ctx context.Context, c client) error { return drop(c.SearchInstitutions(ctx, "platypus")) },
			good: `{"institutions":[],"request_id":"r1"}`,
		},
		"Sync": {
			path: "/transactions/sync", call: func(ctx context.Context, c client) error { return drop(c.Sync(ctx, access, "cursor1")) },
			good: `{"added":[],"modified":[],"removed":[],"next_cursor":"cursor1","has_more":false,"request_id":"r1"}`,
		},
		"Refresh": {
			path: "/transactions/refresh", call: func(ctx context.Context, c client) error { return c.Refresh(ctx, access) },
			good: `{"request_id":"r1"}`, slow: true,
		},
	}
}

// Every method asks the right endpoint, once, with the keys in the headers and
// not in the body, and notes the id of its request.
func TestOperations(t *testing.T) {
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, answer(200, op.good))
			ctx, receipt := bank.WithReceipt(t.Context())
			if err := op.call(ctx, b.Client); err != nil {
				t.Fatal(err)
			}
			if receipt.Last() != "r1" {
				t.Errorf("the receipt has the request %q", receipt.Last())
			}
			if b.tries() != 1 || b.paths[0] != op.path {
				t.Fatalf("asked %v, want %s once", b.paths, op.path)
			}
			for key, want := range map[string]string{
				"PLAID-CLIENT-ID": clientID, "PLAID-SECRET": keySecret, "Plaid-Version": "2020-09-14",
				"User-Agent": "Plaid Go v20.1.0", "Content-Type": "application/json",
			} {
				if got := b.headers[0].Get(key); got != want {
					t.Errorf("header %s is not as it should be", key)
				}
			}
			if b.requests[0]["client_id"] != nil || b.requests[0]["secret"] != nil {
				t.Error("the keys are in the body too")
			}
		})
	}
}

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/core/syncer"
	"bankbook/core/syncer/syncertest"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

// schedules is how many random plans of faults the syncer is put through.
const schedules = 200

// roughBank is the practice bank behind a line on which things go wrong by a
// plan: refusals, failures, cut and lost answers, silence, and a clock that
// moves on in the middle of a loop, so that the bank itself reports a mutation.
type roughBank struct {
	plan  syncertest.Schedule
	bank  http.Handler
	clock *bankClock
	// cancel ends what the caller is doing.
	cancel func()

	mu    sync.Mutex
	count int
}

func (b *roughBank) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/transactions/sync" {
		b.bank.ServeHTTP(w, r)
		return
	}
	b.mu.Lock()
	step := b.plan.At(b.count)
	b.count++
	b.mu.Unlock()
	b.perform(step, w, r)
}

func (b *roughBank) asked() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.count
}

func (b *roughBank) perform(step syncertest.Step, w http.ResponseWriter, r *http.Request) {
	switch step {
	case syncertest.TooMany:
		plaidError(w, http.StatusTooManyRequests, "RATE_LIMIT_EXCEEDED", "TRANSACTIONS_SYNC_LIMIT", "rate limit exceeded")
	case syncertest.Broken:
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html>bad gateway</html>")
	case syncertest.Lost:
		if b.plan.Seed%2 == 0 {
			panic(http.ErrAbortHandler) // hang up
		}
		untilGivenUp(r)
	case syncertest.Garbled:
		b.cut(w, r)
	case syncertest.Forget:
		if hasCursor(r) {
			plaidError(w, http.StatusBadRequest, "INVALID_REQUEST", "INVALID_FIELD", "cursor not associated with access_token")
			return
		}
		b.bank.ServeHTTP(w, r)
	case syncertest.Mutate:
		b.clock.advance(40 * time.Hour)
		b.bank.ServeHTTP(w, r)
	case syncertest.Cancel:
		b.cancel()
		untilGivenUp(r)
	default:
		b.bank.ServeHTTP(w, r)
	}
}

// untilGivenUp returns when the client has gone. The server notices that only
// once it has read the whole request.
func untilGivenUp(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// cut sends the first half of a good answer and then hangs up.
func (b *roughBank) cut(w http.ResponseWriter, r *http.Request) {
	whole := httptest.NewRecorder()
	b.bank.ServeHTTP(whole, r)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	panic(http.ErrAbortHandler)
}

func hasCursor(r *http.Request) bool {
	data, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(data))
	var request struct {
		Cursor string `json:"cursor"`
	}
	return err == nil && json.Unmarshal(data, &request) == nil && request.Cursor != ""
}

func plaidError(w http.ResponseWriter, status int, kind, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"display_message":null,"documentation_url":"","error_code":%q,"error_message":%q,"error_type":%q,"request_id":"abcdefghijklmno","suggested_action":null}`,
		code, message, kind)
}

// noWait is the system's clock without its pauses.
type noWait struct{ clock.System }

// Sleep implements clock.Clock.
func (noWait) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// roughWorld is one vault, one linked bank and one plan.
type roughWorld struct {
	bank   *sandbox.Server
	rough  *roughBank
	vault  *vault.Vault
	syncer *syncer.Syncer
	item   core.ItemID
	access secret.Text
}

func newRoughWorld(t *testing.T, plan syncertest.Schedule) *roughWorld {
	t.Helper()
	w := &roughWorld{rough: &roughBank{plan: plan, clock: &bankClock{}}, vault: vaulttest.New(t)}
	server := httptest.NewUnstartedServer(w.rough)
	host := server.Listener.Addr().String()
	var err error
	w.bank, err = sandbox.New(sandbox.Config{
		ClientID: bankID, Secret: bankSecret, Now: w.rough.clock.now, Seed: int64(plan.Seed),
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately, KeepItems: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.rough.bank = w.bank.Handler(host)
	server.Start()
	t.Cleanup(server.Close)
	client, err := plaid.New(plaid.Config{
		Env: core.Practice, BaseURL: "http://" + host, Keys: plaid.Keys{ClientID: secret.New(bankID), Secret: secret.New(bankSecret)},
		Timeout: 400 * time.Millisecond, Tries: 2, Sleep: noWait{}.Sleep,
	})
	if err != nil {
		t.Fatal(err)
	}
	secrets := secret.NewMemory()
	w.link(t, client, secrets)
	w.syncer = syncer.New(syncer.Deps{
		Bank: client, Secrets: secrets, Repo: w.vault, Events: &event.Bus{}, Clock: noWait{}, Env: core.Practice,
	})
	return w
}

// link links a bank the short way, with a year of history: two pages and more.
func (w *roughWorld) link(t *testing.T, client *plaid.Client, secrets secret.Store) {
	t.Helper()
	ctx := t.Context()
	public, err := client.InstantLink(ctx, bank.InstantRequest{
		Institution: "ins_109508", User: "user_good", Password: secret.New("pass_good"), Products: []core.Product{core.Transactions}, HistoryDays: 365,
	})
	if err != nil {
		t.Fatal(err)
	}
	grant, err := client.Exchange(ctx, public)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := client.Accounts(ctx, grant.Access)
	if err != nil {
		t.Fatal(err)
	}
	w.item, w.access = grant.Item, grant.Access
	err = errors.Join(
		secrets.Set(ctx, secret.TokenName(core.Practice, grant.Item), grant.Access),
		w.vault.PutItemAndAccounts(core.Item{ID: grant.Item, Status: core.Connected}, accounts),
	)
	if err != nil {
		t.Fatal(err)
	}
}

// settle syncs until the plan is used up and a whole sync has gone through.
func (w *roughWorld) settle(t *testing.T) {
	t.Helper()
	plan := w.rough.plan
	for try := 0; ; try++ {
		if try > plan.End()+10 {
			t.Fatalf("%v: not settled after %d tries", plan, try)
		}
		ctx, cancel := context.WithCancel(t.Context())
		w.rough.cancel = cancel
		err := w.syncer.Sync(ctx, w.item)
		cancel()
		if err == nil && w.rough.asked() >= plan.End() {
			return
		}
		if try%3 == 0 {
			w.rough.clock.advance(20 * time.Hour)
		}
	}
}

// TestSyncSettlesThroughFaults puts the syncer, core/plaid and the vault through
// random plans of faults: after each the vault equals the practice bank.
func TestSyncSettlesThroughFaults(t *testing.T) {
	for seed := range uint64(schedules) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			w := newRoughWorld(t, syncertest.Random(seed, 24))
			w.settle(t)
			truth, err := w.bank.Truth(string(w.item))
			if err != nil {
				t.Fatal(err)
			}
			sameRows(t, w.vault, truth)
			if err := w.vault.Verify(t.Context()); err != nil {
				t.Errorf("verify: %v", err)
			}
			if t.Failed() {
				t.Log(w.rough.plan)
			}
		})
	}
}

// TestMutationIsReal shows that the bank itself reports a mutation when its
// clock moves in the middle of a loop, so that the schedules above exercise it.
func TestMutationIsReal(t *testing.T) {
	w := newRoughWorld(t, syncertest.Schedule{})
	ask := func(cursor string) string {
		body := fmt.Sprintf(`{"client_id":%q,"secret":%q,"access_token":%q,"cursor":%q,"count":100}`, bankID, bankSecret, w.access.Reveal(), cursor)
		answer := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/transactions/sync", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w.bank.Handler(r.Host).ServeHTTP(answer, r)
		return answer.Body.String()
	}
	var page struct {
		Next string `json:"next_cursor"`
		More bool   `json:"has_more"`
	}
	if err := json.Unmarshal([]byte(ask("")), &page); err != nil || !page.More {
		t.Fatalf("the first page is %+v, %v; want more to come", page, err)
	}
	w.rough.clock.advance(40 * time.Hour)
	if answer := ask(page.Next); !strings.Contains(answer, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION") {
		t.Errorf("in the middle of a loop the bank answers %.200s", answer)
	}
}

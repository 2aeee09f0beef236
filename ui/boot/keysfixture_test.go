package boot

import (
	"errors"
	"net/http"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
)

const (
	ownID     = "5f3a9c17e0b24d0012c8a7e1"
	ownSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1"
	newSecret = "1f1e2d3c4b5a69788796a5b4c3d2e1"
)

// stand takes Plaid's place: a practice bank that requests to Plaid's sandbox and
// production are led to.
type stand struct {
	mu      sync.Mutex
	address string
	down    bool
	asked   int
}

// RoundTrip implements http.RoundTripper.
func (p *stand) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	p.asked++
	address, down := p.address, p.down
	p.mu.Unlock()
	if down {
		return nil, errors.New("no route to host")
	}
	led := r.Clone(r.Context())
	led.URL.Scheme, led.URL.Host, led.Host = "http", address, ""
	return http.DefaultTransport.RoundTrip(led)
}

func (p *stand) setDown(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

// serve lets a practice bank with these keys, and what they allow, take the place.
func (p *stand) serve(t *testing.T, key string, allows sandbox.Config) {
	t.Helper()
	allows.ClientID, allows.Secret = ownID, key
	allows.InitialDelay, allows.HistoryDelay = sandbox.Immediately, sandbox.Immediately
	running, err := sandbox.Listen(t.Context(), allows, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	p.mu.Lock()
	defer p.mu.Unlock()
	p.address = running.URL()[len("http://"):]
}

// keysConfig is that of a program for which a practice bank takes Plaid's place.
func keysConfig(t *testing.T) (Config, *stand) {
	t.Helper()
	p := &stand{}
	p.serve(t, ownSecret, sandbox.Config{Countries: []string{"US", "CA"}})
	c := config(t)
	c.HTTP = &http.Client{Transport: p}
	return c, p
}

func factsOf(t *testing.T, k *KeyRing, env core.Environment) core.KeyFacts {
	t.Helper()
	facts, err := k.Of(t.Context(), env)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func save(t *testing.T, k *KeyRing, env core.Environment, key string) {
	t.Helper()
	if err := k.Save(t.Context(), env, ownID, secret.New(key)); err != nil {
		t.Fatal(err)
	}
}

// openSandbox opens Plaid's sandbox with a bank in it.
func openSandbox(t *testing.T, p *Program) (*Services, core.Item) {
	t.Helper()
	s := open(t, p, Choice{Env: core.Sandbox, Keys: plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(ownSecret)}})
	if end, err := s.Links.Wait(t.Context(), instantly(t, s)); err != nil || end.Stage != link.Done {
		t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	items, err := s.Vault.Items()
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	return s, items[0]
}

func syncs(t *testing.T, s *Services, item core.Item) error {
	t.Helper()
	return s.Sync.Sync(t.Context(), item.ID)
}

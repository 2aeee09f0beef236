package plaid_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
)

// bankFor starts a practice bank whose keys allow only so much, and returns a
// client of it.
func bankFor(t *testing.T, bank sandbox.Config, client plaid.Config) *plaid.Client {
	t.Helper()
	bank.ClientID, bank.Secret = clientID, keySecret
	running, err := sandbox.Listen(t.Context(), bank, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	client.Env, client.BaseURL = core.Practice, running.URL()
	if client.Keys.ClientID.IsEmpty() {
		client.Keys = keys()
	}
	c, err := plaid.New(client)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func names(products []core.Product) string {
	words := make([]string, len(products))
	for i, p := range products {
		words[i] = string(p)
	}
	return strings.Join(words, " ")
}

func TestProbeFindsWhatKeysAllow(t *testing.T) {
	for name, c := range map[string]struct {
		bank      sandbox.Config
		products  string
		countries []string
	}{
		"everything":        {sandbox.Config{}, "transactions auth identity liabilities transfer", nil},
		"no auth":           {sandbox.Config{Products: []string{"transactions", "identity"}}, "transactions identity", nil},
		"no transactions":   {sandbox.Config{Products: []string{"auth"}, Countries: []string{"US", "CA"}}, "auth", []string{"US", "CA"}},
		"one country":       {sandbox.Config{Countries: []string{"US"}}, "transactions auth identity liabilities transfer", []string{"US"}},
		"abroad":            {sandbox.Config{Products: []string{"transactions"}, Countries: []string{"GB", "IE"}}, "transactions", []string{"GB", "IE"}},
		"nothing they know": {sandbox.Config{Products: []string{"assets"}}, "", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bankFor(t, c.bank, plaid.Config{}).Probe(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !got.Works || got.Tested.IsZero() {
				t.Errorf("it works: %t, tested %v", got.Works, got.Tested)
			}
			if names(got.Products) != c.products {
				t.Errorf("products %q, want %q", names(got.Products), c.products)
			}
			if c.countries == nil && len(got.Countries) != 20 || c.countries != nil && !slices.Equal(got.Countries, c.countries) {
				t.Errorf("countries %v, want %v", got.Countries, c.countries)
			}
		})
	}
}

func TestProbeOfWrongKeys(t *testing.T) {
	wrong := plaid.Keys{ClientID: secret.New(clientID), Secret: secret.New("ffffffffffffffffffffffffffffff")}
	got, err := bankFor(t, sandbox.Config{}, plaid.Config{Keys: wrong}).Probe(t.Context())
	if err != nil || got.Works || got.IsZero() || len(got.Products)+len(got.Countries) > 0 {
		t.Errorf("probe = %+v, %v", got, err)
	}
}

// Half of an answer is none: after a fault of the connection nothing is known,
// wherever it strikes.
func TestProbeWithoutConnection(t *testing.T) {
	for _, after := range []int{0, 1, 5, 12} {
		sent := 0
		broken := &http.Client{Transport: carrier(func(r *http.Request) (*http.Response, error) {
			if sent++; sent > after {
				return nil, errors.New("no route to host")
			}
			return http.DefaultTransport.RoundTrip(r)
		})}
		got, err := bankFor(t, sandbox.Config{}, plaid.Config{HTTP: broken, Tries: 1}).Probe(t.Context())
		if !fault.Is(err, fault.Network) || !got.IsZero() {
			t.Errorf("after %d requests: %+v, %v", after, got, err)
		}
	}
}

// What a probe asks for costs nothing: link tokens that nobody opens, and
// institutions.
func TestProbeCostsNothing(t *testing.T) {
	paths := map[string]int{}
	counting := &http.Client{Transport: carrier(func(r *http.Request) (*http.Response, error) {
		paths[r.URL.Path]++
		return http.DefaultTransport.RoundTrip(r)
	})}
	if _, err := bankFor(t, sandbox.Config{}, plaid.Config{HTTP: counting}).Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(paths) != 2 || paths["/institutions/search"] != 1 || paths["/link/token/create"] == 0 {
		t.Errorf("it asked %v", paths)
	}
}

type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) { return c(r) }

// What the keys do not allow is not asked for where it is a wish, and said where
// nothing else is asked for.
func TestLinkWithoutAProduct(t *testing.T) {
	b := newBenchWith(t, plaid.Config{Products: []core.Product{core.Transactions}, Countries: []string{"US", "CA"}},
		answer(200, `{"link_token":"`+linkToken+`","expiration":"2026-03-01T12:30:00Z","hosted_link_url":"http://127.0.0.1:1/x","request_id":"r1"}`),
		answer(200, `{"public_token":"`+publicToken+`","request_id":"r1"}`))
	if _, err := b.CreateLink(t.Context(), linkFor(core.Transactions, core.Auth)); err != nil {
		t.Fatal(err)
	}
	if got := b.requests[0]["optional_products"]; got != nil {
		t.Errorf("it asks for %v too", got)
	}
	if got := b.requests[0]["country_codes"].([]any); len(got) != 2 || got[1] != "CA" {
		t.Errorf("in %v", got)
	}
	if _, err := b.InstantLink(t.Context(), instantFor(core.Transactions, core.Auth)); err != nil {
		t.Fatal(err)
	}
	if got := b.requests[1]["initial_products"].([]any); len(got) != 1 || got[0] != "transactions" {
		t.Errorf("a test bank is linked with %v", got)
	}
	if _, err := b.InstantLink(t.Context(), instantFor(core.Auth)); err != nil {
		t.Fatal(err)
	}
	if got := b.requests[2]["initial_products"].([]any); len(got) != 1 || got[0] != "auth" {
		t.Errorf("a test bank is linked with %v", got)
	}
}

func linkFor(product core.Product, wish core.Product) bank.LinkRequest {
	return bank.LinkRequest{User: "u1", Products: []core.Product{product}, Optional: []core.Product{wish}, HistoryDays: 90}
}

func instantFor(wanted ...core.Product) bank.InstantRequest {
	return bank.InstantRequest{Institution: "ins_109508", User: "user_good", Password: secret.New(password), Products: wanted}
}

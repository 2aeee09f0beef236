package plaid_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

func keys() plaid.Keys {
	return plaid.Keys{ClientID: secret.New(clientID), Secret: secret.New(keySecret)}
}

func TestBaseURL(t *testing.T) {
	for _, c := range []struct {
		env core.Environment
		url string
		ok  bool
	}{
		{core.Practice, "http://127.0.0.1:8123", true},
		{core.Practice, "http://127.0.0.1:8123/", true},
		{core.Practice, "http://[::1]:8123", true},
		{core.Practice, "http://127.8.9.10:1", true},
		{core.Practice, "", false},
		{core.Practice, "http://localhost:8123", false},
		{core.Practice, "https://127.0.0.1:8123", false},
		{core.Practice, "http://user:word@127.0.0.1:8123", false},
		{core.Practice, "http://127.0.0.1:8123/path", false},
		{core.Practice, "http://127.0.0.1:8123?q", false},
		{core.Practice, "http://127.0.0.1.example.com", false},
		{core.Practice, "http://10.0.0.1:8123", false},
		{core.Practice, "http://0.0.0.0:8123", false},
		{core.Practice, "https://sandbox.plaid.com", false},
		{core.Practice, "127.0.0.1:8123", false},
		{core.Practice, "http://127.0.0.1:port", false},
		{core.Sandbox, "", true},
		{core.Sandbox, "http://127.0.0.1:8123", false},
		{core.Sandbox, "https://production.plaid.com", false},
		{core.Production, "", true},
		{core.Production, "https://production.plaid.com.example.com", false},
		{"development", "", false},
		{"", "", false},
	} {
		_, err := plaid.New(plaid.Config{Env: c.env, BaseURL: c.url, Keys: keys()})
		if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s at %q: %v", c.env, c.url, err)
		}
	}
}

func TestNewWantsKeys(t *testing.T) {
	for _, k := range []plaid.Keys{{}, {ClientID: secret.New("x")}, {Secret: secret.New("x")}} {
		if _, err := plaid.New(plaid.Config{Env: core.Sandbox, Keys: k}); !fault.Is(err, fault.NoKeys) {
			t.Errorf("got %v, want no_keys", err)
		}
	}
}

// listener is a transport that notes where a request would go.
type listener struct{ hosts []string }

var errUnplugged = errors.New("unplugged")

func (l *listener) RoundTrip(r *http.Request) (*http.Response, error) {
	l.hosts = append(l.hosts, r.URL.Scheme+"://"+r.URL.Host)
	return nil, errUnplugged
}

// plaid-go goes to production unless it is told otherwise.
func TestEnvironmentDecidesHost(t *testing.T) {
	for env, want := range map[core.Environment]string{
		core.Sandbox: "https://sandbox.plaid.com", core.Production: "https://production.plaid.com",
	} {
		heard := &listener{}
		client, err := plaid.New(plaid.Config{Env: env, Keys: keys(), HTTP: &http.Client{Transport: heard}, Tries: 1})
		if err != nil {
			t.Fatal(err)
		}
		token := secret.New("access-" + string(env) + "-1")
		if _, err := client.Item(t.Context(), token); !fault.Is(err, fault.Network) || !errors.Is(err, errUnplugged) {
			t.Errorf("%s: %v", env, err)
		}
		if len(heard.hosts) != 1 || heard.hosts[0] != want {
			t.Errorf("%s goes to %v", env, heard.hosts)
		}
	}
}

// A token of another environment is not sent: Plaid would call it invalid, and
// it would read as if the Item were gone.
func TestForeignTokenStaysHere(t *testing.T) {
	for env, token := range map[core.Environment]string{
		core.Practice: "access-production-1", core.Sandbox: "access-production-1", core.Production: "access-sandbox-1",
	} {
		heard := &listener{}
		config := plaid.Config{Env: env, Keys: keys(), HTTP: &http.Client{Transport: heard}}
		if env == core.Practice {
			config.BaseURL = "http://127.0.0.1:9"
		}
		client, err := plaid.New(config)
		if err != nil {
			t.Fatal(err)
		}
		if err := client.RemoveItem(t.Context(), secret.New(token)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", env, err)
		}
		if _, err := client.Item(t.Context(), secret.Text{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: no token: %v", env, err)
		}
		if len(heard.hosts) != 0 {
			t.Errorf("%s sends the token to %v", env, heard.hosts)
		}
	}
}

func TestNoInstantLinkInProduction(t *testing.T) {
	heard := &listener{}
	client, err := plaid.New(plaid.Config{Env: core.Production, Keys: keys(), HTTP: &http.Client{Transport: heard}})
	if err != nil {
		t.Fatal(err)
	}
	op := operations()["InstantLink"]
	if err := op.call(t.Context(), client); !fault.Is(err, fault.Unsupported) || len(heard.hosts) != 0 {
		t.Errorf("got %v after %v", err, heard.hosts)
	}
}

// A followed redirect would take keys and tokens along.
func TestRedirectIsNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the redirect was followed")
	}))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		b := newBench(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(status)
		})
		for name, op := range operations() {
			if err := op.call(t.Context(), b.Client); !fault.Is(err, fault.Nonsense) {
				t.Errorf("%s, %d: %v", name, status, err)
			}
		}
	}
}

// Old TLS is refused by the client's own transport.
func TestOldTLSIsRefused(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	server.StartTLS()
	defer server.Close()
	response, err := (&http.Client{Transport: plaid.NewTransport()}).Get(server.URL)
	if err == nil {
		_ = response.Body.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "protocol version") {
		t.Fatalf("got %v", err)
	}
}

// Nothing that a Client is made of shows when it is printed.
func TestClientHidesKeys(t *testing.T) {
	b := newBench(t, answer(200, "{}"))
	for _, v := range []any{b.Client, *b.Client, keys()} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			assertNoSecret(t, fmt.Sprintf(verb, v))
		}
	}
}

package landing_test

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/link/landing"
)

// bench is places whose visits arrive in a channel.
func bench(t *testing.T) (*landing.Places, chan core.LinkID) {
	t.Helper()
	come := make(chan core.LinkID, 10)
	p := landing.New(func(id core.LinkID) { come <- id })
	t.Cleanup(p.Close)
	return p, come
}

// ask sends a request and returns the status and the answer; 0 means that nobody
// listens.
func ask(t *testing.T, method, address, host string) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return 0, "", nil
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Header
}

func TestOneVisitWakesTheSession(t *testing.T) {
	p, come := bench(t)
	address := p.URI("session")
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.Hostname() != "127.0.0.1" || len(u.Path) < 20 || u.RawQuery != "" {
		t.Fatalf("address %q", address)
	}
	status, body, header := ask(t, http.MethodGet, address+"?anything=1", "")
	if status != http.StatusOK || !strings.Contains(body, "You can close this page and go back to Bankbook.") {
		t.Errorf("%d %s", status, body)
	}
	if id := <-come; id != "session" {
		t.Errorf("%q was woken", id)
	}
	if strings.Contains(body, "session") || strings.Contains(body, u.Path) {
		t.Error("the page tells something")
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	p.Close() // waits for the address to be shut
	if status, _, _ := ask(t, http.MethodGet, address, ""); status != 0 || len(come) != 0 {
		t.Errorf("a second visit: %d, and %d calls", status, len(come))
	}
}

// What is not the one request that was waited for does nothing, and the address
// stays good.
func TestStrangersAreToldNothing(t *testing.T) {
	p, come := bench(t)
	address := p.URI("session")
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	root := "http://" + u.Host
	for name, c := range map[string]struct {
		method, address, host string
		want                  int
	}{
		"another path":      {http.MethodGet, root + "/", "", http.StatusNotFound},
		"a longer path":     {http.MethodGet, address + "/x", "", http.StatusNotFound},
		"a part of it":      {http.MethodGet, address[:len(address)-1], "", http.StatusNotFound},
		"a form":            {http.MethodPost, address, "", http.StatusMethodNotAllowed},
		"a look":            {http.MethodHead, address, "", http.StatusMethodNotAllowed},
		"a question before": {http.MethodOptions, address, "", http.StatusMethodNotAllowed},
		"another name":      {http.MethodGet, address, "bankbook.example", http.StatusMisdirectedRequest},
		"localhost":         {http.MethodGet, address, "localhost:" + u.Port(), http.StatusMisdirectedRequest},
		"without the port":  {http.MethodGet, address, "127.0.0.1", http.StatusMisdirectedRequest},
	} {
		status, body, header := ask(t, c.method, c.address, c.host)
		if status != c.want || body != "" || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %q, want %d and nothing", name, status, body, c.want)
		}
	}
	if len(come) != 0 {
		t.Fatal("a stranger has woken the session")
	}
	if status, _, _ := ask(t, http.MethodGet, address, ""); status != http.StatusOK || <-come != "session" {
		t.Errorf("afterwards: %d", status)
	}
}

func TestAddressesAreShut(t *testing.T) {
	p, come := bench(t)
	first, second, other := p.URI("session"), p.URI("session"), p.URI("other")
	if first == second || second == other {
		t.Fatalf("%s, %s, %s", first, second, other)
	}
	if status, _, _ := ask(t, http.MethodGet, first, ""); status != 0 {
		t.Errorf("the address before: %d", status)
	}
	p.Forget("session")
	p.Forget("unknown")
	if status, _, _ := ask(t, http.MethodGet, second, ""); status != 0 {
		t.Errorf("a forgotten address: %d", status)
	}
	if status, _, _ := ask(t, http.MethodGet, other, ""); status != http.StatusOK || <-come != "other" {
		t.Errorf("the other session's: %d", status)
	}
	p.Close()
	if again := p.URI("session"); again != "" {
		t.Errorf("opened after the end: %s", again)
	}
	if len(come) != 0 {
		t.Error("somebody was woken")
	}
}

// Only this machine gets there.
func TestListensOnLoopbackAlone(t *testing.T) {
	p, _ := bench(t)
	u, err := url.Parse(p.URI("session"))
	if err != nil {
		t.Fatal(err)
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		ip, _, err := net.ParseCIDR(a.String())
		if err != nil || ip.IsLoopback() || ip.To4() == nil {
			continue
		}
		if c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", net.JoinHostPort(ip.String(), u.Port())); err == nil {
			_ = c.Close()
			t.Errorf("it listens on %s", ip)
		}
	}
}

package walk_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bankbook/core/sandbox/walk"
)

// bank is a made-up bank with pages of the same making as the practice bank's.
type bank struct {
	*httptest.Server
	// sent lists every form that came in, as its path and fields.
	sent []string
	// end is where the browser is sent behind the last page, or "".
	end string
	// few hides the bank until it is searched for.
	few bool
	// again asks for a sign-in alone.
	again bool
}

const (
	leaveForm = `<form method="post" action="/leave"><input type="hidden" name="form" value="t">
		<button type="submit" name="leave" value="1">Leave</button></form>`
	consentPage = `<form method="post" action="/start"><input type="hidden" name="form" value="t">
		<button type="submit" name="continue" value="1">Continue</button></form>`
	searchForm = `<form method="get" action="/bank"><label for="s">Search</label><input type="search" id="s" name="q"><button>Search</button></form>`
	bankForm   = `<form method="post" action="/bank"><input type="hidden" name="form" value="t"><ul>
		<li><button name="institution" value="ins_1"><svg><text>OB</text></svg><span>Other Bank</span></button></li>
		<li><button name="institution" value="ins_109508"><svg><text>PB</text></svg><span>First Platypus Bank</span></button></li></ul></form>`
	signInPage = `<form method="post" action="/sign-in"><input type="hidden" name="form" value="t">
		<label>User <input type="text" name="user" value="old" required></label><input type="password" name="password"><button>Sign in</button></form>`
	accountsPage = `<form method="post" action="/accounts"><input type="hidden" name="form" value="t">
		<label><input type="checkbox" name="account" value="a1" checked>Plaid Checking <small>0000</small></label>
		<label><input type="checkbox" name="account" value="a2">Plaid Saving <small>1111</small></label><button>Share</button></form>`
	lastPage = `<h1>Done</h1>`
)

func newBank(t *testing.T) *bank {
	t.Helper()
	b := &bank{}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

func (b *bank) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	cookie, err := r.Cookie("session")
	switch {
	case r.URL.Path == "/elsewhere":
		_, _ = fmt.Fprint(w, consentPage)
		return
	case r.URL.Path == "/":
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "s1"})
	case err != nil || cookie.Value != "s1":
		http.Error(w, "no cookie", http.StatusForbidden)
		return
	}
	if r.Method == http.MethodPost || r.URL.RawQuery != "" {
		b.sent = append(b.sent, r.URL.Path+" "+r.Form.Encode())
	}
	next := b.page(r)
	if next == lastPage && b.end != "" {
		http.Redirect(w, r, b.end, http.StatusSeeOther)
		return
	}
	_, _ = fmt.Fprint(w, next)
}

func (b *bank) page(r *http.Request) string {
	switch r.URL.Path {
	case "/":
		if b.again {
			return signInPage + leaveForm
		}
		return consentPage + leaveForm
	case "/start":
		if b.few {
			return searchForm + leaveForm
		}
		return searchForm + bankForm + leaveForm
	case "/bank":
		if r.Method == http.MethodGet && r.FormValue("q") != "First Platypus Bank" {
			return searchForm + leaveForm
		} else if r.Method == http.MethodGet {
			return searchForm + bankForm + leaveForm
		}
		return signInPage + leaveForm
	case "/sign-in":
		if r.FormValue("password") != "pass_good" {
			return signInPage + leaveForm
		}
		if b.again {
			return lastPage
		}
		return accountsPage + leaveForm
	}
	return lastPage
}

// The forms of a walk that goes well.
var wholeWay = []string{
	"/start continue=1&form=t",
	"/bank form=t&institution=ins_109508",
	"/sign-in form=t&password=pass_good&user=user_good",
	"/accounts account=a1&account=a2&form=t",
}

func TestLink(t *testing.T) {
	b := newBank(t)
	if err := walk.Link(t.Context(), nil, b.URL, walk.Platypus()); err != nil || !slices.Equal(b.sent, wholeWay) {
		t.Errorf("%v after %q", err, b.sent)
	}
}

func TestLinkChoices(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*walk.Choice)
		err    error
		last   string
	}{
		"by name":        {func(c *walk.Choice) { c.Institution = "First Platypus Bank" }, nil, wholeWay[3]},
		"one account":    {func(c *walk.Choice) { c.Accounts = []string{"1111"} }, nil, "/accounts account=a2&form=t"},
		"two accounts":   {func(c *walk.Choice) { c.Accounts = []string{"Checking", "a2"} }, nil, wholeWay[3]},
		"no such one":    {func(c *walk.Choice) { c.Accounts = []string{"Checking", "9999"} }, walk.ErrAccounts, wholeWay[2]},
		"wrong password": {func(c *walk.Choice) { c.Password = "bad" }, walk.ErrSignIn, "/sign-in form=t&password=bad&user=user_good"},
		"no such bank":   {func(c *walk.Choice) { c.Institution = "ins_9" }, walk.ErrBank, "/bank q=ins_9"},
	} {
		t.Run(name, func(t *testing.T) {
			b, choice := newBank(t), walk.Platypus()
			c.change(&choice)
			err := walk.Link(t.Context(), nil, b.URL, choice)
			if !errors.Is(err, c.err) || b.sent[len(b.sent)-1] != c.last {
				t.Errorf("%v after %q", err, b.sent)
			}
		})
	}
}

func TestLinkSearches(t *testing.T) {
	b, choice := newBank(t), walk.Platypus()
	b.few, choice.Institution = true, "First Platypus Bank"
	if err := walk.Link(t.Context(), nil, b.URL, choice); err != nil || b.sent[1] != "/bank q=First+Platypus+Bank" {
		t.Errorf("%v after %q", err, b.sent)
	}
}

func TestLinkAgain(t *testing.T) {
	b := newBank(t)
	b.again = true
	if err := walk.Link(t.Context(), nil, b.URL, walk.Platypus()); err != nil || !slices.Equal(b.sent, wholeWay[2:3]) {
		t.Errorf("%v after %q", err, b.sent)
	}
}

func TestExit(t *testing.T) {
	wrong := walk.Platypus()
	wrong.Password = "bad"
	for name, c := range map[string]struct {
		choice walk.Choice
		forms  int
	}{
		"at once":         {walk.Choice{}, 1},
		"at the sign-in":  {walk.Choice{Institution: "ins_109508"}, 3},
		"after a refusal": {wrong, 4},
		"at the accounts": {walk.Platypus(), 4},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBank(t)
			err := walk.Exit(t.Context(), nil, b.URL, c.choice)
			if err != nil || len(b.sent) != c.forms || b.sent[c.forms-1] != "/leave form=t&leave=1" {
				t.Errorf("%v after %q", err, b.sent)
			}
		})
	}
}

// The completion address is visited if it is on the web, and ends the walk
// either way, even if there is a form on it.
func TestCompletion(t *testing.T) {
	visited := 0
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		visited++
		_, _ = fmt.Fprint(w, consentPage)
	}))
	defer app.Close()
	for _, end := range []string{app.URL, "bankbook://done"} {
		b := newBank(t)
		b.end = end
		if err := walk.Link(t.Context(), nil, b.URL, walk.Platypus()); err != nil {
			t.Errorf("%s: %v", end, err)
		}
		if err := walk.Exit(t.Context(), nil, b.URL, walk.Choice{}); err != nil {
			t.Errorf("%s: %v", end, err)
		}
	}
	if visited != 2 {
		t.Errorf("the application was visited %d times, want 2", visited)
	}
}

func TestGoneAndLost(t *testing.T) {
	for name, c := range map[string]struct {
		page   string
		status int
		err    error
	}{
		"gone":         {"<h1>There is no such page</h1>", 404, walk.ErrGone},
		"no way on":    {`<form method="post"><input name="x"></form>`, 200, walk.ErrLost},
		"for ever":     {consentPage, 200, walk.ErrLost},
		"nothing":      {"", 200, walk.ErrGone},
		"not html":     {"{}", 500, walk.ErrGone},
		"unclosed":     {strings.Repeat("<form><div>", 100), 200, walk.ErrLost},
		"search alone": {searchForm, 200, walk.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				_, _ = fmt.Fprint(w, c.page)
			}))
			defer server.Close()
			if err := walk.Link(t.Context(), nil, server.URL, walk.Platypus()); !errors.Is(err, c.err) {
				t.Errorf("got %v, want %v", err, c.err)
			}
		})
	}
	if err := walk.Link(t.Context(), nil, "http://127.0.0.1:1/", walk.Platypus()); err == nil {
		t.Error("nobody answers, and the walk succeeds")
	}
	if err := walk.Link(t.Context(), nil, "::", walk.Platypus()); err == nil {
		t.Error("a walk to no address succeeds")
	}
}

// The client that is given stays as it is, and its cookies are used.
func TestClientIsKept(t *testing.T) {
	client := &http.Client{}
	if err := walk.Link(t.Context(), client, newBank(t).URL, walk.Platypus()); err != nil {
		t.Fatal(err)
	}
	if client.Jar != nil || client.CheckRedirect != nil {
		t.Error("the client was changed")
	}
	jar := &countingJar{}
	if err := walk.Link(t.Context(), &http.Client{Jar: jar}, newBank(t).URL, walk.Platypus()); err == nil || jar.asked == 0 {
		t.Errorf("a jar that forgets: %v, asked %d times", err, jar.asked)
	}
}

// countingJar keeps nothing.
type countingJar struct{ asked int }

func (*countingJar) SetCookies(*url.URL, []*http.Cookie) {}

func (j *countingJar) Cookies(*url.URL) []*http.Cookie {
	j.asked++
	return nil
}

package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/core/sandbox/walk"
)

// pageRequests notes what a program asks for when it asks for a page.
type pageRequests struct {
	mu   sync.Mutex
	list []pageRequest
}

// pageRequest is of /link/token/create.
type pageRequest struct {
	Access  string `json:"access_token"`
	Address string `json:"redirect_uri"`
	App     string `json:"android_package_name"`
	// Keys are those that the request has.
	Keys map[string]json.RawMessage `json:"-"`
}

// RoundTrip implements http.RoundTripper.
func (p *pageRequests) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/link/token/create") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		var asked pageRequest
		if err := errors.Join(json.Unmarshal(body, &asked), json.Unmarshal(body, &asked.Keys)); err != nil {
			return nil, err
		}
		p.mu.Lock()
		p.list = append(p.list, asked)
		p.mu.Unlock()
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (p *pageRequests) all() []pageRequest {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.list
}

// updatesOf are the four things to do with a bank that is there.
func updatesOf(id core.ItemID) map[link.Purpose]updateFlags {
	return map[link.Purpose]updateFlags{
		link.Repair: {repair: string(id)}, link.Accounts: {accounts: string(id)},
		link.Products: {numbers: string(id)}, link.Verify: {verify: string(id)},
	}
}

// The ways back of these tests.
const (
	backTo  = "https://example.org/back"
	backApp = "org.example.app"
)

// TestTheWayBackOfABank does all there is to do with a bank that is there with a way
// back, and sees that the bank is asked for it.
func TestTheWayBackOfABank(t *testing.T) {
	for _, purpose := range []link.Purpose{link.Repair, link.Accounts, link.Products, link.Verify} {
		t.Run(string(purpose), func(t *testing.T) {
			d := newTeller(t)
			first := linkFlags{}
			if purpose == link.Verify {
				d.does.Store(walk.Choice{Manual: true})
				first.deposits = true
			}
			id := d.must(first)
			d.wrongWays(updatesOf(id)[purpose])
			d.must(linkFlags{redirect: backTo, update: updatesOf(id)[purpose]})
			d.askedWith(pageRequest{}, pageRequest{Address: backTo})
			if item, err := d.Vault.Item(id); err != nil || item.Back != (core.WayBack{RedirectURI: backTo}) {
				t.Errorf("kept %+v, %v", item.Back, err)
			}
		})
	}
}

// TestTheWayBackIsUsedAgain gives a way back once, and then another.
func TestTheWayBackIsUsedAgain(t *testing.T) {
	d := newTeller(t)
	id := d.must(linkFlags{redirect: backTo})
	d.must(linkFlags{update: updateFlags{repair: string(id)}})
	d.must(linkFlags{update: updateFlags{numbers: string(id)}, android: backApp})
	d.must(linkFlags{update: updateFlags{accounts: string(id)}})
	d.askedWith(pageRequest{Address: backTo}, pageRequest{Address: backTo}, pageRequest{App: backApp}, pageRequest{App: backApp})
}

// askedWith sees what the pages so far were asked for with, the first of them for a
// new bank.
func (d *teller) askedWith(want ...pageRequest) {
	d.t.Helper()
	asked := d.asked.all()
	if len(asked) != len(want) {
		d.t.Fatalf("asked for %d pages, want %d", len(asked), len(want))
	}
	for i, got := range asked {
		if got.Address != want[i].Address || got.App != want[i].App || (got.Access != "") != (i > 0) {
			d.t.Errorf("page %d is asked for with %s", i, got.Keys)
		}
		_, hasAddress := got.Keys["redirect_uri"]
		_, hasApp := got.Keys["android_package_name"]
		if hasAddress != (got.Address != "") || hasApp != (got.App != "") {
			d.t.Errorf("page %d is asked for with an empty way back: %s", i, got.Keys)
		}
	}
}

// wrongWays tries ways back that cannot be, with which nothing begins.
func (d *teller) wrongWays(of updateFlags) {
	d.t.Helper()
	sessions := func() int {
		all, err := d.Vault.Sessions()
		if err != nil {
			d.t.Fatal(err)
		}
		return len(all)
	}
	pages, before := len(d.asked.all()), sessions()
	for _, f := range []linkFlags{
		{redirect: "http://example.org", update: of},
		{redirect: "app://back", update: of},
		{android: "app", update: of},
		{redirect: "https://example.org", android: "org.example", update: of},
	} {
		if _, err := d.link(f); !errors.As(err, new(errUsage)) {
			d.t.Errorf("%+v: %v", f, err)
		}
	}
	if len(d.asked.all()) != pages || sessions() != before {
		d.t.Errorf("%d pages and %d sessions are begun", len(d.asked.all())-pages, sessions()-before)
	}
}

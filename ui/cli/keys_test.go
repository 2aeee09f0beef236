package cli

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/sandbox"
)

const (
	ownID     = "5f3a9c17e0b24d0012c8a7e1"
	ownSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1"
)

// ledTo leads every request to one address.
type ledTo string

func (address ledTo) RoundTrip(r *http.Request) (*http.Response, error) {
	led := r.Clone(r.Context())
	led.URL.Scheme, led.URL.Host, led.Host = "http", string(address), ""
	return http.DefaultTransport.RoundTrip(led)
}

// keyHome is a data directory in which a passphrase protects Plaid's sandbox, whose
// place a practice bank takes.
type keyHome struct{ *home }

func newKeyHome(t *testing.T) keyHome {
	t.Helper()
	running, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: ownID, Secret: ownSecret, Products: []string{"transactions"}, Countries: []string{"US", "CA"},
		InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	led := &http.Client{Transport: ledTo(strings.TrimPrefix(running.URL(), "http://"))}
	h := keyHome{&home{t: t, dir: t.TempDir(), plaid: led}}
	h.current = h.file("correct horse battery\n")
	h.ok(h.in("", "sandbox", "protect", "passphrase", "--new-passphrase-file", h.current))
	return h
}

// in runs a command for an environment, with a text as standard input.
func (h keyHome) in(text, env string, args ...string) outcome {
	h.t.Helper()
	var out, noise bytes.Buffer
	args = append([]string{"--data-dir", h.dir, "--env", env}, args...)
	code := Main(Program{Args: args, In: strings.NewReader(text), Out: &out, Err: &noise, Version: "1.2.3", HTTP: h.plaid})
	if all := out.String() + noise.String(); strings.Contains(all, ownSecret) {
		h.t.Errorf("%v prints the secret: %s", args, all)
	}
	return outcome{code, out.String(), noise.String()}
}

func (h keyHome) ok(o outcome) outcome {
	h.t.Helper()
	h.wantCode(exitOK, o)
	return o
}

func (h keyHome) records(o outcome) []keysRecord {
	h.t.Helper()
	var records []keysRecord
	if err := json.Unmarshal([]byte(h.ok(o).out), &records); err != nil {
		h.t.Fatal(err)
	}
	return records
}

func TestKeysAreSetTestedAndRemoved(t *testing.T) {
	h := newKeyHome(t)
	sealed := []string{"--passphrase-file", h.current}
	keys := func(in string, args ...string) outcome {
		t.Helper()
		return h.in(in, "sandbox", append(append([]string{"keys"}, args...), sealed...)...)
	}
	if got := h.ok(keys("")); !strings.Contains(got.out, "Not set up") {
		t.Errorf("without keys: %s", got.out)
	}
	h.wantCode(exitKeys, keys("", "test"))
	h.wantCode(exitKeys, keys(ownID+"\nffff2d3c4b5a69788796a5b4c3d2e1\n", "set"))
	if got := keys(ownID+"\n", "set"); got.code != exitUsage || got.err != "Enter your secret\n" {
		t.Errorf("without a secret: %d, %q", got.code, got.err)
	}
	h.wantCode(exitUsage, keys("\n\n", "set"))
	if got := h.ok(keys("")); !strings.Contains(got.out, "Not set up") {
		t.Errorf("after wrong keys: %s", got.out)
	}
	got := h.ok(keys(ownID+"\n"+ownSecret+"\n", "set"))
	for _, want := range []string{"Plaid Sandbox", "Works, tested", "Transactions", "US (of 2)"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not told: %s", want, got.out)
		}
	}
	h.ok(keys("", "test"))
	h.ok(keys("", "countries", "ca"))
	h.wantCode(exitUsage, keys("", "countries", "GB"))
	h.wantCode(exitUsage, keys("", "countries"))
	h.ok(h.in("", "sandbox", append([]string{"link", "--instant"}, sealed...)...))
	records := h.records(keys("", "--json"))
	r := records[0]
	if len(records) != 2 || r.Environment != core.Sandbox || !r.Set || r.Source != core.KeptKeys || !r.Works || r.TestedAt == nil || r.ItemsMade != 1 ||
		!slices.Equal(r.Products, []core.Product{core.Transactions}) || !slices.Equal(r.Allowed, []string{"US", "CA"}) || !slices.Equal(r.Countries, []string{"CA"}) {
		t.Errorf("records %+v", records)
	}
	// Without the passphrase it is told what is no secret.
	r = h.records(h.in("", "sandbox", "keys", "--json"))[0]
	if r.Set || r.Unseen != fault.Locked || !r.Works || r.ItemsMade != 1 {
		t.Errorf("while it is locked: %+v", r)
	}
	h.wantCode(exitKeychain, h.in("", "sandbox", "keys", "test"))
	r = h.records(keys("", "remove", "--json"))[0]
	if r.Set || r.Works || r.ItemsMade != 0 {
		t.Errorf("after they were removed: %+v", r)
	}
}

// TestTheTrialPlanIsToldByThePerson says it of keys that are sealed, without opening
// them, and sees it said before a bank is linked.
func TestTheTrialPlanIsToldByThePerson(t *testing.T) {
	h := newKeyHome(t)
	h.ok(h.in("", "production", "protect", "passphrase", "--new-passphrase-file", h.current))
	sealed := []string{"--passphrase-file", h.current}
	h.ok(h.in(ownID+"\n"+ownSecret+"\n", "production", append([]string{"keys", "set"}, sealed...)...))
	if got := h.ok(h.in("", "production", "keys")); !strings.Contains(got.out, "Not said") {
		t.Errorf("before: %s", got.out)
	}
	for _, c := range []struct {
		answer core.TrialPlan
		told   string
		terms  string
	}{
		{core.OnTrial, "0 of 10 on a Trial plan", "This uses one of the ten banks that your Trial plan allows for life; 0 used so far."},
		{core.NotTrial, "No", "Plaid may charge for this bank for as long as it is linked."},
	} {
		if got := h.ok(h.in("", "production", "keys", "trial", string(c.answer))); !strings.Contains(got.out, c.told) {
			t.Errorf("%s: it tells %s", c.answer, got.out)
		}
		records := h.records(h.in("", "production", "keys", "--json"))
		if records[1].TrialPlan != c.answer || records[0].TrialPlan != "" {
			t.Errorf("%s: %+v", c.answer, records)
		}
		got := h.in("", "production", append([]string{"link", "--no-open"}, sealed...)...)
		if !strings.Contains(got.err, c.terms) || strings.Contains(got.err, "A Trial plan allows") {
			t.Errorf("%s: before a link it is told %q", c.answer, got.err)
		}
	}
	h.wantCode(exitUsage, h.in("", "production", "keys", "trial", "perhaps"))
	h.wantCode(exitUsage, h.in("", "production", "keys", "trial"))
	h.wantCode(exitUsage, h.in("", "sandbox", "keys", "trial", "yes"))
	if records := h.records(h.in("", "production", "keys", "--json")); records[1].TrialPlan != core.NotTrial {
		t.Errorf("after wrong answers: %+v", records)
	}
}

func TestKeysWantAnEnvironment(t *testing.T) {
	h := newKeyHome(t)
	for _, args := range [][]string{{"set"}, {"test"}, {"remove"}, {"countries", "US"}, {"trial", "yes"}} {
		h.wantCode(exitUsage, h.in("", "practice", append([]string{"keys"}, args...)...))
	}
	h.wantCode(exitUsage, h.in("", "sandbox", "keys", "test", "--session-only"))
	h.wantCode(exitUsage, h.in("", "sandbox", "keys", "set", ownID))
}

func TestKeysOfTheEnvironmentAreNotChanged(t *testing.T) {
	h := newKeyHome(t)
	t.Setenv(clientIDVariable, ownID)
	t.Setenv(secretVariable, ownSecret)
	if r := h.records(h.in("", "production", "keys", "--json"))[1]; !r.Set || r.Source != core.GivenKeys {
		t.Errorf("given keys are told as %+v", r)
	}
	t.Setenv(clientIDVariable, ownID)
	t.Setenv(secretVariable, ownSecret)
	h.wantCode(exitUsage, h.in("", "production", "keys", "remove"))
}

// What a new bank may cost, and what the keys do not allow, is said before its page is
// asked for.
func TestTermsAreToldBeforeALink(t *testing.T) {
	h := newKeyHome(t)
	h.ok(h.in("", "production", "protect", "passphrase", "--new-passphrase-file", h.current))
	for env, want := range map[string]string{
		"sandbox":    "Your keys don’t allow Plaid’s product Auth",
		"production": "Plaid may charge for this bank for as long as it is linked. A Trial plan allows ten banks for life; 0 used here.",
	} {
		sealed := []string{"--passphrase-file", h.current}
		h.ok(h.in(ownID+"\n"+ownSecret+"\n", env, append([]string{"keys", "set"}, sealed...)...))
		got := h.in("", env, append([]string{"link", "--no-open", "--numbers"}, sealed...)...)
		if !strings.Contains(got.err, want) {
			t.Errorf("%s: it is told %q", env, got.err)
		}
		if env == "sandbox" && strings.Contains(got.err, "may charge") {
			t.Errorf("test banks are said to cost: %q", got.err)
		}
	}
}

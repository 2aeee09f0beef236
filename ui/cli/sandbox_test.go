package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// served is a practice bank that the command serves.
type served struct {
	t   *testing.T
	url string
}

// serve runs the command until the test ends, with the keys me and mine.
func serve(t *testing.T, flags ...string) *served {
	t.Helper()
	out, printed := io.Pipe()
	c := &command{program: Program{In: strings.NewReader(""), Out: printed, Err: io.Discard}}
	root := c.root()
	root.SetArgs(append([]string{"sandbox", "--client-id=me", "--secret=mine"}, flags...))
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		_ = printed.CloseWithError(err)
		ended <- err
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		interrupt()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return &served{t, strings.TrimSpace(line)}
}

// ask calls the API and returns the status and the answer.
func (s *served) ask(path string, body map[string]any) (int, map[string]any) {
	s.t.Helper()
	whole := map[string]any{"client_id": "me", "secret": "mine"}
	for k, v := range body {
		whole[k] = v
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.Post(s.url+path, "application/json", strings.NewReader(string(raw)))
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, out
}

// link makes an Item and returns its access token, and the public token.
func (s *served) link() (access, public any) {
	s.t.Helper()
	_, made := s.ask("/sandbox/public_token/create", map[string]any{"institution_id": "ins_109508", "initial_products": []string{"transactions"}})
	_, got := s.ask("/item/public_token/exchange", map[string]any{"public_token": made["public_token"]})
	if got["access_token"] == nil {
		s.t.Fatalf("%v %v", made, got)
	}
	return got["access_token"], made["public_token"]
}

func TestSandboxTakesItsFlags(t *testing.T) {
	s := serve(t, "--time=2026-01-01T00:00:00Z", "--advance=36h", "--rate-limits", "--single-use-public-tokens",
		"--initial-delay=0", "--history-delay=0")
	if _, got := s.ask("/practice/clock/get", nil); got["time"] != "2026-01-02T12:00:00Z" || got["frozen"] != true {
		t.Errorf("%v", got)
	}
	access, public := s.link()
	if status, got := s.ask("/item/public_token/exchange", map[string]any{"public_token": public}); status != http.StatusBadRequest {
		t.Errorf("exchanged twice: %v", got)
	}
	if _, got := s.ask("/transactions/sync", map[string]any{"access_token": access}); got["transactions_update_status"] != "HISTORICAL_UPDATE_COMPLETE" {
		t.Errorf("%v", got)
	}
	limited := 0
	for range 45 {
		if status, _ := s.ask("/item/get", map[string]any{"access_token": access}); status == http.StatusTooManyRequests {
			limited++
		}
	}
	if limited != 5 {
		t.Errorf("%d of 45 refused, want 5", limited)
	}
	s.ask("/practice/clock/advance", map[string]any{"by": "720h"})
	if _, got := s.ask("/accounts/get", map[string]any{"access_token": access}); got["error_code"] != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("after 30 days: %v", got)
	}
}

func TestSandboxWithoutFlagsIsLikePlaids(t *testing.T) {
	s := serve(t)
	access, public := s.link()
	if status, got := s.ask("/item/public_token/exchange", map[string]any{"public_token": public}); status != http.StatusOK {
		t.Errorf("%v", got)
	}
	if _, got := s.ask("/practice/clock/get", nil); got["frozen"] != false {
		t.Errorf("%v", got)
	}
	for range 45 {
		if status, got := s.ask("/item/get", map[string]any{"access_token": access}); status != http.StatusOK {
			t.Fatalf("%v", got)
		}
	}
}

func TestSandboxKeepsItems(t *testing.T) {
	s := serve(t, "--keep-items")
	access, _ := s.link()
	s.ask("/practice/clock/advance", map[string]any{"by": "7200h"})
	if status, got := s.ask("/accounts/get", map[string]any{"access_token": access}); status != http.StatusOK {
		t.Errorf("%v", got)
	}
}

func TestSandboxSeedsDiffer(t *testing.T) {
	history := func(flags ...string) any {
		s := serve(t, append(flags, "--time=2026-01-01T00:00:00Z", "--initial-delay=0", "--history-delay=0")...)
		access, _ := s.link()
		_, got := s.ask("/transactions/sync", map[string]any{"access_token": access})
		amounts := []any{}
		for _, row := range got["added"].([]any) {
			amounts = append(amounts, row.(map[string]any)["amount"])
		}
		raw, err := json.Marshal(amounts)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if once := history("--seed=1"); once != history("--seed=1") || once == history("--seed=2") {
		t.Error("a seed does not choose the history")
	}
}

func TestSandboxFileIsForOne(t *testing.T) {
	state := filepath.Join(t.TempDir(), "bank.json")
	serve(t, "--state", state)
	if r := run(t, "sandbox", "--state", state); r.code != exitVault || !strings.Contains(r.err, "has the same file") {
		t.Errorf("%+v", r)
	}
}

// The help names every path of the control API.
func TestSandboxHelp(t *testing.T) {
	help := run(t, "sandbox", "--help").out
	for _, word := range []string{
		"https://sandbox.plaid.com", "user_good", "pass_good", "basePath", "host=", "UseEnvironment", "curl",
		"/practice/clock/get | set | advance", "/practice/faults/set | list | clear", "/practice/items/list",
		"/practice/webhooks/rotate_key", "/practice/state/reset", "rate_limit", "wrong_type",
		"--time", "--advance", "--rate-limits", "--keep-items", "--settle-transfers", "--seed", "--state",
	} {
		if !strings.Contains(help, word) {
			t.Errorf("the help does not tell of %s", word)
		}
	}
}

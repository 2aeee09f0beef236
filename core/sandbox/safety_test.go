package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"bankbook/core/sandbox"
)

// attempt is one combination of what a request can get wrong.
type attempt struct {
	host, origin, method, key string
}

// attempts are all combinations that must change nothing (SECURITY §6, 16): a
// right key counts only with the right host, origin and method.
func attempts(host string) []attempt {
	var list []attempt
	for _, h := range []string{host, "localhost:1", "bank.example", strings.Replace(host, "127.0.0.1", "localhost", 1)} {
		for _, origin := range []string{"", "null", "http://evil.example", "http://" + host} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
				for _, key := range []string{"none", "wrong", "right"} {
					foreign := origin == "null" || origin == "http://evil.example"
					if h == host && !foreign && method == http.MethodPost && key == "right" {
						continue
					}
					list = append(list, attempt{h, origin, method, key})
				}
			}
		}
	}
	return list
}

func (a attempt) request(t *testing.T, url, body string, form bool) *http.Request {
	t.Helper()
	req, err := http.NewRequest(a.method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = a.host
	if a.origin != "" {
		req.Header.Set("Origin", a.origin)
	}
	req.Header.Set("Content-Type", "application/json")
	if form {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	switch a.key {
	case "wrong":
		req.Header.Set("Plaid-Client-Id", testID)
		req.Header.Set("Plaid-Secret", "guess")
	case "right":
		req.Header.Set("Plaid-Client-Id", testID)
		req.Header.Set("Plaid-Secret", testSecret)
	}
	return req
}

// Nothing but a POST to the right host, from no foreign page, with the keys or
// with a page's form token changes a byte of the state.
func TestNothingChangesWithoutTheKeys(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	_, page := b.newLink(nil)
	walk(newBrowser(t), page) // a session that could be gone on with
	hosted := page[len(b.http.URL):]
	bodies := map[string]string{}
	for _, path := range b.bank.Paths() {
		bodies[path] = `{"access_token":"` + access + `","kind":"server_error","by":"1h","real":true,"webhook":"http://127.0.0.1:1/",` +
			`"institution_id":"ins_109508","initial_products":["auth"],"webhook_code":"LOGIN_REPAIRED"}`
	}
	for _, path := range sandbox.HostedPaths() {
		bodies[hosted+path] = "form=guess&institution=ins_109508&user=user_good&password=pass_good&account=checking"
	}
	before, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(b.http.URL, "http://")
	all, handler := attempts(host), b.bank.Handler(host)
	for path, body := range bodies {
		form := strings.HasPrefix(path, "/hosted/")
		for _, a := range all {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, a.request(t, b.http.URL+path, body, form))
			public := path == "/categories/get" // answered for everybody, and changes nothing
			if w.Code < 300 && !form && !public {
				t.Errorf("%s %+v: %d", path, a, w.Code)
			}
		}
		after, err := os.ReadFile(b.cfg.StateFile)
		if err != nil || !bytes.Equal(before, after) {
			t.Fatalf("%s: the state has changed: %v", path, err)
		}
	}
	if len(bodies) < 90 || len(all) < 300 {
		t.Errorf("only %d paths and %d attempts", len(bodies), len(all))
	}
}

// What the matrix tries does change something when everything is right.
func TestTheKeysDoChangeSomething(t *testing.T) {
	b := newBench(t)
	before, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(b.http.URL, "http://")
	req := attempt{host, "http://" + host, http.MethodPost, "right"}.request(t, b.http.URL+"/practice/clock/advance", `{"by":"1h"}`, false)
	resp, err := b.http.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	after, err := os.ReadFile(b.cfg.StateFile)
	if err != nil || resp.StatusCode != http.StatusOK || bytes.Equal(before, after) {
		t.Errorf("%d, %v", resp.StatusCode, err)
	}
}

func TestTwoBanksCannotShareAFile(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	before, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sandbox.New(b.cfg); !errors.Is(err, sandbox.ErrInUse) || errors.Is(err, sandbox.ErrState) {
		t.Errorf("New = %v, want ErrInUse", err)
	}
	if _, err := sandbox.Listen(t.Context(), b.cfg, "127.0.0.1:0"); !errors.Is(err, sandbox.ErrInUse) {
		t.Errorf("Listen = %v, want ErrInUse", err)
	}
	after, err := os.ReadFile(b.cfg.StateFile)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file has changed: %v", err)
	}
	b.restart() // closing gives it free
	b.must("/accounts/get", object{"access_token": access})
}

// However a bank that listens ends, its file is free for the next.
func TestFileIsFreeAfterTheEnd(t *testing.T) {
	b := newBench(t)
	b.stop()
	for range 3 {
		ctx, end := context.WithCancel(t.Context())
		r, err := sandbox.Listen(ctx, b.cfg, "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sandbox.Listen(t.Context(), b.cfg, "127.0.0.1:99999"); err == nil || errors.Is(err, sandbox.ErrAddress) {
			t.Errorf("a second at a wrong address: %v", err)
		}
		end()
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := sandbox.Listen(t.Context(), b.cfg, "127.0.0.1:99999"); !errors.Is(err, sandbox.ErrAddress) {
		t.Errorf("Listen = %v", err)
	}
	b.start()
}

func TestClosedBankKeepsNothing(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	if err := b.bank.Close(); err != nil {
		t.Fatal(err)
	}
	if status, _ := b.post("/item/remove", object{"access_token": access}); status != http.StatusInternalServerError {
		t.Errorf("%d", status)
	}
	if err := b.bank.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

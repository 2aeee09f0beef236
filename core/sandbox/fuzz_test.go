package sandbox_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bankbook/core/sandbox"
)

// FuzzRequests sends endpoints bodies of every kind, at a bank in which there is
// something: whatever comes in, the answer is JSON and not about the practice
// bank's own failure. Tokens and ids differ from run to run, so inputs have names
// in their place.
func FuzzRequests(f *testing.F) {
	b := newBench(f, func(c *sandbox.Config) { c.StateFile = "" })
	good := b.goodRequests()
	names, values := placeholders(good)
	paths := slices.Sorted(maps.Keys(good))
	for i, path := range paths {
		body, err := json.Marshal(good[path])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, names.Replace(string(body)))
	}
	back := b.bank.Remember()
	handler := b.bank.Handler("127.0.0.1:1")
	f.Fuzz(func(t *testing.T, n int, body string) {
		if err := back(); err != nil {
			t.Fatal(err)
		}
		path := paths[uint(n)%uint(len(paths))]
		r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader([]byte(values.Replace(body))))
		r.Host = "127.0.0.1:1"
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Plaid-Client-Id", testID)
		r.Header.Set("Plaid-Secret", testSecret)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %q: %d %s", path, body, w.Code, w.Body)
		}
	})
}

// placeholders returns what puts names in the place of what is this bank's own,
// and what puts it back.
func placeholders(good map[string]object) (names, values *strings.Replacer) {
	var to, from []string
	for name, value := range map[string]any{
		"@access": good["/item/get"]["access_token"], "@account": good["/transfer/create"]["account_id"],
		"@link": good["/link/token/get"]["link_token"], "@user": good["/sandbox/user/reset_login"]["user_id"],
	} {
		to, from = append(to, value.(string), name), append(from, name, value.(string))
	}
	return strings.NewReplacer(to...), strings.NewReplacer(from...)
}

package sandbox_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"bankbook/core/sandbox"
)

// FuzzRequests sends endpoints bodies of every kind: whatever comes in, the
// answer is JSON and not about the practice bank's own failure.
func FuzzRequests(f *testing.F) {
	b := newBench(f)
	good := b.goodRequests()
	paths := slices.Sorted(maps.Keys(good))
	for i, path := range paths {
		body, err := json.Marshal(good[path])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, body)
	}
	f.Fuzz(func(t *testing.T, n int, body []byte) {
		path := paths[uint(n)%uint(len(paths))]
		r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
		r.Host = "127.0.0.1:1"
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Plaid-Client-Id", testID)
		r.Header.Set("Plaid-Secret", testSecret)
		w := httptest.NewRecorder()
		fuzzBank(t).Handler(r.Host).ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %q: %d %s", path, body, w.Code, w.Body)
		}
	})
}

// fuzzBank returns a bank of its own, in memory, so that one input does not
// depend on those before it.
func fuzzBank(t *testing.T) *sandbox.Server {
	bank, err := sandbox.New(sandbox.Config{ClientID: testID, Secret: testSecret, Now: newClock().Now})
	if err != nil {
		t.Fatal(err)
	}
	return bank
}

package torture

import (
	"encoding/base64"
	"testing"

	"bankbook/core/secret/secrettest"
	"bankbook/storage/durable/durabletest"
)

// TestNoSecretIsWritten searches everything that a child and its own children
// write into any file at any time, those that are removed again too, for the
// vault's keys and for the tokens of its sessions.
func TestNoSecretIsWritten(t *testing.T) {
	durabletest.NeedStrace(t)
	cycles := times(2, 6)
	r := script(cycles * cycle).record(t)
	w := r.Writes(t, func([]byte) {}).(*watcher)
	keys := w.told.keys.ever
	if len(keys) <= cycles {
		t.Fatalf("there have been only %d keys", len(keys))
	}
	var secrets []string
	for _, text := range keys {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		must(t, err)
		secrets = append(secrets, text, string(raw))
	}
	for bank := range cycles {
		secrets = append(secrets, sessionOf(bank).Token.Reveal())
	}
	search, bytes, found := secrettest.NewSearch(secrets...), 0, 0
	r.Writes(t, func(data []byte) {
		bytes += len(data)
		if what := search.Find(data); what != "" {
			found++
			t.Errorf("a write holds %s", what)
		}
	})
	results.add(result{test: "byte search of what is written", number: bytes, violations: found, note: "bytes"})
}

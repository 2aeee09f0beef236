package torture

import (
	"encoding/base64"
	"testing"

	"bankbook/core/secret/secrettest"
)

// TestNoSecretIsWritten searches everything that a child and its own children
// write into any file at any time, those that are removed again too, for the
// vault's keys and for the tokens of its sessions.
func TestNoSecretIsWritten(t *testing.T) {
	needStrace(t)
	cycles := times(2, 6)
	r := record(t, script(cycles*cycle))
	var secrets []string
	r.replay(t, outages{}, func(_ int, _ *disk, s *told) { secrets = s.keys.ever })
	if len(secrets) <= cycles {
		t.Fatalf("there have been only %d keys", len(secrets))
	}
	for _, text := range secrets {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		must(t, err)
		secrets = append(secrets, string(raw))
	}
	for bank := range cycles {
		secrets = append(secrets, sessionOf(bank).Token.Reveal())
	}
	search, bytes, found := secrettest.NewSearch(secrets...), 0, 0
	s := told{step: untouched, keys: newKeychain()}
	play := newReplay(newDisk(r.files), r.dir, r.calls, &s)
	play.wrote = func(data []byte) {
		bytes += len(data)
		if what := search.Find(data); what != "" {
			found++
			t.Errorf("after step %d, a write holds %s", s.step, what)
		}
	}
	for _, c := range r.calls {
		_, err := play.step(c)
		must(t, err)
	}
	// Two writes can hold half a secret each.
	var walk func(n *node)
	walk = func(n *node) {
		if what := search.Find(n.data); what != "" {
			found++
			t.Errorf("at the end, a file holds %s", what)
		}
		for _, below := range n.entries {
			walk(below)
		}
	}
	walk(play.disk.root)
	results.add(result{test: "byte search of what is written", number: bytes, violations: found, note: "bytes"})
}

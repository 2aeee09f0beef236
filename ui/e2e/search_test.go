package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// searchFor looks for secrets in the forms in which they could lie about.
func searchFor(t testing.TB, where string, data []byte, secrets []string) {
	t.Helper()
	lower := bytes.ToLower(data)
	for i, s := range secrets {
		forms := map[string][]byte{"raw": []byte(s), "UTF-16": inUTF16(s)}
		for shift := range 3 { // base64 looks different at each offset
			encoded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat(" ", shift) + s))
			forms[fmt.Sprintf("base64+%d", shift)] = []byte(encoded[4 : len(encoded)-4])
		}
		for form, bytesOf := range forms {
			if bytes.Contains(data, bytesOf) {
				t.Errorf("%s holds secret %d, %s", where, i, form)
			}
		}
		if bytes.Contains(lower, []byte(hex.EncodeToString([]byte(s)))) {
			t.Errorf("%s holds secret %d, hex", where, i)
		}
	}
}

func inUTF16(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// TestSearchFindsWhatIsThere shows that the byte search can fail.
func TestSearchFindsWhatIsThere(t *testing.T) {
	const hidden = "access-sandbox-5a8d0e2f-0000-1111-2222-333344445555"
	for form, data := range map[string][]byte{
		"raw": []byte("x" + hidden), "hex": []byte(hex.EncodeToString([]byte(hidden))), "UTF-16": inUTF16("ab" + hidden),
		"base64": []byte(base64.StdEncoding.EncodeToString([]byte("some text before it " + hidden + " and after"))),
	} {
		probe := &recorder{TB: t}
		searchFor(probe, "a file", data, []string{hidden})
		if !probe.failed {
			t.Errorf("the search does not see %s", form)
		}
	}
}

// recorder is a testing.TB that only notes failures.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Helper()               {}

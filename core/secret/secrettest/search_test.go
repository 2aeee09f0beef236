package secrettest

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
)

func TestSearchFindsWhatIsThere(t *testing.T) {
	const hidden = "access-sandbox-5a8d0e2f-0000-1111-2222-333344445555"
	s := NewSearch("another secret", hidden)
	for form, data := range map[string]string{
		"raw": "x" + hidden, "UTF-16": string(inUTF16("ab" + hidden)),
		"hex": hex.EncodeToString([]byte(hidden)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(hidden))),
		"base64": base64.StdEncoding.EncodeToString([]byte("some text before it " + hidden + " and after")),
	} {
		if found := s.Find([]byte(data)); !strings.HasPrefix(found, "secret 1, "+form) {
			t.Errorf("%s: found %q", form, found)
		}
	}
	for _, shift := range []string{"", " ", "  "} {
		if s.Find([]byte(base64.RawURLEncoding.EncodeToString([]byte(shift+hidden+">>>")))) == "" {
			t.Errorf("base64 after %d bytes is not seen", len(shift))
		}
	}
	if found := s.Find([]byte("access-sandbox-5a8d0e2f")); found != "" {
		t.Errorf("found %q in a part of a secret", found)
	}
}

package child

import (
	"bytes"
	"strings"
	"testing"

	"bankbook/core/fault"
)

func frameOf(t testing.TB, payload []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeFrame(&b, payload); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFrameRoundTrip(t *testing.T) {
	for _, payload := range []string{"", "x", "a\x00b", strings.Repeat("y", frameLimit)} {
		frame := frameOf(t, []byte(payload))
		rest := bytes.NewReader(append(frame, "rest"...))
		got, err := ReadFrame(rest)
		if err != nil || string(got) != payload {
			t.Errorf("%d bytes: %d bytes, %v", len(payload), len(got), err)
		}
		if rest.Len() != len("rest") {
			t.Errorf("%d bytes: %d bytes are left to read", len(payload), rest.Len())
		}
	}
	if err := writeFrame(&bytes.Buffer{}, make([]byte, frameLimit+1)); err == nil {
		t.Error("a payload beyond the limit was written")
	}
}

// Every cut and every flipped bit is noticed.
func TestFrameDamage(t *testing.T) {
	frame := frameOf(t, []byte("access-token"))
	for i := range frame {
		if _, err := ReadFrame(bytes.NewReader(frame[:i])); err == nil {
			t.Errorf("cut at %d: no error", i)
		}
		for bit := range 8 {
			damaged := bytes.Clone(frame)
			damaged[i] ^= 1 << bit
			if _, err := ReadFrame(bytes.NewReader(damaged)); err == nil {
				t.Errorf("bit %d of byte %d: no error", bit, i)
			}
		}
	}
}

func TestCappedKeepsTheBeginning(t *testing.T) {
	c := &capped{limit: 5}
	for _, part := range []string{"abc", "", "def", "ghi"} {
		if n, err := c.Write([]byte(part)); n != len(part) || err != nil {
			t.Errorf("Write(%q): %d, %v", part, n, err)
		}
	}
	if string(c.kept) != "abcde" {
		t.Errorf("kept %q", c.kept)
	}
}

func FuzzReadAnswer(f *testing.F) {
	for _, a := range []Answer{{}, {Value: []byte("secret")}, {Kind: fault.KeychainLocked, Cause: "why"}} {
		var b bytes.Buffer
		if err := writeAnswer(&b, a); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		a, err := readAnswer(bytes.NewReader(stream))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := writeAnswer(&again, a); err != nil || !bytes.HasPrefix(stream, again.Bytes()) {
			t.Errorf("an answer does not survive: %v", err)
		}
	})
}

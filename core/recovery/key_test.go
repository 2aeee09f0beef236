package recovery_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bankbook/core/fault"
	"bankbook/core/recovery"
)

const (
	alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	known    = "0471Y-PA1NS-897NA-RTBP3-GE89M-VANQX-RK8XM-XTZR6"
)

func parse(t rapid.TB, typed string) recovery.Key {
	t.Helper()
	k, err := recovery.Parse(typed)
	if err != nil {
		t.Fatalf("Parse(%q): %v", typed, err)
	}
	return k
}

// wantMistyped returns the group that Parse complains of.
func wantMistyped(t rapid.TB, typed string) int {
	t.Helper()
	k, err := recovery.Parse(typed)
	var m recovery.Mistyped
	if !fault.Is(err, fault.Invalid) || !errors.As(err, &m) || !k.IsZero() {
		t.Fatalf("Parse(%q) = %v, want Invalid around Mistyped", typed, err)
	}
	return m.Group
}

func TestTextComesBack(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		k := recovery.New()
		text := k.Text().Reveal()
		if seen[text] {
			t.Fatal("two new keys are the same")
		}
		seen[text] = true
		if len(text) != 47 || strings.Trim(text, alphabet+"-") != "" {
			t.Fatalf("a key of the form %q", text)
		}
		if parse(t, text) != k {
			t.Fatal("another key came back")
		}
	}
}

func TestParseForgives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := recovery.New()
		var typed strings.Builder
		for _, c := range k.Text().Reveal() {
			forms := []string{string(c), strings.ToLower(string(c))}
			switch c {
			case '-':
				forms = []string{"", " ", "-", " - ", "–", "\u00a0", "\n"}
			case '0':
				forms = []string{"0", "o", "O"}
			case '1':
				forms = []string{"1", "i", "I", "l", "L"}
			}
			typed.WriteString(rapid.SampledFrom(forms).Draw(t, "form"))
		}
		if parse(t, typed.String()) != k {
			t.Fatalf("%q is read as another key", typed.String())
		}
	})
}

func TestEveryWrongCharacterIsFound(t *testing.T) {
	text := recovery.New().Text().Reveal()
	for i := range text {
		if text[i] == '-' {
			continue
		}
		for _, c := range alphabet + "U*é" {
			typed := text[:i] + string(c) + text[i+1:]
			if typed == text {
				continue
			}
			if group := wantMistyped(t, typed); group != i/6+1 {
				t.Errorf("a mistake at %d is said to be in group %d", i, group)
			}
		}
	}
}

func TestExchangedCharactersAndGroupsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := strings.Split(recovery.New().Text().Reveal(), "-")
		g := rapid.IntRange(0, len(groups)-1).Draw(t, "group")
		i, j := rapid.IntRange(0, 4).Draw(t, "i"), rapid.IntRange(0, 4).Draw(t, "j")
		b := []byte(groups[g])
		b[i], b[j] = b[j], b[i]
		if old := groups[g]; string(b) != old {
			groups[g] = string(b)
			if got := wantMistyped(t, strings.Join(groups, "-")); got != g+1 {
				t.Fatalf("a mistake in group %d is said to be in %d", g+1, got)
			}
			groups[g] = old
		}
		if h := rapid.IntRange(0, len(groups)-1).Draw(t, "other"); h != g {
			groups[g], groups[h] = groups[h], groups[g]
			wantMistyped(t, strings.Join(groups, "-"))
		}
	})
}

func TestMissingAndDoubledCharactersAreFound(t *testing.T) {
	text := recovery.New().Text().Reveal()
	for i := range text {
		if text[i] == '-' {
			continue
		}
		for _, typed := range []string{text[:i] + text[i+1:], text[:i] + text[i:i+1] + text[i:]} {
			if group := wantMistyped(t, typed); group != 0 {
				t.Errorf("a wrong number of characters is said to be in group %d", group)
			}
		}
	}
	wantMistyped(t, "")
}

func TestDeriveDependsOnEverything(t *testing.T) {
	derive := func(k recovery.Key, purpose, salt string) string {
		b, err := k.Derive(purpose, []byte(salt))
		if err != nil || len(b) != 32 {
			t.Fatalf("Derive: %d bytes, %v", len(b), err)
		}
		return string(b)
	}
	k := recovery.New()
	one := derive(k, "vault", "salt")
	if derive(parse(t, k.Text().Reveal()), "vault", "salt") != one {
		t.Error("the same key derives another")
	}
	for what, other := range map[string]string{
		"purpose": derive(k, "lockbox", "salt"), "salt": derive(k, "vault", "Salt"), "key": derive(recovery.New(), "vault", "salt"),
	} {
		if other == one {
			t.Errorf("another %s derives the same", what)
		}
	}
	if _, err := (recovery.Key{}).Derive("vault", nil); err == nil || !(recovery.Key{}).Text().IsEmpty() {
		t.Error("the zero key is of use")
	}
}

// TestKnownKey fixes what is on the paper of people: it must never change.
func TestKnownKey(t *testing.T) {
	const want = "3adf15d394442a04d7c34437949c9091e7f79a5cc889e0249940ad190dd9738e"
	got, err := parse(t, known).Derive("test", []byte("salt"))
	if err != nil || fmt.Sprintf("%x", got) != want {
		t.Errorf("the known key derives %x, %v", got, err)
	}
}

func TestNothingShowsAKey(t *testing.T) {
	k := recovery.New()
	var out bytes.Buffer
	for _, holder := range []any{k, &k, struct{ K recovery.Key }{k}, struct{ k recovery.Key }{k}, []recovery.Key{k}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&out, verb, holder)
		}
		slog.New(slog.NewJSONHandler(&out, nil)).Info("key", "k", holder)
		slog.New(slog.NewTextHandler(&out, nil)).Info("key", "k", holder)
		data, _ := json.Marshal(holder)
		out.Write(data)
	}
	_, err := recovery.Parse(strings.Replace(k.Text().Reveal(), "-", "-U", 1))
	out.WriteString(err.Error())
	for _, group := range strings.Split(k.Text().Reveal(), "-") {
		if strings.Contains(out.String(), group) {
			t.Errorf("%s shows in the output", group)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(known)
	f.Add("")
	f.Add(strings.Repeat("0", 40))
	f.Fuzz(func(t *testing.T, typed string) {
		k, err := recovery.Parse(typed)
		if err != nil {
			return
		}
		if again := parse(t, k.Text().Reveal()); again != k {
			t.Errorf("%q is read as two keys", typed)
		}
	})
}

package ident

import (
	"math/big"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Letters is the plain conversion to base 62, only faster.
func TestLettersAreBase62(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, maxBytes).Draw(t, "bytes")
		n := rapid.IntRange(0, 43).Draw(t, "length")
		num, base, digit := new(big.Int).SetBytes(b), big.NewInt(62), new(big.Int)
		want := make([]byte, n)
		for i := range want {
			num.DivMod(num, base, digit)
			want[i] = alnum[digit.Int64()]
		}
		if got := Letters(b, n); got != string(want) {
			t.Fatalf("%x: %q, want %q", b, got, want)
		}
	})
}

func TestShapes(t *testing.T) {
	key := Keyring(Random(maxBytes))
	for text, shape := range map[string]string{
		New():                          `^[0-9A-Za-z]{37}$`,
		NewRequest():                   `^[0-9A-Za-z]{15}$`,
		NewUUID():                      `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
		key.ID("account", "a"):         `^[0-9A-Za-z]{37}$`,
		key.Token(LinkToken, "a"):      `^link-sandbox-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
		key.Path("a"):                  `^[0-9A-Za-z]{43}$`,
		CheckToken(LinkToken, "link-"): `invalid format`,
	} {
		if !regexp.MustCompile(shape).MatchString(text) {
			t.Errorf("%q has not the shape %s", text, shape)
		}
	}
	if problem := CheckToken(LinkToken, key.Token(LinkToken, "a")); problem != "" {
		t.Errorf("its own token: %s", problem)
	}
}

// What was derived once is derived for ever: vaults hold these ids. The values
// are those of the first version.
func TestDerivedIDsNeverChange(t *testing.T) {
	key := Keyring("0123456789abcdef0123456789abcdef")
	for got, want := range map[string]string{
		key.ID("account", "item", "checking"): "kT1H3eHj55BVsHe2UUzCkZPYjSmN6EXLT768t",
		key.Token(AccessToken, "item"):        "access-sandbox-2ce2fc77-3863-49d5-b898-c43bbc7941ff",
		key.Path("link"):                      "OTo8NVfwzkDvVLjo20ZwFEi2WgIHgs7jGUeYEvBZlHy",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestSeriesAreIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := Keyring(rapid.SliceOfN(rapid.Byte(), 0, 80).Draw(t, "key"))
		parts := rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "parts")
		series := key.Series(parts...)
		for _, last := range rapid.SliceOfN(rapid.String(), 1, 3).Draw(t, "last") {
			cut := rapid.IntRange(0, len(last)).Draw(t, "cut")
			if got, want := series.ID(last[:cut], last[cut:]), key.ID(append(slices.Clone(parts), last)...); got != want {
				t.Fatalf("%s, want %s", got, want)
			}
		}
	})
}

package plaid_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"bankbook/core/plaid"
)

var texts = []struct{ in, want string }{
	{"", ""},
	{"Joe's Coffee", "Joe's Coffee"},
	{"  padded  ", "padded"},
	{"Café Zoë 東京 Ελλάδα", "Café Zoë 東京 Ελλάδα"},
	{"tab\tand\nline\r\nbreak", "tab and line  break"},
	{"nul\x00esc\x1b[0m", "nulesc[0m"},
	{"c1\u0080\u009b control\u0085next", "c1 control next"},
	{"\u202aLRE\u202bRLE\u202cPDF\u202dLRO\u202eRLO", "LRERLEPDFLRORLO"},
	{"\u2066LRI\u2067RLI\u2068FSI\u2069PDI", "LRIRLIFSIPDI"},
	{"zero\u200b\u200c\u200d\u2060\ufeffwidth", "zerowidth"},
	{"marks\u200e\u200f\u061c\u00ad", "marks"},
	{"tags\U000e0001\U000e0041", "tags"},
	{"separator\u2028line\u2029paragraph", "separator line paragraph"},
	{"broken\xff\xfe", "broken\uFFFD"},
	{strings.Repeat("a", 256), strings.Repeat("a", 256)},
	{strings.Repeat("a", 257), strings.Repeat("a", 256)},
	{strings.Repeat("é", 300), strings.Repeat("é", 256)},
	{strings.Repeat("a", 255) + " b", strings.Repeat("a", 255)},
	{strings.Repeat("\u200b", 1000) + "x", "x"},
}

func TestClean(t *testing.T) {
	for _, c := range texts {
		if got := plaid.Clean(c.in); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, c := range texts {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := plaid.Clean(in)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 256 || got != strings.TrimSpace(got) {
			t.Fatalf("%q is broken, long or padded", got)
		}
		for _, r := range got {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q has %U", got, r)
			}
		}
		if again := plaid.Clean(got); again != got {
			t.Fatalf("%q becomes %q when cleaned again", got, again)
		}
	})
}

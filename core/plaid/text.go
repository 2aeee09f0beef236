package plaid

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bankbook/core"
)

// maxText bounds every text that came from outside, in runes.
const maxText = 256

// clean makes a text from outside fit to be shown: no control characters, none
// that are invisible or change the direction of writing (C0, C1, U+202A-E,
// U+2066-9, zero-width and the rest of Unicode's format characters), and no
// more than 256 runes. Line breaks and tabs become spaces (SECURITY §6.14).
func clean(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Zl, unicode.Zp) || r == '\t' || r == '\n' || r == '\r' || r == '\u0085':
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= maxText {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:maxText]))
}

// isPlain reports whether s is short printable ASCII, as nearly every text is.
func isPlain(s string) bool {
	if len(s) > maxText {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// isIdentifier reports whether s can be an id of Plaid's: printable ASCII
// without spaces, of a sane length.
func isIdentifier(s string) bool {
	return s != "" && len(s) <= maxText && isPlain(s) && !strings.Contains(s, " ")
}

// institution returns a bank from what Plaid says of it. Either can be empty.
func institution(id, name string) core.Institution {
	if !isIdentifier(id) {
		id = ""
	}
	return core.Institution{ID: core.InstitutionID(id), Name: clean(name)}
}

// lastRunes returns at most the last n runes of s.
func lastRunes(s string, n int) string {
	runes := []rune(s)
	return string(runes[max(len(runes)-n, 0):])
}

package review

import (
	"strings"
	"unicode"
)

// term is one part of a search line: a word, or a condition with a key.
type term struct {
	// raw is the term as it stands in the line.
	raw string
	not bool
	// key is in lower case, "" for a word.
	key   string
	value string
	// quoted says that the value stood between quotation marks.
	quoted bool
}

// lex cuts a line into its terms. A quotation mark that nothing closes reaches
// to the end: the person is still typing.
func lex(line string) []term {
	var terms []term
	for {
		line = strings.TrimLeftFunc(line, unicode.IsSpace)
		if line == "" {
			return terms
		}
		var t term
		rest := line
		if negates(rest) {
			t.not, rest = true, rest[1:]
		}
		t.key, rest = cutKey(rest)
		t.value, t.quoted, rest = cutValue(rest)
		t.raw = line[:len(line)-len(rest)]
		line = rest
		terms = append(terms, t)
	}
}

// negates reports whether a term begins with a minus that says "not". Before a
// number it is the number's sign.
func negates(s string) bool {
	if len(s) < 2 || s[0] != '-' {
		return false
	}
	next := []rune(s[1:])[0]
	return next == '"' || next != '-' && !unicode.IsSpace(next) && !strings.ContainsRune("0123456789.,$€£¥", next)
}

// cutKey takes "account:" off a term; without a key it takes nothing.
func cutKey(s string) (key, rest string) {
	n := strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
	if n < 1 || s[n] != ':' {
		return "", s
	}
	return strings.ToLower(s[:n]), s[n+1:]
}

// cutValue takes a word, or what stands between quotation marks; a backslash
// stands before a mark or a backslash that is meant itself.
func cutValue(s string) (value string, quoted bool, rest string) {
	body, quoted := strings.CutPrefix(s, `"`)
	if !quoted {
		if n := strings.IndexFunc(s, unicode.IsSpace); n >= 0 {
			return s[:n], false, s[n:]
		}
		return s, false, ""
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '"':
			return b.String(), true, body[i+1:]
		case c == '\\' && i+1 < len(body) && (body[i+1] == '"' || body[i+1] == '\\'):
			i++
			b.WriteByte(body[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true, ""
}

// quote writes a value so that cutValue reads it back.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// quoteIfNeeded leaves a value as it is where that reads back.
func quoteIfNeeded(s string) string {
	if s == "" || s[0] == '"' || strings.ContainsFunc(s, unicode.IsSpace) {
		return quote(s)
	}
	return s
}

// quoteWord writes a word so that it is read as nothing but a word.
func quoteWord(s string, not bool) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".,$€£¥+&#*/_'", r)
	}
	first := []rune(s + "\"")[0]
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }), s == "", not && !unicode.IsLetter(first), isState(s):
		return quote(s)
	}
	return s
}

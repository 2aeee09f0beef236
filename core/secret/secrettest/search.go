package secrettest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Search looks for secrets in what a program has written.
type Search struct{ forms []form }

// form is a way in which a secret can lie about.
type form struct {
	what  string
	bytes []byte
}

// NewSearch returns a Search for secrets of at least 8 bytes: as they are, in
// hexadecimal, in base64 of both alphabets and at any offset, and as UTF-16.
func NewSearch(secrets ...string) Search {
	var s Search
	for i, text := range secrets {
		add := func(name string, bytes []byte) {
			s.forms = append(s.forms, form{fmt.Sprintf("secret %d, %s", i, name), bytes})
		}
		add("raw", []byte(text))
		add("UTF-16", inUTF16(text))
		add("hex", []byte(hex.EncodeToString([]byte(text))))
		add("HEX", []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))))
		for shift := range 3 { // base64 looks different at each offset
			shifted := []byte(strings.Repeat(" ", shift) + text)
			for _, alphabet := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
				encoded := alphabet.EncodeToString(shifted)
				add(fmt.Sprintf("base64+%d", shift), []byte(encoded[4:len(encoded)-4]))
			}
		}
	}
	return s
}

// Find says which secret it has found in data, by its number, and in which form;
// or "" if there is none.
func (s Search) Find(data []byte) string {
	for _, f := range s.forms {
		if bytes.Contains(data, f.bytes) {
			return f.what
		}
	}
	return ""
}

func inUTF16(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

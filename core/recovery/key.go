package recovery

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

const (
	keySize = 20
	// A group is groupData characters of the key and one that checks them.
	groupData = 4
	groups    = 8
	derived   = 32

	alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

var errZero = errors.New("recovery: there is no key")

// Key is a recovery key. Keys can be compared with ==; no encoder and no verb
// of fmt shows one. The zero Key is none.
type Key struct{ bits secret.Text }

// New returns a new random key.
func New() Key {
	var bits [keySize]byte
	_, _ = rand.Read(bits[:]) // it never fails
	return Key{secret.New(string(bits[:]))}
}

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k == Key{} }

// String returns "***".
func (k Key) String() string { return k.bits.String() }

// GoString returns "***".
func (k Key) GoString() string { return k.bits.GoString() }

// Text returns the key as a person notes it down: groups with hyphens between
// them. It is empty for the zero Key.
func (k Key) Text() secret.Text {
	if k.IsZero() {
		return secret.Text{}
	}
	data := encoding().EncodeToString([]byte(k.bits.Reveal()))
	written := make([]string, groups)
	for i := range written {
		group := data[i*groupData : (i+1)*groupData]
		written[i] = group + string(alphabet[check(i, group)])
	}
	return secret.New(strings.Join(written, "-"))
}

// Derive returns 32 bytes that follow from the key, by HKDF-SHA256: other ones
// for every purpose and every salt. The zero Key derives nothing.
func (k Key) Derive(purpose string, salt []byte) ([]byte, error) {
	if k.IsZero() {
		return nil, errZero
	}
	return hkdf.Key(sha256.New, []byte(k.bits.Reveal()), salt, purpose, derived)
}

// Mistyped is the cause of the fault.Invalid that Parse returns. Group is the
// first group, counted from 1, that cannot be right; 0 if there are too few or
// too many characters.
type Mistyped struct{ Group int }

// Error says where the mistake is, and nothing of the key.
func (m Mistyped) Error() string {
	if m.Group == 0 {
		return "a recovery key is 40 letters and digits"
	}
	return "group " + string(rune('0'+m.Group)) + " is not what was printed"
}

// Parse reads a key as a person has typed it: small or capital letters, with or
// without spaces and hyphens, with O for 0 and I or L for 1. Anything else is
// fault.Invalid around a Mistyped.
func Parse(typed string) (Key, error) {
	text := clean(typed)
	const size = groups * (groupData + 1)
	if len(text) != size {
		return Key{}, mistyped(0)
	}
	var data strings.Builder
	for i := range groups {
		group := text[i*(groupData+1) : (i+1)*(groupData+1)]
		if strings.Trim(group, alphabet) != "" || check(i, group[:groupData]) != value(group[groupData]) {
			return Key{}, mistyped(i + 1)
		}
		data.WriteString(group[:groupData])
	}
	bits, err := encoding().DecodeString(data.String())
	if err != nil {
		return Key{}, mistyped(0)
	}
	return Key{secret.New(string(bits))}, nil
}

func mistyped(group int) error {
	return fault.New("recovery: read the key", fault.Invalid, Mistyped{group})
}

func encoding() *base32.Encoding {
	return base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)
}

// clean takes out what separates, and makes one byte of every other character:
// one of the alphabet if it can be meant.
func clean(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" \t\r\n\u00a0\u2009\u202f-_.,\u00ad\u2010\u2011\u2012\u2013\u2014\u2212", r):
			return -1
		case r == 'o' || r == 'O':
			return '0'
		case strings.ContainsRune("iIlL", r):
			return '1'
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case r > '~':
			return '?'
		}
		return r
	}, typed)
}

// value returns the number that a character of the alphabet stands for.
func value(c byte) byte { return byte(strings.IndexByte(alphabet, c)) }

// check returns the value that makes a group of the given place right. The
// place and the four values are the coefficients of a polynomial over GF(32),
// taken at x = 2: as the powers of x differ, so does the result when one
// character is another, or two have changed places.
func check(place int, group string) byte {
	sum := byte(place + 1)
	for _, c := range []byte(group) {
		sum = double(sum) ^ value(c)
	}
	return double(sum)
}

// double multiplies by x in GF(32), modulo x^5 + x^2 + 1.
func double(v byte) byte {
	v <<= 1
	if v&0x20 != 0 {
		v ^= 0x25
	}
	return v
}

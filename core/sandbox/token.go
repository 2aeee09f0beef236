package sandbox

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
)

// The kinds of token. A token is derived from the state's key, its kind and the
// id of its record; none is ever stored.
const (
	linkToken   = "link"
	publicToken = "public"
	accessToken = "access"
)

// environment is the one that the practice bank's tokens are of.
const environment = "sandbox"

// The lengths of Plaid's identifiers.
const (
	idLength      = 37
	requestLength = 15
)

const (
	alnum     = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	pathChars = 43
)

// keyring derives what must not be stored.
type keyring []byte

func (k keyring) sum(parts ...string) []byte {
	mac := hmac.New(sha256.New, k)
	for _, p := range parts {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(p), p)
	}
	return mac.Sum(nil)
}

// token returns the token of the given kind for a record.
func (k keyring) token(kind, record string) string {
	b := k.sum("token", kind, record)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%s-%s-%x-%x-%x-%x-%x", kind, environment, b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// id returns an identifier of Plaid's shape.
func (k keyring) id(parts ...string) string {
	return letters(k.sum(append([]string{"id"}, parts...)...), idLength)
}

// path returns the unguessable part of a hosted page's address.
func (k keyring) path(record string) string { return letters(k.sum("hosted", record), pathChars) }

// same compares in constant time.
func same(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }

// letters writes b as n letters and digits.
func letters(b []byte, n int) string {
	num, base, digit := new(big.Int).SetBytes(b), big.NewInt(int64(len(alnum))), new(big.Int)
	out := make([]byte, n)
	for i := range out {
		num.DivMod(num, base, digit)
		out[i] = alnum[digit.Int64()]
	}
	return string(out)
}

// newID returns a random identifier of Plaid's shape, newRequestID one of a
// request, newRecord one of a record.
func newID() string        { return letters(random(32), idLength) }
func newRequestID() string { return letters(random(16), requestLength) }
func newRecord() string    { return fmt.Sprintf("%x", random(12)) }

// newUUID returns a random UUID.
func newUUID() string {
	b := random(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}

// checkToken looks at a token's shape: its kind and its environment.
func checkToken(kind, token string) (problem string) {
	parts := strings.SplitN(token, "-", 3)
	switch {
	case len(parts) != 3 || parts[0] != kind || len(parts[2]) != 36:
		return fmt.Sprintf("provided %s token is in an invalid format. expected format: %s-<environment>-<identifier>", kind, kind)
	case parts[1] != environment:
		return fmt.Sprintf("provided %s token is for the wrong Plaid environment. expected %q, got %q", kind, environment, parts[1])
	}
	return ""
}

package ident

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
)

// The kinds of token.
const (
	LinkToken   = "link"
	PublicToken = "public"
	AccessToken = "access"
	UserToken   = "user"
)

// environment is the one that the practice bank's tokens are of.
const environment = "sandbox"

// PathLength is the length of an unguessable part of an address.
const PathLength = 43

// Keyring derives what must not be stored from a key.
type Keyring []byte

// Sum returns a keyed hash of the parts.
func (k Keyring) Sum(parts ...string) []byte {
	mac := hmac.New(sha256.New, k)
	writeParts(mac, parts...)
	return mac.Sum(nil)
}

// Token returns the token of the given kind for a record.
func (k Keyring) Token(kind, record string) string {
	return kind + "-" + environment + "-" + uuid(k.Sum("token", kind, record))
}

// ID returns an identifier of Plaid's shape.
func (k Keyring) ID(parts ...string) string {
	return Letters(k.Sum(append([]string{"id"}, parts...)...), idLength)
}

// Path returns the unguessable part of a hosted page's address.
func (k Keyring) Path(record string) string { return Letters(k.Sum("hosted", record), PathLength) }

// Same compares in constant time.
func Same(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }

// CheckToken looks at a token's shape: its kind and its environment. It says
// what is wrong, or nothing.
func CheckToken(kind, token string) (problem string) {
	parts := strings.SplitN(token, "-", 3)
	switch {
	case len(parts) != 3 || parts[0] != kind || len(parts[2]) != 36:
		return fmt.Sprintf("provided %s token is in an invalid format. expected format: %s-<environment>-<identifier>", kind, kind)
	case parts[1] != environment:
		return fmt.Sprintf("provided %s token is for the wrong Plaid environment. expected %q, got %q", kind, environment, parts[1])
	}
	return ""
}

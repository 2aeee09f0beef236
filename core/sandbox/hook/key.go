package hook

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Key is a pair of keys that webhooks are signed with. It can be kept as JSON.
type Key struct {
	ID      string    `json:"id"`
	Private []byte    `json:"private"`
	Created time.Time `json:"created"`
	// Expired is when another took its place; zero if none has.
	Expired time.Time `json:"expired,omitzero"`
}

// NewKey returns a random key of an id.
func NewKey(id string, now time.Time) (Key, error) {
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Key{}, fmt.Errorf("hook: make a key: %w", err)
	}
	private, err := pair.Bytes()
	if err != nil {
		return Key{}, fmt.Errorf("hook: make a key: %w", err)
	}
	return Key{ID: id, Private: private, Created: now}, nil
}

// JWK is the public half of a Key, as Plaid writes it.
type JWK struct {
	Algorithm string `json:"alg"`
	Curve     string `json:"crv"`
	ID        string `json:"kid"`
	Type      string `json:"kty"`
	Use       string `json:"use"`
	X         string `json:"x"`
	Y         string `json:"y"`
	Created   int64  `json:"created_at"`
	Expired   *int64 `json:"expired_at"`
}

// coordinate is the length of a coordinate of the curve, in bytes.
const coordinate = 32

// JWK returns the public half.
func (k Key) JWK() (JWK, error) {
	pair, err := k.pair()
	if err != nil {
		return JWK{}, err
	}
	point, err := pair.PublicKey.Bytes() // 4, x, y
	if err != nil {
		return JWK{}, fmt.Errorf("hook: public key: %w", err)
	}
	w := JWK{
		Algorithm: "ES256", Curve: "P-256", ID: k.ID, Type: "EC", Use: "sig",
		X: base64.RawURLEncoding.EncodeToString(point[1 : 1+coordinate]), Y: base64.RawURLEncoding.EncodeToString(point[1+coordinate:]),
		Created: k.Created.Unix(),
	}
	if !k.Expired.IsZero() {
		expired := k.Expired.Unix()
		w.Expired = &expired
	}
	return w, nil
}

func (k Key) pair() (*ecdsa.PrivateKey, error) {
	pair, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), k.Private)
	if err != nil {
		return nil, fmt.Errorf("hook: read a key: %w", err)
	}
	return pair, nil
}

type jwtHeader struct {
	Algorithm string `json:"alg"`
	Key       string `json:"kid"`
	Type      string `json:"typ"`
}

type jwtClaims struct {
	Issued int64  `json:"iat"`
	Body   string `json:"request_body_sha256"`
}

// Sign returns the JWT for a body that is sent now. Receivers refuse one that is
// older than five minutes, by real time.
func (k Key) Sign(body []byte, now time.Time) (string, error) {
	pair, err := k.pair()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	text, err := unsigned(jwtHeader{"ES256", k.ID, "JWT"}, jwtClaims{now.Unix(), hex.EncodeToString(sum[:])})
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, pair, digest[:])
	if err != nil {
		return "", fmt.Errorf("hook: sign: %w", err)
	}
	signature := make([]byte, 2*coordinate) // r and s side by side (RFC 7518, 3.4)
	r.FillBytes(signature[:coordinate])
	s.FillBytes(signature[coordinate:])
	return text + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// unsigned returns the first two parts of a JWT.
func unsigned(header jwtHeader, claims jwtClaims) (string, error) {
	var parts [2]string
	for i, v := range []any{header, claims} {
		raw, err := json.Marshal(v)
		if err != nil {
			return "", fmt.Errorf("hook: write a JWT: %w", err)
		}
		parts[i] = base64.RawURLEncoding.EncodeToString(raw)
	}
	return parts[0] + "." + parts[1], nil
}

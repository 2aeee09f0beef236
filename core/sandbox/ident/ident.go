package ident

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"math/bits"
)

// The lengths of Plaid's identifiers.
const (
	idLength      = 37
	requestLength = 15
)

const alnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// New returns a random identifier of Plaid's shape.
func New() string { return Letters(Random(maxBytes), idLength) }

// NewRequest returns a random identifier of a request.
func NewRequest() string { return Letters(Random(16), requestLength) }

// NewRecord returns a random identifier that no client sees.
func NewRecord() string { return fmt.Sprintf("%x", Random(12)) }

// NewUUID returns a random UUID.
func NewUUID() string { return uuid(Random(16)) }

func uuid(b []byte) string {
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// Random returns n random bytes.
func Random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}

// maxBytes is the largest number that Letters writes, in bytes.
const maxBytes = 32

// Letters writes b, at most 32 bytes, as n letters and digits: as a number in
// base 62, the last digit first.
func Letters(b []byte, n int) string {
	var padded [maxBytes]byte
	copy(padded[maxBytes-len(b):], b)
	var limbs [maxBytes / 8]uint64
	for i := range limbs {
		limbs[i] = binary.BigEndian.Uint64(padded[8*i:])
	}
	out := make([]byte, 0, n+chunkDigits)
	for len(out) < n {
		rest := divide(&limbs)
		for range chunkDigits {
			out = append(out, alnum[rest%uint64(len(alnum))])
			rest /= uint64(len(alnum))
		}
	}
	return string(out[:n])
}

// A chunk is as many digits as a division yields at once.
const (
	chunkDigits = 10
	chunk       = 62 * 62 * 62 * 62 * 62 * 62 * 62 * 62 * 62 * 62
)

// divide divides the number by chunk and returns the rest.
func divide(limbs *[maxBytes / 8]uint64) (rest uint64) {
	for i, limb := range limbs {
		limbs[i], rest = bits.Div64(rest, limb, chunk)
	}
	return rest
}

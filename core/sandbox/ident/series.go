package ident

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// Series makes many identifiers, one after the other, that differ in their last part only: the ID of c
// in Series(a, b) is ID(a, b, c), but what they have in common is hashed once.
type Series struct {
	key    Keyring
	parts  []string
	common hash.Hash
	// text and sum are room to work in.
	text, sum []byte
}

// Series returns the series of the identifiers that begin with the parts.
func (k Keyring) Series(parts ...string) *Series {
	s := &Series{key: k, parts: parts, common: hmac.New(sha256.New, k)}
	writeParts(s.common, append([]string{"id"}, parts...)...)
	return s
}

// ID returns the identifier of the series with the last part, which is given in
// pieces.
func (s *Series) ID(last ...string) string {
	mac := s.clone()
	if mac == nil {
		return s.key.ID(append(slices.Clone(s.parts), strings.Join(last, ""))...)
	}
	s.text = appendPart(s.text[:0], last...)
	_, _ = mac.Write(s.text)
	s.sum = mac.Sum(s.sum[:0])
	return Letters(s.sum, idLength)
}

// clone returns a copy of what is common, or nil where hashes cannot be cloned.
func (s *Series) clone() hash.Hash {
	c, can := s.common.(hash.Cloner)
	if !can {
		return nil
	}
	mac, err := c.Clone()
	if err != nil {
		return nil
	}
	return mac
}

// writeParts hashes parts, each with its length in front.
func writeParts(h hash.Hash, parts ...string) {
	var b []byte
	for _, p := range parts {
		b = appendPart(b[:0], p)
		_, _ = h.Write(b)
	}
}

// appendPart writes a part, given in pieces, with its length in front.
func appendPart(b []byte, pieces ...string) []byte {
	length := 0
	for _, p := range pieces {
		length += len(p)
	}
	b = append(strconv.AppendInt(b, int64(length), 10), ':')
	for _, p := range pieces {
		b = append(b, p...)
	}
	return b
}

package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

const (
	keySize = 32
	// hashSize is the length of an identifier's hash and of a record's digest.
	hashSize = 16
	// sealVersion is the first byte of every sealed value.
	sealVersion = 1
	// clearSize is the part of a sealed value that is not encrypted: version
	// and stamp.
	clearSize = 1 + 8
	// sealOverhead is the length of nonce and tag.
	sealOverhead = 12 + 16
)

// hash is an identifier's keyed hash or a record's keyed digest.
type hash [hashSize]byte

// MarshalText writes a hash in hexadecimal.
func (h hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (h *hash) UnmarshalText(text []byte) error {
	if len(text) != 2*len(h) {
		return errCodec
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// sealer holds the keys that are derived from a vault's data key.
type sealer struct {
	aead   cipher.AEAD
	index  []byte
	digest []byte
}

func newSealer(dataKey []byte) (*sealer, error) {
	seal, err := derive(dataKey, "", "bankbook vault 1 seal", keySize)
	if err != nil {
		return nil, err
	}
	index, err := derive(dataKey, "", "bankbook vault 1 index", keySize)
	if err != nil {
		return nil, err
	}
	digest, err := derive(dataKey, "", "bankbook vault 1 digest", keySize)
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(seal)
	if err != nil {
		return nil, err
	}
	return &sealer{aead: aead, index: index, digest: digest}, nil
}

// derive makes a key for one purpose from another (HKDF-SHA-256).
func derive(key []byte, salt, purpose string, size int) ([]byte, error) {
	sub, err := hkdf.Key(sha256.New, key, []byte(salt), purpose, size)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	return sub, nil
}

// newAEAD returns AES-GCM that puts a random nonce before the ciphertext. The
// limit of 2^32 messages under one key is far above the commits of a lifetime.
func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return aead, nil
}

// seal encrypts a record for its place in the file.
func (s *sealer) seal(b bucket, key, plain []byte, stamp uint64) []byte {
	value := make([]byte, clearSize, clearSize+len(plain)+sealOverhead)
	value[0] = sealVersion
	binary.BigEndian.PutUint64(value[1:], stamp)
	return s.aead.Seal(value, nil, plain, associated(b, key, value[:clearSize]))
}

// open decrypts a record into buf, which can be nil, and returns its stamp.
func (s *sealer) open(b bucket, key, value, buf []byte) (plain []byte, stamp uint64, err error) {
	stamp, err = stampOf(b, value)
	if err != nil {
		return nil, 0, err
	}
	plain, err = s.aead.Open(buf[:0], nil, value[clearSize:], associated(b, key, value[:clearSize]))
	if err != nil {
		return nil, 0, damaged("a record of %s is not what was written", b)
	}
	return plain, stamp, nil
}

// stampOf reads the stamp of a sealed value without opening it.
func stampOf(b bucket, value []byte) (uint64, error) {
	if len(value) < clearSize+sealOverhead || value[0] != sealVersion {
		return 0, damaged("a record of %s is not a sealed one", b)
	}
	return binary.BigEndian.Uint64(value[1:clearSize]), nil
}

// associated is what a record's seal vouches for besides its contents.
func associated(b bucket, key, clear []byte) []byte {
	var e encoder
	e.text(string(b))
	e.uvarint(uint64(len(key)))
	e.raw(key)
	e.raw(clear)
	return e.buf
}

// idKey hashes an identifier to the key of its record. The bucket takes part,
// so that equal identifiers do not show in two buckets.
func (s *sealer) idKey(b bucket, id string) []byte {
	h := keyedHash(s.index, []byte(b), []byte{0}, []byte(id))
	return h[:]
}

// recordDigest is what a record adds to its bucket's digest.
func (s *sealer) recordDigest(b bucket, key []byte, stamp uint64) hash {
	return keyedHash(s.digest, []byte(b), []byte{0}, binary.BigEndian.AppendUint64(nil, stamp), key)
}

func keyedHash(key []byte, parts ...[]byte) hash {
	mac := hmac.New(sha256.New, key)
	for _, p := range parts {
		mac.Write(p)
	}
	return hash(mac.Sum(nil)[:hashSize])
}

// keyText writes a master key as the text that callers keep.
func keyText(key []byte) secret.Text { return secret.New(base64.RawURLEncoding.EncodeToString(key)) }

var errKeyText = errors.New("not the text of a master key")

// parseKey reads what keyText wrote.
func parseKey(text secret.Text) ([]byte, error) {
	key, err := base64.RawURLEncoding.Strict().DecodeString(text.Reveal())
	if err != nil || len(key) != keySize {
		return nil, fault.New("vault: read key", fault.VaultKey, errKeyText)
	}
	return key, nil
}

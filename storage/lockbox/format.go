package lockbox

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"

	"bankbook/core/fault"
)

const (
	format      = 1
	keySize     = 32
	saltSize    = 16
	wrappedSize = 12 + keySize + 16
	sumSize     = 4
)

// magic is how every lockbox begins.
var magic = [8]byte{'B', 'B', 'L', 'O', 'C', 'K', 'B', 'X'}

var (
	errTooShort = errors.New("the file is too short")
	errMagic    = errors.New("the file is no lockbox")
	errSum      = errors.New("the checksum is wrong")
	errBody     = errors.New("the entries are not what was sealed")
)

// header is what lies in clear before the entries. All its fields are of fixed
// size, and are written in their order, big-endian.
type header struct {
	Magic      [8]byte
	Format     uint16
	ID         [16]byte
	Passphrase passphraseSlot
	Recovery   recoverySlot
}

const (
	// passphraseClear is what stands before the key wrapped under the passphrase.
	passphraseClear = 8 + 2 + 16 + 4 + 4 + 1 + saltSize
	headerSize      = passphraseClear + wrappedSize + 1 + wrappedSize
)

func (h header) encode() []byte {
	b, err := binary.Append(nil, binary.BigEndian, h)
	if err != nil {
		panic(err) // all fields are of fixed size
	}
	return b
}

// entries are the secrets by name.
type entries map[string][]byte

// sealed is a lockbox as it lies in the file.
type sealed struct {
	header header
	body   []byte
}

// newSealed seals entries under the box key.
func newSealed(h header, key [keySize]byte, e entries) ([]byte, error) {
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	clear := h.encode()
	body, err := seal(key[:], plain, clear)
	if err != nil {
		return nil, err
	}
	file := append(clear, body...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(file)), nil
}

// parse reads a file up to what needs a key. What it returns has sane
// parameters.
func parse(file []byte) (sealed, error) {
	const op = "lockbox: read"
	end := len(file) - sumSize
	switch {
	case end < headerSize:
		return sealed{}, fault.New(op, fault.LockboxDamaged, errTooShort)
	case !bytes.HasPrefix(file, magic[:]):
		return sealed{}, fault.New(op, fault.LockboxDamaged, errMagic)
	case crc32.ChecksumIEEE(file[:end]) != binary.BigEndian.Uint32(file[end:]):
		return sealed{}, fault.New(op, fault.LockboxDamaged, errSum)
	}
	if f := binary.BigEndian.Uint16(file[len(magic):]); f > format {
		return sealed{}, fault.New(op, fault.VaultNewer, fmt.Errorf("lockbox of format %d, this program knows %d", f, format))
	}
	s := sealed{body: file[headerSize:end]}
	if _, err := binary.Decode(file[:headerSize], binary.BigEndian, &s.header); err != nil {
		return sealed{}, fault.New(op, fault.LockboxDamaged, err)
	}
	if err := s.header.Passphrase.Params.check(); err != nil {
		return sealed{}, fault.New(op, fault.LockboxDamaged, err)
	}
	return s, nil
}

// open returns the entries.
func (s sealed) open(key [keySize]byte) (entries, error) {
	const op = "lockbox: open entries"
	plain, err := unseal(key[:], s.body, s.header.encode())
	if err != nil {
		return nil, fault.New(op, fault.LockboxDamaged, errBody)
	}
	var e entries
	if err := json.Unmarshal(plain, &e); err != nil || e == nil {
		// The text of a JSON error can quote what it could not read.
		return nil, fault.New(op, fault.LockboxDamaged, errBody)
	}
	return e, nil
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func seal(key, plain, about []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, plain, about), nil
}

func unseal(key, sealed, about []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	return aead.Open(nil, nil, sealed, about)
}

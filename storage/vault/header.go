package vault

import (
	"bytes"
	"crypto/cipher"
	"crypto/hmac"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

const (
	headerMagic = "BANKBOOK"
	// Format is the version of the file format that this package writes.
	Format = 4
)

// Info is what a vault tells without its key.
type Info struct {
	// Format is the version of the file format; a Format of a newer version
	// leaves the other fields empty.
	Format    int
	ID        string
	Env       core.Environment
	Protector core.Protector
	Created   time.Time
	// KeyID tells the master keys of one vault apart; "" is the first.
	KeyID string
	// Recovery says that a recovery key opens the vault too.
	Recovery bool
}

// header is the record that lies in clear: Info, a check value that tells a
// wrong master key from damage, the master key wrapped by the recovery key if
// there is one, and the data key, wrapped by the master key. The last wrapping
// vouches for all that stands before it.
type header struct {
	Info
	check   []byte
	slot    []byte
	wrapped []byte
}

var errHeader = errors.New("header does not parse")

// newHeader wraps a data key under a master key.
func newHeader(info Info, masterKey, dataKey []byte) (header, error) {
	h := header{Info: info}
	return h, h.wrap(masterKey, dataKey)
}

// wrap wraps the data key anew, as has to be done after every change.
func (h *header) wrap(masterKey, dataKey []byte) error {
	var err error
	if h.check, err = derive(masterKey, h.ID, "bankbook vault 1 check", hashSize); err != nil {
		return err
	}
	aead, err := derivedAEAD(masterKey, h.ID, "bankbook vault 1 wrap")
	if err != nil {
		return err
	}
	h.wrapped = aead.Seal(nil, nil, dataKey, h.clear())
	return nil
}

// unwrap returns the data key.
func (h header) unwrap(masterKey []byte) ([]byte, error) {
	check, err := derive(masterKey, h.ID, "bankbook vault 1 check", hashSize)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(check, h.check) {
		return nil, fault.New("vault: unwrap key", fault.VaultKey, errors.New("the key is of another vault"))
	}
	aead, err := derivedAEAD(masterKey, h.ID, "bankbook vault 1 wrap")
	if err != nil {
		return nil, err
	}
	dataKey, err := aead.Open(nil, nil, h.wrapped, h.clear())
	if err != nil {
		return nil, damaged("the wrapped key is not what was written")
	}
	return dataKey, nil
}

// derivedAEAD returns the cipher under a key that is derived for one purpose.
func derivedAEAD(key []byte, salt, purpose string) (cipher.AEAD, error) {
	sub, err := derive(key, salt, purpose, keySize)
	if err != nil {
		return nil, err
	}
	return newAEAD(sub)
}

// clear is the part before the wrapped key.
func (h header) clear() []byte {
	e := encoder{buf: []byte(headerMagic)}
	e.uint16(uint16(h.Format))
	e.text(h.ID)
	e.text(string(h.Env))
	e.text(string(h.Protector))
	e.int64(h.Created.Unix())
	e.text(string(h.check))
	if h.Format >= 2 {
		e.text(h.KeyID)
		e.text(string(h.slot))
	}
	return e.buf
}

func (h header) encode() []byte {
	e := encoder{buf: h.clear()}
	e.text(string(h.wrapped))
	return binary.LittleEndian.AppendUint32(e.buf, crc32.ChecksumIEEE(e.buf))
}

// decodeHeader reads a header of this version or an older one; of a newer one it returns the
// format alone, and fault.VaultNewer.
func decodeHeader(data []byte) (header, error) {
	const op = "vault: read header"
	if !bytes.HasPrefix(data, []byte(headerMagic)) {
		return header{}, fault.New(op, fault.VaultForeign, errHeader)
	}
	body := len(data) - 4
	if body < len(headerMagic)+2 || crc32.ChecksumIEEE(data[:body]) != binary.LittleEndian.Uint32(data[body:]) {
		return header{}, fault.New(op, fault.VaultDamaged, errHeader)
	}
	d := newDecoder(data[:body])
	d.take(len(headerMagic))
	h := header{Info: Info{Format: int(d.uint16())}}
	if h.Format < 1 {
		return header{}, fault.New(op, fault.VaultDamaged, errHeader)
	}
	if h.Format > Format {
		return h, fault.New(op, fault.VaultNewer, fmt.Errorf("format %d, this program knows %d", h.Format, Format))
	}
	h.ID = d.text()
	h.Env = core.Environment(d.text())
	h.Protector = core.Protector(d.text())
	h.Created = time.Unix(d.int64(), 0).UTC()
	h.check = []byte(d.text())
	if h.Format >= 2 {
		h.KeyID = d.text()
		h.slot = []byte(d.text())
		h.Recovery = len(h.slot) > 0
	}
	h.wrapped = []byte(d.text())
	if err := d.finish(); err != nil {
		return header{}, fault.New(op, fault.VaultDamaged, err)
	}
	return h, nil
}

package keychain

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	frameMagic  = 0x42424b31 // "BBK1"
	frameHeader = 12         // magic, length, checksum: 4 bytes each, big endian
	frameLimit  = 64 << 10
)

var errFrame = errors.New("not a frame")

// writeFrame writes payload with a header, in one Write.
func writeFrame(w io.Writer, payload []byte) error {
	if len(payload) > frameLimit {
		return fmt.Errorf("frame of %d bytes: %w", len(payload), errFrame)
	}
	frame := make([]byte, frameHeader, frameHeader+len(payload))
	binary.BigEndian.PutUint32(frame[0:], frameMagic)
	binary.BigEndian.PutUint32(frame[4:], uint32(len(payload)))
	binary.BigEndian.PutUint32(frame[8:], crc32.ChecksumIEEE(payload))
	_, err := w.Write(append(frame, payload...))
	return err
}

// readFrame reads what writeFrame wrote. Anything else is an error: wrong
// magic, a length beyond frameLimit, too few bytes, a wrong checksum.
func readFrame(r io.Reader) ([]byte, error) {
	var header [frameHeader]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return nil, fmt.Errorf("frame header: %w", err)
	}
	length := binary.BigEndian.Uint32(header[4:])
	if binary.BigEndian.Uint32(header[0:]) != frameMagic || length > frameLimit {
		return nil, errFrame
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(r, payload); err != nil {
		return nil, fmt.Errorf("frame of %d bytes: %w", length, err)
	}
	if crc32.ChecksumIEEE(payload) != binary.BigEndian.Uint32(header[8:]) {
		return nil, fmt.Errorf("frame checksum: %w", errFrame)
	}
	return payload, nil
}

// answer is what the child reports: a value, or what went wrong in words for
// the log.
type answer struct {
	kind  string // a fault.Kind; "" is success
	value []byte // the secret after a successful get
	cause string // with a kind only; holds no secret
}

func writeAnswer(w io.Writer, a answer) error {
	body := a.value
	if a.kind != "" {
		body = []byte(a.cause)
	}
	if err := writeFrame(w, []byte(a.kind)); err != nil {
		return err
	}
	return writeFrame(w, body)
}

func readAnswer(r io.Reader) (answer, error) {
	kind, err := readFrame(r)
	if err != nil {
		return answer{}, err
	}
	body, err := readFrame(r)
	if err != nil {
		return answer{}, err
	}
	if len(kind) == 0 {
		return answer{value: body}, nil
	}
	return answer{kind: string(kind), cause: string(body)}, nil
}

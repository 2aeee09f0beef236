package child

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"bankbook/core/fault"
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

// ReadFrame reads a piece of the Input that a parent has sent. Anything else is
// an error: wrong magic, too long a length, too few bytes, a wrong checksum.
func ReadFrame(r io.Reader) ([]byte, error) {
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

// Answer is what a child reports: a value, or what went wrong in words for the
// log.
type Answer struct {
	Kind  fault.Kind // None is success
	Value []byte     // after success only; it can be secret
	Cause string     // with a kind only; holds no secret
}

// Err returns the error that the child has reported, or nil. A kind that this
// program does not know is a mistake of one of the two.
func (a Answer) Err(op string) error {
	switch {
	case a.Kind == fault.None:
		return nil
	case !slices.Contains(fault.Kinds(), a.Kind):
		return fault.New(op, fault.Internal, errors.New(a.Cause))
	}
	return fault.New(op, a.Kind, errors.New(a.Cause))
}

func writeAnswer(w io.Writer, a Answer) error {
	body := a.Value
	if a.Kind != fault.None {
		body = []byte(a.Cause)
	}
	if err := writeFrame(w, []byte(a.Kind)); err != nil {
		return err
	}
	return writeFrame(w, body)
}

func readAnswer(r io.Reader) (Answer, error) {
	kind, err := ReadFrame(r)
	if err != nil {
		return Answer{}, err
	}
	body, err := ReadFrame(r)
	if err != nil {
		return Answer{}, err
	}
	if len(kind) == 0 {
		return Answer{Value: body}, nil
	}
	return Answer{Kind: fault.Kind(kind), Cause: string(body)}, nil
}

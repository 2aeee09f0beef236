package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// cursor is how far a client has read: the difference between what an Item
// showed at two moments, up to an offset. A cursor at the end of a loop has no
// difference left: from is then the moment that the client knows.
type cursor struct {
	from, to moment
	offset   int
}

// atEnd returns the cursor of a client that knows everything of m.
func atEnd(m moment) cursor { return cursor{from: m, to: m} }

// done reports whether the next call begins a new loop.
func (c cursor) done() bool { return c.from == c.to }

// cursorSum is the length of the authenticator, in bytes.
const cursorSum = 16

// encode writes c for an Item, authenticated and in base64.
func (c cursor) encode(key ident.Keyring, itemID string) string {
	var b bytes.Buffer
	for _, n := range []int64{
		c.from.at.UnixMicro(), int64(c.from.refreshes), c.to.at.UnixMicro(), int64(c.to.refreshes), int64(c.offset),
	} {
		b.Write(binary.AppendVarint(nil, n))
	}
	return base64.StdEncoding.EncodeToString(append(b.Bytes(), key.Sum("cursor", itemID, b.String())[:cursorSum]...))
}

// decodeCursor reads a cursor of the Item; any other text is refused.
func decodeCursor(key ident.Keyring, itemID, text string) (cursor, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) < cursorSum {
		return cursor{}, wire.Cursor()
	}
	body, sum := raw[:len(raw)-cursorSum], raw[len(raw)-cursorSum:]
	if !bytes.Equal(sum, key.Sum("cursor", itemID, string(body))[:cursorSum]) {
		return cursor{}, wire.Cursor()
	}
	var n [5]int64
	for i := range n {
		v, size := binary.Varint(body)
		if size <= 0 {
			return cursor{}, wire.Cursor()
		}
		n[i], body = v, body[size:]
	}
	return cursor{
		from:   moment{time.UnixMicro(n[0]).UTC(), int(n[1])},
		to:     moment{time.UnixMicro(n[2]).UTC(), int(n[3])},
		offset: int(n[4]),
	}, nil
}

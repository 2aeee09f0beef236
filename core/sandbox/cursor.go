package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/wire"
)

// cursor is how far a client has read: the way from what an Item showed at one
// moment to what it shows at another, up to a place. A cursor at the end of a
// loop has no way left: from is then the moment that the client knows.
type cursor struct {
	from, to moment
	place    place
}

// atEnd returns the cursor of a client that knows everything of m.
func atEnd(m moment) cursor { return cursor{from: m, to: m} }

// done reports whether the next call begins a new loop.
func (c cursor) done() bool { return c.from == c.to }

// cursorSum is the length of the authenticator, in bytes.
const cursorSum = 16

// cursorLife is how long a cursor can be used: Plaid promises a year.
const cursorLife = 366 * 24 * time.Hour

// stream is what a cursor belongs to: an Item, or one account of it.
type stream struct {
	key  ident.Keyring
	item *item
	// account is the code of the account, or "" for all.
	account string
}

// name is what a cursor knows the stream by. An account that has got another id has
// another stream.
func (s stream) name() string {
	if turn := s.item.turns()[s.account]; turn > 0 {
		return s.account + "/" + strconv.Itoa(turn)
	}
	return s.account
}

// The labels under which cursors are authenticated. The first version counted
// changes instead of having a place, and knew nothing of streams.
const (
	cursorLabel      = "cursor.2"
	firstCursorLabel = "cursor"
)

func (s stream) sum(body []byte) []byte {
	return s.key.Sum(cursorLabel, s.item.ID, s.name(), string(body))[:cursorSum]
}

func (m moment) append(b []byte) []byte {
	for _, n := range []int64{m.at.UnixMicro(), int64(m.refreshes), int64(m.written), int64(m.choices)} {
		b = binary.AppendVarint(b, n)
	}
	return b
}

// encode writes c for a stream, authenticated and in base64.
func (c cursor) encode(s stream) string {
	b := c.to.append(c.from.append(nil))
	for _, n := range []int{c.place.source, c.place.part, c.place.index} {
		b = binary.AppendVarint(b, int64(n))
	}
	return base64.StdEncoding.EncodeToString(append(b, s.sum(b)...))
}

// decode reads a cursor of the stream; any other text is refused, and so is a
// cursor that is too old.
func (s stream) decode(text string, now time.Time) (cursor, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) < cursorSum {
		return cursor{}, wire.Cursor()
	}
	body, sum := raw[:len(raw)-cursorSum], raw[len(raw)-cursorSum:]
	var c cursor
	whole := false
	switch {
	case ident.Same(string(sum), string(s.sum(body))):
		c, whole = readCursor(body)
	case s.account == "" && ident.Same(string(sum), string(s.key.Sum(firstCursorLabel, s.item.ID, string(body))[:cursorSum])):
		c, whole = readFirstCursor(body)
	}
	if !whole || !c.from.within(s.item) || !c.to.within(s.item) || now.Sub(c.to.at) > cursorLife {
		return cursor{}, wire.Cursor()
	}
	return c, nil
}

// paging reports whether a text is a cursor within a loop, in any of the Item's
// streams.
func (i *item) paging(key ident.Keyring, text string, now time.Time) bool {
	for _, account := range append([]string{""}, i.Accounts...) {
		if c, err := (stream{key, i, account}).decode(text, now); err == nil {
			return !c.done()
		}
	}
	return false
}

func readCursor(body []byte) (cursor, bool) {
	n, whole := varints(body, 11)
	if !whole {
		return cursor{}, false
	}
	return cursor{
		from:  moment{time.UnixMicro(n[0]).UTC(), int(n[1]), int(n[2]), int(n[3])},
		to:    moment{time.UnixMicro(n[4]).UTC(), int(n[5]), int(n[6]), int(n[7])},
		place: place{int(n[8]), int(n[9]), int(n[10])},
	}, true
}

// readFirstCursor reads a cursor of the first version, of which only those at the
// end of a loop are still good: the others say how many changes have been read,
// in an order that is no more.
func readFirstCursor(body []byte) (cursor, bool) {
	n, whole := varints(body, 5)
	if !whole || n[0] != n[2] || n[1] != n[3] || n[4] != 0 {
		return cursor{}, false
	}
	return atEnd(moment{at: time.UnixMicro(n[0]).UTC(), refreshes: int(n[1])}), true
}

// varints reads exactly count numbers.
func varints(body []byte, count int) ([]int64, bool) {
	var n []int64
	for r := bytes.NewReader(body); r.Len() > 0; {
		v, err := binary.ReadVarint(r)
		if err != nil {
			return nil, false
		}
		n = append(n, v)
	}
	return n, len(n) == count
}

package sandbox

import (
	"sync"

	"bankbook/core/sandbox/ledger"
)

// memo is what the server keeps because it is asked for again and again. All of
// it can be made anew at any time.
type memo struct {
	tallies *recent[tallyKey, *tally]
	parts   *recent[partKey, []*ledger.Movement]
	// rooms are buffers for answers.
	rooms sync.Pool
}

// room returns a buffer to write an answer in; give takes it back.
func (m *memo) room() *[]byte {
	if room, there := m.rooms.Get().(*[]byte); there {
		return room
	}
	return new([]byte)
}

func (m *memo) give(room *[]byte) { m.rooms.Put(room) }

// How much is kept. A tally has a few thousand numbers at most, a part some
// hundred movements: together at most fifty megabytes.
const (
	keptTallies = 32
	keptParts   = 192
)

func newMemo() *memo {
	return &memo{tallies: newRecent[tallyKey, *tally](keptTallies), parts: newRecent[partKey, []*ledger.Movement](keptParts)}
}

// partKey names a part of a source of a book's life.
type partKey struct {
	book         ledger.Book
	source, part int
}

// keptSource is a source whose parts are kept. They are made of the book alone,
// so Items of the same seed at the same bank share them.
type keptSource struct {
	ledger.Source
	book   ledger.Book
	number int
	parts  *recent[partKey, []*ledger.Movement]
}

// Part implements ledger.Source.
func (k keptSource) Part(n int) []*ledger.Movement {
	key := partKey{k.book, k.number, n}
	if part, known := k.parts.get(key); known {
		return part
	}
	part := k.Source.Part(n)
	k.parts.put(key, part)
	return part
}

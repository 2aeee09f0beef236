package vault

import (
	"encoding/binary"

	"bankbook/core"
)

const directoryVersion = 1

// directory lists the chunks of one month, by number.
type directory []chunkEntry

// chunkEntry is what a month's directory knows of one chunk.
type chunkEntry struct {
	number uint32
	rows   int
	// oldest and newest are the days the rows span.
	oldest, newest core.Date
	// stamp is the commit that wrote the chunk.
	stamp uint64
}

func (dir directory) rows() int {
	n := 0
	for _, c := range dir {
		n += c.rows
	}
	return n
}

// find returns the position of a chunk, or -1.
func (dir directory) find(number uint32) int {
	for i, c := range dir {
		if c.number == number {
			return i
		}
	}
	return -1
}

func (dir directory) encode() []byte {
	var e encoder
	e.byte(directoryVersion)
	e.uvarint(uint64(len(dir)))
	for _, c := range dir {
		e.uvarint(uint64(c.number))
		e.uvarint(uint64(c.rows))
		e.int32(int32(c.oldest))
		e.int32(int32(c.newest))
		e.uvarint(c.stamp)
	}
	return e.buf
}

// minEntry is the length of the shortest directory entry.
const minEntry = 1 + 1 + 4 + 4 + 1

func decodeDirectory(data []byte) (directory, error) {
	d := newDecoder(data)
	if d.byte() != directoryVersion {
		return nil, errCodec
	}
	dir := make(directory, d.size(minEntry))
	for i := range dir {
		dir[i] = chunkEntry{number: uint32(d.int()), rows: d.int()}
		dir[i].oldest, dir[i].newest = core.Date(d.int32()), core.Date(d.int32())
		dir[i].stamp = d.uvarint()
	}
	return dir, d.finish()
}

// monthKey is the key of a month: its number, biased so that byte order is the
// order of time.
func monthKey(m core.Month) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(m)^(1<<31))
}

// keyMonth reads the month at the start of a key of at least four bytes.
func keyMonth(key []byte) core.Month {
	return core.Month(binary.BigEndian.Uint32(key) ^ (1 << 31))
}

// chunkKey is the key of a chunk.
func chunkKey(m core.Month, number uint32) []byte {
	return binary.BigEndian.AppendUint32(monthKey(m), number)
}

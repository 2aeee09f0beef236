package vault

import (
	"encoding/binary"
	"slices"

	"bankbook/core"
)

// Versions of an encoded directory. The first, of formats 1 and 2 of the file,
// has no dead rows.
const (
	firstDirectory   = 1
	directoryVersion = 2
)

// directory lists the chunks of one month, by number.
type directory []chunkEntry

// chunkEntry is what a month's directory knows of one chunk.
type chunkEntry struct {
	number uint32
	// rows is how many rows count; the chunk holds those and the dead ones.
	rows int
	// oldest and newest are the days that all of its rows span, dead or not.
	oldest, newest core.Date
	// stamp is the commit that wrote the chunk.
	stamp uint64
	// dead are the positions of rows that have been removed or have moved to
	// another chunk since the chunk was written, rising: to note them costs less
	// than to write the chunk anew.
	dead []int
}

// all is the number of rows that the chunk holds.
func (c chunkEntry) all() int { return c.rows + len(c.dead) }

// isDead reports whether the row at a position does not count.
func (c chunkEntry) isDead(at int) bool {
	_, dead := slices.BinarySearch(c.dead, at)
	return dead
}

// live strips the rows of the chunk to those that count, in their memory.
func (c chunkEntry) live(rows []row) []row {
	for _, at := range slices.Backward(c.dead) {
		rows = slices.Delete(rows, at, at+1)
	}
	return rows
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
		e.uvarint(uint64(len(c.dead)))
		next := 0
		for _, at := range c.dead {
			e.uvarint(uint64(at - next))
			next = at + 1
		}
	}
	return e.buf
}

// minEntry is the length of the shortest directory entry, of the first version.
const minEntry = 1 + 1 + 4 + 4 + 1

func decodeDirectory(data []byte) (directory, error) {
	d := newDecoder(data)
	version := d.byte()
	if version != firstDirectory && version != directoryVersion {
		return nil, errCodec
	}
	dir := make(directory, d.size(minEntry))
	for i := range dir {
		dir[i] = chunkEntry{number: uint32(d.int()), rows: d.int()}
		dir[i].oldest, dir[i].newest = core.Date(d.int32()), core.Date(d.int32())
		dir[i].stamp = d.uvarint()
		if version != firstDirectory {
			dir[i].dead = d.dead(dir[i].rows)
		}
	}
	return dir, d.finish()
}

// dead reads the positions of the dead rows of a chunk with some live ones.
func (d *decoder) dead(rows int) []int {
	n := d.size(1)
	if n == 0 {
		return nil
	}
	list := make([]int, n)
	next := 0
	for i := range list {
		list[i] = next + d.int()
		next = list[i] + 1
	}
	if next > rows+n {
		d.bad = true
	}
	return list
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

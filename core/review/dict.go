package review

import (
	"bytes"
	"hash/maphash"
)

// dict numbers different values in the order in which they first come.
type dict[K comparable] struct {
	at   map[K]uint32
	list []K
}

func (d *dict[K]) reset() {
	if d.at == nil {
		d.at = map[K]uint32{}
	}
	clear(d.at)
	d.list = d.list[:0]
}

func (d *dict[K]) code(k K) uint32 {
	n, ok := d.at[k]
	if !ok {
		n = uint32(len(d.list))
		d.at[k] = n
		d.list = append(d.list, k)
	}
	return n
}

// symbols is a dict of texts that are given as bytes.
type symbols struct{ dict[string] }

func (s *symbols) of(text []byte) uint32 {
	if n, ok := s.at[string(text)]; ok {
		return n
	}
	return s.code(string(text))
}

// blob keeps different texts one behind the other; no text is kept twice.
type blob struct {
	seed  maphash.Seed
	data  []byte
	ends  []uint32
	table []uint32 // number of a text plus one, by its hash
}

func newBlob() blob { return blob{seed: maphash.MakeSeed(), table: make([]uint32, 1<<10)} }

func (b *blob) reset() {
	b.data, b.ends = b.data[:0], b.ends[:0]
	clear(b.table)
}

func (b *blob) text(n uint32) []byte { return b.data[b.start(n):b.ends[n]] }

func (b *blob) start(n uint32) uint32 {
	if n == 0 {
		return 0
	}
	return b.ends[n-1]
}

// close gives the bytes that have been appended to data since the last text a
// number, or drops them if the text is there already.
func (b *blob) close() uint32 {
	n := uint32(len(b.ends))
	text := b.data[b.start(n):]
	mask := uint64(len(b.table) - 1)
	slot := maphash.Bytes(b.seed, text) & mask
	for ; b.table[slot] != 0; slot = (slot + 1) & mask {
		if old := b.table[slot] - 1; bytes.Equal(b.text(old), text) {
			b.data = b.data[:b.start(n)]
			return old
		}
	}
	b.table[slot] = n + 1
	b.ends = append(b.ends, uint32(len(b.data)))
	if 2*len(b.ends) > len(b.table) {
		b.grow()
	}
	return n
}

func (b *blob) grow() {
	b.table = make([]uint32, 2*len(b.table))
	mask := uint64(len(b.table) - 1)
	for n := range b.ends {
		slot := maphash.Bytes(b.seed, b.text(uint32(n))) & mask
		for b.table[slot] != 0 {
			slot = (slot + 1) & mask
		}
		b.table[slot] = uint32(n) + 1
	}
}

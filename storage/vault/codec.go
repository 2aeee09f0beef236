package vault

import (
	"encoding/binary"
	"errors"
	"math"
)

// errCodec means bytes that no encoder of this package has written.
var errCodec = errors.New("record does not parse")

// encoder appends the vault's compact binary form: little-endian integers,
// varints, and texts with their length before them.
type encoder struct{ buf []byte }

func (e *encoder) byte(b byte)        { e.buf = append(e.buf, b) }
func (e *encoder) raw(b []byte)       { e.buf = append(e.buf, b...) }
func (e *encoder) uint16(v uint16)    { e.buf = binary.LittleEndian.AppendUint16(e.buf, v) }
func (e *encoder) int32(v int32)      { e.buf = binary.LittleEndian.AppendUint32(e.buf, uint32(v)) }
func (e *encoder) int64(v int64)      { e.buf = binary.LittleEndian.AppendUint64(e.buf, uint64(v)) }
func (e *encoder) uvarint(v uint64)   { e.buf = binary.AppendUvarint(e.buf, v) }
func (e *encoder) varint(v int64)     { e.buf = binary.AppendVarint(e.buf, v) }
func (e *encoder) text(s string)      { e.uvarint(uint64(len(s))); e.buf = append(e.buf, s...) }
func (e *encoder) texts(all []string) { e.uvarint(uint64(len(all))); e.each(all) }

func (e *encoder) each(all []string) {
	for _, s := range all {
		e.text(s)
	}
}

// decoder reads what encoder wrote. After the first read that does not fit,
// bad is set and every read returns zero values; so a caller checks once, at
// the end. It never panics and allocates no more than a small multiple of its
// input.
type decoder struct {
	data []byte
	// text is data as a string, of which the texts handed out are parts. It is
	// "" where a caller reads no texts.
	shared string
	off    int
	bad    bool
}

// newDecoder reads data; texts share one copy of it.
func newDecoder(data []byte) *decoder { return &decoder{data: data, shared: string(data)} }

// take returns the next n bytes, or nil.
func (d *decoder) take(n int) []byte {
	if d.bad || n < 0 || n > len(d.data)-d.off {
		d.bad = true
		return nil
	}
	d.off += n
	return d.data[d.off-n : d.off]
}

func (d *decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) uint16() uint16 {
	if b := d.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (d *decoder) int32() int32 {
	if b := d.take(4); b != nil {
		return int32(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (d *decoder) int64() int64 {
	if b := d.take(8); b != nil {
		return int64(binary.LittleEndian.Uint64(b))
	}
	return 0
}

func (d *decoder) uvarint() uint64 {
	if d.bad {
		return 0
	}
	v, n := binary.Uvarint(d.data[d.off:])
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.off += n
	return v
}

// skipUvarints passes over n uvarints.
func (d *decoder) skipUvarints(n int) {
	for ; n > 0 && d.off < len(d.data); d.off++ {
		if d.data[d.off] < 0x80 {
			n--
		}
	}
	d.bad = d.bad || n > 0
}

func (d *decoder) varint() int64 {
	if d.bad {
		return 0
	}
	v, n := binary.Varint(d.data[d.off:])
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.off += n
	return v
}

// size reads a length or count of things of at least unit bytes each that are
// still to come, and refuses one that the rest cannot hold.
func (d *decoder) size(unit int) int {
	v := d.uvarint()
	if v > uint64(len(d.data)-d.off)/uint64(unit) {
		d.bad = true
		return 0
	}
	return int(v)
}

// bytes returns a text's bytes, still part of the input.
func (d *decoder) bytes() []byte { return d.take(d.size(1)) }

// span is where a text lies in the input.
type span struct{ from, to uint32 }

// in returns the text; an empty span is "".
func (s span) in(data []byte) []byte { return data[s.from:s.to] }

// span returns where a text is that it passes over.
func (d *decoder) span() span {
	n := d.size(1)
	if d.take(n) == nil {
		return span{}
	}
	return span{uint32(d.off - n), uint32(d.off)}
}

func (d *decoder) text() string {
	n := d.size(1)
	if d.take(n) == nil {
		return ""
	}
	return d.shared[d.off-n : d.off]
}

func (d *decoder) texts() []string {
	n := d.size(1)
	all := make([]string, 0, n)
	for range n {
		all = append(all, d.text())
	}
	return all
}

// int reads a uvarint that fits an int32.
func (d *decoder) int() int {
	v := d.uvarint()
	if v > math.MaxInt32 {
		d.bad = true
		return 0
	}
	return int(v)
}

// finish reports whether the input was right and has been read to its end.
func (d *decoder) finish() error {
	if d.bad || d.off != len(d.data) {
		return errCodec
	}
	return nil
}

// table numbers the distinct texts of a record; the empty text is number 0 and
// is not listed.
type table struct {
	number map[string]uint64
	texts  []string
}

// newTable returns a table with room for about n texts.
func newTable(n int) *table {
	t := &table{number: make(map[string]uint64, n)}
	t.number[""] = 0
	return t
}

// ref returns the number of a text, giving it one at its first appearance.
func (t *table) ref(s string) uint64 {
	n, ok := t.number[s]
	if !ok {
		n = uint64(len(t.texts) + 1)
		t.number[s] = n
		t.texts = append(t.texts, s)
	}
	return n
}

// ref reads the number of one of the texts of a table.
func (d *decoder) ref(texts []string) string { return d.pick(texts, d.uvarint()) }

// pick returns a text of a table by its number.
func (d *decoder) pick(texts []string, n uint64) string {
	switch {
	case n == 0:
		return ""
	case n > uint64(len(texts)):
		d.bad = true
		return ""
	}
	return texts[n-1]
}

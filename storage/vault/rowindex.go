package vault

import (
	"iter"

	"bankbook/core"
)

// rowIndex finds single rows in an encoded run, and decodes those alone.
type rowIndex struct {
	data       []byte
	texts, ids []span
	// starts are where the rows begin.
	starts []uint32
}

func indexRows(data []byte) (*rowIndex, error) {
	d := &decoder{data: data}
	if d.byte() != rowsVersion {
		return nil, errCodec
	}
	n := d.uvarint()
	x := &rowIndex{data: data, texts: make([]span, d.size(1))}
	for i := range x.texts {
		x.texts[i] = d.span()
	}
	if d.bad || n > uint64(len(d.data)-d.off)/minRow {
		return nil, errCodec
	}
	x.ids, x.starts = make([]span, n), make([]uint32, n)
	for i := range x.ids {
		x.starts[i] = uint32(d.off)
		x.ids[i] = skipRow(d)
	}
	return x, d.finish()
}

// find returns the positions of the rows with an id.
func (x *rowIndex) find(id core.TransactionID) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, span := range x.ids {
			if string(span.in(x.data)) == string(id) && !yield(i) {
				return
			}
		}
	}
}

// row decodes the row at a position.
func (x *rowIndex) row(at int) (r row, err error) {
	d := &decoder{data: x.data, off: int(x.starts[at])}
	refs, flags := decodeHead(d, &r)
	for i, s := range r.shared() {
		switch n := refs[i]; {
		case n > uint64(len(x.texts)):
			return row{}, errCodec
		case n > 0:
			*s = string(x.texts[n-1].in(x.data))
		}
	}
	r.ID = core.TransactionID(d.bytes())
	if flags&flagFollows != 0 {
		r.PendingID = core.TransactionID(d.bytes())
	}
	if d.bad {
		return row{}, errCodec
	}
	return r, nil
}

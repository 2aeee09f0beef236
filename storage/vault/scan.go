package vault

import (
	"cmp"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/review"
)

var _ review.Source = (*Vault)(nil)

// Stamps returns the months that have transactions, newest first, with the
// number of the commit that last changed them.
func (v *Vault) Stamps() ([]review.Stamp, error) {
	var list []review.Stamp
	err := v.view("vault: read stamps", func(r reader) error {
		m, err := r.manifest()
		if err != nil {
			return err
		}
		got, err := r.records(inMonths, func(key, value []byte) error {
			_, stamp, err := r.seal.open(inMonths, key, value, nil)
			if err != nil || len(key) != 4 {
				return cmp.Or(err, errCodec)
			}
			list = append(list, review.Stamp{Month: keyMonth(key), Stamp: stamp})
			return nil
		})
		if err != nil {
			return err
		}
		return m.compare(inMonths, got)
	})
	slices.Reverse(list)
	return list, err
}

// ReadAhead brings the file into the system's cache, if that has not been done.
func (v *Vault) ReadAhead() { v.readAhead() }

// scanBatch is how many chunks are opened at a time, once it is clear that the
// first does not suffice.
const scanBatch = 16

// Scan calls fn with the chunks of a month, the one with the newest row first,
// until fn returns false. It returns the month's stamp, 0 if there is no such
// month, or review.ErrMoved if it changed meanwhile. No transaction of bbolt is
// held while fn runs.
func (v *Vault) Scan(m core.Month, fn func(*review.Chunk) bool) (uint64, error) {
	s := scan{vault: v, month: m}
	for batch := 1; ; batch = min(2*batch, scanBatch) {
		if err := s.open(batch); err != nil || len(s.plain) == 0 {
			return s.stamp, err
		}
		for i, plain := range s.plain {
			c := s.entries[s.next-len(s.plain)+i]
			if err := s.columns.decode(plain); err != nil || len(s.columns.chunk.Rows) != c.all() {
				return 0, fail("vault: scan", cmp.Or(err, wrongRows(m, c, len(s.columns.chunk.Rows))))
			}
			for _, at := range c.dead {
				s.columns.chunk.Rows[at].Dead = true
			}
			s.columns.chunk.Number, s.columns.chunk.Stamp, s.columns.chunk.Newest = c.number, c.stamp, c.newest
			if !fn(&s.columns.chunk) {
				return s.stamp, nil
			}
		}
	}
}

// scan goes through one month.
type scan struct {
	vault *Vault
	month core.Month
	// stamp is the month's, 0 before the first chunks have been opened.
	stamp   uint64
	entries directory
	next    int
	// plain are the chunks before next, as far as they have been opened at once.
	plain   [][]byte
	buffers [][]byte
	columns columns
}

// open opens up to n more chunks.
func (s *scan) open(n int) error {
	return s.vault.view("vault: scan", func(r reader) error {
		s.plain = s.plain[:0]
		record, stamp, ok, err := r.get(inMonths, monthKey(s.month))
		switch {
		case err != nil:
			return err
		case s.stamp != 0 && stamp != s.stamp:
			return review.ErrMoved
		case !ok:
			return nil
		case s.stamp == 0:
			if s.entries, err = decodeDirectory(record); err != nil {
				return err
			}
			slices.SortStableFunc(s.entries, func(a, b chunkEntry) int { return cmp.Compare(b.newest, a.newest) })
			s.stamp = stamp
		}
		for ; n > 0 && s.next < len(s.entries); n-- {
			if len(s.plain) == len(s.buffers) {
				s.buffers = append(s.buffers, nil)
			}
			i := len(s.plain)
			if s.buffers[i], err = r.chunk(s.month, s.entries[s.next], s.buffers[i]); err != nil {
				return err
			}
			s.plain = append(s.plain, s.buffers[i])
			s.next++
		}
		return nil
	})
}

// columns decodes chunks for the index: no text is copied, and the memory is
// that of the chunk before.
type columns struct{ chunk review.Chunk }

func (c *columns) decode(data []byte) error {
	d := &decoder{data: data}
	if d.byte() != rowsVersion {
		return errCodec
	}
	n := d.uvarint()
	c.chunk.Texts = append(c.chunk.Texts[:0], nil)
	for range d.size(1) {
		c.chunk.Texts = append(c.chunk.Texts, d.bytes())
	}
	if d.bad || n > uint64(len(d.data)-d.off)/minRow {
		return errCodec
	}
	c.chunk.Rows = slices.Grow(c.chunk.Rows[:0], int(n))[:n]
	for i := range c.chunk.Rows {
		c.row(d, &c.chunk.Rows[i])
	}
	return d.finish()
}

func (c *columns) row(d *decoder, r *review.Row) {
	flags := readHead(d, r)
	var refs [sharedTexts]uint32
	for i := range refs {
		ref := d.uvarint()
		if ref >= uint64(len(c.chunk.Texts)) {
			d.bad = true
			return
		}
		refs[i] = uint32(ref)
	}
	// The order is that of row.shared.
	r.Item, r.Account, r.Currency, r.Primary, r.Detailed = refs[0], refs[1], refs[2], refs[3], refs[4]
	r.Name, r.Merchant, r.Original, r.Counterparty = refs[7], refs[8], refs[9], refs[10]
	r.ID = d.bytes()
	if flags&flagFollows != 0 {
		d.bytes()
	}
}

// readHead reads the part of a row before its texts.
func readHead(d *decoder, r *review.Row) (flags byte) {
	r.Date = core.Date(d.int32())
	r.Minor = d.int64()
	flags = d.byte()
	r.Pending, r.Dead = flags&flagPending != 0, false
	if flags&flagAuthorized != 0 {
		d.varint()
	}
	return flags
}

// Rows returns the transactions at some places, in the order asked for, or
// review.ErrMoved. Every chunk is opened once, and of each only the rows asked
// for are decoded.
func (v *Vault) Rows(refs []review.Ref) ([]core.Transaction, error) {
	const op = "vault: read rows"
	rows := make([]core.Transaction, len(refs))
	var buf []byte
	for _, order := range byChunk(refs) {
		err := v.view(op, func(r reader) (err error) {
			buf, err = r.chunkOf(refs, order, buf)
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := pick(buf, order, refs, rows); err != nil {
			return nil, fail(op, err)
		}
	}
	return rows, nil
}

// byChunk puts the positions of places in the same chunk together, in the order
// of the chunk's rows. Mostly that is the order in which they come.
func byChunk(refs []review.Ref) [][]int {
	var groups [][]int
	at := map[review.Ref]int{}
	for i, ref := range refs {
		ref.Index = 0
		n, ok := at[ref]
		if !ok {
			n = len(groups)
			at[ref] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], i)
	}
	for _, order := range groups {
		rising := func(a, b int) int { return cmp.Compare(refs[a].Index, refs[b].Index) }
		if !slices.IsSortedFunc(order, rising) {
			slices.SortFunc(order, rising)
		}
	}
	return groups
}

// chunkOf opens the chunk that some of the places are in, if rows that count
// are there.
func (r reader) chunkOf(refs []review.Ref, order []int, buf []byte) ([]byte, error) {
	in := refs[order[0]]
	dir, err := r.directory(in.Month)
	if err != nil {
		return nil, err
	}
	i := dir.find(in.Chunk)
	if i < 0 || dir[i].stamp != in.Stamp {
		return nil, review.ErrMoved
	}
	for _, n := range order {
		if at := refs[n].Index; at < 0 || dir[i].isDead(at) {
			return nil, review.ErrMoved
		}
	}
	return r.chunk(in.Month, dir[i], buf)
}

// pick decodes some rows of a chunk: those that refs name, in rising order.
// The texts of a few rows do not share the chunk's memory; those of most of its
// rows do, for copies would take as much.
func pick(data []byte, order []int, refs []review.Ref, into []core.Transaction) error {
	d := newDecoder(data)
	if d.byte() != rowsVersion {
		return errCodec
	}
	n := d.uvarint()
	texts := d.texts()
	few := uint64(len(order)) < n/2
	var r row
	for at := uint64(0); len(order) > 0 && !d.bad; at++ {
		if at >= n {
			return review.ErrMoved
		}
		if uint64(refs[order[0]].Index) > at {
			skipRow(d)
			continue
		}
		r = row{}
		decodeRow(d, texts, &r)
		if few {
			own(&r)
		}
		for len(order) > 0 && uint64(refs[order[0]].Index) == at {
			into[order[0]] = r.Transaction
			order = order[1:]
		}
	}
	if d.bad {
		return errCodec
	}
	return nil
}

// own gives a row texts of its own.
func own(r *row) {
	for _, s := range r.shared() {
		*s = strings.Clone(*s)
	}
	r.ID, r.PendingID = core.TransactionID(strings.Clone(string(r.ID))), core.TransactionID(strings.Clone(string(r.PendingID)))
}

// skipRow passes over an encoded row and returns where its id is.
func skipRow(d *decoder) (id span) {
	d.take(4 + 8)
	flags := d.byte()
	if flags&flagAuthorized != 0 {
		d.varint()
	}
	d.skipUvarints(sharedTexts)
	id = d.span()
	if flags&flagFollows != 0 {
		d.bytes()
	}
	return id
}

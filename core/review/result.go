package review

import (
	"cmp"
	"iter"
	"slices"
	"sync"

	"bankbook/core"
)

// Result is the transactions that a query asks for. It never changes, and its
// methods are safe for concurrent use.
type Result struct {
	snapshot *Snapshot
	query    Query
	rows     int
	// parts are in the default order; ends[i] is the number of rows up to and
	// with part i.
	parts []part
	ends  []int
	// order says which rows, counted in the default order, follow each other;
	// nil is that order itself.
	order []uint32
}

// Len returns the number of rows that fulfil the conditions of the query.
func (r *Result) Len() int { return r.rows }

// Query returns the query.
func (r *Result) Query() Query { return r.query }

// place returns where row n stands, 0 <= n < Len.
func (r *Result) place(n int) (*segment, int) {
	if r.order != nil {
		n = int(r.order[n])
	}
	i, _ := slices.BinarySearch(r.ends, n+1)
	p := r.parts[i]
	return p.seg, p.row(n - (r.ends[i] - p.len()))
}

// Refs returns the places of up to limit rows from offset on, in the order of
// the query.
func (r *Result) Refs(offset, limit int) []Ref {
	var refs []Ref
	for n := max(offset, 0); n < r.rows && len(refs) < limit; n++ {
		seg, row := r.place(n)
		refs = append(refs, seg.ref(row))
	}
	return refs
}

// Page returns the places of the rows that the query's Offset and Limit ask
// for.
func (r *Result) Page() []Ref {
	limit := r.query.Limit
	if limit == 0 {
		limit = r.rows
	}
	return r.Refs(r.query.Offset, limit)
}

// Sums returns what all rows come to, the currency with the most rows first.
func (r *Result) Sums() []Sum {
	t := tally{}
	for _, p := range r.parts {
		cells := p.seg.whole
		if p.len() < p.seg.len() {
			cells = p.seg.sum(p, p.seg.account, len(p.seg.accounts))
		}
		for i, c := range cells {
			t.add(p.seg.accounts[i].currency, c)
		}
	}
	return t.list()
}

// Batches of rows that Each reads at a time. In the default order the rows of
// a chunk stand near each other; in others every batch reads from all chunks.
const (
	batchRows  = 8_192
	sortedRows = 131_072
)

// Each returns the transactions that the query's Offset and Limit ask for,
// read from the index's source; it reads on while the caller deals with what has
// been read. After an error, ErrMoved among them, it ends.
func (r *Result) Each(source Reader) iter.Seq2[core.Transaction, error] {
	return func(yield func(core.Transaction, error) bool) {
		batches, stop := make(chan batch), make(chan struct{})
		var reading sync.WaitGroup
		defer reading.Wait()
		defer close(stop)
		reading.Go(func() {
			defer close(batches)
			for b := range r.batches(source) {
				select {
				case batches <- b:
				case <-stop:
					return
				}
			}
		})
		for b := range batches {
			if b.err != nil {
				yield(core.Transaction{}, b.err)
				return
			}
			for _, t := range b.rows {
				if !yield(t, nil) {
					return
				}
			}
		}
	}
}

// batch is some rows in a row, or why they could not be read.
type batch struct {
	rows []core.Transaction
	err  error
}

// batches reads the transactions, up to the first error.
func (r *Result) batches(source Reader) iter.Seq[batch] {
	size := batchRows
	if r.order != nil {
		size = sortedRows
	}
	end := r.rows
	if r.query.Limit > 0 {
		end = min(end, r.query.Offset+r.query.Limit)
	}
	return func(yield func(batch) bool) {
		for n := r.query.Offset; n < end; n += size {
			rows, err := source.Rows(r.Refs(n, min(size, end-n)))
			if !yield(batch{rows, err}) || err != nil {
				return
			}
		}
	}
}

// Position returns the number of the row that is a transaction, or -1. It
// reads the rows that may be it from the source.
func (r *Result) Position(source Reader, id core.TransactionID) (int, error) {
	hash := hashID(r.snapshot.ids, []byte(id))
	base := 0
	for _, p := range r.parts {
		for n := range p.len() {
			row := p.row(n)
			if p.seg.id[row] != hash {
				continue
			}
			found, err := source.Rows([]Ref{p.seg.ref(row)})
			if err != nil {
				return -1, err
			}
			if found[0].ID == id {
				return r.numberOf(base + n), nil
			}
		}
		base += p.len()
	}
	return -1, nil
}

// numberOf returns the number of a row that is counted in the default order.
func (r *Result) numberOf(n int) int {
	if r.order == nil {
		return n
	}
	return slices.Index(r.order, uint32(n))
}

// sortKey orders one row: by whole, then by rest, then in the default order.
type sortKey struct {
	whole int64
	rest  uint32
	row   uint32
}

// sorted returns the rows in the order that the query asks for.
func (r *Result) sorted() []uint32 {
	keys := make([]sortKey, 0, r.rows)
	keyOf := r.keys()
	for _, p := range r.parts {
		key := keyOf(p.seg)
		for n := range p.len() {
			k := key(p.row(n))
			k.row = uint32(len(keys))
			keys = append(keys, k)
		}
	}
	reverse := r.query.Sort.Reverse
	slices.SortFunc(keys, func(a, b sortKey) int {
		by := cmp.Or(cmp.Compare(a.whole, b.whole), cmp.Compare(a.rest, b.rest))
		if reverse {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a.row, b.row))
	})
	order := make([]uint32, len(keys))
	for i, k := range keys {
		order[i] = k.row
	}
	return order
}

// keys returns how the rows of each segment are ordered.
func (r *Result) keys() func(*segment) func(row int) sortKey {
	byRank := func(codes func(*segment) []uint16, ranks map[*segment][]uint32) func(*segment) func(int) sortKey {
		return func(s *segment) func(int) sortKey {
			codes, ranks := codes(s), ranks[s]
			return func(row int) sortKey { return sortKey{whole: int64(ranks[codes[row]])} }
		}
	}
	switch r.query.Sort.By {
	case ByName:
		return byRank(func(s *segment) []uint16 { return s.title }, r.snapshot.names())
	case ByAccount:
		return byRank(func(s *segment) []uint16 { return s.account }, rank(r.segments(), accountsOf, r.snapshot.accountText()))
	case ByCategory:
		return byRank(func(s *segment) []uint16 { return s.category }, rank(r.segments(), categoriesOf, r.snapshot.categoryText()))
	case ByStatus:
		return byRank(func(s *segment) []uint16 { return s.state }, rank(r.segments(), statesOf, stateText))
	case ByAmount:
		return amountKey
	}
	return func(s *segment) func(int) sortKey {
		return func(row int) sortKey { return sortKey{whole: -int64(s.date(row))} }
	}
}

// segments visits the segments that have rows of the result.
func (r *Result) segments() iter.Seq[*segment] {
	return func(yield func(*segment) bool) {
		for _, p := range r.parts {
			if !yield(p.seg) {
				return
			}
		}
	}
}

// amountKey orders amounts by their value, whatever their currency: 15.00
// comes before 1500 yen.
func amountKey(s *segment) func(row int) sortKey {
	scales := make([][2]int64, len(s.accounts))
	for i, a := range s.accounts {
		scales[i] = [2]int64{1, 1}
		for n := range maxExponent {
			if n < a.currency.Exponent() {
				scales[i][0] *= 10
			} else {
				scales[i][1] *= 10
			}
		}
	}
	return func(row int) sortKey {
		unit, rest := scales[s.account[row]][0], scales[s.account[row]][1]
		whole, part := s.minor[row]/unit, s.minor[row]%unit
		if part < 0 {
			whole, part = whole-1, part+unit
		}
		return sortKey{whole: whole, rest: uint32(part * rest)}
	}
}

// maxExponent is the largest exponent of a currency.
const maxExponent = 8

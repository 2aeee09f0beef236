package review

import (
	"bytes"
	"cmp"
	"errors"
	"hash/maphash"
	"slices"

	"bankbook/core"
)

// First returns the newest n transactions that a query asks for, in the default
// order, without an index: it reads no further back than it must. words is as
// for New.
func First(source Source, q Query, today core.Date, n int, words func(string) string) ([]core.Transaction, error) {
	for n > 0 {
		rows, err := first(source, q, today, n, words)
		if !errors.Is(err, ErrMoved) {
			return rows, err
		}
	}
	return nil, nil
}

func first(source Source, q Query, today core.Date, n int, words func(string) string) ([]core.Transaction, error) {
	items, err := source.Items()
	if err != nil {
		return nil, err
	}
	accounts, err := source.Accounts()
	if err != nil {
		return nil, err
	}
	stamps, err := source.Stamps()
	if err != nil {
		return nil, err
	}
	if words == nil {
		words = func(category string) string { return category }
	}
	f := firstRows{matcher: newMatcher(q, today, newOwners(items, accounts), words), builder: newBuilder(maphash.MakeSeed()), want: n}
	for _, s := range stamps {
		if len(f.hits) >= n || s.Month.Last() < f.matcher.from {
			break
		}
		if s.Month.First() > f.matcher.to {
			continue
		}
		if err := f.month(source, s.Month); err != nil {
			return nil, err
		}
	}
	refs := make([]Ref, 0, n)
	for _, h := range f.hits[:min(n, len(f.hits))] {
		refs = append(refs, h.ref)
	}
	return source.Rows(refs)
}

// firstRows collects the newest rows that match.
type firstRows struct {
	matcher *matcher
	builder *builder
	want    int
	hits    []hit
}

// hit is a row that matches.
type hit struct {
	ref  Ref
	date core.Date
	id   []byte
}

// month takes in the chunks of a month as long as they can hold a row that is
// newer than the last one wanted.
func (f *firstRows) month(source Source, m core.Month) error {
	b := f.builder
	_, err := source.Scan(m, func(c *Chunk) bool {
		if len(f.hits) >= f.want && f.hits[f.want-1].date > c.Newest {
			return false
		}
		b.begin()
		b.add(m, c)
		if b.err != nil {
			return false
		}
		for _, s := range b.finish(Stamp{Month: m}).segments {
			p := f.matcher.match(s)
			for n := range p.len() {
				row := p.row(n)
				f.hits = append(f.hits, hit{ref: s.ref(row), date: s.date(row), id: bytes.Clone(c.Rows[s.at[row]].ID)})
			}
		}
		slices.SortFunc(f.hits, func(x, y hit) int {
			return cmp.Or(cmp.Compare(y.date, x.date), bytes.Compare(x.id, y.id))
		})
		f.hits = f.hits[:min(len(f.hits), f.want)]
		return true
	})
	return cmp.Or(err, b.err)
}

package review

import (
	"context"
	"hash/maphash"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"

	"bankbook/core"
	"bankbook/core/fault"
)

// Snapshot is everything a source held at one commit. It never changes.
type Snapshot struct {
	months   []*month
	profiles []core.Profile
	items    []core.Item
	accounts []core.Account
	// every is all accounts, also where accounts are those of one profile.
	every  []core.Account
	words  func(category string) string
	ids    maphash.Seed
	owners owners
	ranks  *nameRanks
}

// nameRanks are the ranks of all titles, worked out when they are first needed.
type nameRanks struct {
	once sync.Once
	of   map[*segment][]uint32
}

func canceled(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fault.New("review: read", fault.Canceled, err)
	}
	return nil
}

// segments visits the segments, newest first.
func (s *Snapshot) segments() iter.Seq[*segment] {
	return func(yield func(*segment) bool) {
		for _, m := range s.months {
			for _, seg := range m.segments {
				if !yield(seg) {
					return
				}
			}
		}
	}
}

// Rows returns the number of all transactions that can be found without naming
// a hidden account.
func (s *Snapshot) Rows() int {
	if s.owners.within != "" || len(s.owners.hidden) > 0 {
		return s.Find(Query{}, 0).Len()
	}
	n := 0
	for seg := range s.segments() {
		n += seg.len()
	}
	return n
}

// Bytes returns about how much memory the snapshot takes.
func (s *Snapshot) Bytes() int {
	n := 0
	for seg := range s.segments() {
		n += seg.bytes()
	}
	return n
}

// Names returns what can be named in a search line.
func (s *Snapshot) Names() Names {
	var codes []string
	for seg := range s.segments() {
		for _, c := range seg.categories {
			codes = append(codes, c.Primary)
		}
	}
	return Names{Profiles: s.profiles, Items: s.items, Accounts: s.accounts, Categories: union(codes, nil), Words: s.words}
}

// Find returns the transactions that a query asks for on a day.
func (s *Snapshot) Find(q Query, today core.Date) *Result {
	r := &Result{snapshot: s, query: q}
	for _, p := range s.match(q, today) {
		if p.len() > 0 {
			r.rows += p.len()
			r.parts = append(r.parts, p)
			r.ends = append(r.ends, r.rows)
		}
	}
	if q.Sort != (Sort{}) {
		r.order = r.sorted()
	}
	return r
}

// match returns what each segment has that a query may ask for. To look for words
// takes so long that it is done on all cores.
func (s *Snapshot) match(q Query, today core.Date) []part {
	from, to := q.Dates.span(today)
	var segments []*segment
	for _, month := range s.months {
		if month.Month.First() <= to && month.Month.Last() >= from {
			segments = append(segments, month.segments...)
		}
	}
	parts := make([]part, len(segments))
	var next atomic.Int64
	matchAll := func() {
		m := newMatcher(q, today, s.owners, s.words)
		for i := int(next.Add(1)) - 1; i < len(segments); i = int(next.Add(1)) - 1 {
			parts[i] = m.match(segments[i])
		}
	}
	var workers sync.WaitGroup
	if len(q.Words) > 0 {
		for range min(len(segments), runtime.GOMAXPROCS(0)) - 1 {
			workers.Go(matchAll)
		}
	}
	matchAll()
	workers.Wait()
	return parts
}

// names ranks all titles.
func (s *Snapshot) names() map[*segment][]uint32 {
	s.ranks.once.Do(func() { s.ranks.of = rank(s.segments(), titlesOf, Fold) })
	return s.ranks.of
}

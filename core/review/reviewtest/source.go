// Package reviewtest has a review.Source in memory, for the tests of what is
// built on review.
package reviewtest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"bankbook/core"
	"bankbook/core/review"
)

// chunkRows is the size of the source's chunks: small, so that few rows already
// make many.
const chunkRows = 50

// Source keeps transactions in memory. The zero Source is ready for use, and
// its methods are safe for concurrent use.
type Source struct {
	mu       sync.Mutex
	months   map[core.Month]*month
	commit   uint64
	profiles []core.Profile
	items    []core.Item
	accounts []core.Account
	err      error
	read     int
	gate     chan struct{}
	// all are the rows of commit allAt in order.
	all   []Row
	allAt uint64
}

var _ review.Source = (*Source)(nil)

type month struct {
	stamp  uint64
	chunks []chunk
}

type chunk struct {
	stamp uint64
	rows  []Row
}

// Row is a transaction with what belongs to it.
type Row struct {
	core.Transaction
	Item core.ItemID
	Note *review.Annotation
}

// Put keeps rows, in place of those with the same ids; of rows with one id the
// last counts. It is one commit.
func (s *Source) Put(rows ...Row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change(rows, nil)
}

// Remove takes rows out. It is one commit.
func (s *Source) Remove(ids ...core.TransactionID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change(nil, ids)
}

// change makes a commit, which touches only the chunks it must.
func (s *Source) change(rows []Row, gone []core.TransactionID) {
	s.commit++
	if s.months == nil {
		s.months = map[core.Month]*month{}
	}
	drop := map[core.TransactionID]bool{}
	for _, id := range gone {
		drop[id] = true
	}
	for _, r := range rows {
		drop[r.ID] = true
	}
	for at, m := range s.months {
		for i := range m.chunks {
			c := &m.chunks[i]
			gone := func(r Row) bool { return drop[r.ID] }
			if slices.ContainsFunc(c.rows, gone) {
				c.rows, c.stamp, m.stamp = slices.DeleteFunc(slices.Clone(c.rows), gone), s.commit, s.commit
			}
		}
		m.chunks = slices.DeleteFunc(m.chunks, func(c chunk) bool { return len(c.rows) == 0 })
		if len(m.chunks) == 0 {
			delete(s.months, at)
		}
	}
	last := map[core.TransactionID]int{}
	for i, r := range rows {
		last[r.ID] = i
	}
	for i, r := range rows {
		if last[r.ID] == i {
			s.insert(r)
		}
	}
}

func (s *Source) insert(r Row) {
	m := s.months[r.Date.Month()]
	if m == nil {
		m = &month{}
		s.months[r.Date.Month()] = m
	}
	m.stamp = s.commit
	if n := len(m.chunks); n == 0 || len(m.chunks[n-1].rows) == chunkRows {
		m.chunks = append(m.chunks, chunk{})
	}
	c := &m.chunks[len(m.chunks)-1]
	if c.stamp != s.commit {
		c.rows, c.stamp = slices.Clone(c.rows), s.commit
	}
	c.rows = append(c.rows, r)
}

// Set sets who the owners, banks and accounts are.
func (s *Source) Set(profiles []core.Profile, items []core.Item, accounts []core.Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.profiles, s.items, s.accounts = profiles, items, accounts
}

// Fail makes every method return an error, or none again.
func (s *Source) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// Hold makes Rows wait until the function it returns is called.
func (s *Source) Hold() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	gate := make(chan struct{})
	s.gate = gate
	return func() { close(gate) }
}

// Reads returns how often Rows has been called.
func (s *Source) Reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read
}

// All returns all rows in the order of core.Transaction.Newer. The caller does
// not change them.
func (s *Source) All() []Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.allAt == s.commit {
		return s.all
	}
	order := func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), strings.Compare(string(a.ID), string(b.ID)))
	}
	var all []Row
	for _, m := range slices.Backward(slices.Sorted(maps.Keys(s.months))) {
		for _, c := range s.months[m].chunks {
			all = append(all, c.rows...)
		}
	}
	if !slices.IsSortedFunc(all, order) {
		slices.SortFunc(all, order)
	}
	s.all, s.allAt = all, s.commit
	return all
}

// Stamps implements review.Source.
func (s *Source) Stamps() ([]review.Stamp, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []review.Stamp
	for _, m := range slices.Backward(slices.Sorted(maps.Keys(s.months))) {
		list = append(list, review.Stamp{Month: m, Stamp: s.months[m].stamp})
	}
	return list, s.err
}

// Scan implements review.Source.
func (s *Source) Scan(at core.Month, fn func(*review.Chunk) bool) (uint64, error) {
	s.mu.Lock()
	m, err := s.months[at], s.err
	var chunks []*review.Chunk
	stamp := uint64(0)
	if m != nil {
		stamp = m.stamp
		for i, c := range m.chunks {
			chunks = append(chunks, encode(i, c))
		}
	}
	s.mu.Unlock()
	if err != nil {
		return 0, err
	}
	slices.SortStableFunc(chunks, func(a, b *review.Chunk) int { return cmp.Compare(b.Newest, a.Newest) })
	for _, c := range chunks {
		if !fn(c) {
			break
		}
	}
	return stamp, nil
}

func encode(number int, c chunk) *review.Chunk {
	out := &review.Chunk{Number: uint32(number), Stamp: c.stamp, Newest: c.rows[0].Date, Texts: [][]byte{nil}}
	at := map[string]uint32{"": 0}
	ref := func(text string) uint32 {
		n, ok := at[text]
		if !ok {
			n = uint32(len(out.Texts))
			at[text] = n
			out.Texts = append(out.Texts, []byte(text))
		}
		return n
	}
	for _, r := range c.rows {
		out.Newest = max(out.Newest, r.Date)
		out.Rows = append(out.Rows, review.Row{
			ID: []byte(r.ID), Date: r.Date, Minor: r.Amount.Minor, Pending: r.Pending, Note: r.Note,
			Item: ref(string(r.Item)), Account: ref(string(r.Account)), Currency: ref(string(r.Amount.Currency)),
			Primary: ref(r.Category.Primary), Detailed: ref(r.Category.Detailed),
			Name: ref(r.Name), Merchant: ref(r.Merchant), Original: ref(r.Original), Counterparty: ref(r.Counterparty),
		})
	}
	return out
}

// Rows implements review.Source.
func (s *Source) Rows(refs []review.Ref) ([]core.Transaction, error) {
	s.mu.Lock()
	gate := s.gate
	s.mu.Unlock()
	if gate != nil {
		<-gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read++
	if s.err != nil {
		return nil, s.err
	}
	list := make([]core.Transaction, 0, len(refs))
	for _, ref := range refs {
		m := s.months[ref.Month]
		if m == nil || int(ref.Chunk) >= len(m.chunks) || m.chunks[ref.Chunk].stamp != ref.Stamp {
			return nil, review.ErrMoved
		}
		list = append(list, m.chunks[ref.Chunk].rows[ref.Index].Transaction)
	}
	return list, nil
}

// ReadAhead implements review.Source.
func (s *Source) ReadAhead() {}

// Profiles implements review.Source.
func (s *Source) Profiles() ([]core.Profile, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profiles, s.err
}

// Items implements review.Source.
func (s *Source) Items() ([]core.Item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items, s.err
}

// Accounts implements review.Source.
func (s *Source) Accounts() ([]core.Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accounts, s.err
}

package vault

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sync/atomic"

	"bankbook/core"
)

// idSet is the ids of many rows. It is filled first, and asked then. Its parts fit a processor's cache, which a map of a million ids does not.
type idSet struct {
	seeds [2]maphash.Seed
	parts [256][]fingerprint
}

func newIDSet() *idSet { return &idSet{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}} }

// beside returns an empty set whose ids can be taken over.
func (s *idSet) beside() *idSet { return &idSet{seeds: s.seeds} }

func (s *idSet) of(id core.TransactionID) fingerprint { return fingerprintOf(s.seeds, id) }

func (s *idSet) add(id core.TransactionID) {
	f := s.of(id)
	part := &s.parts[byte(f[0])]
	*part = append(*part, f)
}

// take adds the ids of another set.
func (s *idSet) take(other *idSet) {
	for i, part := range other.parts {
		s.parts[i] = append(s.parts[i], part...)
	}
}

// settle ends the filling, and returns how many different ids there are.
func (s *idSet) settle() (different int) {
	var n atomic.Int64
	onAllCores(len(s.parts), func(i int) {
		slices.SortFunc(s.parts[i], fingerprint.compare)
		s.parts[i] = slices.Compact(s.parts[i])
		n.Add(int64(len(s.parts[i])))
	})
	return int(n.Load())
}

// has reports whether an id is in a set that is settled.
func (s *idSet) has(id core.TransactionID) bool {
	f := s.of(id)
	_, found := slices.BinarySearchFunc(s.parts[byte(f[0])], f, fingerprint.compare)
	return found
}

func (f fingerprint) compare(g fingerprint) int {
	if f[0] != g[0] {
		return cmp.Compare(f[0], g[0])
	}
	return cmp.Compare(f[1], g[1])
}

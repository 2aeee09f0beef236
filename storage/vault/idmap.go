package vault

import (
	"hash/maphash"

	"bankbook/core"
)

// place is the chunk that holds a row. Where in the chunk is not kept, so that
// rows can move inside it.
type place struct {
	month  core.Month
	number uint32
}

// fingerprint stands for a transaction id in memory: 24 bytes of map instead
// of a text. Its seeds are random, so nobody can make two ids meet.
type fingerprint [2]uint64

// idMap finds the chunk of every row.
type idMap struct {
	seeds [2]maphash.Seed
	at    map[fingerprint]place
}

func newIDMap(rows int) *idMap {
	return &idMap{
		seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
		at:    make(map[fingerprint]place, rows),
	}
}

func (m *idMap) of(id core.TransactionID) fingerprint { return fingerprintOf(m.seeds, id) }

func fingerprintOf(seeds [2]maphash.Seed, id core.TransactionID) fingerprint {
	return fingerprint{maphash.String(seeds[0], string(id)), maphash.String(seeds[1], string(id))}
}

func (m *idMap) ofBytes(id []byte) fingerprint {
	return fingerprint{maphash.Bytes(m.seeds[0], id), maphash.Bytes(m.seeds[1], id)}
}

// load builds the map in one pass over the file. The caller holds writing.
func (v *Vault) load() error {
	if v.ids != nil {
		return nil
	}
	v.readAhead()
	ids := newIDMap(v.Count())
	err := v.view("vault: map ids", func(r reader) error {
		return r.chunks(func(m core.Month, c chunkEntry, plain []byte) error {
			return eachID(plain, func(at int, id []byte) {
				if !c.isDead(at) {
					ids.at[ids.ofBytes(id)] = place{m, c.number}
				}
			})
		})
	})
	if err != nil {
		return err
	}
	if len(ids.at) != v.Count() {
		return damaged("%d different ids in %d rows", len(ids.at), v.Count())
	}
	v.ids = ids
	return nil
}

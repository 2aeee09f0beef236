package vault

import (
	"slices"

	"bankbook/core"
)

// purge removes the rows of which of says so, and writes every chunk anew that has
// one of them or any dead row, so that no record holds what does not count.
func (e *editor) purge(of func(row) bool) error {
	var places []place
	err := e.w.chunks(func(m core.Month, c chunkEntry, plain []byte) error {
		rows, err := decodeRows(plain)
		if len(c.dead) > 0 || slices.ContainsFunc(rows, of) {
			places = append(places, place{m, c.number})
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range places {
		if err := e.purgeChunk(p, of); err != nil {
			return err
		}
	}
	return e.flush()
}

func (e *editor) purgeChunk(p place, of func(row) bool) error {
	month, chunk, err := e.chunk(p)
	if err != nil {
		return err
	}
	rows, err := decodeRows(chunk.kept.data)
	if err != nil {
		return err
	}
	entry := month.entry(p.number)
	for at, r := range rows {
		if of(r) && !entry.isDead(at) {
			e.remove(spot{month: month, chunk: chunk, at: at, row: r})
		}
	}
	chunk.anew, month.changed = true, true
	return nil
}

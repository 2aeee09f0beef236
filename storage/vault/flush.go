package vault

import (
	"maps"
	"slices"

	"bankbook/core"
)

// deadShare is the part of its rows, one in so many, that can be dead in a
// chunk: beyond it the chunk is written anew. The file is longer by no more than
// that, and a batch that changes most of a month writes the month.
const deadShare = 4

// flush writes what has been changed, in the order of keys.
func (e *editor) flush() error {
	for _, m := range slices.Sorted(maps.Keys(e.months)) {
		if e.months[m].changed {
			if err := e.flushMonth(m); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *editor) flushMonth(m core.Month) error {
	month := e.months[m]
	for _, r := range month.bury() {
		if err := e.put(r, m); err != nil {
			return err
		}
	}
	for _, number := range slices.Sorted(maps.Keys(month.chunks)) {
		if err := e.flushChunk(place{m, number}); err != nil {
			return err
		}
	}
	month.dir = slices.DeleteFunc(month.dir, func(c chunkEntry) bool { return c.rows == 0 })
	key := monthKey(m)
	if len(month.dir) == 0 {
		if err := e.w.delete(inTotals, key); err != nil {
			return err
		}
		return e.w.delete(inMonths, key)
	}
	if err := e.w.put(inTotals, key, encodeTotals(month.totals.list(m))); err != nil {
		return err
	}
	return e.w.put(inMonths, key, month.dir.encode())
}

// bury notes the edited rows of chunks that are not written anew as dead, and
// returns what comes in their place.
func (m *openMonth) bury() (homeless []row) {
	for _, number := range slices.Sorted(maps.Keys(m.chunks)) {
		chunk, entry := m.chunks[number], m.entry(number)
		if chunk.isWritten(*entry) {
			continue
		}
		for _, at := range slices.Sorted(maps.Keys(chunk.edits)) {
			if r := chunk.edits[at]; r != nil {
				homeless = append(homeless, *r)
			}
			entry.dead = append(entry.dead, at)
			entry.rows--
		}
		slices.Sort(entry.dead)
		clear(chunk.edits)
	}
	return homeless
}

// isWritten reports whether a chunk is to be written anew.
func (c *openChunk) isWritten(entry chunkEntry) bool {
	return c.anew || len(c.added) > 0 || deadShare*(len(entry.dead)+len(c.edits)) > entry.all()
}

func (e *editor) flushChunk(p place) error {
	month := e.months[p.month]
	chunk, entry := month.chunks[p.number], month.entry(p.number)
	if !chunk.isWritten(*entry) {
		return nil
	}
	rows, err := chunk.rows(*entry)
	if err != nil {
		return err
	}
	*entry = chunkEntry{number: p.number}
	key := chunkKey(p.month, p.number)
	if len(rows) == 0 {
		return e.w.delete(inChunks, key)
	}
	entry.rows, entry.stamp = len(rows), e.w.sums.Commit
	entry.newest, entry.oldest = rows[0].Date, rows[len(rows)-1].Date
	return e.w.put(inChunks, key, encodeRows(rows))
}

// rows are those that the chunk has from now on, in order.
func (c *openChunk) rows(entry chunkEntry) ([]row, error) {
	changed := c.added
	for _, edit := range c.edits {
		if edit != nil {
			changed = append(changed, *edit)
		}
	}
	sortRows(changed)
	if c.kept == nil {
		return changed, nil
	}
	kept, err := decodeRows(c.kept.data)
	if err != nil {
		return nil, err
	}
	rows := make([]row, 0, len(changed)+len(kept))
	for at, r := range kept {
		if _, edited := c.edits[at]; edited || entry.isDead(at) {
			continue
		}
		for len(changed) > 0 && newestFirst(changed[0], r) < 0 {
			rows, changed = append(rows, changed[0]), changed[1:]
		}
		rows = append(rows, r)
	}
	return append(rows, changed...), nil
}

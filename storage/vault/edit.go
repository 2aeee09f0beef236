package vault

import (
	"maps"
	"slices"

	"bankbook/core"
)

// editor changes rows within one commit: it opens the chunks that a change
// needs, and writes each of them once, at the end. One edit handles each
// transaction id at most once.
type editor struct {
	w      *writer
	months map[core.Month]*openMonth
}

// openMonth is a month that is being edited.
type openMonth struct {
	dir     directory
	totals  totals
	chunks  map[uint32]*openChunk
	changed bool
}

// openChunk is a chunk that is being edited.
type openChunk struct {
	rows    []row
	changed bool
}

// find returns the position of a row, or -1.
func (c *openChunk) find(id core.TransactionID) int {
	for i := range c.rows {
		if c.rows[i].ID == id {
			return i
		}
	}
	return -1
}

func newEditor(w *writer) *editor { return &editor{w: w, months: map[core.Month]*openMonth{}} }

func (e *editor) month(m core.Month) (*openMonth, error) {
	if open := e.months[m]; open != nil {
		return open, nil
	}
	dir, err := e.w.directory(m)
	if err != nil {
		return nil, err
	}
	sums, err := e.w.totals(m)
	if err != nil {
		return nil, err
	}
	open := &openMonth{dir: dir, totals: sums, chunks: map[uint32]*openChunk{}}
	e.months[m] = open
	return open, nil
}

// chunk opens a chunk that the month's directory names.
func (e *editor) chunk(p place) (*openMonth, *openChunk, error) {
	month, err := e.month(p.month)
	if err != nil {
		return nil, nil, err
	}
	if open := month.chunks[p.number]; open != nil {
		return month, open, nil
	}
	i := month.dir.find(p.number)
	if i < 0 {
		return nil, nil, damaged("%s has no chunk %d", p.month, p.number)
	}
	rows, err := e.w.rows(p.month, month.dir[i])
	if err != nil {
		return nil, nil, err
	}
	open := &openChunk{rows: rows}
	month.chunks[p.number] = open
	return month, open, nil
}

// find returns the row with an id that is said to be at p.
func (e *editor) find(id core.TransactionID, p place) (row, error) {
	_, chunk, err := e.chunk(p)
	if err != nil {
		return row{}, err
	}
	i := chunk.find(id)
	if i < 0 {
		return row{}, damaged("a row of %s is not in its chunk", p.month)
	}
	return chunk.rows[i], nil
}

// replace exchanges a row of the chunk at p for one of the same id and month.
func (e *editor) replace(r row, p place) error {
	month, chunk, err := e.chunk(p)
	if err != nil {
		return err
	}
	i := chunk.find(r.ID)
	month.totals.subtract(chunk.rows[i])
	chunk.rows[i] = r
	month.changed, chunk.changed = true, true
	return month.totals.add(r)
}

// remove takes a row out of the chunk at p.
func (e *editor) remove(id core.TransactionID, p place) error {
	month, chunk, err := e.chunk(p)
	if err != nil {
		return err
	}
	i := chunk.find(id)
	month.totals.subtract(chunk.rows[i])
	chunk.rows = slices.Delete(chunk.rows, i, i+1)
	month.changed, chunk.changed = true, true
	month.dir[month.dir.find(p.number)].rows--
	e.w.sums.Rows--
	return nil
}

// insert puts a row that is not in the vault into its month, and returns
// where.
func (e *editor) insert(r row) (place, error) {
	m := r.Date.Month()
	month, err := e.month(m)
	if err != nil {
		return place{}, err
	}
	p := place{month: m, number: month.room()}
	_, chunk, err := e.chunk(p)
	if err != nil {
		return place{}, err
	}
	chunk.rows = append(chunk.rows, r)
	month.changed, chunk.changed = true, true
	month.dir[month.dir.find(p.number)].rows++
	e.w.sums.Rows++
	return p, month.totals.add(r)
}

// room returns the number of the last chunk that is not full, making a new
// chunk if all are.
func (m *openMonth) room() uint32 {
	for _, c := range slices.Backward(m.dir) {
		if c.rows < fullRows {
			return c.number
		}
	}
	number := uint32(0)
	if n := len(m.dir); n > 0 {
		number = m.dir[n-1].number + 1
	}
	m.dir = append(m.dir, chunkEntry{number: number})
	m.chunks[number] = new(openChunk)
	return number
}

// flush writes what has been changed, in the order of keys.
func (e *editor) flush() error {
	for _, m := range slices.Sorted(maps.Keys(e.months)) {
		month := e.months[m]
		if !month.changed {
			continue
		}
		for _, number := range slices.Sorted(maps.Keys(month.chunks)) {
			if err := e.flushChunk(place{m, number}, month); err != nil {
				return err
			}
		}
		if err := e.flushMonth(m, month); err != nil {
			return err
		}
	}
	return nil
}

func (e *editor) flushMonth(m core.Month, month *openMonth) error {
	key := monthKey(m)
	month.dir = slices.DeleteFunc(month.dir, func(c chunkEntry) bool { return c.rows == 0 })
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

func (e *editor) flushChunk(p place, month *openMonth) error {
	chunk, key := month.chunks[p.number], chunkKey(p.month, p.number)
	switch {
	case !chunk.changed:
		return nil
	case len(chunk.rows) == 0:
		return e.w.delete(inChunks, key)
	}
	sortRows(chunk.rows)
	month.dir[month.dir.find(p.number)] = chunkEntry{
		number: p.number, rows: len(chunk.rows), stamp: e.w.sums.Commit,
		newest: chunk.rows[0].Date, oldest: chunk.rows[len(chunk.rows)-1].Date,
	}
	return e.w.put(inChunks, key, encodeRows(chunk.rows))
}

// ofItems lists the rows of items and where they are.
func (e *editor) ofItems(items []core.ItemID) (map[core.TransactionID]place, error) {
	found := map[core.TransactionID]place{}
	err := e.w.chunks(func(m core.Month, c chunkEntry, plain []byte) error {
		rows, err := decodeRows(plain)
		for _, r := range rows {
			if slices.Contains(items, r.item) {
				found[r.ID] = place{m, c.number}
			}
		}
		return err
	})
	return found, err
}

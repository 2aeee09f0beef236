package vault

import (
	"cmp"
	"slices"

	"bankbook/core"
)

// editor changes rows within one commit. It opens the chunks that a change
// needs, and writes each of them once at most, at the end: those that have new
// rows or many changed ones. Of the others only the directory learns which rows
// are dead, and what is said of them in place goes to the month's last chunk; so
// a few changes all over the years cost what they weigh, and not what their
// chunks do. One edit handles each transaction id at most once.
type editor struct {
	w      *writer
	months map[core.Month]*openMonth
	// moved tells, after flush, where rows are that are new or have moved.
	moved map[core.TransactionID]place
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
	// kept are the rows that the file has, nil for a new chunk.
	kept *rowIndex
	// edits are what comes in the place of kept rows, by position; nil is nothing.
	edits map[int]*row
	added []row
	// anew says that the chunk has to be written even without a change.
	anew bool
}

// spot is a row in the chunk where it was found.
type spot struct {
	month *openMonth
	chunk *openChunk
	at    int
	row   row
}

func newEditor(w *writer) *editor {
	return &editor{w: w, months: map[core.Month]*openMonth{}, moved: map[core.TransactionID]place{}}
}

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

// entry is the month's entry of a chunk, or nil.
func (m *openMonth) entry(number uint32) *chunkEntry {
	if i := m.dir.find(number); i >= 0 {
		return &m.dir[i]
	}
	return nil
}

// chunk returns a chunk that the month's directory names, and opens it if it is
// not.
func (e *editor) chunk(p place) (*openMonth, *openChunk, error) {
	month, err := e.month(p.month)
	if err != nil {
		return nil, nil, err
	}
	if open := month.chunks[p.number]; open != nil {
		return month, open, nil
	}
	sealed, err := e.sealed(p)
	if err != nil {
		return nil, nil, err
	}
	open, err := sealed.index(e.w.seal)
	if err == nil {
		month.chunks[p.number] = open
	}
	return month, open, err
}

func (e *editor) isOpen(p place) bool {
	month := e.months[p.month]
	return month != nil && month.chunks[p.number] != nil
}

// sealed returns a chunk that the month's directory names as it lies in the
// file.
func (e *editor) sealed(p place) (sealedChunk, error) {
	month, err := e.month(p.month)
	if err != nil {
		return sealedChunk{}, err
	}
	entry := month.entry(p.number)
	if entry == nil {
		return sealedChunk{}, damaged("%s has no chunk %d", p.month, p.number)
	}
	return e.w.sealedChunk(p.month, *entry)
}

// index opens a chunk to be edited.
func (c sealedChunk) index(seal *sealer) (*openChunk, error) {
	plain, err := c.open(seal, nil)
	if err != nil {
		return nil, err
	}
	kept, err := indexRows(plain)
	if err != nil {
		return nil, err
	}
	if len(kept.ids) != c.entry.all() {
		return nil, wrongRows(c.month, c.entry, len(kept.ids))
	}
	return &openChunk{kept: kept, edits: map[int]*row{}}, nil
}

// openAll opens chunks side by side: to decrypt them is most of what changes all
// over the years take.
func (e *editor) openAll(places map[place]bool) error {
	list := make([]sealedChunk, 0, len(places))
	for p := range places {
		if e.isOpen(p) {
			continue
		}
		sealed, err := e.sealed(p)
		if err != nil {
			return err
		}
		list = append(list, sealed)
	}
	opened, failed := make([]*openChunk, len(list)), make([]error, len(list))
	onAllCores(len(list), func(i int) {
		failed[i] = guard("vault: open chunk", func() (err error) { // a fault ends the goroutine where it happens
			opened[i], err = list[i].index(e.w.seal)
			return err
		})
	})
	for i, c := range list {
		e.months[c.month].chunks[c.entry.number] = opened[i]
	}
	return cmp.Or(failed...)
}

// find returns the row with an id that is said to be at p.
func (e *editor) find(id core.TransactionID, p place) (spot, error) {
	month, chunk, err := e.chunk(p)
	if err != nil {
		return spot{}, err
	}
	for at := range chunk.kept.find(id) {
		if !month.entry(p.number).isDead(at) {
			r, err := chunk.kept.row(at)
			return spot{month: month, chunk: chunk, at: at, row: r}, err
		}
	}
	return spot{}, damaged("a row of %s is not in its chunk", p.month)
}

// replace puts a row of the same id and month in the place of another.
func (e *editor) replace(s spot, r row) error {
	s.month.totals.subtract(s.row)
	s.chunk.edits[s.at], s.month.changed = &r, true
	return s.month.totals.add(r)
}

// remove takes a row out.
func (e *editor) remove(s spot) {
	s.month.totals.subtract(s.row)
	s.chunk.edits[s.at], s.month.changed = nil, true
	e.w.sums.Rows--
}

// insert puts a row that is not in the vault into its month.
func (e *editor) insert(r row) error {
	m := r.Date.Month()
	month, err := e.month(m)
	if err != nil {
		return err
	}
	e.w.sums.Rows++
	month.changed = true
	if err := month.totals.add(r); err != nil {
		return err
	}
	return e.put(r, m)
}

// put adds a row to the last chunk of its month that has room.
func (e *editor) put(r row, m core.Month) error {
	p := place{month: m, number: e.months[m].room()}
	_, chunk, err := e.chunk(p)
	if err != nil {
		return err
	}
	chunk.added = append(chunk.added, r)
	e.moved[r.ID] = p
	return nil
}

// room returns the number of the last chunk that is not full, making a new
// chunk if all are. Dead rows take room until their chunk is written anew, or
// every chunk with a few would be.
func (m *openMonth) room() uint32 {
	for _, c := range slices.Backward(m.dir) {
		rows := c.all()
		if open := m.chunks[c.number]; open != nil {
			rows += len(open.added)
		}
		if rows < fullRows {
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

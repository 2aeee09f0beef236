package syncer

import (
	"bankbook/core"
	"bankbook/core/bank"
)

// fold turns the pages of one loop into one consistent batch. An id can be
// added, modified and removed on different pages; the last word wins.
type fold struct {
	ids  []core.TransactionID
	last map[core.TransactionID]verdict
}

// verdict is what the pages so far say of one id.
type verdict struct {
	row     core.Transaction
	added   bool
	removed bool
}

func newFold() *fold { return &fold{last: map[core.TransactionID]verdict{}} }

// page takes up one page: what it adds, then what it modifies, then what it
// removes.
func (f *fold) page(p bank.Page) {
	for _, row := range p.Added {
		f.put(row.ID, verdict{row: row, added: true})
	}
	for _, row := range p.Modified {
		f.put(row.ID, verdict{row: row, added: f.last[row.ID].added})
	}
	for _, id := range p.Removed {
		f.put(id, verdict{removed: true})
	}
}

func (f *fold) put(id core.TransactionID, v verdict) {
	if _, seen := f.last[id]; !seen {
		f.ids = append(f.ids, id)
	}
	f.last[id] = v
}

// rows returns how many ids have been mentioned.
func (f *fold) rows() int { return len(f.ids) }

// into writes the verdicts into a batch, in the order in which the ids were
// first mentioned. Each id is in exactly one of the three lists. One that was
// added and then removed is listed as removed: the vault may know it from
// before.
func (f *fold) into(b *core.SyncBatch) {
	for _, id := range f.ids {
		switch v := f.last[id]; {
		case v.removed:
			b.Removed = append(b.Removed, id)
		case v.added:
			b.Added = append(b.Added, v.row)
		default:
			b.Modified = append(b.Modified, v.row)
		}
	}
}

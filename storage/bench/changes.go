package main

import (
	"bankbook/core"
	"bankbook/core/money"
	"bankbook/storage/vault/vaulttest"
)

// pageRows is a page of Plaid's.
const pageRows = 500

// changes are what is written to every file alike.
type changes struct {
	inserts, edits []core.SyncBatch
	// done counts what each program has been given.
	done map[string]*struct{ inserts, edits int }
	// after is what all rows come to when everything has been written.
	after tally
}

// newChanges makes insert.rounds pages of new rows of the last days, and
// change.rounds batches that change rows all over the five years, half of them
// modified and half removed.
func newChanges(n int) *changes {
	c := &changes{done: map[string]*struct{ inserts, edits int }{}}
	scattered := min(pageRows*change.rounds, n/2/change.rounds*change.rounds)
	c.edits = make([]core.SyncBatch, change.rounds)
	i, picked := 0, 0
	for t := range vaulttest.Transactions(n, seed) {
		c.after.add(t.Amount.Minor)
		if i*scattered/n > picked-1 && picked < scattered { // every n/scattered-th
			c.edit(t, picked)
			picked++
		}
		i++
	}
	for k := range insert.rounds {
		batch := core.SyncBatch{Item: vaulttest.Item, Phase: core.HistoryDone, Added: vaulttest.Rows(pageRows, uint64(1000+k))}
		for _, t := range batch.Added {
			c.after.add(t.Amount.Minor)
		}
		c.inserts = append(c.inserts, batch)
	}
	return c
}

// edit puts a change of a row into one of the batches.
func (c *changes) edit(t core.Transaction, i int) {
	batch := &c.edits[i%len(c.edits)]
	batch.Item, batch.Phase = vaulttest.Item, core.HistoryDone
	c.after.take(t.Amount.Minor)
	if i/len(c.edits)%2 == 0 {
		batch.Removed = append(batch.Removed, t.ID)
		return
	}
	t.Amount, t.Name = money.Of(t.Amount.Minor-1, t.Amount.Currency), t.Name+" POSTED"
	if t.Amount.Minor == 0 {
		t.Amount.Minor = -1
	}
	batch.Modified = append(batch.Modified, t)
	c.after.add(t.Amount.Minor)
}

// take is the opposite of add.
func (t *tally) take(minor int64) {
	t.rows--
	if minor > 0 {
		t.in -= minor
	} else {
		t.out -= minor
	}
}

// nextInsert returns the next page of new rows for a program.
func (c *changes) nextInsert(program string) core.SyncBatch {
	at := c.of(program)
	at.inserts++
	return c.inserts[at.inserts-1]
}

// nextEdit returns the next batch of changed rows for a program.
func (c *changes) nextEdit(program string) core.SyncBatch {
	at := c.of(program)
	at.edits++
	return c.edits[at.edits-1]
}

func (c *changes) of(program string) *struct{ inserts, edits int } {
	if c.done[program] == nil {
		c.done[program] = new(struct{ inserts, edits int })
	}
	return c.done[program]
}

package vault_test

import (
	"fmt"
	"strconv"

	"bankbook/core"
)

// crashRounds is the number of times that a child is killed.
const crashRounds = 25

// crashBatch is the n-th batch of the writer: it adds 20 rows, changes 5 of
// the batch before, one of them into another month, and removes 3 of it. The
// cursor is n.
func crashBatch(n int) core.SyncBatch {
	b := core.SyncBatch{Item: "item-1", Cursor: strconv.Itoa(n), Phase: core.HistoryDone, At: now}
	for i := range 20 {
		b.Added = append(b.Added, crashRow(n, i))
	}
	for i := range 5 {
		r := crashRow(n-1, i)
		r.Date += 31
		r.Name = "Changed"
		b.Modified = append(b.Modified, r)
	}
	for i := range 3 {
		b.Removed = append(b.Removed, crashRow(n-1, 10+i).ID)
	}
	return b
}

func crashRow(n, i int) core.Transaction {
	return tx(fmt.Sprintf("row-%d-%d", n, i), core.NewDate(2026, 1, 1+n%90+i), int64(n*20+i))
}

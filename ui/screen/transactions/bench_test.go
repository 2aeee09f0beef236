package transactions_test

import (
	"fmt"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/ui/run"
	"bankbook/ui/screen/transactions"
)

// million is a source of a million rows in 25 months, not yet in its index.
func million(t testing.TB) *source {
	t.Helper()
	var all []core.Transaction
	for month := core.NewMonth(2026, time.November); month > core.NewMonth(2026, time.November)-25; month-- {
		rows := make([]core.Transaction, 40_000)
		for i := range rows {
			rows[i] = tx(fmt.Sprintf("%d-%05d", month, i), month.Last(), int64(-100*i), "Shop at the corner")
			rows[i].Original = "POS 1234 SHOP AT THE CORNER SPRINGFIELD"
		}
		rows[7].Name = "Blue Door Diner"
		all = append(all, rows...)
	}
	return newSource(all...)
}

// BenchmarkSearch searches a million rows for a word that 25 of them contain,
// until they are there to be shown.
func BenchmarkSearch(b *testing.B) {
	queue := run.NewQueue()
	defer queue.Close()
	src := million(b)
	if err := src.index.Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	m := transactions.New(transactions.Deps{Runner: queue, Now: func() time.Time { return now }, Source: src, Index: src})
	m.Load()
	queue.Settle()
	for b.Loop() {
		m.Show(transactions.Filter{Text: "diner"})
		queue.Settle()
		if m.Len() != 25 {
			b.Fatalf("%d rows", m.Len())
		}
	}
}

package transactions_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/core/review/reviewtest"
	"bankbook/ui/run"
	"bankbook/ui/say"
	"bankbook/ui/screen/transactions"
)

var now = time.Date(2026, 11, 18, 9, 43, 0, 0, time.UTC)

// source is a list of transactions in memory, and the index of it.
type source struct {
	reviewtest.Source
	index    *review.Index
	removed  map[core.TransactionID]core.Transaction
	accounts []core.Account
	err      error
}

func newSource(rows ...core.Transaction) *source {
	s := &source{
		removed: map[core.TransactionID]core.Transaction{},
		accounts: []core.Account{
			{ID: "checking", Item: "item", Name: "Checking", Mask: "0000", Type: core.Depository},
			{ID: "card", Item: "item", Name: "Card", Mask: "3333", Type: core.Credit},
		},
	}
	s.Set(nil, []core.Item{{ID: "item", Institution: core.Institution{Name: "First Platypus Bank"}}}, s.accounts)
	s.index = review.New(&s.Source, say.Category)
	s.add(rows...)
	return s
}

// add commits rows; the index does not know of them yet.
func (s *source) add(rows ...core.Transaction) {
	list := make([]reviewtest.Row, 0, len(rows))
	for _, t := range rows {
		list = append(list, reviewtest.Row{Transaction: t, Item: "item"})
	}
	s.Put(list...)
}

// fail makes every reading fail from now on.
func (s *source) fail(err error) {
	s.err = err
	s.Fail(err)
}

func (s *source) Snapshot() *review.Snapshot { return s.index.Snapshot() }

func (s *source) Newest(n int) ([]core.Transaction, error) {
	all := s.All()
	var list []core.Transaction
	for _, r := range all[:min(n, len(all))] {
		list = append(list, r.Transaction)
	}
	return list, s.err
}

func (s *source) Removed(id core.TransactionID) (core.Transaction, bool, error) {
	t, ok := s.removed[id]
	return t, ok, nil
}

func (s *source) Totals() ([]core.Total, error) {
	sums := map[core.Total]core.Total{}
	for _, t := range s.All() {
		key := core.Total{Month: t.Date.Month(), Account: t.Account, Category: t.Category.Primary, Currency: t.Amount.Currency}
		sum, ok := sums[key]
		if !ok {
			sum = key
		}
		sum.Count++
		sum.In += max(t.Amount.Minor, 0)
		sum.Out += min(t.Amount.Minor, 0)
		sums[key] = sum
	}
	return slices.Collect(maps.Values(sums)), s.err
}

// tx makes a transaction of the checking account.
func tx(id string, date core.Date, minor int64, name string) core.Transaction {
	return core.Transaction{
		ID: core.TransactionID(id), Account: "checking", Date: date, Amount: money.Of(minor, money.USD), Name: name,
		Category: core.Category{Primary: "FOOD_AND_DRINK"},
	}
}

// history makes rows for as many months back from November 2026.
func history(months, perMonth int) []core.Transaction {
	var rows []core.Transaction
	for m := range months {
		first := (core.NewMonth(2026, time.November) - core.Month(m)).First()
		for i := range perMonth {
			rows = append(rows, tx(fmt.Sprintf("t-%02d-%05d", m, i), first.AddDays(27-i*28/perMonth), int64(-70_000-i), fmt.Sprintf("Shop %d", i)))
		}
	}
	return rows
}

// bench is a model on a source, with a runner that the test drives.
type bench struct {
	*transactions.Model
	src    *source
	queue  *run.Queue
	copied []string
	states int
	rows   int
}

func newBench(t *testing.T, src *source) *bench {
	t.Helper()
	b := &bench{src: src, queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	b.Model = transactions.New(transactions.Deps{
		Runner: b.queue, Now: func() time.Time { return now }, Source: src, Index: src,
		Navigate:    transactions.Navigate{Link: func() {}, Banks: func() {}},
		CopyDetails: func(error) {},
		Copy:        func(text, _ string) { b.copied = append(b.copied, text) },
	})
	b.OnChange(transactions.Changes{State: func() { b.states++ }, Rows: func() { b.rows++ }})
	return b
}

// loaded is a bench whose first reading is done and whose index is there.
func loaded(t *testing.T, src *source) *bench {
	t.Helper()
	if err := src.index.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, src)
	b.Load()
	b.queue.Settle()
	if !b.State().Ready {
		t.Fatalf("not ready: %v", b.State().Err)
	}
	return b
}

// refresh brings the index up to date and says so.
func (b *bench) refresh(t *testing.T) {
	t.Helper()
	err := b.src.index.Refresh(t.Context())
	b.Handle(event.IndexChanged{Err: err})
	b.queue.Settle()
}

// ids returns the ids of the rows from n on, reading what is not there.
func (b *bench) ids(from, count int) []string {
	for n := from; n < from+count && n < b.Len(); n++ {
		b.Row(n)
		b.queue.Settle()
	}
	var ids []string
	for n := from; n < from+count && n < b.Len(); n++ {
		t, ok := b.Row(n)
		if !ok {
			ids = append(ids, "loading")
			continue
		}
		ids = append(ids, string(t.ID))
	}
	return ids
}

var errBroken = errors.New("broken")

package transactions_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/ui/run"
	"bankbook/ui/screen/transactions"
)

var now = time.Date(2026, 11, 18, 9, 43, 0, 0, time.UTC)

// source is a list of transactions in memory that counts what is read of it.
type source struct {
	mu       sync.Mutex
	rows     map[core.Month][]core.Transaction
	removed  map[core.TransactionID]core.Transaction
	accounts []core.Account
	read     map[core.Month]int
	gate     chan struct{}
	err      error
}

func newSource(rows ...core.Transaction) *source {
	s := &source{
		rows:    map[core.Month][]core.Transaction{},
		removed: map[core.TransactionID]core.Transaction{},
		read:    map[core.Month]int{},
		accounts: []core.Account{
			{ID: "checking", Item: "item", Name: "Checking", Mask: "0000", Type: core.Depository},
			{ID: "card", Item: "item", Name: "Card", Mask: "3333", Type: core.Credit},
		},
	}
	s.add(rows...)
	return s
}

func (s *source) add(rows ...core.Transaction) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range rows {
		m := t.Date.Month()
		s.rows[m] = append(s.rows[m], t)
		slices.SortFunc(s.rows[m], func(a, b core.Transaction) int {
			if a.Newer(b) {
				return -1
			}
			return 1
		})
	}
}

func (s *source) Months() ([]core.MonthCount, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []core.MonthCount
	for m, rows := range s.rows {
		list = append(list, core.MonthCount{Month: m, Rows: len(rows)})
	}
	slices.SortFunc(list, func(a, b core.MonthCount) int { return int(b.Month - a.Month) })
	return list, s.err
}

func (s *source) Month(m core.Month) ([]core.Transaction, error) {
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read[m]++
	return slices.Clone(s.rows[m]), s.err
}

func (s *source) Removed(id core.TransactionID) (core.Transaction, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.removed[id]
	return t, ok, nil
}

func (s *source) Items() ([]core.Item, error) {
	return []core.Item{{ID: "item", Institution: core.Institution{Name: "First Platypus Bank"}}}, nil
}

func (s *source) Accounts() ([]core.Account, error) { return s.accounts, nil }

func (s *source) Totals() ([]core.Total, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []core.Total
	for m, rows := range s.rows {
		for _, t := range rows {
			list = append(list, core.Total{
				Month: m, Account: t.Account, Category: t.Category.Primary, Currency: t.Amount.Currency,
				Count: 1, In: max(t.Amount.Minor, 0), Out: min(t.Amount.Minor, 0),
			})
		}
	}
	return list, nil
}

func (s *source) reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, r := range s.read {
		n += r
	}
	return n
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
		Runner: b.queue, Now: func() time.Time { return now }, Source: src,
		Navigate:    transactions.Navigate{Link: func() {}, Banks: func() {}},
		CopyDetails: func(error) {},
		Copy:        func(text, _ string) { b.copied = append(b.copied, text) },
	})
	b.OnChange(transactions.Changes{State: func() { b.states++ }, Rows: func() { b.rows++ }})
	return b
}

// loaded is a bench whose first reading is done.
func loaded(t *testing.T, src *source) *bench {
	t.Helper()
	b := newBench(t, src)
	b.Load()
	b.queue.Settle()
	if !b.State().Ready {
		t.Fatalf("not ready: %v", b.State().Err)
	}
	return b
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

package vault_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/review"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

// found reads all rows that a query asks for.
func found(t interface{ Fatal(args ...any) }, v *vault.Vault, s *review.Snapshot, q review.Query) []core.Transaction {
	list := []core.Transaction{}
	for row, err := range s.Find(q, core.DateOf(now)).Each(v) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, row)
	}
	return list
}

// After any commits the refreshed index shows what the vault holds, as one that
// is built anew does, and reads again no month that has not changed.
func TestIndexFollowsTheVault(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		v := newHome(t).open(t)
		for _, id := range []core.ItemID{"item-1", "item-2"} {
			must(t, v.PutItem(item(id)))
		}
		m := newModel()
		src := &counting{Vault: v}
		x := review.New(src, nil)
		must(t, x.Refresh(t.Context()))
		before := months(t, v)
		for step := range rapid.IntRange(1, 6).Draw(rt, "steps") {
			switch rapid.IntRange(0, 7).Draw(rt, "step") {
			case 0:
				must(t, v.RemoveItem("item-1"))
				m.removeItem("item-1")
				must(t, v.PutItem(item("item-1")))
			case 1:
				must(t, v.PutAccounts("item-2", []core.Account{{ID: "acc-1", Item: "item-2", Name: "Renamed"}}))
			default:
				batch := drawBatch(rt, step)
				get[core.SyncCount](t)(v.ApplySync(batch))
				m.apply(batch)
			}
			if rapid.Bool().Draw(rt, "later") {
				continue // one refresh answers for several commits
			}
			src.scanned = nil
			must(t, x.Refresh(t.Context()))
			now := months(t, v)
			for _, month := range src.scanned {
				if before[month] == now[month] {
					rt.Fatalf("%s was read again", month)
				}
			}
			before = now
			compareIndex(rt, v, x, m)
		}
		must(t, x.Refresh(t.Context()))
		compareIndex(rt, v, x, m)
		must(t, v.Close())
	})
}

func months(t testing.TB, v *vault.Vault) map[core.Month]uint64 {
	t.Helper()
	at := map[core.Month]uint64{}
	for _, s := range get[[]review.Stamp](t)(v.Stamps()) {
		at[s.Month] = s.Stamp
	}
	return at
}

// counting notes which months are scanned.
type counting struct {
	*vault.Vault
	mu      sync.Mutex
	scanned []core.Month
}

func (c *counting) Scan(m core.Month, fn func(*review.Chunk) bool) (uint64, error) {
	c.mu.Lock()
	c.scanned = append(c.scanned, m)
	c.mu.Unlock()
	return c.Vault.Scan(m, fn)
}

func compareIndex(t *rapid.T, v *vault.Vault, x *review.Index, m *model) {
	anew := review.New(v, nil)
	if err := anew.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := m.all()
	for _, q := range []review.Query{
		{},
		{Banks: review.Set[core.ItemID]{In: []core.ItemID{"item-1"}}},
		{Status: review.Pending, Words: []review.Word{{Text: "merchant 1"}}},
		{Accounts: review.Set[core.AccountID]{Not: []core.AccountID{"acc-1"}}, Dates: review.Dates{From: core.NewDate(2026, time.February, 10)}},
	} {
		want := []core.Transaction{}
		for _, row := range all {
			if matchesModel(row, m.rows[row.ID].item, q) {
				want = append(want, row)
			}
		}
		for what, s := range map[string]*review.Snapshot{"refreshed": x.Snapshot(), "built anew": anew.Snapshot()} {
			if got := found(t, v, s, q); !slices.Equal(got, want) {
				t.Fatalf("%s, %q: %d rows %.1000v\nwant %d %.1000v", what, q, len(got), got, len(want), want)
			}
		}
		newest, err := review.First(v, q, core.DateOf(now), 40, nil)
		if err != nil || !slices.Equal(newest, want[:min(40, len(want))]) {
			t.Fatalf("the newest of %q: %v, %v", q, newest, err)
		}
	}
}

// matchesModel is whether a row is asked for by one of the queries above.
func matchesModel(row core.Transaction, item core.ItemID, q review.Query) bool {
	switch {
	case len(q.Banks.In) > 0:
		return item == "item-1"
	case q.Status == review.Pending:
		return row.Pending && row.Merchant == "Merchant 1"
	case len(q.Accounts.Not) > 0:
		return row.Account != "acc-1" && row.Date >= q.Dates.From
	}
	return true
}

func TestRowsThatHaveMovedAreNotGiven(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	day := core.NewDate(2026, time.March, 1)
	apply := func(rows ...core.Transaction) {
		get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Added: rows, At: now}))
	}
	apply(tx("b", day, 1), tx("c", day, 2))
	x := review.New(v, nil)
	must(t, x.Refresh(t.Context()))
	old := x.Snapshot().Find(review.Query{}, day)
	apply(tx("other", day.AddDays(40), 3))
	if rows := get[[]core.Transaction](t)(v.Rows(old.Refs(0, 2))); rows[1].ID != "c" {
		t.Errorf("another month's commit moved rows: %v", rows)
	}
	apply(tx("a", day, 3))
	if _, err := v.Rows(old.Refs(0, 2)); !errors.Is(err, review.ErrMoved) {
		t.Errorf("rows of an old snapshot: %v", err)
	}
	for name, ref := range map[string]review.Ref{
		"no such month": {Month: 7}, "no such chunk": {Month: day.Month(), Chunk: 9}, "row below zero": func() review.Ref {
			must(t, x.Refresh(t.Context()))
			r := x.Snapshot().Find(review.Query{Words: []review.Word{{Text: "name of a"}}}, day).Refs(0, 1)[0]
			r.Index = -1
			return r
		}(),
	} {
		if _, err := v.Rows([]review.Ref{ref}); !errors.Is(err, review.ErrMoved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	moved := false
	_, err := v.Scan(day.Month(), func(*review.Chunk) bool {
		if !moved {
			moved = true
			apply(tx("d", day, 3))
		}
		return true
	})
	if !errors.Is(err, review.ErrMoved) {
		t.Errorf("scan of a month that changes: %v", err)
	}
}

// Readers see whole commits while syncs go on: a row is there with its twin or
// not at all, also where the two lie in different months.
func TestIndexWhileSyncing(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	bus := &event.Bus{}
	x := review.New(v, nil)
	told := make(chan error, 100)
	bus.Subscribe(func(e event.Event) {
		if changed, ok := e.(event.IndexChanged); ok {
			told <- changed.Err
		}
	})
	f := review.Follow(t.Context(), x, bus)
	defer f.Close()
	must(t, <-told)

	const commits = 60
	day := core.NewDate(2026, time.March, 1)
	var all sync.WaitGroup
	done := make(chan struct{})
	all.Go(func() {
		defer close(done)
		for i := range commits {
			id := string(rune('A' + i))
			batch := core.SyncBatch{Item: "item-1", Added: []core.Transaction{tx(id+"-1", day.AddDays(i%50), 100), tx(id+"-2", day.AddDays(-i%70), -100)}, At: now}
			if _, err := v.ApplySync(batch); err != nil {
				t.Error(err)
			}
			bus.Publish(event.TransactionsChanged{Item: "item-1"})
		}
	})
	for range 2 {
		all.Go(func() {
			for {
				s := x.Snapshot()
				sums := s.Find(review.Query{}, day).Sums()
				if len(sums) == 1 && sums[0].Net().Amount.Minor != 0 {
					t.Errorf("half a commit: %+v", sums)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	all.Wait()
	for x.Snapshot().Rows() < 2*commits {
		must(t, <-told)
	}
}

func TestIndexPassesFaultsOnAndKeepsWhatItHas(t *testing.T) {
	v := newHome(t).open(t)
	must(t, vaulttest.Fill(v, 500, 3))
	x := review.New(v, nil)
	must(t, x.Refresh(t.Context()))
	must(t, v.Close())
	wantKind(t, x.Refresh(t.Context()), fault.Canceled)
	if x.Snapshot().Rows() != 500 {
		t.Errorf("%d rows", x.Snapshot().Rows())
	}
	x.Drop()
	if x.Snapshot() != nil {
		t.Error("dropped and still there")
	}
}

package vault_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/storage/vault"
)

// model is the vault as a few maps.
type model struct {
	rows map[core.TransactionID]owned
	gone map[core.TransactionID]owned
}

type owned struct {
	core.Transaction
	item core.ItemID
}

func newModel() *model {
	return &model{rows: map[core.TransactionID]owned{}, gone: map[core.TransactionID]owned{}}
}

func (m *model) apply(b core.SyncBatch) core.SyncCount {
	before := maps.Clone(m.rows)
	named := map[core.TransactionID]bool{}
	for _, t := range slices.Concat(b.Added, b.Modified) {
		m.rows[t.ID] = owned{t, b.Item}
		delete(m.gone, t.ID)
		named[t.ID] = true
	}
	remove := func(id core.TransactionID) {
		if r, ok := m.rows[id]; ok {
			m.gone[id] = r
			delete(m.rows, id)
		}
	}
	for _, id := range b.Removed {
		remove(id)
	}
	if b.Full {
		for id, r := range before {
			if r.item == b.Item && !named[id] {
				remove(id)
			}
		}
	}
	return difference(before, m.rows)
}

func difference(before, after map[core.TransactionID]owned) (n core.SyncCount) {
	for id, r := range after {
		old, known := before[id]
		switch {
		case !known:
			n.Added++
		case old != r:
			n.Modified++
		}
	}
	for id := range before {
		if _, left := after[id]; !left {
			n.Removed++
		}
	}
	return n
}

func (m *model) removeItem(item core.ItemID) {
	of := func(_ core.TransactionID, r owned) bool { return r.item == item }
	maps.DeleteFunc(m.rows, of)
	maps.DeleteFunc(m.gone, of)
}

func (m *model) month(month core.Month) []core.Transaction {
	list := []core.Transaction{}
	for _, r := range m.rows {
		if r.Date.Month() == month {
			list = append(list, r.Transaction)
		}
	}
	byNewer(list)
	return list
}

func (m *model) all() []core.Transaction {
	list := []core.Transaction{}
	for _, r := range m.rows {
		list = append(list, r.Transaction)
	}
	byNewer(list)
	return list
}

func (m *model) months() []core.MonthCount {
	count := map[core.Month]int{}
	for _, r := range m.rows {
		count[r.Date.Month()]++
	}
	var list []core.MonthCount
	for _, month := range slices.Backward(slices.Sorted(maps.Keys(count))) {
		list = append(list, core.MonthCount{Month: month, Rows: count[month]})
	}
	return list
}

// totals is keyed by everything but the sums.
func (m *model) totals() map[core.Total]core.Total {
	sums := map[core.Total]core.Total{}
	for _, r := range m.rows {
		key := core.Total{Month: r.Date.Month(), Account: r.Account, Category: r.Category.Primary, Currency: r.Amount.Currency}
		s, ok := sums[key]
		if !ok {
			s = key
		}
		s.Count++
		if r.Amount.Minor > 0 {
			s.In += r.Amount.Minor
		} else {
			s.Out += r.Amount.Minor
		}
		sums[key] = s
	}
	return sums
}

const (
	modelIDs    = 1600
	modelMonths = 3
)

// span draws transactions of consecutive numbers, all of the same version:
// enough of them at a time to fill chunks, few enough decisions to shrink.
func span(t *rapid.T, name string, version int) []core.Transaction {
	from := rapid.IntRange(0, modelIDs-1).Draw(t, name+" from")
	n := rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 3), rapid.IntRange(1, 900)).Draw(t, name+" rows")
	shift := rapid.IntRange(0, modelMonths-1).Draw(t, name+" shift")
	list := make([]core.Transaction, 0, n)
	for i := from; i < min(from+n, modelIDs); i++ {
		list = append(list, modelRow(i, version, shift))
	}
	return list
}

func modelRow(i, version, shift int) core.Transaction {
	// Two thirds of the rows lie in one month, so that it has several chunks.
	month := time.Month(1 + (i%3/2+shift)%modelMonths)
	row := tx(fmt.Sprintf("id-%04d", i), core.NewDate(2026, month, 1+i%28), int64((i%7-3)*100+version%5))
	row.Account = core.AccountID(fmt.Sprintf("acc-%d", i%2))
	row.Category.Primary = []string{"FOOD", "RENT", ""}[i%3]
	row.Merchant = fmt.Sprintf("Merchant %d", version%3)
	row.Pending = version%2 == 0
	row.Authorized = row.Date.AddDays(-i % 4)
	if i%11 == 0 {
		row.Amount.Currency = "EUR"
		row.PendingID = core.TransactionID(fmt.Sprintf("id-%04d", i+1))
	}
	return row
}

func drawBatch(t *rapid.T, version int) core.SyncBatch {
	b := core.SyncBatch{
		Item:  rapid.SampledFrom([]core.ItemID{"item-1", "item-2"}).Draw(t, "item"),
		Added: span(t, "added", version), Modified: span(t, "modified", version+1),
		Full: rapid.IntRange(0, 4).Draw(t, "full") == 0, Cursor: fmt.Sprint(version), Phase: core.HistoryDone, At: now,
	}
	for _, r := range span(t, "removed", version) {
		b.Removed = append(b.Removed, r.ID)
	}
	if len(b.Added) > 0 && rapid.Bool().Draw(t, "twice") {
		again := b.Added[0]
		again.Name = "The last one counts"
		b.Added = append(b.Added, again)
	}
	return b
}

func TestVaultAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHome(t)
		v := h.open(t)
		for _, id := range []core.ItemID{"item-1", "item-2"} {
			must(t, v.PutItem(item(id)))
		}
		m := newModel()
		for step := range rapid.IntRange(1, 8).Draw(rt, "steps") {
			switch rapid.IntRange(0, 11).Draw(rt, "step") {
			case 0:
				must(t, v.RemoveItem("item-1"))
				m.removeItem("item-1")
				must(t, v.PutItem(item("item-1")))
			case 1:
				must(t, v.Close())
				v = h.open(t)
			case 2:
				must(t, v.Rotate(t.Context(), vault.RotateOptions{}))
			case 3:
				must(t, v.RemoveProfile("p-1"))
				for _, id := range []core.ItemID{"item-1", "item-2"} {
					m.removeItem(id)
					must(t, v.PutItem(item(id)))
				}
			default:
				batch := drawBatch(rt, step)
				count, err := v.ApplySync(batch)
				if err != nil {
					rt.Fatal(err)
				}
				if want := m.apply(batch); count != want {
					rt.Fatalf("count %+v, want %+v", count, want)
				}
			}
			n := rapid.IntRange(1, 700).Draw(rt, "newest")
			compareModel(rt, v, m, n)
		}
		must(t, v.Close())
	})
}

func compareModel(t *rapid.T, v *vault.Vault, m *model, n int) {
	equal := func(what string, got, want any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s:\n got %.2000v\nwant %.2000v", what, got, want)
		}
	}
	if err := v.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal("count", v.Count(), len(m.rows), nil)
	months, err := v.Months()
	equal("months", months, m.months(), err)
	for _, mc := range months {
		rows, err := v.Month(mc.Month)
		equal("month", rows, m.month(mc.Month), err)
	}
	all := m.all()
	newest, err := v.Newest(n)
	equal("newest", newest, all[:min(n, len(all))], err)
	each := map[core.TransactionID]core.Transaction{}
	err = v.Each(func(t core.Transaction) error { each[t.ID] = t; return nil })
	equal("each", sortedValues(each), nilIfEmpty(all), err)
	totals := map[core.Total]core.Total{}
	list, err := v.Totals()
	for _, s := range list {
		totals[core.Total{Month: s.Month, Account: s.Account, Category: s.Category, Currency: s.Currency}] = s
	}
	equal("totals", totals, m.totals(), err)
	for i := range modelIDs {
		id := core.TransactionID(fmt.Sprintf("id-%04d", i))
		gone, ok, err := v.Removed(id)
		want, wanted := m.gone[id]
		equal("removed", gone, want.Transaction, err)
		equal("whether removed", ok, wanted, nil)
	}
}

func nilIfEmpty(list []core.Transaction) []core.Transaction {
	if len(list) == 0 {
		return nil
	}
	return list
}

func TestHostileRows(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	day := core.NewDate(2026, time.March, 1)
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Added: []core.Transaction{tx("a", day, 1<<62)}, At: now}))
	long := tx("long", day, 1)
	long.Original = string(make([]byte, 1<<20))
	for name, row := range map[string]core.Transaction{
		"no id": tx("", day, 1), "long text": long, "sum beyond 64 bits": tx("b", day, 1<<62),
	} {
		if _, err := v.ApplySync(core.SyncBatch{Item: "item-1", Added: []core.Transaction{row}, At: now}); err == nil {
			t.Errorf("%s: no error", name)
		}
		must(t, v.Verify(t.Context()))
		if v.Count() != 1 {
			t.Fatalf("%s: %d rows", name, v.Count())
		}
	}
	odd := []core.Transaction{
		{ID: "zero"},
		{ID: "before", Date: -400_000, Amount: money.Of(-1, "")},
		{ID: "late", Date: 1 << 30, Authorized: -(1 << 30)},
		{ID: "nul\x00\xff", Date: day, Name: "\x00\u202e"},
	}
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Added: odd, At: now}))
	must(t, v.Verify(t.Context()))
	got := map[core.TransactionID]core.Transaction{}
	must(t, v.Each(func(t core.Transaction) error { got[t.ID] = t; return nil }))
	for _, want := range odd {
		if got[want.ID] != want {
			t.Errorf("got %+v, want %+v", got[want.ID], want)
		}
	}
	wantEqual(t, "order", idsOf(get[[]core.Transaction](t)(v.Newest(10))), []core.TransactionID{"late", "a", "nul\x00\xff", "zero", "before"})
}

func idsOf(list []core.Transaction) (ids []core.TransactionID) {
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	return ids
}

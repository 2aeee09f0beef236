package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core/sandbox/ledger"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// client is what somebody knows of an Item who has read up to a cursor.
type client struct {
	cursor string
	rows   map[string]Transaction
}

// world is a practice bank with one Item, and clients that know different parts
// of its history.
type world struct {
	t       *rapid.T
	bank    *Server
	now     time.Time
	item    string
	token   string
	clients []*client
}

func newWorld(t *rapid.T) *world {
	w := &world{t: t, now: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)}
	bank, err := New(Config{
		ClientID: "id", Secret: "secret", Seed: rapid.Int64Range(0, 5).Draw(t, "seed"), Now: func() time.Time { return w.now },
		InitialDelay: time.Minute, HistoryDelay: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	life := rapid.SampledFrom([]ledger.Life{ledger.GoodLife, ledger.DynamicLife, ledger.YuppieLife, ledger.NoLife, ledger.ScaleLife(90)}).Draw(t, "life")
	who := &people.Person{Accounts: people.Good().Accounts, Life: life, Entries: someEntries(t, ledger.DayOf(w.now))}
	it := &item{
		Institution: "ins_109508", Seed: bank.cfg.Seed, Products: []string{"transactions"}, Accounts: []string{"checking", "credit", "savings"},
		Days: rapid.IntRange(1, 100).Draw(t, "days"), who: who,
	}
	if life == ledger.NoLife {
		who.Custom = []byte("{}")
	}
	w.bank = bank
	w.change(func(st *state) {
		st.newItem(w.now, it)
		w.item, w.token = it.ID, it.token(st.Key)
	})
	return w
}

func someEntries(t *rapid.T, today ledger.Day) []ledger.Entry {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ledger.Entry {
		day := today + ledger.Day(rapid.IntRange(-40, 10).Draw(t, "transacted"))
		return ledger.Entry{
			Account: "checking", Transacted: day, Posted: day + ledger.Day(rapid.IntRange(0, 40).Draw(t, "posted")),
			Amount: ledger.Money{Minor: rapid.Int64Range(-9999, 9999).Draw(t, "cents"), Currency: "USD"}, Description: "ENTRY",
		}
	}), 0, 5).Draw(t, "entries")
}

func (w *world) change(fn func(*state)) {
	err := w.bank.store.change(func(st *state) error {
		fn(st)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// wait lets time pass: moments, hours or days.
func (w *world) wait(t *rapid.T) {
	unit := rapid.SampledFrom([]time.Duration{time.Microsecond, time.Minute, time.Hour, 6 * time.Hour}).Draw(t, "unit")
	w.now = w.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(t, "steps")) * unit)
}

// refresh asks the bank for news.
func (w *world) refresh(t *rapid.T) {
	if _, err := w.bank.refresh("r", accessRequest{Token: w.token}); err != nil {
		t.Fatal(err)
	}
}

// write writes an entry into the Item, if its user is one who takes them.
func (w *world) write(t *rapid.T) {
	day := func() string {
		return (ledger.DayOf(w.now) - ledger.Day(rapid.IntRange(0, 14).Draw(t, "ago"))).String()
	}
	amount := json.Number(fmt.Sprint(rapid.IntRange(-99, 99).Draw(t, "amount")))
	_, err := w.bank.transactionsCreate("w", writeRequest{w.token, []writtenEntry{{day(), day(), amount, "WRITTEN", nil}}})
	var refused *wire.Error
	if err != nil && !errors.As(err, &refused) {
		t.Fatal(err)
	}
}

// choose shares other accounts.
func (w *world) choose(t *rapid.T) {
	codes := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"checking", "savings", "credit"}), 1, 3, rapid.ID).Draw(t, "accounts")
	w.change(func(st *state) { st.item(w.item).regrant(codes) })
}

// rename gives accounts other ids, whether they are shared or not.
func (w *world) rename(t *rapid.T) {
	codes := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"checking", "savings", "credit"}), 1, 3, rapid.ID).Draw(t, "renamed")
	w.change(func(st *state) {
		it := st.item(w.item)
		it.Renames = codes
		it.rename()
	})
}

// meet adds a client that knows nothing, or as much as another one.
func (w *world) meet(t *rapid.T) {
	c := &client{rows: map[string]Transaction{}}
	if len(w.clients) > 0 && rapid.Bool().Draw(t, "as another") {
		other := w.anyone(t)
		c = &client{other.cursor, maps.Clone(other.rows)}
	}
	w.clients = append(w.clients, c)
}

func (w *world) anyone(t *rapid.T) *client {
	return w.clients[rapid.IntRange(0, len(w.clients)-1).Draw(t, "client")]
}

// catchUp lets a client read to the end, and compares what it has with the truth.
// In between the world moves on now and then, and the client starts over.
func (w *world) catchUp(t *rapid.T) {
	if len(w.clients) == 0 {
		return
	}
	c := w.anyone(t)
	count := rapid.SampledFrom([]int{1, 3, 40, 500}).Draw(t, "count")
	disturbances := rapid.IntRange(0, 2).Draw(t, "disturbances")
	cursor, rows := c.cursor, maps.Clone(c.rows)
	for {
		page, err := w.bank.sync("s", syncRequest{Token: w.token, Cursor: cursor, Count: &count, Options: syncOptions{rowOptionFields: rowOptionFields{Originals: true}}})
		var refused *wire.Error
		switch {
		case errors.As(err, &refused) && refused.Code == "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION":
			cursor, rows = c.cursor, maps.Clone(c.rows)
			continue
		case err != nil:
			t.Fatal(err)
		}
		learn(t, rows, page)
		if cursor = page.Next; !page.More {
			break
		}
		if disturbances > 0 {
			disturbances--
			[]func(*rapid.T){w.wait, w.refresh, w.write, w.rename}[rapid.IntRange(0, 3).Draw(t, "disturbance")](t)
		}
	}
	c.cursor, c.rows = cursor, rows
	w.compare(t, rows)
}

// learn applies a page as a client does.
func learn(t *rapid.T, rows map[string]Transaction, page syncResponse) {
	for _, r := range page.Added {
		if _, known := rows[r.ID]; known {
			t.Fatalf("added what is known: %+v", r)
		}
		rows[r.ID] = r
	}
	for _, r := range page.Modified {
		if old, known := rows[r.ID]; !known || reflect.DeepEqual(old, r) {
			t.Fatalf("modified, but known %v and the same: %+v", known, r)
		}
		rows[r.ID] = r
	}
	for _, r := range page.Removed {
		if _, known := rows[r.ID]; !known {
			t.Fatal("removed what is not known")
		}
		delete(rows, r.ID)
	}
}

func (w *world) compare(t *rapid.T, rows map[string]Transaction) {
	truth, err := w.bank.Truth(w.item)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range truth {
		if !reflect.DeepEqual(rows[r.ID], r) {
			t.Fatalf("the client has\n%+v\nthe bank has\n%+v", rows[r.ID], r)
		}
	}
	if len(rows) != len(truth) {
		t.Fatalf("the client has %d rows, the bank %d", len(rows), len(truth))
	}
	w.list(t, truth)
}

// list compares a page of /transactions/get anywhere with the truth.
func (w *world) list(t *rapid.T, truth []Transaction) {
	if w.bank.phase(w.copy(), w.now) == notReady {
		return
	}
	count, offset := rapid.IntRange(1, 50).Draw(t, "page"), rapid.IntRange(0, max(0, len(truth)-1)).Draw(t, "offset")
	resp, err := w.bank.transactionsGet("g", getRequest{
		Token: w.token, Start: "2000-01-01", End: "2100-01-01",
		Options: getOptions{Count: &count, Offset: offset, rowOptionFields: rowOptionFields{Originals: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Total != len(truth) || len(resp.Transactions) != min(count, len(truth)-offset) {
		t.Fatalf("%d of %d rows, the bank has %d", len(resp.Transactions), resp.Total, len(truth))
	}
	slices.SortStableFunc(truth, func(a, b Transaction) int { return cmp.Compare(b.Date, a.Date) })
	for i, r := range resp.Transactions {
		if r.Date != truth[offset+i].Date {
			t.Fatalf("row %d is of %s, want %s", offset+i, r.Date, truth[offset+i].Date)
		}
	}
}

func (w *world) copy() *item {
	var it item
	w.bank.store.read(func(st *state) { it = st.item(w.item).copy() })
	return &it
}

// Whatever happens, and from whatever cursor a client goes on: in the end it has
// what the bank has.
func TestReplayReachesTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		t.Repeat(map[string]func(*rapid.T){
			"wait": w.wait, "refresh": w.refresh, "write": w.write, "choose": w.choose, "rename": w.rename, "meet": w.meet, "catch up": w.catchUp, "catch up again": w.catchUp,
		})
	})
}

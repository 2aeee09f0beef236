package vault_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/storage/vault"
)

// TestNumbersOfOlderVaults opens a file of format 3, in which accounts told less
// of their numbers.
func TestNumbersOfOlderVaults(t *testing.T) {
	h := unpacked(t, "format3.db.gz", thirdID, thirdKey)
	for range 2 {
		v := h.open(t)
		accounts := get[[]core.Account](t)(v.Accounts())
		want := core.ACHAccount{Status: core.Verified, From: core.ByPlaid, Kind: core.Savings, NumberLast4: "1111"}
		if len(accounts) != 2 || accounts[0].ACH != want || accounts[1].ACH.Exists() {
			t.Fatalf("accounts %+v", accounts)
		}
		if v.Info().Format != vault.Format || v.Count() != 5 {
			t.Errorf("format %d, %d rows", v.Info().Format, v.Count())
		}
		must(t, v.Verify(t.Context()))
		get[core.Activity](t)(v.AddActivity(core.Activity{Action: core.CheckedBank}))
		must(t, v.Close())
	}
}

// TestVerifyReadsOlderVaults reads a file of format 3 wholly without changing it.
func TestVerifyReadsOlderVaults(t *testing.T) {
	h := unpacked(t, "format3.db.gz", thirdID, thirdKey)
	opts := h.options()
	opts.BeforeMigration = func(ctx context.Context, v *vault.Vault) error { return v.Verify(ctx) }
	must(t, get[*vault.Vault](t)(vault.Open(t.Context(), opts)).Close())
}

func TestUpdateAccounts(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{{ID: "a"}, {ID: "b"}}))
	must(t, v.PutItemAndAccounts(item("item-2"), []core.Account{{ID: "c"}}))
	name := func(id core.AccountID, nickname string) func([]core.Account) error {
		return func(all []core.Account) error {
			for i := range all {
				if all[i].ID == id {
					all[i].Choices.Nickname = nickname
				}
			}
			return nil
		}
	}
	must(t, v.UpdateAccounts(name("b", "Bills")))
	must(t, v.PutAccounts("item-1", []core.Account{{ID: "a"}, {ID: "b", Name: "Checking"}}))
	if got := get[[]core.Account](t)(v.AccountsOf("item-1")); got[1].Title() != "Bills" || got[1].Name != "Checking" || got[0].Title() != "" {
		t.Errorf("accounts %+v", got)
	}
	refused := errors.New("refused")
	err := v.UpdateAccounts(func(all []core.Account) error {
		_ = name("c", "lost")(all)
		return refused
	})
	if !errors.Is(err, refused) || get[[]core.Account](t)(v.AccountsOf("item-2"))[0].Title() != "" {
		t.Errorf("a change that was refused is kept: %v", err)
	}
	must(t, v.Verify(t.Context()))
}

func TestUpdateItemLeavesTheCursor(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Cursor: "new", Phase: core.HistoryDone, At: now}))
	got := get[core.Item](t)(v.UpdateItem("item-1", func(i *core.Item) error {
		i.Leaving.Since, i.Sync.Cursor, i.Sync.Replay = now, "old", true
		return nil
	}))
	kept := get[core.Item](t)(v.Item("item-1"))
	wantEqual(t, "item", got, kept)
	if kept.Sync.Cursor != "new" || !kept.Sync.Replay || kept.Leaving.IsZero() {
		t.Errorf("item %+v", kept)
	}
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Full: true, Cursor: "next", Phase: core.HistoryDone, At: now}))
	if after := get[core.Item](t)(v.Item("item-1")); after.Sync.Replay || after.Leaving.IsZero() {
		t.Errorf("after a sync: %+v", after)
	}
	_, err := v.UpdateItem("nobody", func(*core.Item) error { return nil })
	wantKind(t, err, fault.NotFound)
}

func TestStoppedAccountsTakeInNothing(t *testing.T) {
	v := newHome(t).open(t)
	day := core.NewDate(2026, time.May, 4)
	of := func(id core.TransactionID, account core.AccountID, minor int64) core.Transaction {
		row := tx(string(id), day, minor)
		row.Account = account
		return row
	}
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{{ID: "a"}, {ID: "b"}}))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", At: now, Cursor: "1", Added: []core.Transaction{of("a-1", "a", 1), of("a-2", "a", 2), of("b-1", "b", 3)}}))
	must(t, v.UpdateAccounts(func(all []core.Account) error {
		all[0].Choices.Status = core.Stopped
		return nil
	}))
	got := get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{
		Item: "item-1", At: now, Cursor: "2", Added: []core.Transaction{of("a-3", "a", 9), of("b-2", "b", 4)},
		Modified: []core.Transaction{of("a-1", "a", 99), of("b-1", "b", 33)}, Removed: []core.TransactionID{"a-2"},
	}))
	wantEqual(t, "count", got, core.SyncCount{Added: 1, Modified: 1})
	full := get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{
		Item: "item-1", At: now, Cursor: "3", Full: true, Phase: core.HistoryDone, Added: []core.Transaction{of("b-2", "b", 4)},
	}))
	wantEqual(t, "count of a replay", full, core.SyncCount{Removed: 1})
	rows := map[core.TransactionID]int64{}
	for _, r := range get[[]core.Transaction](t)(v.Newest(10)) {
		rows[r.ID] = r.Amount.Minor
	}
	wantEqual(t, "rows", rows, map[core.TransactionID]int64{"a-1": 1, "a-2": 2, "b-2": 4})
	must(t, v.Verify(t.Context()))
}

// What a bank gives no longer is said to be removed, but is not undone by that.
func TestAccountsNoLongerSharedKeepTheirHistory(t *testing.T) {
	v := newHome(t).open(t)
	of := func(id core.TransactionID, account core.AccountID, pending bool) core.Transaction {
		row := tx(string(id), core.NewDate(2026, time.May, 4), 1)
		row.Account, row.Pending = account, pending
		return row
	}
	all := []core.Transaction{of("a-1", "a", false), of("a-2", "a", true), of("b-1", "b", false), of("b-2", "b", false)}
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{{ID: "a"}, {ID: "b"}}))
	sync := func(b core.SyncBatch) core.SyncCount {
		b.Item, b.At, b.Phase = "item-1", now, core.HistoryDone
		return get[core.SyncCount](t)(v.ApplySync(b))
	}
	sync(core.SyncBatch{Added: all, Cursor: "1"})
	must(t, v.PutAccounts("item-1", []core.Account{{ID: "b"}}))
	wantEqual(t, "count", sync(core.SyncBatch{Removed: []core.TransactionID{"a-1", "a-2", "b-1"}, Cursor: "2"}), core.SyncCount{Removed: 2})
	wantEqual(t, "count of a replay", sync(core.SyncBatch{Full: true, Added: all[3:], Cursor: "3"}), core.SyncCount{})
	must(t, v.PutAccounts("item-1", []core.Account{{ID: "a"}, {ID: "b"}}))
	wantEqual(t, "count once shared again", sync(core.SyncBatch{Added: all[:1], Cursor: "4"}), core.SyncCount{})
	wantEqual(t, "count of what is wrong", sync(core.SyncBatch{Removed: []core.TransactionID{"a-1"}, Cursor: "5"}), core.SyncCount{Removed: 1})
	wantEqual(t, "rows", v.Count(), 1)
	must(t, v.Verify(t.Context()))
}

func TestAccountsByHand(t *testing.T) {
	v := newHome(t).open(t)
	cash := core.Item{ID: "hand", Profile: "p", Connection: core.ByHand, LinkedAt: now}
	must(t, v.AddAccount(cash, core.Account{ID: "box", Name: "Cash box"}))
	must(t, v.AddAccount(cash, core.Account{ID: "jar", Name: "Jar"}))
	wantKind(t, v.AddAccount(cash, core.Account{ID: "box"}), fault.Occupied)
	if got := get[[]core.Account](t)(v.AccountsOf("hand")); len(got) != 2 || got[1].Item != "hand" {
		t.Fatalf("accounts %+v", got)
	}
	must(t, v.RemoveAccount("hand", "box"))
	if got := get[[]core.Account](t)(v.AccountsOf("hand")); len(got) != 1 || got[0].ID != "jar" {
		t.Errorf("accounts %+v", got)
	}
	must(t, v.Verify(t.Context()))
	must(t, v.RemoveAccount("hand", "jar"))
	if got := get[[]core.Item](t)(v.Items()); len(got) != 0 {
		t.Errorf("items %+v", got)
	}
	must(t, v.RemoveAccount("hand", "jar"))
	must(t, v.Verify(t.Context()))
}

func TestRemoveAccountTakesAllOfItAndNothingElse(t *testing.T) {
	v := newHome(t).open(t)
	held := func(id core.AccountID) core.Account {
		return core.Account{ID: id, Balance: core.Balance{Current: money.Known(money.Of(5, money.USD)), At: now}}
	}
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{held("a"), held("b")}))
	batch := core.SyncBatch{Item: "item-1", At: now, Cursor: "1"}
	for i, account := range []core.AccountID{"a", "a", "b"} {
		row := tx([]string{"x", "y", "z"}[i], core.NewDate(2026, time.May, 4), 7)
		row.Account = account
		batch.Added = append(batch.Added, row)
	}
	get[core.SyncCount](t)(v.ApplySync(batch))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", At: now, Cursor: "2", Removed: []core.TransactionID{"y"}}))
	must(t, v.RemoveAccount("item-1", "a"))
	if rows := get[[]core.Transaction](t)(v.Newest(9)); len(rows) != 1 || rows[0].ID != "z" || v.Count() != 1 {
		t.Errorf("rows %+v", rows)
	}
	if _, there, err := v.Removed("y"); there || err != nil {
		t.Error("what the bank withdrew is still there", err)
	}
	if days := get[[]core.DayBalance](t)(v.Balances("a", 0)); len(days) != 0 {
		t.Errorf("balances %+v", days)
	}
	if days := get[[]core.DayBalance](t)(v.Balances("b", 0)); len(days) != 1 {
		t.Errorf("balances of the other %+v", days)
	}
	if !v.ShredPending() {
		t.Error("what was removed is not to be shredded")
	}
	must(t, v.Verify(t.Context()))
}

func TestBalancesAreKeptByDay(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	must(t, v.PutItem(item("item-1")))
	at := func(day int, hour int, minor int64) core.Account {
		when := time.Date(2026, time.December, day, hour, 0, 0, 0, time.UTC)
		return core.Account{ID: "a", Balance: core.Balance{Current: money.Known(money.Of(minor, money.USD)), At: when}}
	}
	for _, a := range []core.Account{at(30, 9, 100), at(32, 9, 300), at(30, 18, 150), {ID: "a"}} {
		must(t, v.PutAccounts("item-1", []core.Account{a}))
	}
	usd := func(minor int64) money.Optional { return money.Known(money.Of(minor, money.USD)) }
	want := []core.DayBalance{
		{Day: core.NewDate(2026, time.December, 30), Current: usd(150)},
		{Day: core.NewDate(2027, time.January, 1), Current: usd(300)},
	}
	wantEqual(t, "balances", get[[]core.DayBalance](t)(v.Balances("a", 0)), want)
	wantEqual(t, "later balances", get[[]core.DayBalance](t)(v.Balances("a", core.NewDate(2026, time.December, 31))), want[1:])
	before := v.Commit()
	must(t, v.PutAccounts("item-1", []core.Account{at(32, 9, 300)}))
	must(t, v.Verify(t.Context()))
	must(t, v.Close())
	v = h.open(t)
	wantEqual(t, "balances", get[[]core.DayBalance](t)(v.Balances("a", 0)), want)
	if v.Commit() == before {
		t.Error("nothing was committed")
	}
	must(t, v.RemoveItem("item-1"))
	if days := get[[]core.DayBalance](t)(v.Balances("a", 0)); len(days) != 0 {
		t.Errorf("left of a removed item: %+v", days)
	}
	must(t, v.Verify(t.Context()))
}

func TestActivityIsReadBackwards(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	const n = 600
	for i := range n {
		profile := core.ProfileID("p")
		if i%3 == 0 {
			profile = "q"
		}
		got := get[core.Activity](t)(v.AddActivity(core.Activity{At: now, Action: core.SyncedBank, N: i, Profile: profile}))
		if got.Seq != uint64(i+1) {
			t.Fatalf("entry %d has the number %d", i, got.Seq)
		}
	}
	read := func(before uint64, most int) []int {
		var list []int
		must(t, v.Activity(before, func(a core.Activity) bool {
			list = append(list, a.N)
			return len(list) < most
		}))
		return list
	}
	if all := read(0, n+1); len(all) != n || all[0] != n-1 || all[n-1] != 0 {
		t.Errorf("%d entries, from %d to %d", len(all), all[0], all[len(all)-1])
	}
	wantEqual(t, "a page", read(300, 3), []int{298, 297, 296})
	wantEqual(t, "none before the first", len(read(1, 3)), 0)
	must(t, v.RemoveProfile("q"))
	wantEqual(t, "without a profile", read(0, n+1)[:3], []int{n - 1, n - 2, n - 4})
	wantEqual(t, "before an entry that is gone", read(598, 2), []int{n - 4, n - 5})
	must(t, v.Verify(t.Context()))
	must(t, v.Close())
	v = h.open(t)
	if all := read(0, n+1); len(all) != n-n/3 {
		t.Errorf("%d entries are left", len(all))
	}
}

func TestTransaction(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 1500)
	rows := get[[]core.Transaction](t)(v.Newest(1400))
	for _, want := range []core.Transaction{rows[0], rows[700], rows[1399]} {
		wantEqual(t, "transaction", get[core.Transaction](t)(v.Transaction(want.ID)), want)
	}
	_, err := v.Transaction("nobody")
	wantKind(t, err, fault.NotFound)
}

func TestUpdateBank(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{{ID: "a"}, {ID: "b"}}))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Cursor: "here", Phase: core.HistoryDone, At: now}))
	reopen := func(i *core.Item, accounts []core.Account) error {
		i.Sync.Replay, i.Sync.Cursor, accounts[1].Choices.Nickname = true, "elsewhere", "Bills"
		return nil
	}
	refused := errors.New("refused")
	if err := v.UpdateBank("item-1", func(i *core.Item, a []core.Account) error { return errors.Join(reopen(i, a), refused) }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	if got := get[core.Item](t)(v.Item("item-1")); got.Sync.Replay {
		t.Error("a change that was refused is kept")
	}
	must(t, v.UpdateBank("item-1", reopen))
	got := get[core.Item](t)(v.Item("item-1"))
	if !got.Sync.Replay || got.Sync.Cursor != "here" || get[[]core.Account](t)(v.AccountsOf("item-1"))[1].Title() != "Bills" {
		t.Errorf("item %+v", got)
	}
	if err := v.UpdateBank("nowhere", reopen); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
	must(t, v.Verify(t.Context()))
}

// TestAReplayAskedForDuringASyncIsNotLost: only a sync that began at the beginning
// answers it.
func TestAReplayAskedForDuringASyncIsNotLost(t *testing.T) {
	v := newHome(t).open(t)
	asked := item("item-1")
	asked.Sync.Replay = true
	must(t, v.PutItem(asked))
	for _, full := range []bool{false, true} {
		get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Cursor: "c", Phase: core.HistoryDone, Full: full, At: now}))
		if got := get[core.Item](t)(v.Item("item-1")); got.Sync.Replay == full {
			t.Errorf("full %v: replay %v", full, got.Sync.Replay)
		}
	}
}

func TestBalancesSetByHandAreNoted(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.AddAccount(item("item-1"), core.Account{ID: "a"}))
	must(t, v.UpdateAccounts(func(all []core.Account) error {
		all[0].Balance = core.Balance{Current: money.Known(money.Of(500, money.USD)), At: now}
		return nil
	}))
	days := get[[]core.DayBalance](t)(v.Balances("a", 0))
	if len(days) != 1 || days[0].Day != core.DateOf(now.UTC()) || days[0].Current.Amount.Minor != 500 {
		t.Errorf("days %+v", days)
	}
}

package vault_test

import (
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/storage/vault"
)

// twice fills a vault with a bank that was linked twice: "old" has three rows and a
// balance in January, "new" one row, which stands for the last of old's, and a balance.
func twice(t *testing.T, v *vault.Vault) (core.Continuation, core.ContinuePlan) {
	t.Helper()
	held := func(id core.AccountID, month time.Month, minor int64) core.Account {
		at := time.Date(2026, month, 9, 0, 0, 0, 0, time.UTC)
		return core.Account{ID: id, Balance: core.Balance{Current: money.Known(money.Of(minor, money.USD)), At: at}}
	}
	old, next := item("old"), item("new")
	a := held("a", time.January, 100)
	must(t, v.PutItemAndAccounts(old, []core.Account{a, {ID: "other"}}))
	must(t, v.PutItemAndAccounts(next, []core.Account{held("b", time.March, 300)}))
	must(t, v.UpdateAccounts(func(all []core.Account) error {
		for i := range all {
			if all[i].ID == "a" {
				all[i].Choices = core.AccountChoices{Nickname: "Everyday"}
			}
		}
		return nil
	}))
	row := func(id string, account core.AccountID, month time.Month, minor int64) core.Transaction {
		r := tx(id, core.NewDate(2026, month, 3), minor)
		r.Account = account
		return r
	}
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "old", At: now, Cursor: "1", Phase: core.HistoryDone, Added: []core.Transaction{
		row("o-1", "a", time.January, 1), row("o-2", "a", time.February, 2), row("o-3", "a", time.March, 3), row("x", "other", time.March, 9), row("gone", "a", time.March, 4),
	}}))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "old", At: now, Cursor: "2", Phase: core.HistoryDone, Removed: []core.TransactionID{"gone"}}))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "new", At: now, Cursor: "1", Phase: core.HistoryDone, Added: []core.Transaction{row("n-3", "b", time.March, 3)}}))
	return core.Continuation{
		ID: "c", At: now, From: old, To: "new",
		Pairs: []core.ContinuedPair{{Old: core.Account{ID: "a"}, New: core.Account{ID: "b"}}},
	}, core.ContinuePlan{
		From: "old", To: "new", Accounts: map[core.AccountID]core.AccountID{"a": "b"},
		Moved: []core.TransactionID{"o-1", "o-2"}, Dropped: map[core.TransactionID]core.TransactionID{"o-3": "n-3"},
	}
}

// heldIn lists transactions by account.
func heldIn(t *testing.T, v *vault.Vault) map[core.AccountID][]core.TransactionID {
	t.Helper()
	got := map[core.AccountID][]core.TransactionID{}
	for _, r := range get[[]core.Transaction](t)(v.Newest(100)) {
		got[r.Account] = append(got[r.Account], r.ID)
	}
	for _, list := range got {
		slices.Sort(list)
	}
	return got
}

func TestContinueAndUndo(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	done, plan := twice(t, v)
	before := get[contents](t)(read(v))
	wantEqual(t, "rows of an account", len(get[[]core.Transaction](t)(v.RowsOf("a"))), 3)

	must(t, v.Continue(done, plan))
	must(t, v.Verify(t.Context()))
	want := map[core.AccountID][]core.TransactionID{"b": {"n-3", "o-1", "o-2"}, "other": {"x"}}
	wantEqual(t, "rows", heldIn(t, v), want)
	b := get[[]core.Account](t)(v.AccountsOf("new"))
	if len(b) != 1 || b[0].Title() != "Everyday" || b[0].Choices.Status != core.Open {
		t.Errorf("the new account: %+v", b)
	}
	if left := get[[]core.Account](t)(v.AccountsOf("old")); len(left) != 1 || left[0].ID != "other" {
		t.Errorf("left: %+v", left)
	}
	if days := get[[]core.DayBalance](t)(v.Balances("b", 0)); len(days) != 2 {
		t.Errorf("balances: %+v", days)
	}
	if r, ok, err := v.Removed("gone"); !ok || err != nil || r.Account != "b" {
		t.Errorf("what the bank withdrew: %+v, %v", r, err)
	}

	// A replay of the new bank does not name what was carried over.
	three := tx("n-3", core.NewDate(2026, time.March, 3), 3)
	three.Account = "b"
	got := get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "new", At: now, Full: true, Cursor: "2", Phase: core.HistoryDone, Added: []core.Transaction{three}}))
	wantEqual(t, "a replay changes", got, core.SyncCount{})
	wantEqual(t, "rows after a replay", heldIn(t, v), want)

	must(t, v.Close())
	v = h.open(t)
	list := get[[]core.Continuation](t)(v.Continuations())
	if len(list) != 1 || list[0].ID != "c" || list[0].From.ID != "old" || list[0].Pairs[0].Old.Title() != "Everyday" {
		t.Fatalf("continuations: %+v", list)
	}
	must(t, v.UndoContinue("c"))
	must(t, v.Verify(t.Context()))
	after := get[contents](t)(read(v))
	wantEqual(t, "rows after undoing", after.Rows, before.Rows)
	wantEqual(t, "totals after undoing", after.Totals, before.Totals)
	byID := func(x, y core.Account) int { return cmpID(x.ID, y.ID) }
	slices.SortFunc(after.Accounts, byID)
	slices.SortFunc(before.Accounts, byID)
	wantEqual(t, "accounts after undoing", after.Accounts, before.Accounts)
	if days := get[[]core.DayBalance](t)(v.Balances("a", 0)); len(days) != 1 || len(get[[]core.DayBalance](t)(v.Balances("b", 0))) != 1 {
		t.Errorf("balances: %+v", days)
	}
	wantKind(t, v.UndoContinue("c"), fault.NotFound)
}

func cmpID(a, b core.AccountID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// An account that came back under another id goes on within its bank, which stays.
func TestContinueWithinABank(t *testing.T) {
	v := newHome(t).open(t)
	one := item("one")
	must(t, v.PutItemAndAccounts(one, []core.Account{{ID: "a"}, {ID: "stays"}}))
	must(t, v.UpdateAccounts(func(all []core.Account) error {
		all[0].Choices = core.AccountChoices{Nickname: "Everyday", Status: core.Open}
		return nil
	}))
	must(t, v.PutItemAndAccounts(one, []core.Account{{ID: "b"}, {ID: "stays"}}))
	row := func(id string, account core.AccountID, day int) core.Transaction {
		r := tx(id, core.NewDate(2026, time.March, day), int64(day))
		r.Account = account
		return r
	}
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "one", At: now, Cursor: "1", Phase: core.HistoryDone, Added: []core.Transaction{
		row("a-1", "a", 1), row("a-2", "a", 2), row("b-2", "b", 2), row("s", "stays", 3),
	}}))
	before := get[contents](t)(read(v))
	must(t, v.Continue(core.Continuation{
		ID: "c", At: now, From: one, To: "one", Pairs: []core.ContinuedPair{{Old: core.Account{ID: "a"}, New: core.Account{ID: "b"}}},
	}, core.ContinuePlan{
		From: "one", To: "one", Accounts: map[core.AccountID]core.AccountID{"a": "b"},
		Moved: []core.TransactionID{"a-1"}, Dropped: map[core.TransactionID]core.TransactionID{"a-2": "b-2"},
	}))
	must(t, v.Verify(t.Context()))
	wantEqual(t, "rows", heldIn(t, v), map[core.AccountID][]core.TransactionID{"b": {"a-1", "b-2"}, "stays": {"s"}})
	if left := get[[]core.Account](t)(v.AccountsOf("one")); len(left) != 2 || left[0].ID != "b" || left[0].Title() != "Everyday" || left[1].ID != "stays" {
		t.Errorf("accounts: %+v", left)
	}
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "one", At: now, Cursor: "2", Phase: core.HistoryDone}))
	must(t, v.UndoContinue("c"))
	must(t, v.Verify(t.Context()))
	after := get[contents](t)(read(v))
	wantEqual(t, "rows after undoing", after.Rows, before.Rows)
	wantEqual(t, "accounts after undoing", after.Accounts, before.Accounts)
	if kept := get[core.Item](t)(v.Item("one")); kept.Sync.Cursor != "2" {
		t.Errorf("the bank is where it was: %+v", kept.Sync)
	}
}

func TestContinueAllRemovesTheEarlierBank(t *testing.T) {
	v := newHome(t).open(t)
	done, plan := twice(t, v)
	must(t, v.RemoveAccount("old", "other"))
	must(t, v.Continue(done, plan))
	if _, err := v.Item("old"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the earlier bank: %v", err)
	}
	must(t, v.Verify(t.Context()))
	must(t, v.UndoContinue("c"))
	must(t, v.Verify(t.Context()))
	wantEqual(t, "rows", heldIn(t, v), map[core.AccountID][]core.TransactionID{"a": {"o-1", "o-2", "o-3"}, "b": {"n-3"}})
	must(t, v.Continue(done, plan))
	must(t, v.RemoveItem("new"))
	if rows := heldIn(t, v); len(rows) != 0 {
		t.Errorf("left of the later bank: %v", rows)
	}
	if list := get[[]core.Continuation](t)(v.Continuations()); len(list) != 0 {
		t.Errorf("what can no longer be undone: %+v", list)
	}
	must(t, v.Verify(t.Context()))
}

func TestAPlanThatDoesNotFitChangesNothing(t *testing.T) {
	v := newHome(t).open(t)
	done, plan := twice(t, v)
	before := heldIn(t, v)
	for name, spoil := range map[string]func(*core.Continuation, *core.ContinuePlan){
		"no such row":     func(_ *core.Continuation, p *core.ContinuePlan) { p.Moved = append(slices.Clone(p.Moved), "nobody") },
		"another account": func(_ *core.Continuation, p *core.ContinuePlan) { p.Moved = append(slices.Clone(p.Moved), "x") },
		"no such bank":    func(_ *core.Continuation, p *core.ContinuePlan) { p.To = "nobody" },
		"no such account": func(c *core.Continuation, _ *core.ContinuePlan) {
			c.Pairs = []core.ContinuedPair{{Old: core.Account{ID: "a"}, New: core.Account{ID: "nobody"}}}
		},
	} {
		c, p := done, plan
		spoil(&c, &p)
		wantKind(t, v.Continue(c, p), fault.NotFound, fault.Invalid)
		wantEqual(t, name, heldIn(t, v), before)
	}
	must(t, v.Verify(t.Context()))
}

func TestRotateKeepsWhatCanBeUndone(t *testing.T) {
	v := newHome(t).open(t)
	done, plan := twice(t, v)
	must(t, v.Continue(done, plan))
	must(t, v.Rotate(t.Context(), vault.RotateOptions{}))
	must(t, v.Verify(t.Context()))
	must(t, v.UndoContinue("c"))
	must(t, v.Verify(t.Context()))
}

package vault_test

import (
	"context"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/secret"
)

func fullItem() core.Item {
	i := item("item-1")
	i.ConsentEnds = now.AddDate(1, 0, 0)
	i.Sync = core.SyncState{
		Cursor: "cursor-1", Phase: core.InitialDone, LastSuccess: now, LastTry: now.Add(time.Hour),
		Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "req-1"},
	}
	return i
}

func fullAccount(id core.AccountID) core.Account {
	return core.Account{
		ID: id, Item: "item-1", Name: "Checking", OfficialName: "Gold Checking", Mask: "0000", Type: core.Depository,
		Subtype: "checking", PersistentID: "persistent", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "1111"},
		Balance: core.Balance{Current: money.Known(money.Of(12_345, "EUR")), Limit: money.Known(money.Of(0, "EUR")), At: now},
	}
}

func fullSession() link.Session {
	return link.Session{
		ID: "link-1", Purpose: link.Repair, Stage: link.Deciding, Created: now, Updated: now.Add(time.Minute),
		Options: link.Options{Profile: "p-1", Kinds: []core.AccountType{core.Credit}, HistoryDays: 90, Numbers: true},
		Token:   secret.New("link-practice-token"), URL: "https://hosted.example/abc", Expires: now.Add(time.Hour),
		Found: []link.Candidate{{
			Public: secret.New("public-practice-token"), Institution: core.Institution{ID: "ins_1", Name: "Tartan Bank"},
			Accounts: []bank.LinkAccount{{ID: "acc-1", Name: "Checking", Mask: "0000", Type: core.Depository, Subtype: "checking"}},
			FoundAt:  now, Twins: []core.AccountID{"acc-9"}, Decided: link.Second,
		}, {Public: secret.New("public-2")}},
		Next: 1, Repairs: "item-1", Items: []core.ItemID{"item-2"}, NoBrowser: true,
		Exit:    bank.LinkExit{Status: "requires_credentials", Code: "X", RequestID: "req-2"},
		Trouble: core.Trouble{Kind: fault.Network},
	}
}

func TestRecordsComeBackAsTheyWerePut(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	profile := core.Profile{ID: "p-1", Name: "Ada", Kind: core.Business}
	must(t, v.PutProfile(profile))
	must(t, v.PutItemAndAccounts(fullItem(), []core.Account{fullAccount("acc-b"), fullAccount("acc-a")}))
	must(t, v.PutSession(fullSession()))
	must(t, v.PutSetting("profile", "p-1"))

	for range 2 {
		wantEqual(t, "profiles", get[[]core.Profile](t)(v.Profiles()), []core.Profile{profile})
		wantEqual(t, "item", get[core.Item](t)(v.Item("item-1")), fullItem())
		wantEqual(t, "items", get[[]core.Item](t)(v.Items()), []core.Item{fullItem()})
		accounts := []core.Account{fullAccount("acc-b"), fullAccount("acc-a")}
		wantEqual(t, "accounts", get[[]core.Account](t)(v.Accounts()), accounts)
		wantEqual(t, "accounts of the item", get[[]core.Account](t)(v.AccountsOf("item-1")), accounts)
		wantEqual(t, "session", get[link.Session](t)(v.Session("link-1")), fullSession())
		wantEqual(t, "sessions", get[[]link.Session](t)(v.Sessions()), []link.Session{fullSession()})
		if value, ok, err := v.Setting("profile"); value != "p-1" || !ok || err != nil {
			t.Errorf("setting: %q, %v, %v", value, ok, err)
		}
		must(t, v.Verify(t.Context()))
		must(t, v.Close())
		v = h.open(t)
	}
}

func TestAbsentRecords(t *testing.T) {
	v := newHome(t).open(t)
	_, err := v.Item("nobody")
	wantKind(t, err, fault.NotFound)
	_, err = v.Session("nobody")
	wantKind(t, err, fault.NotFound)
	wantKind(t, v.PutAccounts("nobody", nil), fault.NotFound)
	wantKind(t, v.RecordTry("nobody", now, core.Trouble{}, core.Connected), fault.NotFound)
	_, err = v.ApplySync(core.SyncBatch{Item: "nobody", Added: []core.Transaction{tx("a", 700_000, 1)}})
	wantKind(t, err, fault.NotFound)
	if v.Count() != 0 {
		t.Error("rows of an unknown item were kept")
	}
	must(t, v.RemoveItem("nobody"))
	must(t, v.DeleteSession("nobody"))
	if _, ok, err := v.Setting("none"); ok || err != nil {
		t.Errorf("setting that was never put: %v, %v", ok, err)
	}
	if _, ok, err := v.Removed("none"); ok || err != nil {
		t.Errorf("transaction that never was: %v, %v", ok, err)
	}
	if list := get[[]core.Account](t)(v.AccountsOf("nobody")); list != nil {
		t.Errorf("accounts of nobody: %v", list)
	}
	if list := get[[]core.Transaction](t)(v.Newest(50)); len(list) != 0 {
		t.Errorf("newest of an empty vault: %v", list)
	}
}

func TestPutItemLeavesTheCursor(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Cursor: "new", Phase: core.HistoryDone, At: now}))
	stale := item("item-1")
	stale.Sync.Cursor = "old"
	stale.HistoryDays = 30
	must(t, v.PutItem(stale))
	got := get[core.Item](t)(v.Item("item-1"))
	want := stale
	want.Sync = core.SyncState{Cursor: "new", Phase: core.HistoryDone, LastSuccess: now}
	wantEqual(t, "item", got, want)
}

func TestSyncSettlesTheItem(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	trouble := core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED"}
	must(t, v.RecordTry("item-1", now, trouble, core.SignInNeeded))
	got := get[core.Item](t)(v.Item("item-1"))
	if got.Status != core.SignInNeeded || got.Sync.Trouble != trouble || !got.Sync.LastTry.Equal(now) {
		t.Errorf("after a failed try: %+v", got)
	}
	must(t, v.RecordTry("item-1", now, core.Trouble{Kind: fault.Network}, ""))
	if got := get[core.Item](t)(v.Item("item-1")); got.Status != core.SignInNeeded {
		t.Errorf("a try without a status made it %q", got.Status)
	}
	later := now.Add(time.Hour)
	get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: "item-1", Cursor: "c", Phase: core.InitialDone, At: later}))
	want := item("item-1")
	want.Sync = core.SyncState{Cursor: "c", Phase: core.InitialDone, LastSuccess: later, LastTry: later}
	wantEqual(t, "item after a sync", get[core.Item](t)(v.Item("item-1")), want)
}

func TestAccountsThatTheBankNoLongerNamesStay(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{fullAccount("a"), fullAccount("b")}))
	renamed := fullAccount("b")
	renamed.Name = "Renamed"
	must(t, v.PutAccounts("item-1", []core.Account{fullAccount("c"), renamed}))
	gone := fullAccount("a")
	gone.Unshared = true
	wantEqual(t, "accounts", get[[]core.Account](t)(v.AccountsOf("item-1")), []core.Account{fullAccount("c"), renamed, gone})
	must(t, v.Verify(t.Context()))
}

func TestRemoveItemLeavesNothingOfIt(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 3000)
	must(t, v.RemoveItem("made-up-item"))
	must(t, v.Verify(t.Context()))
	c := get[contents](t)(read(v))
	if len(c.Rows) != 1 || c.Count != 1 || len(c.Months) != 1 || len(c.Totals) != 1 || len(c.Accounts) != 1 || len(c.Items) != 1 {
		t.Errorf("left: %+v", c)
	}
	if c.Gone.ID == "" {
		t.Error("the other item's removed transaction is gone")
	}
	must(t, v.RemoveItem("item-2"))
	must(t, v.Verify(t.Context()))
	if _, ok, _ := v.Removed("gone-1"); ok || v.Count() != 0 {
		t.Error("something of the second item is left")
	}
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	v := filled(t, newHome(t), 100)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, v.Verify(ctx), fault.Canceled)
}

func TestClosedVault(t *testing.T) {
	v := filled(t, newHome(t), 100)
	must(t, v.Close())
	must(t, v.Close())
	_, err := v.Items()
	wantKind(t, err, fault.Canceled)
	wantKind(t, v.PutItem(item("x")), fault.Canceled)
	wantKind(t, v.Each(func(core.Transaction) error { return nil }), fault.Canceled)
}

package sandbox_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"testing"
	"time"
)

// byMask returns what the bank says of an Item's accounts, by their masks.
func (b *bench) byMask(access string) map[string]object {
	b.t.Helper()
	list := map[string]object{}
	for _, raw := range b.must("/accounts/get", object{"access_token": access})["accounts"].([]any) {
		list[raw.(object)["mask"].(string)] = raw.(object)
	}
	return list
}

// numbersByMask returns the numbers of an Item's accounts, by their masks.
func (b *bench) numbersByMask(access string) map[string]object {
	b.t.Helper()
	got := b.must("/auth/get", object{"access_token": access})
	list := map[string]object{}
	for _, raw := range got["numbers"].(object)["ach"].([]any) {
		for mask, account := range b.byMask(access) {
			if account["account_id"] == raw.(object)["account_id"] {
				list[mask] = raw.(object)
			}
		}
	}
	return list
}

// sameButForIDs compares what is said of accounts before and after, and returns the
// masks of those that have other ids.
func sameButForIDs(t *testing.T, before, after map[string]object) (renamed []string) {
	t.Helper()
	if len(before) == 0 || len(before) != len(after) {
		t.Fatalf("%d before, %d after", len(before), len(after))
	}
	for mask, was := range before {
		is := maps.Clone(after[mask])
		if is["account_id"] != was["account_id"] {
			renamed = append(renamed, mask)
		}
		is["account_id"] = was["account_id"]
		one, _ := json.Marshal(was)
		two, _ := json.Marshal(is)
		if string(one) != string(two) {
			t.Errorf("%s was %s and is %s", mask, one, two)
		}
	}
	return slices.Sorted(slices.Values(renamed))
}

// TestAccountsComeBackUnderOtherIDs renames one account of three, at a bank whose
// accounts have lasting ids and numbers of the Item alone.
func TestAccountsComeBackUnderOtherIDs(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(object{"products": []string{"transactions", "auth"}, "optional_products": nil})
	oauthLink(t, address, "checking", "savings", "credit")
	access := b.exchanged(token)
	itemID := b.must("/item/get", object{"access_token": access})["item"].(object)["item_id"].(string)
	rows := map[string]object{}
	cursor := b.replay(access, "", 500, rows)
	accounts, numbers := b.byMask(access), b.numbersByMask(access)
	checking := accounts["0000"]["account_id"].(string)
	if accounts["0000"]["persistent_account_id"] == nil || len(numbers) != 2 {
		t.Fatalf("accounts %v, numbers %v", accounts, numbers)
	}
	half := b.must("/transactions/sync", object{"access_token": access, "count": 5})["next_cursor"]

	named := b.control("/practice/accounts/rename", object{"item_id": itemID, "account_ids": []string{checking}})["account_ids"].([]any)
	if len(named) != 1 || named[0] != checking {
		t.Errorf("named %v", named)
	}
	if same := sameButForIDs(t, accounts, b.byMask(access)); same != nil {
		t.Errorf("renamed %v before anybody was on the page", same)
	}
	b.restart()
	b.signInAgain(access)
	if got := sameButForIDs(t, accounts, b.byMask(access)); !slices.Equal(got, []string{"0000"}) {
		t.Errorf("renamed %v", got)
	}
	if got := sameButForIDs(t, numbers, b.numbersByMask(access)); !slices.Equal(got, []string{"0000"}) {
		t.Errorf("numbers of other ids: %v", got)
	}
	b.wants("/transactions/sync", object{"access_token": access, "cursor": half}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")

	again := b.byMask(access)["0000"]["account_id"].(string)
	old := map[string]object{}
	maps.Copy(old, rows)
	cursor = b.replay(access, cursor, 7, rows)
	b.compare("after the renaming", itemID, rows)
	b.wantHandedOver(old, rows, checking, again)
	b.restart()
	b.signInAgain(access)
	if got := b.byMask(access)["0000"]["account_id"]; got != again {
		t.Error("renamed twice")
	}
	if next := b.replay(access, cursor, 500, rows); next != cursor {
		b.compare("after a second visit", itemID, rows)
	}
}

// wantHandedOver sees that every row of an account is there again under another id,
// with nothing else of it changed, and all other rows as they were.
func (b *bench) wantHandedOver(old, rows map[string]object, from, to string) {
	b.t.Helper()
	text := func(r object) string {
		c := maps.Clone(r)
		delete(c, "transaction_id")
		delete(c, "pending_transaction_id")
		if c["account_id"] == from {
			c["account_id"] = to
		}
		raw, _ := json.Marshal(c)
		return string(raw)
	}
	var before, after []string
	moved := 0
	for id, r := range old {
		before = append(before, text(r))
		if _, there := rows[id]; there == (r["account_id"] == from) {
			b.t.Errorf("%s of %v is there: %v", id, r["account_id"], there)
		}
		if r["account_id"] == from {
			moved++
		}
	}
	for _, r := range rows {
		after = append(after, text(r))
		if r["account_id"] == from {
			b.t.Errorf("%v has the old account", r["transaction_id"])
		}
	}
	slices.Sort(before)
	slices.Sort(after)
	if moved == 0 || !slices.Equal(before, after) {
		b.t.Errorf("%d rows before, %d after, %d of the account", len(before), len(after), moved)
	}
}

// oauthLink links a bank that has pages of its own, and shares the accounts.
func oauthLink(t *testing.T, address string, codes ...string) {
	t.Helper()
	br := newBrowser(t).open(address).press("continue", nil).press("bank-ins_127287", nil)
	br.press("to-bank", nil).press("bank-sign-in", good).press("allow", url.Values{"account": codes})
}

// signInAgain is an update without a choice of accounts.
func (b *bench) signInAgain(access string) {
	b.t.Helper()
	_, address := b.newLink(object{"access_token": access})
	newBrowser(b.t).open(address).press("to-bank", nil).press("bank-sign-in", good).press("allow", nil)
}

func TestRenamingThatCannotBe(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 30)
	before := b.byMask(access)
	other, _ := b.instant("ins_109511", 30)
	theirs := b.byMask(other)["0000"]["account_id"]
	b.denied("/practice/accounts/rename", nil, "INVALID_FIELD")
	b.denied("/practice/accounts/rename", object{"item_id": "nobody"}, "INVALID_FIELD")
	b.denied("/practice/accounts/rename", object{"item_id": itemID, "account_ids": []any{before["0000"]["account_id"], theirs}}, "INVALID_ACCOUNT_ID")
	b.must("/item/remove", object{"access_token": other})
	if status, out := b.breakDisk(func() (int, object) { return b.order("/practice/accounts/rename", object{"item_id": itemID}) }); status == 200 {
		t.Errorf("kept where nothing can be kept: %v", out)
	}
	_, address := b.newLink(object{"access_token": access})
	newBrowser(t).open(address).press("sign-in", good)
	if got := sameButForIDs(t, before, b.byMask(access)); got != nil {
		t.Errorf("renamed %v", got)
	}
}

// What was arranged for an account goes on when it has another id.
func TestTransfersOfARenamedAccountGoOn(t *testing.T) {
	m := newMover(t)
	m.must("/transfer/recurring/create", m.weekly(object{"schedule": object{
		"interval_unit": "week", "interval_count": 1, "interval_execution_day": 1, "start_date": "2026-11-22",
	}}))
	m.control("/practice/accounts/rename", object{"item_id": m.item})
	_, address := m.newLink(object{"access_token": m.access})
	newBrowser(t).open(address).press("sign-in", good)
	m.clock.advance(24 * time.Hour * 3) // past Monday, 23 November
	m.expect("events", m.events(), []string{"pending"})
	m.wants("/transfer/authorization/create", m.proposal(), "INVALID_ACCOUNT_ID")
}

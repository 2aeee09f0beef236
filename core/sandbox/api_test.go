package sandbox_test

import "testing"

func TestInstantLink(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 730)
	if got := b.must("/item/get", object{"access_token": access}); got["item"].(object)["item_id"] != itemID {
		t.Errorf("item: %v", got)
	}
	if got := b.must("/accounts/get", object{"access_token": access}); len(got["accounts"].([]any)) != 12 {
		t.Errorf("accounts: %v", got)
	}
	b.must("/accounts/balance/get", object{"access_token": access})
	b.must("/auth/get", object{"access_token": access})
	rows := map[string]object{}
	b.replay(access, "", 500, rows)
	t.Logf("%d rows", len(rows))
	truth, err := b.bank.Truth(itemID)
	if err != nil || len(truth) != len(rows) {
		t.Errorf("truth has %d rows, client %d: %v", len(truth), len(rows), err)
	}
	b.must("/transactions/refresh", object{"access_token": access})
	b.must("/link/token/create", object{
		"client_name": "Bankbook", "language": "en", "country_codes": []string{"US"}, "user": object{"client_user_id": "u"},
		"products": []string{"transactions"}, "hosted_link": object{},
	})
	b.must("/institutions/search", object{"query": "plat", "country_codes": []string{"US"}, "options": object{"include_optional_metadata": true, "include_auth_metadata": true}})
	b.must("/institutions/get_by_id", object{"institution_id": "ins_109512", "country_codes": []string{"US"}, "options": object{"include_optional_metadata": true, "include_status": true, "include_auth_metadata": true}})
}

package sandbox_test

import (
	"maps"
	"slices"
	"testing"

	"bankbook/core/sandbox/spec"
)

// tour calls endpoints that have to succeed, and notes which.
type tour struct {
	*mover
	called map[string]bool
}

func (t *tour) call(path string, body object) object {
	t.t.Helper()
	t.called[path] = true
	return t.must(path, body)
}

// item returns a request with the Item's token.
func (t *tour) item(change object) object { return with(object{"access_token": t.access}, change) }

// TestEveryEndpointSucceeds calls every endpoint with a request that is right,
// and so checks a good answer of each against Plaid's documents.
func TestEveryEndpointSucceeds(t *testing.T) {
	to := &tour{newMover(t), map[string]bool{}}
	to.linking()
	to.reading()
	to.transactions()
	to.webhooks()
	to.transfers()
	to.refunds()
	to.ledgers()
	to.recurring()
	to.ends()
	book, err := spec.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(book.Paths)) {
		if !to.called[path] {
			t.Errorf("%s was not called", path)
		}
	}
}

func (t *tour) linking() {
	made := t.call("/user/create", object{"client_user_id": "somebody"})
	link := t.call("/link/token/create", object{
		"client_name": "B", "language": "en", "country_codes": []string{"US"}, "user_id": made["user_id"], "products": []string{"auth"},
	})
	t.call("/link/token/get", object{"link_token": link["link_token"]})
	public := t.call("/sandbox/public_token/create", object{"institution_id": "ins_109511", "initial_products": []string{"auth"}, "user_id": made["user_id"]})
	t.call("/item/public_token/exchange", object{"public_token": public["public_token"]})
	t.call("/sandbox/user/reset_login", object{"user_id": made["user_id"]})
	t.call("/item/import", object{"products": []string{"auth"}, "user_auth": object{"user_id": "user_good", "auth_token": "pass_good"}})
	t.call("/item/get", t.item(nil))
	t.call("/item/public_token/create", t.item(nil))
	us := []string{"US"}
	t.call("/institutions/get", object{"count": 5, "offset": 2, "country_codes": us})
	t.call("/institutions/search", object{"query": "Platypus", "country_codes": us})
	t.call("/institutions/get_by_id", object{"institution_id": "ins_109508", "country_codes": us, "options": object{"include_status": true}})
}

func (t *tour) reading() {
	t.call("/accounts/get", t.item(nil))
	t.call("/accounts/balance/get", t.item(nil))
	t.call("/auth/get", t.item(nil))
	t.call("/identity/get", t.item(nil))
	t.call("/identity/match", t.item(object{"user": object{"legal_name": "Alberta Bobbeth Charleson"}}))
	t.call("/liabilities/get", t.item(nil))
	deposit, _ := t.another("ins_109512", "user_good", "microdeposits_good")
	account := t.must("/accounts/get", object{"access_token": deposit})["accounts"].([]any)[0].(object)["account_id"]
	t.call("/sandbox/item/set_verification_status", object{
		"access_token": deposit, "account_id": account, "verification_status": "automatically_verified",
	})
}

// another links a bank as another user, without a page.
func (t *tour) another(bank, user, password string) (access, itemID string) {
	made := t.must("/sandbox/public_token/create", object{
		"institution_id": bank, "initial_products": []string{"auth"}, "options": object{"override_username": user, "override_password": password},
	})
	got := t.must("/item/public_token/exchange", object{"public_token": made["public_token"]})
	return got["access_token"].(string), got["item_id"].(string)
}

func (t *tour) transactions() {
	t.call("/transactions/sync", t.item(nil))
	t.call("/transactions/get", t.item(object{"start_date": "2026-11-01", "end_date": "2026-11-21"}))
	t.call("/transactions/recurring/get", t.item(nil))
	t.call("/transactions/refresh", t.item(nil))
	t.call("/categories/get", object{})
	made := t.must("/sandbox/public_token/create", object{
		"institution_id": "ins_109508", "initial_products": []string{"transactions"},
		"options": object{"override_username": "user_transactions_dynamic", "override_password": "any"},
	})
	dynamic := t.must("/item/public_token/exchange", object{"public_token": made["public_token"]})["access_token"]
	t.call("/sandbox/transactions/create", object{"access_token": dynamic, "transactions": []object{
		{"date_transacted": "2026-11-20", "date_posted": "2026-11-21", "amount": 12.5, "description": "LUNCH"},
	}})
}

func (t *tour) webhooks() {
	t.call("/item/webhook/update", t.item(object{"webhook": "https://example.com/hook"}))
	t.call("/sandbox/item/fire_webhook", t.item(object{"webhook_code": "DEFAULT_UPDATE"}))
	t.call("/sandbox/transfer/fire_webhook", object{"webhook": "https://example.com/hook"})
	key := t.must("/practice/webhooks/rotate_key", object{})["key_id"]
	t.call("/webhook_verification_key/get", object{"key_id": key})
}

func (t *tour) transfers() {
	t.call("/transfer/capabilities/get", t.item(object{"account_id": t.accounts["0000"]}))
	for _, path := range []string{"/transfer/configuration/get", "/transfer/metrics/get", "/transfer/balance/get"} {
		t.call(path, object{})
	}
	a := t.call("/transfer/authorization/create", t.proposal())["authorization"].(object)
	t.call("/transfer/authorization/cancel", object{"authorization_id": a["id"]})
	a = t.authorize()
	made := t.call("/transfer/create", t.item(object{"account_id": t.accounts["0000"], "authorization_id": a["id"], "description": "rent"}))
	id := made["transfer"].(object)["id"]
	t.call("/transfer/get", object{"transfer_id": id})
	t.call("/transfer/list", object{})
	t.call("/transfer/cancel", object{"transfer_id": id})
	posted := t.transfer()["id"]
	t.call("/sandbox/transfer/simulate", object{"transfer_id": posted, "event_type": "posted"})
	t.call("/sandbox/transfer/sweep/simulate", object{})
	sweeps := t.call("/transfer/sweep/list", object{})["sweeps"].([]any)
	t.call("/transfer/sweep/get", object{"sweep_id": sweeps[0].(object)["id"]})
	t.call("/transfer/event/sync", object{"after_id": 0})
	t.call("/transfer/event/list", object{})
}

func (t *tour) refunds() {
	id := t.transfer()["id"]
	t.simulate(id, "posted", "settled")
	refund := func(key string) any {
		made := t.call("/transfer/refund/create", object{"transfer_id": id, "amount": "1.00", "idempotency_key": key})
		return made["refund"].(object)["id"]
	}
	kept := refund("a")
	t.call("/transfer/refund/get", object{"refund_id": kept})
	t.call("/sandbox/transfer/refund/simulate", object{"refund_id": kept, "event_type": "refund.posted"})
	t.call("/transfer/refund/cancel", object{"refund_id": refund("b")})
}

func (t *tour) ledgers() {
	t.call("/transfer/ledger/get", object{})
	sweep := func(path, key string) any {
		made := t.call(path, object{"amount": "5.00", "idempotency_key": key, "network": "ach"})
		return made["sweep"].(object)["id"]
	}
	in, out := sweep("/transfer/ledger/deposit", "in"), sweep("/transfer/ledger/withdraw", "out")
	t.call("/sandbox/transfer/ledger/deposit/simulate", object{"sweep_id": in, "event_type": "sweep.posted"})
	t.call("/sandbox/transfer/ledger/withdraw/simulate", object{"sweep_id": out, "event_type": "sweep.posted"})
	t.call("/sandbox/transfer/ledger/simulate_available", object{})
	list := t.must("/practice/ledgers/list", object{})["ledgers"].([]any)
	t.call("/transfer/ledger/distribute", object{
		"from_ledger_id": list[0].(object)["ledger_id"], "to_ledger_id": list[1].(object)["ledger_id"], "amount": "1.00", "idempotency_key": "across",
	})
	t.call("/transfer/ledger/event/list", object{})
}

func (t *tour) recurring() {
	clock := t.call("/sandbox/transfer/test_clock/create", object{"virtual_time": "2026-11-21T00:00:00Z"})["test_clock"].(object)["test_clock_id"]
	t.call("/sandbox/transfer/test_clock/get", object{"test_clock_id": clock})
	t.call("/sandbox/transfer/test_clock/list", object{})
	made := t.call("/transfer/recurring/create", t.item(with(recurrence(t.accounts["0000"]), object{"test_clock_id": clock})))
	id := made["recurring_transfer"].(object)["recurring_transfer_id"]
	t.call("/sandbox/transfer/test_clock/advance", object{"test_clock_id": clock, "new_virtual_time": "2026-12-10T00:00:00Z"})
	t.call("/transfer/recurring/get", object{"recurring_transfer_id": id})
	t.call("/transfer/recurring/list", object{})
	t.call("/transfer/recurring/cancel", object{"recurring_transfer_id": id})
}

// ends calls what an Item does not come back from.
func (t *tour) ends() {
	t.call("/sandbox/item/reset_login", t.item(nil))
	t.access = t.call("/item/access_token/invalidate", t.item(nil))["new_access_token"].(string)
	t.call("/item/remove", t.item(nil))
}

package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"bankbook/core/sandbox/verify"
)

// deposit links an account whose numbers are verified by an automated deposit.
func (b *bench) deposit() (access string, account any) {
	b.t.Helper()
	access = b.link("ins_109512", []string{"auth", "transactions"}, "user_good", "microdeposits_good")
	return access, list(b.must("/accounts/get", object{"access_token": access}), "accounts")[0]["account_id"]
}

// verification returns the status of an Item's first account.
func (b *bench) verification(access string) any {
	b.t.Helper()
	return list(b.must("/accounts/get", object{"access_token": access}), "accounts")[0]["verification_status"]
}

func TestAutomatedDeposits(t *testing.T) {
	b := newBench(t)
	access, account := b.deposit()
	if got := b.verification(access); got != "pending_automatic_verification" {
		t.Errorf("at first: %v", got)
	}
	b.wants("/auth/get", object{"access_token": access}, "PRODUCT_NOT_READY")
	b.clock.advance(24*time.Hour - time.Second)
	b.wants("/auth/get", object{"access_token": access}, "PRODUCT_NOT_READY")
	b.restart()
	b.clock.advance(time.Second)
	got := b.must("/auth/get", object{"access_token": access})
	a, n := list(got, "accounts"), list(got["numbers"].(object), "ach")
	if len(a) != 1 || a[0]["account_id"] != account || a[0]["verification_status"] != "automatically_verified" ||
		n[0]["account"] != "1111222233330000" || n[0]["routing"] != "021000021" {
		t.Errorf("afterwards: %v", got)
	}
	item := b.must("/item/get", object{"access_token": access})["item"].(object)
	if item["auth_method"] != "AUTOMATED_MICRODEPOSITS" || item["institution_id"] != "ins_109512" {
		t.Errorf("item: %v", item)
	}
	b.must("/transactions/sync", object{"access_token": access})
}

func TestVerificationCanBeSet(t *testing.T) {
	b := newBench(t)
	for _, status := range []string{"automatically_verified", "verification_expired"} {
		access, account := b.deposit()
		set := object{"access_token": access, "account_id": account, "verification_status": status}
		b.must("/sandbox/item/set_verification_status", set)
		if got := b.verification(access); got != status {
			t.Errorf("%s: %v", status, got)
		}
		b.wants("/sandbox/item/set_verification_status", set, "SANDBOX_ACCOUNT_INVALID")
		if status == "verification_expired" {
			b.wants("/auth/get", object{"access_token": access}, "PRODUCT_NOT_READY")
		} else {
			b.must("/auth/get", object{"access_token": access})
		}
	}
	access, account := b.deposit()
	accounts := list(b.must("/accounts/get", object{"access_token": access}), "accounts")
	set := func(account, status any) object {
		return object{"access_token": access, "account_id": account, "verification_status": status}
	}
	b.wants("/sandbox/item/set_verification_status", set("nothing", "verification_expired"), "INVALID_ACCOUNT_ID")
	b.wants("/sandbox/item/set_verification_status", set(accounts[1]["account_id"], "verification_expired"), "SANDBOX_ACCOUNT_INVALID")
	b.wants("/sandbox/item/set_verification_status", set(account, "manually_verified"), "INVALID_FIELD")
	b.wants("/sandbox/item/set_verification_status", object{"access_token": access, "verification_status": "verification_expired"}, "MISSING_FIELDS")
	instant := b.good("ins_109508", "auth")
	first := list(b.must("/accounts/get", object{"access_token": instant}), "accounts")[0]["account_id"]
	b.wants("/sandbox/item/set_verification_status", object{"access_token": instant, "account_id": first, "verification_status": "verification_expired"}, "SANDBOX_ACCOUNT_INVALID")
}

// byHand makes an Item of numbers.
func (b *bench) byHand(m verify.Method, routing, number, name string) string {
	b.t.Helper()
	access, err := b.bank.EnterNumbers(m, verify.Numbers{Routing: routing, Account: number, Name: name, Subtype: "savings"})
	if err != nil {
		b.t.Fatal(err)
	}
	return access
}

func TestSameDayDeposits(t *testing.T) {
	b := newBench(t)
	access := b.byHand(verify.SameDay, "110000000", "1111222233330000", "Alberta Charleson")
	b.restart()
	a := list(b.must("/accounts/get", object{"access_token": access}), "accounts")[0]
	if a["verification_status"] != "pending_manual_verification" || a["verification_name"] != "Alberta Charleson" || a["subtype"] != "savings" ||
		a["mask"] != "0000" || a["balances"].(object)["current"] != nil {
		t.Errorf("account: %v", a)
	}
	item := b.must("/item/get", object{"access_token": access})["item"].(object)
	if item["institution_id"] != nil || item["institution_name"] != nil || item["auth_method"] != "SAME_DAY_MICRODEPOSITS" {
		t.Errorf("item: %v", item)
	}
	b.wants("/auth/get", object{"access_token": access}, "PRODUCT_NOT_READY")
	for _, path := range []string{"/accounts/balance/get", "/identity/get", "/identity/match", "/liabilities/get", "/transactions/sync"} {
		b.wants(path, object{"access_token": access}, "PRODUCTS_NOT_SUPPORTED")
	}
	b.code(access, "ABC", "")
	got := b.must("/auth/get", object{"access_token": access})
	n := list(got["numbers"].(object), "ach")[0]
	if n["account"] != "1111222233330000" || n["routing"] != "110000000" || n["wire_routing"] != nil || list(got, "accounts")[0]["verification_status"] != "manually_verified" {
		t.Errorf("numbers: %v", got)
	}
}

// code enters the code of a deposit.
func (b *bench) code(access, code, refused string) {
	b.t.Helper()
	if got, err := b.bank.EnterCode(access, code); got != refused || err != nil {
		b.t.Fatalf("%s: %s %v, want %q", code, got, err, refused)
	}
}

func TestWrongCodes(t *testing.T) {
	b := newBench(t)
	access := b.byHand(verify.SameDay, "110000000", "1111222233330000", "")
	b.code(access, "XYZ", "INCORRECT_DEPOSIT_VERIFICATION")
	b.code(access, "XYZ", "INCORRECT_DEPOSIT_VERIFICATION")
	if got := b.verification(access); got != "pending_manual_verification" {
		t.Errorf("after two: %v", got)
	}
	b.code(access, "XYZ", "TOO_MANY_VERIFICATION_ATTEMPTS")
	b.code(access, "ABC", "TOO_MANY_VERIFICATION_ATTEMPTS")
	if got := b.verification(access); got != "verification_failed" {
		t.Errorf("after four: %v", got)
	}
	b.wants("/auth/get", object{"access_token": access}, "PRODUCT_NOT_READY")
}

// The webhooks tell how an automated deposit ends, by the clock or by hand.
func TestVerificationWebhooks(t *testing.T) {
	heard := make(chan object, 8)
	ear := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body object
		if json.NewDecoder(r.Body).Decode(&body) == nil {
			heard <- body
		}
	}))
	defer ear.Close()
	b := newBench(t)
	for _, code := range []string{"AUTOMATICALLY_VERIFIED", "VERIFICATION_EXPIRED"} {
		access := b.link("ins_109512", []string{"auth"}, "user_good", "microdeposits_good", object{"webhook": ear.URL})
		account := list(b.must("/accounts/get", object{"access_token": access}), "accounts")[0]["account_id"]
		if code == "VERIFICATION_EXPIRED" {
			b.must("/sandbox/item/set_verification_status", object{"access_token": access, "account_id": account, "verification_status": "verification_expired"})
		} else {
			b.clock.advance(24 * time.Hour)
			b.must("/item/get", object{"access_token": access})
		}
		if got := <-heard; got["webhook_type"] != "AUTH" || got["webhook_code"] != code || got["account_id"] != account {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestDatabaseAuth(t *testing.T) {
	b := newBench(t)
	for number, want := range map[string]string{
		"1111222233331111": "database_insights_pass", "1111222233333333": "database_insights_pass_with_caution", "1111222233332222": "database_insights_fail",
	} {
		access := b.byHand(verify.Database, "110000000", number, "John Smith")
		a := list(b.must("/accounts/get", object{"access_token": access}), "accounts")[0]
		score := a["verification_insights"].(object)["name_match_score"]
		if passed := want == "database_insights_pass"; a["verification_status"] != want || (score == 100.0) != passed || (score != nil) != passed {
			t.Errorf("%s: %v", number, a)
		}
		if n := list(b.must("/auth/get", object{"access_token": access})["numbers"].(object), "ach")[0]; n["account"] != number {
			t.Errorf("%s: %v", number, n)
		}
	}
}

// An account that was seen before can be matched, though nobody signed in.
func TestIdentityMatchByHand(t *testing.T) {
	b := newBench(t)
	user := object{"legal_name": "Alberta Bobbeth Charleson"}
	seen := b.byHand(verify.SameDay, "011401533", "1111222233330000", "")
	a := list(b.must("/identity/match", object{"access_token": seen, "user": user}), "accounts")[0]
	if a["legal_name"].(object)["score"] != 100.0 {
		t.Errorf("match: %v", a)
	}
	b.wants("/identity/match", object{"access_token": b.byHand(verify.SameDay, "110000000", "1111222233330000", ""), "user": user}, "PRODUCTS_NOT_SUPPORTED")
}

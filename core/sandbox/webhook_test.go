package sandbox_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

func TestHistoryIsAnnouncedWhenItIsReady(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.InitialDelay, c.HistoryDelay = time.Minute, time.Hour })
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL)
	if b.lastWebhook(access) != nil {
		t.Error("a webhook before anything happened")
	}
	early := b.must("/transactions/sync", object{"access_token": access})
	if early["transactions_update_status"] != "NOT_READY" {
		t.Fatalf("too early: %v", early)
	}
	b.clock.advance(time.Minute)
	if got := b.lastWebhook(access).(object); got["code_sent"] != "SYNC_UPDATES_AVAILABLE" || got["sent_at"] != "2026-11-21T09:31:00Z" {
		t.Errorf("last webhook %v", got)
	}
	first := r.wants("TRANSACTIONS/INITIAL_UPDATE")
	rows := b.must("/transactions/sync", object{"access_token": access, "count": 500})["added"].([]any)
	if first["new_transactions"] != float64(len(rows)) || len(rows) == 0 {
		t.Errorf("%v transactions announced, %d there", first["new_transactions"], len(rows))
	}
	part := r.wants("TRANSACTIONS/SYNC_UPDATES_AVAILABLE")
	if part["initial_update_complete"] != true || part["historical_update_complete"] != false {
		t.Errorf("%v", part)
	}
	b.clock.advance(time.Hour)
	b.must("/item/get", object{"access_token": access})
	r.wants("TRANSACTIONS/HISTORICAL_UPDATE")
	if whole := r.wants("TRANSACTIONS/SYNC_UPDATES_AVAILABLE"); whole["historical_update_complete"] != true {
		t.Errorf("%v", whole)
	}
	r.wantsNone(access)
}

// A client that has not synced yet is not told of updates to sync (as Plaid
// documents), nor is one without transactions told of any.
func TestOnlyThoseWhoSyncAreToldToSync(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL)
	b.must("/transactions/refresh", object{"access_token": access})
	r.wants("TRANSACTIONS/INITIAL_UPDATE", "TRANSACTIONS/HISTORICAL_UPDATE", "TRANSACTIONS/DEFAULT_UPDATE")
	r.wantsNone(access)
	r.wantsNone(b.hooked("ins_109508", r.URL, "auth"))
}

func TestNewsAreAnnounced(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL)
	cursor := b.replay(access, "", 500, map[string]object{})
	r.wants("TRANSACTIONS/INITIAL_UPDATE", "TRANSACTIONS/HISTORICAL_UPDATE")
	for range 12 {
		b.clock.advance(17 * time.Hour)
		b.must("/institutions/search", object{"query": "Platypus", "products": nil, "country_codes": []string{"US"}})
		page := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 500})
		cursor = page["next_cursor"].(string)
		if n := len(page["added"].([]any)); n > 0 {
			if got := r.wants("TRANSACTIONS/DEFAULT_UPDATE"); got["new_transactions"] != float64(n) {
				t.Errorf("%v announced, %d new", got["new_transactions"], n)
			}
		}
		if gone := page["removed"].([]any); len(gone) > 0 {
			list := r.wants("TRANSACTIONS/TRANSACTIONS_REMOVED")["removed_transactions"].([]any)
			if len(list) != len(gone) || list[0] != gone[0].(object)["transaction_id"] {
				t.Errorf("%v announced, %v removed", list, gone)
			}
		}
		if len(page["added"].([]any))+len(page["modified"].([]any))+len(page["removed"].([]any)) > 0 {
			r.wants("TRANSACTIONS/SYNC_UPDATES_AVAILABLE")
		}
	}
	r.wantsNone(access)
}

func TestTroubleIsAnnounced(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.KeepItems = false })
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL, "auth")
	b.must("/sandbox/item/reset_login", object{"access_token": access})
	broken := r.wants("ITEM/ERROR")
	if e := broken["error"].(object); e["error_code"] != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("%v", broken)
	}
	_, page := b.newLink(object{"access_token": access})
	newBrowser(t).open(page).press("sign-in", good)
	b.clock.advance(30*24*time.Hour - time.Second)
	r.wantsNone(access)
	b.clock.advance(time.Second)
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
	r.wants("ITEM/ERROR")
	r.wantsNone(access)
}

func TestDepositsAreAnnounced(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	deposit := func() (access string, account any) {
		access = b.link("ins_109512", []string{"auth"}, "user_good", "microdeposits_good")
		b.must("/item/webhook/update", object{"access_token": access, "webhook": r.URL})
		r.wants("ITEM/WEBHOOK_UPDATE_ACKNOWLEDGED")
		return access, list(b.must("/accounts/get", object{"access_token": access}), "accounts")[0]["account_id"]
	}
	access, account := deposit()
	b.clock.advance(24*time.Hour - time.Second)
	r.wantsNone(access)
	b.clock.advance(time.Second)
	b.verification(access)
	if got := r.wants("AUTH/AUTOMATICALLY_VERIFIED"); got["account_id"] != account {
		t.Errorf("%v", got)
	}
	other, account := deposit()
	b.must("/sandbox/item/set_verification_status", object{
		"access_token": other, "account_id": account, "verification_status": "verification_expired",
	})
	r.wants("AUTH/VERIFICATION_EXPIRED")
	b.clock.advance(7 * 24 * time.Hour)
	r.wantsNone(other)
}

func TestConsentIsAnnouncedBeforeItEnds(t *testing.T) {
	for institution, c := range map[string]struct {
		code, field string
		days        int
	}{
		"ins_117650": {"ITEM/PENDING_EXPIRATION", "consent_expiration_time", 180},
		"ins_127287": {"ITEM/PENDING_DISCONNECT", "disconnect_time", 365},
	} {
		b := newBench(t)
		r := b.newReceiver()
		access := b.hooked(institution, r.URL, "auth")
		ends := b.must("/item/get", object{"access_token": access})["item"].(object)["consent_expiration_time"]
		if want := b.clock.Now().AddDate(0, 0, c.days).Format(time.RFC3339); ends != want {
			t.Errorf("%s: ends %v, want %v", institution, ends, want)
		}
		b.clock.advance(time.Duration(c.days-7)*24*time.Hour - time.Second)
		r.wantsNone(access)
		b.clock.advance(time.Second)
		b.must("/item/get", object{"access_token": access})
		if got := r.wants(c.code); got[c.field] != ends {
			t.Errorf("%s: %v", institution, got)
		}
		b.clock.advance(7 * 24 * time.Hour)
		b.wants("/auth/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
		r.wants("ITEM/ERROR")
	}
}

func TestWebhookUpdate(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	access, _ := b.instant("ins_109508", 30)
	b.clock.advance(50 * time.Hour)
	got := b.must("/item/webhook/update", object{"access_token": access, "webhook": r.URL + "/one"})
	if got["item"].(object)["webhook"] != r.URL+"/one" {
		t.Errorf("%v", got)
	}
	// What happened before is not told.
	if ack := r.wants("ITEM/WEBHOOK_UPDATE_ACKNOWLEDGED"); ack["new_webhook_url"] != r.URL+"/one" {
		t.Errorf("%v", ack)
	}
	if last := b.lastWebhook(access).(object); last["code_sent"] != "WEBHOOK_UPDATE_ACKNOWLEDGED" {
		t.Errorf("%v", last)
	}
	r.wantsNone(access)
	b.wants("/item/webhook/update", object{"access_token": access, "webhook": "ftp://x"}, "INVALID_FIELD")
	b.must("/item/webhook/update", object{"access_token": access, "webhook": nil})
	b.wants("/sandbox/item/fire_webhook", object{"access_token": access, "webhook_code": "ERROR"}, "SANDBOX_WEBHOOK_INVALID")
}

// An address elsewhere is accepted, but never called.
func TestAddressesElsewhereAreOnlyNoted(t *testing.T) {
	b := newBench(t)
	access := b.hooked("ins_109508", "https://example.com/webhook", "auth")
	b.must("/sandbox/item/fire_webhook", object{"access_token": access, "webhook_code": "LOGIN_REPAIRED"})
	if last := b.lastWebhook(access).(object); last["code_sent"] != "LOGIN_REPAIRED" {
		t.Errorf("%v", last)
	}
}

func TestFireWebhook(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL, "auth")
	for _, c := range []struct{ kind, code, want string }{
		{"", "NEW_ACCOUNTS_AVAILABLE", "ITEM/NEW_ACCOUNTS_AVAILABLE"},
		{"ITEM", "LOGIN_REPAIRED", "ITEM/LOGIN_REPAIRED"},
		{"ITEM", "PENDING_DISCONNECT", "ITEM/PENDING_DISCONNECT"},
		{"ITEM", "USER_PERMISSION_REVOKED", "ITEM/USER_PERMISSION_REVOKED"},
		{"", "USER_ACCOUNT_REVOKED", "ITEM/USER_ACCOUNT_REVOKED"},
		{"AUTH", "DEFAULT_UPDATE", "AUTH/DEFAULT_UPDATE"},
		{"AUTH", "SMS_MICRODEPOSITS_VERIFICATION", "AUTH/SMS_MICRODEPOSITS_VERIFICATION"},
		{"", "SMS_MICRODEPOSITS_VERIFICATION", "AUTH/SMS_MICRODEPOSITS_VERIFICATION"},
	} {
		body := object{"access_token": access, "webhook_code": c.code}
		if c.kind != "" {
			body["webhook_type"] = c.kind
		}
		if got := b.must("/sandbox/item/fire_webhook", body); got["webhook_fired"] != true {
			t.Errorf("%v", got)
		}
		r.wants(c.want)
	}
	for _, c := range []struct{ kind, code, want string }{
		{"AUTH", "NEW_ACCOUNTS_AVAILABLE", "SANDBOX_WEBHOOK_INVALID"},
		{"", "AUTHORIZATION_GRANTED", "SANDBOX_WEBHOOK_INVALID"},
		{"", "SYNC_UPDATES_AVAILABLE", "SANDBOX_PRODUCT_NOT_ENABLED"},
		{"IDENTITY", "DEFAULT_UPDATE", "INVALID_FIELD"}, // the documents name it, but not as a value
		{"LIABILITIES", "DEFAULT_UPDATE", "SANDBOX_PRODUCT_NOT_ENABLED"},
		{"HOLDINGS", "DEFAULT_UPDATE", "SANDBOX_PRODUCT_NOT_ENABLED"},
		{"INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE", "SANDBOX_PRODUCT_NOT_ENABLED"},
		{"ASSETS", "PRODUCT_READY", "SANDBOX_PRODUCT_NOT_ENABLED"},
		{"ASSETS", "ERROR", "SANDBOX_PRODUCT_NOT_ENABLED"},
		{"", "NONSENSE", "INVALID_FIELD"},
	} {
		body := object{"access_token": access, "webhook_code": c.code}
		if c.kind != "" {
			body["webhook_type"] = c.kind
		}
		b.wants("/sandbox/item/fire_webhook", body, c.want)
	}
	r.wantsNone(access)
	synced := b.hooked("ins_109508", r.URL, "transactions", "liabilities")
	r.wants("TRANSACTIONS/INITIAL_UPDATE", "TRANSACTIONS/HISTORICAL_UPDATE")
	for _, code := range []string{"DEFAULT_UPDATE", "SYNC_UPDATES_AVAILABLE", "RECURRING_TRANSACTIONS_UPDATE"} {
		b.must("/sandbox/item/fire_webhook", object{"access_token": synced, "webhook_type": "TRANSACTIONS", "webhook_code": code})
		r.wants("TRANSACTIONS/" + code)
	}
	b.must("/sandbox/item/fire_webhook", object{"access_token": synced, "webhook_type": "LIABILITIES", "webhook_code": "DEFAULT_UPDATE"})
	r.wants("LIABILITIES/DEFAULT_UPDATE")
}

func TestLinkSessionsAreAnnounced(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	token, address := b.newLink(object{"webhook": r.URL})
	walk(newBrowser(t), address).press("share", nil)
	if got := r.wants("LINK/EVENTS"); got["link_token"] != token || len(got["events"].([]any)) < 5 {
		t.Errorf("%v", got)
	}
	done := r.wants("LINK/SESSION_FINISHED")
	session := b.sessions(token)[0].(object)
	if done["status"] != "SUCCESS" || done["public_token"] != session["on_success"].(object)["public_token"] || done["link_session_id"] != session["link_session_id"] {
		t.Errorf("%v", done)
	}
	r.wants("TRANSACTIONS/INITIAL_UPDATE", "TRANSACTIONS/HISTORICAL_UPDATE")

	_, address = b.newLink(object{"webhook": r.URL})
	walk(newBrowser(t), address).press("leave", url.Values{})
	r.wants("LINK/EVENTS")
	if left := r.wants("LINK/SESSION_FINISHED"); left["status"] != "EXITED" || left["public_tokens"] != nil {
		t.Errorf("%v", left)
	}
}

func TestSeveralBanksAreAnnouncedOneByOne(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	user := b.must("/user/create", object{"client_user_id": "somebody"})
	_, address := b.newLink(object{"webhook": r.URL, "enable_multi_item_link": true, "user_id": user["user_id"], "products": []string{"liabilities"}, "optional_products": nil})
	br := walk(newBrowser(t), address).press("share", nil)
	first := r.wants("LINK/ITEM_ADD_RESULT")["public_token"]
	br.press("another", nil).press("bank-ins_109511", nil).press("sign-in", good).press("share", nil)
	second := r.wants("LINK/ITEM_ADD_RESULT")["public_token"]
	br.press("finish", nil)
	r.wants("LINK/EVENTS")
	if done := r.wants("LINK/SESSION_FINISHED"); done["status"] != "SUCCESS" || !reflect.DeepEqual(done["public_tokens"], []any{first, second}) {
		t.Errorf("%v, want %v and %v", done, first, second)
	}
}

func TestTransfersAreAnnouncedOnRequest(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	b.must("/sandbox/transfer/fire_webhook", object{"webhook": r.URL})
	r.wants("TRANSFER/TRANSFER_EVENTS_UPDATE")
}

func TestKeysRotate(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL, "auth")
	fire := func() (kid string) {
		b.must("/sandbox/item/fire_webhook", object{"access_token": access, "webhook_code": "LOGIN_REPAIRED"})
		d := <-r.got
		b.verify(d)
		raw, err := base64.RawURLEncoding.DecodeString(strings.Split(d.jwt, ".")[0])
		var header struct{ Kid string }
		if err != nil || json.Unmarshal(raw, &header) != nil {
			t.Fatalf("%q: %v", d.jwt, err)
		}
		return header.Kid
	}
	old := fire()
	if again := fire(); again != old {
		t.Errorf("two keys: %s, %s", old, again)
	}
	b.control("/practice/webhooks/rotate_key", nil)
	b.restart()
	if fresh := fire(); fresh == old {
		t.Error("the key is the old one")
	}
	key := b.must("/webhook_verification_key/get", object{"key_id": old})["key"].(object)
	if key["expired_at"] != float64(b.clock.Now().Unix()) || key["alg"] != "ES256" || key["crv"] != "P-256" || key["kty"] != "EC" || key["use"] != "sig" {
		t.Errorf("%v", key)
	}
	b.wants("/webhook_verification_key/get", object{"key_id": "nobody"}, "INVALID_WEBHOOK_VERIFICATION_KEY_ID")
}

// A change that is not kept announces nothing, and a webhook that is announced
// survives a restart as the last one.
func TestNothingIsAnnouncedThatDidNotHappen(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	access := b.hooked("ins_109508", r.URL, "auth")
	status, _ := b.breakDisk(func() (int, object) {
		return b.post("/sandbox/item/reset_login", object{"access_token": access})
	})
	if status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
	if b.lastWebhook(access) != nil {
		t.Error("a webhook is noted that was not sent")
	}
	r.wantsNone(access)
	b.restart()
	if got := b.lastWebhook(access).(object)["code_sent"]; got != "LOGIN_REPAIRED" {
		t.Errorf("last webhook %v", got)
	}
}

// Without any request, a timer sends what is due.
func TestTimeAloneSendsWhatIsDue(t *testing.T) {
	ring := make(chan time.Time)
	waits := make(chan time.Duration, 100)
	b := newBench(t, func(c *sandbox.Config) {
		c.InitialDelay, c.HistoryDelay = time.Hour, 2*time.Hour
		c.After = func(d time.Duration) <-chan time.Time {
			waits <- d
			return ring
		}
	})
	r := b.newReceiver()
	b.hooked("ins_109508", r.URL)
	for d := range waits {
		if d == time.Hour {
			break
		}
	}
	b.clock.advance(time.Hour)
	ring <- time.Time{}
	r.wants("TRANSACTIONS/INITIAL_UPDATE")
}

// A page that is left open is told of after a while, and again if its user
// comes back and goes on to the end.
func TestSessionsLeftAloneAreAnnounced(t *testing.T) {
	b := newBench(t)
	r := b.newReceiver()
	token, address := b.newLink(object{"webhook": r.URL, "hosted_link": object{"url_lifetime_seconds": 3600}})
	br := atBank(t, address, "ins_109508") // at the accounts it would time out before
	b.clock.advance(10*time.Minute - time.Second)
	b.sessions(token)
	b.clock.advance(time.Second)
	b.sessions(token)
	early := len(r.wants("LINK/EVENTS")["events"].([]any))
	b.clock.advance(time.Minute)
	b.sessions(token)
	br.press("sign-in", good).press("share", nil).shows("is linked")
	if late := len(r.wants("LINK/EVENTS")["events"].([]any)); late <= early {
		t.Errorf("%d events, then %d", early, late)
	}
	r.wants("LINK/SESSION_FINISHED")
}

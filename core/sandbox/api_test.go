package sandbox_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

func TestInstantLink(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 730)
	shapes := map[string]string{
		access: `^access-sandbox-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
		itemID: `^[0-9A-Za-z]{37}$`,
	}
	got := b.must("/item/get", object{"access_token": access})
	shapes[got["request_id"].(string)] = `^[0-9A-Za-z]{15}$`
	for text, shape := range shapes {
		if !regexp.MustCompile(shape).MatchString(text) {
			t.Errorf("%q has not the shape %s", text, shape)
		}
	}
	it := got["item"].(object)
	if it["institution_id"] != "ins_109508" || it["institution_name"] != "First Platypus Bank" || it["error"] != nil {
		t.Errorf("item: %v", it)
	}
}

func TestTwelveAccounts(t *testing.T) {
	b := newBench(t)
	type balance struct{ available, current, limit any }
	want := map[string]balance{
		"0000": {100.0, 110.0, nil}, "1111": {200.0, 210.0, nil}, "2222": {nil, 1000.0, nil}, "3333": {nil, 410.0, 2000.0},
		"4444": {43200.0, 43200.0, nil}, "5555": {nil, 320.76, nil}, "6666": {nil, 23631.9805, nil}, "7777": {nil, 65262.0, nil},
		"8888": {nil, 56302.06, nil}, "9001": {6009.0, 6009.0, nil}, "9002": {12060.0, 12060.0, nil}, "9999": {4980.0, 5020.0, 10000.0},
	}
	ids := map[string]bool{}
	for _, institution := range []string{"ins_109508", "ins_109508", "ins_127287"} {
		access, _ := b.instant(institution, 30)
		for _, path := range []string{"/accounts/get", "/accounts/balance/get"} {
			got := map[string]balance{}
			for _, raw := range b.must(path, object{"access_token": access})["accounts"].([]any) {
				a := raw.(object)
				bal := a["balances"].(object)
				got[a["mask"].(string)] = balance{bal["available"], bal["current"], bal["limit"]}
				ids[a["account_id"].(string)] = true
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s: balances %v, want %v", path, got, want)
			}
		}
	}
	if len(ids) != 36 {
		t.Errorf("%d account ids for three Items, want 36", len(ids))
	}
}

func TestProductsNeedConsent(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(object{"additional_consented_products": []string{"auth"}, "optional_products": nil})
	walk(newBrowser(t), address).press("share", nil)
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	access := b.must("/item/public_token/exchange", object{"public_token": public})["access_token"]
	for _, path := range []string{"/identity/get", "/identity/match", "/liabilities/get"} {
		b.wants(path, object{"access_token": access}, "ADDITIONAL_CONSENT_REQUIRED")
	}
	billed := func() any {
		return b.must("/item/get", object{"access_token": access})["item"].(object)["billed_products"]
	}
	if got := billed().([]any); len(got) != 1 {
		t.Errorf("products at first: %v", got)
	}
	b.must("/auth/get", object{"access_token": access})
	if got := billed().([]any); len(got) != 2 {
		t.Errorf("products after use: %v", got)
	}
}

func TestRemovedItem(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 30)
	b.must("/item/remove", object{"access_token": access})
	for _, path := range []string{"/item/get", "/item/remove", "/accounts/get", "/transactions/sync", "/sandbox/item/reset_login"} {
		b.wants(path, object{"access_token": access}, "ITEM_NOT_FOUND")
	}
	if _, err := b.bank.Truth(itemID); err == nil {
		t.Error("a removed Item still has a truth")
	}
}

func TestPublicTokens(t *testing.T) {
	b := newBench(t)
	made := b.must("/sandbox/public_token/create", object{"institution_id": "ins_109508", "initial_products": []string{"auth"}})
	first := b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})
	b.clock.advance(30 * time.Minute)
	second := b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})
	if first["access_token"] != second["access_token"] || first["item_id"] != second["item_id"] {
		t.Error("the second exchange gives something else")
	}
	b.clock.advance(time.Second)
	b.wants("/item/public_token/exchange", object{"public_token": made["public_token"]}, "INVALID_PUBLIC_TOKEN")
}

func TestLinkTokenLives(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		change object
		want   time.Duration
		hosted bool
	}{
		{nil, 30 * time.Minute, true},
		{object{"hosted_link": object{"url_lifetime_seconds": 900}}, 15 * time.Minute, true},
		{object{"hosted_link": nil}, 4 * time.Hour, false},
	} {
		body := object{"client_name": "B", "language": "en", "country_codes": []string{"US"}, "user": object{"client_user_id": "u"}, "products": []string{"auth"}, "hosted_link": object{}}
		maps.Copy(body, c.change)
		got := b.must("/link/token/create", body)
		ends, err := time.Parse(time.RFC3339, got["expiration"].(string))
		if err != nil || ends.Sub(b.clock.Now()) != c.want || (got["hosted_link_url"] != nil) != c.hosted {
			t.Errorf("%v: %v", c.change, got)
		}
	}
}

func TestWrongRequests(t *testing.T) {
	b := newBench(t)
	check := func(name, path, body string, headers map[string]string, wantStatus int, wantCode string) {
		t.Helper()
		status, answer := b.send(path, []byte(body), headers)
		conform(t, path, status, answer)
		var got object
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if status != wantStatus || got["error_code"] != wantCode {
			t.Errorf("%s: %d %v, want %d %s", name, status, got["error_code"], wantStatus, wantCode)
		}
	}
	noKeys := map[string]string{"Plaid-Client-Id": "", "Plaid-Secret": ""}
	check("no keys", "/item/get", `{}`, noKeys, 400, "INVALID_API_KEYS")
	check("wrong secret", "/item/get", `{}`, map[string]string{"Plaid-Secret": "no"}, 400, "INVALID_API_KEYS")
	check("wrong keys in the body", "/item/get", `{"client_id":"a","secret":"b"}`, nil, 400, "INVALID_API_KEYS")
	check("keys in the body", "/item/get", `{"client_id":"`+testID+`","secret":"`+testSecret+`"}`, noKeys, 400, "MISSING_FIELDS")
	check("key of a wrong type", "/item/get", `{"client_id":7}`, nil, 400, "INVALID_FIELD")
	check("no JSON", "/item/get", `{"access_token":`, nil, 400, "INVALID_BODY")
	check("a list", "/item/get", `[]`, nil, 400, "INVALID_BODY")
	check("nothing", "/item/get", ``, nil, 400, "INVALID_BODY")
	check("a form", "/item/get", `a=b`, map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, 400, "INVALID_HEADERS")
	check("another version", "/item/get", `{}`, map[string]string{"Plaid-Version": "2018-05-22"}, 400, "INVALID_HEADERS")
	check("too large", "/item/get", `{"a":"`+strings.Repeat("x", 300<<10)+`"}`, nil, http.StatusRequestEntityTooLarge, "INVALID_BODY")
	check("unknown path", "/item/unknown", `{}`, nil, 404, "NOT_FOUND")

	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		req, err := http.NewRequest(method, b.http.URL+"/item/get", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := b.http.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d, want 405", method, resp.StatusCode)
		}
	}
	if status, _ := b.send("/item/get", []byte("{}"), map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}); status != http.StatusForbidden {
		t.Errorf("another site: %d, want 403", status)
	}
}

func TestConfig(t *testing.T) {
	if _, err := sandbox.New(sandbox.Config{ClientID: "a"}); err == nil {
		t.Error("a bank without a secret")
	}
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.168.1.1:0", "example.com:0", "[::]:0", "127.0.0.1"} {
		if r, err := sandbox.Listen(t.Context(), sandbox.Config{ClientID: "a", Secret: "b"}, addr); err == nil {
			_ = r.Close()
			t.Errorf("it listens on %q", addr)
		}
	}
	r, err := sandbox.Listen(t.Context(), sandbox.Config{ClientID: "a", Secret: "b"}, "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(r.URL(), "http://127.0.0.1:") || r.Server() == nil {
		t.Errorf("it listens at %s", r.URL())
	}
	resp, err := http.Get(r.URL() + "/hosted/assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if err := r.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("close again: %v", err)
	}
}

package sandbox_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
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

func TestNumbers(t *testing.T) {
	b := newBench(t)
	for institution, want := range map[string]string{
		"ins_109508": "ach 1111222233330000 1111222233331111 1111222233339002",
		"ins_43":     "eft 1111222233330000 1111222233331111 1111222233339002",
		"ins_117650": "bacs 31920000 31921111 31929002",
	} {
		access, _ := b.instant(institution, 30)
		got := b.must("/auth/get", object{"access_token": access})
		kind := strings.Fields(want)[0]
		line := []string{kind}
		for _, raw := range got["numbers"].(object)[kind].([]any) {
			n := raw.(object)
			line = append(line, n["account"].(string))
			if kind == "ach" && (n["routing"] != "011401533" || n["wire_routing"] != "021000021") {
				t.Errorf("routing: %v", n)
			}
		}
		if strings.Join(line, " ") != want {
			t.Errorf("%s: %v, want %s", institution, line, want)
		}
		one := got["accounts"].([]any)[0].(object)["account_id"]
		if some := b.must("/auth/get", object{"access_token": access, "options": object{"account_ids": []any{one}}}); len(some["accounts"].([]any)) != 1 {
			t.Errorf("one account asked for: %v", some)
		}
	}
}

func TestInstitutions(t *testing.T) {
	b := newBench(t)
	all := object{"include_optional_metadata": true, "include_status": true, "include_auth_metadata": true}
	got := b.must("/institutions/get_by_id", object{"institution_id": "ins_109512", "country_codes": []string{"US"}, "options": all})["institution"].(object)
	if got["name"] != "Houndstooth Bank" || got["status"] == nil || got["primary_color"] == nil || got["auth_metadata"] == nil {
		t.Errorf("institution: %v", got)
	}
	if got := b.must("/institutions/get_by_id", object{"institution_id": "ins_43", "country_codes": []string{"US", "CA"}})["institution"].(object); got["status"] != nil || got["url"] != nil {
		t.Errorf("more than was asked for: %v", got)
	}
	for query, want := range map[string]int{"plat": 3, "PLATYPUS bal": 1, "zebra": 0} {
		found := b.must("/institutions/search", object{"query": query, "country_codes": []string{"US"}, "options": all})["institutions"].([]any)
		if len(found) != want {
			t.Errorf("%q finds %d, want %d", query, len(found), want)
		}
	}
	oauth := b.must("/institutions/search", object{"query": "p", "country_codes": []string{"US"}, "products": []string{"auth"}, "options": object{"oauth": true}})
	if n := len(oauth["institutions"].([]any)); n != 1 {
		t.Errorf("%d OAuth institutions, want 1", n)
	}
	none := b.must("/institutions/search", object{"query": "p", "country_codes": []string{"US"}, "products": []string{"liabilities"}})
	if n := len(none["institutions"].([]any)); n != 0 {
		t.Errorf("%d institutions for a product that none has", n)
	}
}

func TestProductsNeedConsent(t *testing.T) {
	b := newBench(t)
	made := b.must("/sandbox/public_token/create", object{"institution_id": "ins_109508", "initial_products": []string{"auth"}})
	access := b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})["access_token"]
	for _, path := range []string{"/transactions/sync", "/transactions/refresh"} {
		b.wants(path, object{"access_token": access}, "ADDITIONAL_CONSENT_REQUIRED")
	}
	token, address := b.newLink(object{"additional_consented_products": []string{"auth"}, "optional_products": nil})
	walk(newBrowser(t), address).press("share", nil)
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	access = b.must("/item/public_token/exchange", object{"public_token": public})["access_token"]
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

func TestWrongInput(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	const unknown = "sandbox-00000000-0000-4000-8000-000000000000"
	link := func(change object) object {
		body := object{"client_name": "B", "language": "en", "country_codes": []string{"US"}, "user": object{"client_user_id": "u"}, "products": []string{"auth"}}
		maps.Copy(body, change)
		return body
	}
	hosted := func(o object) object { return link(object{"hosted_link": o}) }
	sandboxCreate := func(change object) object {
		body := object{"institution_id": "ins_109508", "initial_products": []string{"auth"}}
		maps.Copy(body, change)
		return body
	}
	for _, c := range []struct {
		name, path string
		body       object
		code, says string
	}{
		{"field missing", "/link/token/create", link(object{"client_name": nil}), "MISSING_FIELDS", "client_name"},
		{"field empty", "/link/token/create", link(object{"client_name": ""}), "MISSING_FIELDS", "client_name"},
		{"field within missing", "/link/token/create", link(object{"user": object{}}), "MISSING_FIELDS", "user.client_user_id"},
		{"all fields missing", "/item/get", object{}, "MISSING_FIELDS", "access_token"},
		{"wrong type", "/item/get", object{"access_token": 7}, "INVALID_FIELD", "access_token must be a string"},
		{"wrong type of list", "/link/token/create", link(object{"country_codes": "US"}), "INVALID_FIELD", "country_codes must be an array"},
		{"unknown country", "/link/token/create", link(object{"country_codes": []string{"XX"}}), "INVALID_FIELD", "country_codes"},
		{"no country", "/link/token/create", link(object{"country_codes": []string{}}), "INVALID_FIELD", "country_codes"},
		{"unknown language", "/link/token/create", link(object{"language": "xx"}), "INVALID_FIELD", "language"},
		{"unknown product", "/link/token/create", link(object{"products": []string{"gold"}}), "INVALID_FIELD", "products"},
		{"product not here", "/link/token/create", link(object{"products": []string{"liabilities"}}), "INVALID_PRODUCT", "liabilities"},
		{"balance asked for", "/link/token/create", link(object{"products": []string{"balance"}}), "INVALID_FIELD", "balance"},
		{"no product", "/link/token/create", link(object{"products": nil}), "MISSING_FIELDS", "products"},
		{"products in update mode", "/link/token/create", link(object{"access_token": access}), "INVALID_FIELD", "products"},
		{"unknown item in update mode", "/link/token/create", link(object{"products": nil, "access_token": "access-" + unknown}), "INVALID_ACCESS_TOKEN", "find"},
		{"empty redirect", "/link/token/create", link(object{"redirect_uri": ""}), "INVALID_FIELD", "redirect"},
		{"days too few", "/link/token/create", link(object{"transactions": object{"days_requested": 0}}), "INVALID_FIELD", "days_requested"},
		{"days too many", "/link/token/create", link(object{"transactions": object{"days_requested": 731}}), "INVALID_FIELD", "days_requested"},
		{"days no integer", "/link/token/create", link(object{"transactions": object{"days_requested": 1.5}}), "INVALID_FIELD", "days_requested"},
		{"filter of unknown type", "/link/token/create", link(object{"account_filters": object{"gold": object{"account_subtypes": []string{"all"}}}}), "INVALID_FIELD", "gold"},
		{"life too long", "/link/token/create", hosted(object{"url_lifetime_seconds": 1814401}), "INVALID_FIELD", "url_lifetime"},
		{"delivery unknown", "/link/token/create", hosted(object{"delivery_method": "pigeon"}), "INVALID_FIELD", "delivery"},
		{"script as way back", "/link/token/create", hosted(object{"completion_redirect_uri": "javascript:alert(1)"}), "INVALID_FIELD", "URI"},
		{"policy in the way back", "/link/token/create", hosted(object{"completion_redirect_uri": "http://a;script-src *"}), "INVALID_FIELD", "URI"},
		{"policy in the host", "/link/token/create", hosted(object{"completion_redirect_uri": "http://a;b/"}), "INVALID_FIELD", "URI"},
		{"no link token", "/link/token/get", object{"link_token": "link-" + unknown}, "INVALID_LINK_TOKEN", "find"},
		{"link token of another kind", "/link/token/get", object{"link_token": access}, "INVALID_LINK_TOKEN", "format"},
		{"public token unknown", "/item/public_token/exchange", object{"public_token": "public-" + unknown}, "INVALID_PUBLIC_TOKEN", "find"},
		{"public token of production", "/item/public_token/exchange", object{"public_token": "public-production-00000000-0000-4000-8000-000000000000"}, "INVALID_PUBLIC_TOKEN", "environment"},
		{"access token unknown", "/item/get", object{"access_token": "access-" + unknown}, "INVALID_ACCESS_TOKEN", "find"},
		{"access token of production", "/accounts/get", object{"access_token": "access-production-00000000-0000-4000-8000-000000000000"}, "INVALID_ACCESS_TOKEN", "environment"},
		{"access token no token", "/accounts/get", object{"access_token": "x"}, "INVALID_ACCESS_TOKEN", "format"},
		{"account unknown", "/accounts/get", object{"access_token": access, "options": object{"account_ids": []string{"x"}}}, "INVALID_ACCOUNT_ID", "account"},
		{"count too small", "/transactions/sync", object{"access_token": access, "count": 0}, "INVALID_FIELD", "count"},
		{"count too large", "/transactions/sync", object{"access_token": access, "count": 501}, "INVALID_FIELD", "count"},
		{"cursor is garbage", "/transactions/sync", object{"access_token": access, "cursor": "garbage"}, "INVALID_FIELD", "cursor not associated with access_token"},
		{"one account's rows", "/transactions/sync", object{"access_token": access, "options": object{"account_id": "x"}}, "INVALID_FIELD", "account_id"},
		{"institution unknown", "/institutions/get_by_id", object{"institution_id": "ins_0", "country_codes": []string{"US"}}, "INVALID_INSTITUTION", "institution"},
		{"institution elsewhere", "/institutions/get_by_id", object{"institution_id": "ins_43", "country_codes": []string{"US"}}, "INVALID_INSTITUTION", "institution"},
		{"search for nothing", "/institutions/search", object{"query": "", "country_codes": []string{"US"}}, "MISSING_FIELDS", "query"},
		{"search unknown product", "/institutions/search", object{"query": "a", "country_codes": []string{"US"}, "products": []string{"gold"}}, "INVALID_FIELD", "products"},
		{"instant link elsewhere", "/sandbox/public_token/create", sandboxCreate(object{"institution_id": "ins_0"}), "INVALID_INSTITUTION", "institution"},
		{"instant link, wrong password", "/sandbox/public_token/create", sandboxCreate(object{"options": object{"override_password": "no"}}), "INVALID_CREDENTIALS", "credentials"},
		{"instant link, product not here", "/sandbox/public_token/create", sandboxCreate(object{"initial_products": []string{"assets"}}), "INVALID_PRODUCT", "assets"},
		{"instant link, too many days", "/sandbox/public_token/create", sandboxCreate(object{"options": object{"transactions": object{"days_requested": 1000}}}), "INVALID_FIELD", "days_requested"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := (&bench{t: t, http: b.http}).wants(c.path, c.body, c.code)
			if !strings.Contains(got["error_message"].(string), c.says) {
				t.Errorf("message %q does not say %q", got["error_message"], c.says)
			}
			fields := slices.Sorted(maps.Keys(got))
			if want := strings.Fields("causes display_message documentation_url error_code error_code_reason error_message error_type request_id status suggested_action"); !slices.Equal(fields, want) {
				t.Errorf("fields %v, want %v", fields, want)
			}
		})
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

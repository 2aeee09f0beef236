package sandbox_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// newLink asks for a hosted page.
func (b *bench) newLink(change object) (token, address string) {
	b.t.Helper()
	body := object{
		"client_name": "Bankbook", "language": "en", "country_codes": []string{"US"},
		"user": object{"client_user_id": "somebody"}, "products": []string{"transactions"},
		"optional_products": []string{"auth"}, "hosted_link": object{},
	}
	for k, v := range change {
		body[k] = v
	}
	if body["access_token"] != nil {
		delete(body, "products")
		delete(body, "optional_products")
	}
	got := b.must("/link/token/create", body)
	return got["link_token"].(string), got["hosted_link_url"].(string)
}

// sessions returns what /link/token/get says.
func (b *bench) sessions(token string) []any {
	b.t.Helper()
	return b.must("/link/token/get", object{"link_token": token})["link_sessions"].([]any)
}

// walk goes through the page to the choice of accounts.
func walk(b *browser, address string) *browser {
	b.t.Helper()
	b.open(address).shows("Link a bank to Bankbook").press("continue", nil)
	b.shows("Choose your bank").press("bank-ins_109508", nil)
	return b.shows("First Platypus Bank").press("sign-in", good).shows("Choose the accounts")
}

func TestLinkThroughThePage(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	if !strings.HasPrefix(address, b.http.URL+"/hosted/") {
		t.Fatalf("address: %s", address)
	}
	if len(b.sessions(token)) != 0 {
		t.Error("there is a session before the page was opened")
	}
	br := walk(newBrowser(t), address)
	if s := b.sessions(token)[0].(object); s["finished_at"] != nil || s["started_at"] == nil {
		t.Errorf("session under way: %v", s)
	}
	br.press("share", url.Values{"account": {"checking", "credit"}}).shows("First Platypus Bank is linked").shows("return to Bankbook")

	s := b.sessions(token)[0].(object)
	result := s["results"].(object)["item_add_results"].([]any)[0].(object)
	legacy := s["on_success"].(object)
	if result["public_token"] != legacy["public_token"] || s["exit"] != nil || s["on_exit"] != nil || s["finished_at"] == nil {
		t.Errorf("session: %v", s)
	}
	if n := len(result["accounts"].([]any)); n != 2 {
		t.Errorf("%d accounts in the result, want 2", n)
	}
	if names := eventNames(s); names != "OPEN TRANSITION_VIEW SELECT_INSTITUTION TRANSITION_VIEW SUBMIT_CREDENTIALS TRANSITION_VIEW TRANSITION_VIEW HANDOFF" {
		t.Errorf("events: %s", names)
	}
	access := b.must("/item/public_token/exchange", object{"public_token": result["public_token"]})["access_token"]
	accounts := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)
	for i, want := range []string{"0000", "3333"} {
		if accounts[i].(object)["mask"] != want || accounts[i].(object)["account_id"] != result["accounts"].([]any)[i].(object)["id"] {
			t.Errorf("account %d: %v", i, accounts[i])
		}
	}
	br.open(address).shows("is linked")
}

// eventNames returns the names of a session's events, the first first.
func eventNames(s object) string {
	var names []string
	for _, e := range s["events"].([]any) {
		names = append([]string{e.(object)["event_name"].(string)}, names...)
	}
	return strings.Join(names, " ")
}

func TestWrongPasswordIsToldInPlace(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := newBrowser(t)
	br.open(address).press("continue", nil).press("bank-ins_109511", nil)
	for _, fields := range []url.Values{wrong, {"user": {"nobody"}, "password": {"pass_good"}}} {
		br.press("sign-in", fields).shows(`role="alert"`)
		if br.status != http.StatusOK || strings.Contains(br.body, `value="`+fields.Get("password")) {
			t.Errorf("status %d, or the password is on the page", br.status)
		}
	}
	br.press("leave", nil).shows("Nothing was changed")
	exit := b.sessions(token)[0].(object)["exit"].(object)
	if exit["error"].(object)["error_code"] != "INVALID_CREDENTIALS" || exit["metadata"].(object)["status"] != "requires_credentials" {
		t.Errorf("exit: %v", exit)
	}
}

func TestLeaveAtEveryStep(t *testing.T) {
	steps := []struct {
		name, status, institution string
		reach                     func(*browser)
	}{
		{"consent", "", "", func(*browser) {}},
		{"bank", "requires_credentials", "", func(br *browser) { br.press("continue", nil) }},
		{"search without result", "institution_not_found", "", func(br *browser) {
			br.press("continue", nil).press("search-button", url.Values{"q": {"zebra"}}).shows("No bank is called")
		}},
		{"sign-in", "requires_credentials", "ins_109509", func(br *browser) { br.press("continue", nil).press("bank-ins_109509", nil) }},
		{"accounts", "requires_account_selection", "ins_109509", func(br *browser) {
			br.press("continue", nil).press("bank-ins_109509", nil).press("sign-in", good)
		}},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			b := newBench(t)
			token, address := b.newLink(nil)
			br := newBrowser(t)
			step.reach(br.open(address))
			br.press("leave", nil).shows("Nothing was changed")
			s := b.sessions(token)[0].(object)
			exit := s["exit"].(object)
			meta := exit["metadata"].(object)
			status, _ := meta["status"].(string)
			inst, _ := meta["institution"].(object)
			id, _ := inst["institution_id"].(string)
			if status != step.status || id != step.institution || exit["error"] != nil {
				t.Errorf("exit: %v", exit)
			}
			if s["finished_at"] == nil || s["on_exit"] == nil || s["results"] != nil || s["on_success"] != nil {
				t.Errorf("session: %v", s)
			}
			walk(br, address).press("share", nil).shows("is linked")
			if all := b.sessions(token); len(all) != 2 || all[0].(object)["results"] == nil {
				t.Errorf("a second try should be a second session, the latest first: %v", all)
			}
		})
	}
}

func TestAccountsAreChosen(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(object{"account_filters": object{
		"depository": object{"account_subtypes": []string{"savings", "hsa"}}, "loan": object{"account_subtypes": []string{"all"}},
	}})
	br := walk(newBrowser(t), address)
	if n := strings.Count(br.body, `type="checkbox"`); n != 4 || strings.Count(br.body, " checked") != 4 {
		t.Errorf("%d accounts on offer, want 4, all chosen", n)
	}
	br.press("share", url.Values{"account": nil}).shows("at least one account")
	br.press("share", url.Values{"account": {"checking"}}).shows("at least one account") // filtered out
	br.press("share", url.Values{"account": {"savings", "mortgage"}}).shows("is linked")
	if n := len(b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)["accounts"].([]any)); n != 2 {
		t.Errorf("%d accounts, want 2", n)
	}
	_, address = b.newLink(object{"account_filters": object{"other": object{"account_subtypes": []string{"all"}}}})
	br = newBrowser(t)
	br.open(address).press("continue", nil).press("bank-ins_109508", nil).press("sign-in", good).shows("No account at this bank fits")
}

func TestSignInAgain(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109512", 90)
	b.must("/sandbox/item/reset_login", object{"access_token": access})
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
	b.wants("/transactions/sync", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
	b.wants("/auth/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
	if it := b.must("/item/get", object{"access_token": access})["item"].(object); it["error"].(object)["error_code"] != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("item: %v", it)
	}
	token, address := b.newLink(object{"access_token": access})
	br := newBrowser(t)
	br.open(address).shows("Houndstooth Bank").shows("Sign in again").press("sign-in", wrong).shows(`role="alert"`)
	br.press("sign-in", good).shows("You are signed in again")
	s := b.sessions(token)[0].(object)
	if adds := s["results"].(object)["item_add_results"].([]any); len(adds) != 0 || s["on_success"] != nil || s["finished_at"] == nil {
		t.Errorf("session: %v", s)
	}
	it := b.must("/item/get", object{"access_token": access})["item"].(object)
	if it["error"] != nil || it["item_id"] != itemID {
		t.Errorf("item: %v", it)
	}
	b.must("/accounts/get", object{"access_token": access})
}

func TestCompletionRedirect(t *testing.T) {
	b := newBench(t)
	for _, target := range []string{"http://127.0.0.1:9/done/abc", "bankbook://done"} {
		for _, last := range []string{"share", "leave"} {
			_, address := b.newLink(object{"hosted_link": object{"completion_redirect_uri": target}})
			br := walk(newBrowser(t), address)
			u, _ := url.Parse(target)
			if csp := br.header.Get("Content-Security-Policy"); !strings.Contains(csp, "form-action 'self' "+u.Scheme+":") {
				t.Errorf("policy does not allow the way back: %s", csp)
			}
			br.stay()
			br.press(last, nil)
			if br.status != http.StatusSeeOther || br.header.Get("Location") != target {
				t.Errorf("%s: %d to %q, want %q", last, br.status, br.header.Get("Location"), target)
			}
		}
	}
}

func TestPageOutOfDate(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(object{"hosted_link": object{"url_lifetime_seconds": 60}})
	br := newBrowser(t)
	br.open(address)
	b.clock.advance(time.Minute)
	br.press("continue", nil).shows("This page has expired")
	if br.status != http.StatusGone {
		t.Errorf("status %d, want 410", br.status)
	}
	if br.open(address); br.status != http.StatusGone {
		t.Errorf("status %d, want 410", br.status)
	}
	for _, path := range []string{"/hosted/", "/hosted/unknown", "/hosted/unknown/bank", "/hosted/a/b/c"} {
		if br.open(b.http.URL + path).shows("no such page"); br.status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, br.status)
		}
	}
}

func TestForgedForms(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := newBrowser(t)
	br.open(address)
	send := func(name string, want int, change func(*http.Request)) {
		t.Helper()
		req := br.form("continue", nil)
		change(req)
		other := newBrowser(t)
		other.client = &http.Client{Jar: br.client.Jar}
		if other.do(req); other.status != want {
			t.Errorf("%s: status %d, want %d", name, other.status, want)
		}
	}
	noForm := br.form("continue", url.Values{"form": nil})
	send("no form token", http.StatusForbidden, func(r *http.Request) { *r = *noForm })
	badForm := br.form("continue", url.Values{"form": {strings.Repeat("a", 43)}})
	send("wrong form token", http.StatusForbidden, func(r *http.Request) { *r = *badForm })
	send("another site", http.StatusForbidden, func(r *http.Request) {
		r.Header.Set("Origin", "https://evil.example")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	})
	send("no origin", http.StatusForbidden, func(r *http.Request) {
		r.Header.Set("Origin", "null")
		r.Header.Del("Sec-Fetch-Site")
	})
	send("another name", http.StatusMisdirectedRequest, func(r *http.Request) { r.Host = "evil.example" })
	send("another port", http.StatusMisdirectedRequest, func(r *http.Request) { r.Host = "127.0.0.1:1" })

	stranger := newBrowser(t)
	if stranger.do(br.form("continue", nil)); stranger.status != http.StatusForbidden {
		t.Errorf("another browser with the form: status %d", stranger.status)
	}
	if len(b.sessions(token)) != 0 {
		t.Error("a forged form has begun a session")
	}
	br.press("continue", nil).shows("Choose your bank")
}

// Every form wants its token.
func TestFormsWithoutTheirToken(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := walk(newBrowser(t), address)
	before := b.told(token)
	for _, path := range []string{
		"", "/how", "/remembered", "/bank", "/notice", "/problem", "/sign-in", "/robot", "/check", "/oauth", "/oauth/sign-in", "/oauth/back",
		"/oauth/deny", "/oauth/consent", "/accounts", "/numbers", "/deposit", "/more", "/leave",
	} {
		if br.do(br.request(http.MethodPost, address+path, "continue=1&account=checking")); br.status != http.StatusForbidden {
			t.Errorf("POST %s: status %d, want 403", path, br.status)
		}
	}
	if after := b.told(token); after != before {
		t.Errorf("forms without a token have done something: %s", after)
	}
}

func TestGetChangesNothing(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(nil)
	br := walk(newBrowser(t), address)
	before, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"", "/bank", "/bank?q=tartan", "/sign-in", "/accounts", "/leave", "/done", "/left", "/nowhere", "/how", "/remembered", "/notice", "/robot",
		"/check", "/problem", "/oauth", "/oauth/sign-in", "/oauth/consent", "/oauth/deny", "/numbers", "/deposit", "/more", "/leaving",
	} {
		br.open(address + path)
		newBrowser(t).open(address + path)
	}
	for _, path := range []string{"/link/token/create", "/item/remove", "/sandbox/item/reset_login", "/"} {
		br.open(b.http.URL + path)
		if br.status < 400 {
			t.Errorf("GET %s: %d", path, br.status)
		}
	}
	after, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("a GET has changed the state")
	}
}

func TestBackButtonAndSecondClick(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := walk(newBrowser(t), address)
	share := br.form("share", nil)
	br.open(address+"/bank").press("bank-ins_109510", nil).shows("Tattersall")
	br.open(address + "/accounts").shows("Tattersall").shows("Password") // not signed in there
	br.open(address+"/sign-in").press("sign-in", good)
	again := br.form("share", nil)
	br.do(share).shows("Tattersall Federal Credit Union is linked")
	br.do(again).shows("is linked")
	if n := len(b.sessions(token)); n != 1 {
		t.Errorf("%d sessions, want 1", n)
	}
	for _, h := range []string{"Content-Security-Policy", "Cache-Control", "X-Content-Type-Options", "Referrer-Policy"} {
		if br.header.Get(h) == "" {
			t.Errorf("no %s", h)
		}
	}
	if csp := br.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src") {
		t.Errorf("policy: %s", csp)
	}
}

func TestHostedPagesSurviveARestart(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := walk(newBrowser(t), address)
	share := br.form("share", nil)
	b.restart() // on another port
	here, err := url.Parse(b.http.URL)
	if err != nil {
		t.Fatal(err)
	}
	share.URL.Host, share.Host = here.Host, here.Host
	share.Header.Set("Origin", b.http.URL)
	br.do(share).shows("is linked")
	if s := b.sessions(token)[0].(object); s["results"] == nil {
		t.Errorf("session: %v", s)
	}
}

func TestLinkTokensEnd(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.SingleUsePublicTokens = true })
	token, address := b.newLink(nil)
	walk(newBrowser(t), address).press("share", nil)
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	b.must("/item/public_token/exchange", object{"public_token": public})
	b.wants("/item/public_token/exchange", object{"public_token": public}, "INVALID_PUBLIC_TOKEN")
	b.clock.advance(6 * time.Hour)
	b.sessions(token)
	b.clock.advance(time.Hour)
	b.wants("/link/token/get", object{"link_token": token}, "INVALID_LINK_TOKEN")
}

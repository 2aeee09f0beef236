package sandbox_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// atOAuth goes to the consent page of a bank with pages of its own.
func atOAuth(t *testing.T, address, bank string) *browser {
	t.Helper()
	br := atBank(t, address, bank).press("to-bank", nil)
	return br.shows("Online banking").press("bank-sign-in", url.Values{"user": {"anybody"}, "password": {"anything"}}).shows("asks for access")
}

func TestOAuth(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atOAuth(t, address, "ins_127287")
	br.press("allow", url.Values{"account": nil}).shows("Choose at least one account")
	br.press("allow", url.Values{"account": {"checking", "savings"}}).shows("Platypus OAuth Bank is linked")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:OAUTH OPEN_OAUTH
		TRANSITION_VIEW:CONNECTED HANDOFF`)
	if n := len(b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)["accounts"].([]any)); n != 2 {
		t.Errorf("%d accounts, want 2", n)
	}
}

func TestWaysOutOfOAuth(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_127287").shows("the bank’s own website")
	br.press("to-bank", nil).press("bank-sign-in", nil).shows("Enter a user name")
	br.press("bank-cancel", nil).shows("Continue at Platypus OAuth Bank")
	b.leave(br, token, "requires_oauth", "")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:OAUTH OPEN_OAUTH
		CLOSE_OAUTH TRANSITION_VIEW:OAUTH EXIT:requires_oauth`)

	token, address = b.newLink(nil)
	br = atOAuth(t, address, "ins_127287").press("deny", nil).shows("You did not allow the access")
	back := *br
	back.press("retry", nil).shows("Continue at Platypus OAuth Bank")
	br = atOAuth(t, address, "ins_127287").press("deny", nil)
	b.leave(br, token, "requires_oauth", "ACCESS_NOT_GRANTED")
	if events := b.told(token); !strings.HasSuffix(events, "FAIL_OAUTH:ACCESS_NOT_GRANTED ERROR:ERROR:ACCESS_NOT_GRANTED TRANSITION_VIEW:ERROR EXIT:ACCESS_NOT_GRANTED:requires_oauth") {
		t.Errorf("events: %s", events)
	}

	_, address = b.newLink(object{"account_filters": object{"other": object{"account_subtypes": []string{"all"}}}})
	atOAuth(t, address, "ins_127287").shows("no account of the kind").press("bank-cancel", nil).shows("Continue at Platypus OAuth Bank")
}

// A form of another step is not taken, and leaves nothing behind.
func TestSignInWhereThereIsNone(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_109508")
	stray := br.form("sign-in", login("user_yuppie", "any"))
	br.open(address+"/bank").press("bank-ins_127287", nil).shows("the bank’s own website")
	br.do(stray).shows("the bank’s own website").press("to-bank", nil).press("bank-sign-in", login("a", "b"))
	br.press("allow", url.Values{"account": {"hsa"}}).shows("is linked")
	if got := b.masks(b.exchanged(token)); got != "9001" {
		t.Errorf("accounts %s, want those of the usual user", got)
	}
}

func TestOAuthByTheBanksApp(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(object{"country_codes": []string{"US", "GB"}, "optional_products": nil})
	atBank(t, address, "ins_132241").shows("Open the app")
	atBank(t, address, "ins_117181").shows("Scan the code with your phone").press("to-bank", nil).shows("Online banking")
	atOAuth(t, address, "ins_117650").press("allow", nil).shows("Royal Bank of Plaid is linked")
}

// exchanged returns the access token of the Item that was linked last.
func (b *bench) exchanged(token string) string {
	b.t.Helper()
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	return b.must("/item/public_token/exchange", object{"public_token": public})["access_token"].(string)
}

// item is what /item/get says.
func (b *bench) item(access string) object {
	b.t.Helper()
	return b.must("/item/get", object{"access_token": access})["item"].(object)
}

func (b *bench) masks(access string) string {
	b.t.Helper()
	var out []string
	for _, a := range b.must("/accounts/get", object{"access_token": access})["accounts"].([]any) {
		out = append(out, a.(object)["mask"].(string))
	}
	return strings.Join(out, " ")
}

func TestUpdateOfAccounts(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	walk(newBrowser(t), address).press("share", url.Values{"account": {"checking", "savings"}})
	access := b.exchanged(token)
	before := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)[1].(object)["account_id"]

	update := object{"access_token": access, "update": object{"account_selection_enabled": true}}
	token, address = b.newLink(update)
	br := newBrowser(t).open(address).shows("Choose the accounts").shows("It loses sight of the others")
	if n := strings.Count(br.body, " checked"); n != 2 {
		t.Errorf("%d accounts have a tick, want 2", n)
	}
	br.press("share", url.Values{"account": nil}).shows("at least one account")
	br.press("share", url.Values{"account": {"savings", "hsa"}}).shows("Your choice is kept")
	if got := b.masks(access); got != "1111 9001" {
		t.Errorf("accounts %s, want 1111 9001", got)
	}
	if after := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)[0].(object)["account_id"]; after != before {
		t.Error("an account that stays has another id")
	}
	b.wantsEvents(token, `OPEN TRANSITION_VIEW:SELECT_ACCOUNT TRANSITION_VIEW:CONNECTED HANDOFF`)

	token, address = b.newLink(update)
	br = newBrowser(t).open(address)
	b.leave(br, token, "requires_account_selection", "")
	if got := b.masks(access); got != "1111 9001" {
		t.Errorf("after leaving: accounts %s", got)
	}

	b.must("/sandbox/item/reset_login", object{"access_token": access})
	_, address = b.newLink(update)
	br = newBrowser(t).open(address).shows("Sign in again").press("sign-in", good).shows("Choose the accounts")
	br.press("share", url.Values{"account": {"checking"}}).shows("Your choice is kept")
	if got := b.masks(access); got != "0000" {
		t.Errorf("accounts %s, want 0000", got)
	}
}

func TestUpdateOfConsent(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(object{"optional_products": nil})
	walk(newBrowser(t), address).press("share", nil)
	access := b.exchanged(token)
	b.wants("/auth/get", object{"access_token": access}, "ADDITIONAL_CONSENT_REQUIRED")

	more := object{"access_token": access, "additional_consented_products": []string{"auth"}}
	token, address = b.newLink(more)
	br := newBrowser(t).open(address).shows("asks to read more").shows("Account and routing numbers")
	b.leave(br, token, "", "")
	b.wants("/auth/get", object{"access_token": access}, "ADDITIONAL_CONSENT_REQUIRED")
	_, address = b.newLink(more)
	newBrowser(t).open(address).press("agree", nil).shows("Your choice is kept")
	b.must("/auth/get", object{"access_token": access})

	b.must("/sandbox/item/reset_login", object{"access_token": access})
	_, address = b.newLink(object{"access_token": access, "additional_consented_products": []string{"identity"}})
	newBrowser(t).open(address).press("agree", nil).shows("Sign in again").press("sign-in", good).shows("Your choice is kept")
	if it := b.item(access); it["error"] != nil {
		t.Errorf("item: %v", it)
	}
}

func TestUpdateOfOAuth(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_127287", 30)
	b.must("/sandbox/item/reset_login", object{"access_token": access})
	token, address := b.newLink(object{"access_token": access})
	br := newBrowser(t).open(address).shows("confirm the access again")
	br.press("to-bank", nil).press("bank-sign-in", login("anybody", "anything")).press("allow", url.Values{"account": {"checking"}})
	br.shows("You are signed in again")
	if it := b.item(access); it["error"] != nil {
		t.Errorf("item: %v", it)
	}
	if got := b.masks(access); got != "0000" {
		t.Errorf("accounts %s, want 0000: at the bank's own page they are chosen anew", got)
	}
	b.wantsEvents(token, `OPEN TRANSITION_VIEW:OAUTH OPEN_OAUTH TRANSITION_VIEW:CONNECTED HANDOFF`)
}

func TestUpdateRenewsTheConsent(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_116834", 30)
	ends := func() time.Time {
		at, err := time.Parse(time.RFC3339, b.item(access)["consent_expiration_time"].(string))
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	before := ends()
	b.clock.advance(20 * 24 * time.Hour)
	_, address := b.newLink(object{"access_token": access, "country_codes": []string{"GB"}})
	newBrowser(t).open(address).press("to-bank", nil).press("bank-sign-in", login("a", "b")).press("allow", nil).shows("You are signed in again")
	if after := ends(); !after.Equal(before.Add(20 * 24 * time.Hour)) {
		t.Errorf("the consent ends at %s, it was %s", after, before)
	}
}

func TestUpdateOfARemovedItem(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	token, address := b.newLink(object{"access_token": access})
	br := newBrowser(t).open(address)
	signIn := br.form("sign-in", good)
	b.must("/item/remove", object{"access_token": access})
	br.open(address).shows("The connection is gone").open(address + "/sign-in").shows("The connection is gone")
	br.do(signIn).shows("The connection is gone")
	b.leave(br, token, "", "ITEM_NOT_FOUND")
}

// Somebody else's login at the same bank repairs nothing.
func TestUpdateWithAnotherUser(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	b.must("/sandbox/item/reset_login", object{"access_token": access})
	token, address := b.newLink(object{"access_token": access})
	br := newBrowser(t).open(address).press("sign-in", login("user_yuppie", "any")).shows("another user name")
	b.leave(br, token, "requires_credentials", "INVALID_UPDATED_USERNAME")
	b.wants("/accounts/get", object{"access_token": access}, "ITEM_LOGIN_REQUIRED")
}

// A bank that a tester has taken down lets nobody in, on its own pages too.
func TestFaultsAtTheSignIn(t *testing.T) {
	b := newBench(t)
	for bank, way := range map[string]struct {
		signIn func(string) *browser
		status string
	}{
		"ins_109508": {func(address string) *browser { return atBank(t, address, "ins_109508").press("sign-in", good) }, "requires_credentials"},
		"ins_127287": {func(address string) *browser {
			return atBank(t, address, "ins_127287").press("to-bank", nil).press("bank-sign-in", login("a", "b"))
		}, "requires_oauth"},
	} {
		b.must("/practice/faults/set", object{"kind": "institution_down", "institution_id": bank})
		token, address := b.newLink(nil)
		b.leave(way.signIn(address).shows("The bank is not answering"), token, way.status, "INSTITUTION_DOWN")
		b.must("/practice/faults/clear", object{})
		_, address = b.newLink(nil)
		if br := way.signIn(address); strings.Contains(br.body, "is not answering") {
			t.Errorf("%s: the fault is cleared, and the bank is still down", bank)
		}
	}
}

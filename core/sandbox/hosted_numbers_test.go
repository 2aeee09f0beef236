package sandbox_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// numbers are what is typed in for an account.
func numbers(routing, number string) url.Values {
	return url.Values{"routing": {routing}, "number": {number}, "holder": {"Alberta Charleson"}}
}

// authLink is a link for account numbers, with ways of verification.
func (b *bench) authLink(ways object) (token, address string) {
	b.t.Helper()
	return b.newLink(object{"products": []string{"auth"}, "optional_products": nil, "auth": ways})
}

// numberStatus returns the verification status of the Item's only account.
func (b *bench) numberStatus(access string) string {
	b.t.Helper()
	accounts := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)
	if len(accounts) != 1 {
		b.t.Errorf("%d accounts, want 1", len(accounts))
	}
	status, _ := accounts[0].(object)["verification_status"].(string)
	return status
}

func TestSameDayDeposit(t *testing.T) {
	b := newBench(t)
	token, address := b.authLink(object{"same_day_microdeposits_enabled": true})
	br := newBrowser(t).open(address).press("continue", nil)
	br.press("search-button", url.Values{"q": {"gibberish"}}).press("manually", nil).shows("Enter your account")
	for want, fields := range map[string]url.Values{
		"A routing number has nine digits": numbers("11000000", "1111222233330000"),
		"its last digit does not fit":      numbers("110000001", "1111222233330000"),
		"4 to 17 digits":                   numbers("110000000", "111"),
		"the name that the bank knows":     {"routing": {"110000000"}, "number": {"1111222233330000"}, "holder": {" "}},
	} {
		br.press("enter", fields).shows(want).shows(`value="` + fields.Get("routing") + `"`)
		if br.status != 422 {
			t.Errorf("%s: status %d, want 422", want, br.status)
		}
	}
	br.press("enter", numbers("110-000-000", "1111 2222 3333 0000")).shows("The deposit is on its way")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION TRANSITION_VIEW:NUMBERS SUBMIT_ROUTING_NUMBER:110000000
		SUBMIT_ACCOUNT_NUMBER:0000 TRANSITION_VIEW:SAME_DAY_MICRODEPOSIT_AUTHORIZED TRANSITION_VIEW:CONNECTED HANDOFF`)
	meta := b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)
	if meta["institution"] != nil || meta["accounts"].([]any)[0].(object)["verification_status"] != "pending_manual_verification" {
		t.Errorf("metadata: %v", meta)
	}
	access := b.exchanged(token)
	if got := b.numberStatus(access); got != "pending_manual_verification" {
		t.Errorf("status %q", got)
	}
	b.wants("/auth/get", object{"access_token": access}, "PRODUCT_NOT_READY")

	token, address = b.newLink(object{"access_token": access})
	br = newBrowser(t).open(address).shows("Enter the deposit’s code")
	br.press("confirm", url.Values{"code": {"XYZ"}}).shows("You have 2 tries left")
	b.leave(br, token, "requires_credentials", "INCORRECT_DEPOSIT_VERIFICATION")
	token, address = b.newLink(object{"access_token": access})
	newBrowser(t).open(address).press("confirm", url.Values{"code": {"abc"}}).shows("Your account is verified")
	b.wantsEvents(token, `OPEN TRANSITION_VIEW:CONNECTED HANDOFF`)
	if got := b.numberStatus(access); got != "manually_verified" {
		t.Errorf("status %q", got)
	}
	ach := b.must("/auth/get", object{"access_token": access})["numbers"].(object)["ach"].([]any)[0].(object)
	if ach["routing"] != "110000000" || ach["account"] != "1111222233330000" {
		t.Errorf("numbers: %v", ach)
	}
	_, address = b.newLink(object{"access_token": access})
	newBrowser(t).open(address).shows("There is nothing to do")
}

func TestDepositCodeThreeTimesWrong(t *testing.T) {
	b := newBench(t)
	token, address := b.authLink(object{"same_day_microdeposits_enabled": true, "auth_type_select_enabled": true})
	br := newBrowser(t).open(address).press("continue", nil).shows("How do you want to link")
	br.press("manually", nil).press("enter", numbers("110000000", "1111222233330000"))
	access := b.exchanged(token)
	if events := b.told(token); !strings.Contains(events, "TRANSITION_VIEW:SELECT_AUTH_TYPE SELECT_AUTH_TYPE:flow_type_manual TRANSITION_VIEW:NUMBERS") {
		t.Errorf("events: %s", events)
	}
	token, address = b.newLink(object{"access_token": access})
	br = newBrowser(t).open(address)
	for range 3 {
		br.press("confirm", url.Values{"code": {"XYZ"}})
	}
	br.shows("The account could not be verified")
	if strings.Contains(br.body, `id="retry"`) {
		t.Error("it can be tried again")
	}
	b.leave(br, token, "requires_credentials", "TOO_MANY_VERIFICATION_ATTEMPTS")
	if got := b.numberStatus(access); got != "verification_failed" {
		t.Errorf("status %q", got)
	}
	_, address = b.newLink(object{"access_token": access})
	newBrowser(t).open(address).shows("The account could not be verified")
}

func TestInstantDeposit(t *testing.T) {
	b := newBench(t)
	token, address := b.authLink(object{"instant_microdeposits_enabled": true})
	br := atBank(t, address, "ins_135858").shows("Windowpane Bank").shows("arrives at once")
	br.press("enter", numbers("110000000", "1111222233330000")).shows("does not take deposits at once")
	br.press("enter", numbers("333333334", "1111222233330000")).shows("Enter the deposit’s code")
	br.press("confirm", url.Values{"code": {"XYZ"}}).shows("You have 2 tries left")
	br.open(address + "/numbers").shows("Routing number").open(address + "/deposit")
	br.press("confirm", url.Values{"code": {"ABC"}}).shows("Your account is verified")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:NUMBERS SUBMIT_ROUTING_NUMBER:333333334
		SUBMIT_ACCOUNT_NUMBER:0000 TRANSITION_VIEW:INSTANT_MICRODEPOSIT_AUTHORIZED ERROR:INCORRECT_DEPOSIT_VERIFICATION
		TRANSITION_VIEW:CONNECTED HANDOFF`)
	access := b.exchanged(token)
	if got := b.numberStatus(access); got != "manually_verified" {
		t.Errorf("status %q", got)
	}
	if it := b.item(access); it["auth_method"] != "INSTANT_MICRODEPOSITS" || it["institution_id"] != nil {
		t.Errorf("item: %v", it)
	}

	token, address = b.authLink(object{"instant_microdeposits_enabled": true, "same_day_microdeposits_enabled": true})
	br = newBrowser(t).open(address).press("continue", nil).press("manually", nil).press("enter", numbers("333333334", "1111222233330000"))
	for range 3 {
		br.press("confirm", url.Values{"code": {"XYZ"}})
	}
	br.shows("The account could not be verified")
	b.leave(br, token, "requires_credentials", "TOO_MANY_VERIFICATION_ATTEMPTS")
}

func TestInstantMatch(t *testing.T) {
	b := newBench(t)
	token, address := b.authLink(nil)
	br := atBank(t, address, "ins_109512").press("sign-in", good).shows("Choose the account to share")
	if strings.Contains(br.body, "checkbox") || strings.Contains(br.body, "Plaid Mortgage") {
		t.Error("more than one account, or one without numbers, can be chosen")
	}
	br.press("share", nil).shows("Choose an account")
	br.press("share", url.Values{"account": {"savings"}}).shows("the numbers of Plaid Saving")
	br.press("enter", numbers("110000000", "1111222233331111")).shows("These are not the numbers of this account")
	br.press("enter", numbers("021000021", "1111222233331111")).shows("Houndstooth Bank is linked")
	if events := b.told(token); !strings.Contains(events, "ERROR:NUMBERS:INSTANT_MATCH_FAILED SUBMIT_ROUTING_NUMBER:021000021 SUBMIT_ACCOUNT_NUMBER:1111 TRANSITION_VIEW:CONNECTED") {
		t.Errorf("events: %s", events)
	}
	access := b.exchanged(token)
	if got, it := b.numberStatus(access), b.item(access); got != "" || it["auth_method"] != "INSTANT_MATCH" {
		t.Errorf("status %q, item: %v", got, it)
	}
	b.must("/auth/get", object{"access_token": access})

	token, address = b.authLink(nil)
	br = atBank(t, address, "ins_109512").press("sign-in", good).press("share", url.Values{"account": {"checking"}})
	for range 3 {
		br.press("enter", numbers("110000000", "1111222233330000"))
	}
	br.shows("The numbers do not match").press("retry", nil).shows("the numbers of Plaid Checking")
	b.leave(br, token, "requires_credentials", "")
}

func TestAutomatedDeposit(t *testing.T) {
	b := newBench(t)
	token, address := b.authLink(object{"automated_microdeposits_enabled": true})
	br := atBank(t, address, "ins_109512").press("sign-in", login("user_good", "microdeposits_good"))
	br.press("share", url.Values{"account": {"checking"}}).shows("recognised by itself")
	br.press("enter", numbers("021000021", "9999")).shows("does not end like")
	br.press("enter", numbers("021000021", "1111222233330000")).shows("Houndstooth Bank is linked").shows("A deposit is on its way")
	access := b.exchanged(token)
	if got := b.numberStatus(access); got != "pending_automatic_verification" {
		t.Errorf("status %q", got)
	}
	b.clock.advance(25 * time.Hour)
	if got := b.numberStatus(access); got != "automatically_verified" {
		t.Errorf("status after a day: %q", got)
	}

	_, address = b.authLink(object{"automated_microdeposits_enabled": true})
	br = atBank(t, address, "ins_109512").press("sign-in", good).press("share", url.Values{"account": {"checking"}})
	for range 3 {
		br.press("enter", numbers("110000000", "1111222233330000")).shows("These are not the numbers")
	}
	br.shows("recognised by itself").press("enter", numbers("110000000", "1111222233330000")).shows("A deposit is on its way")
}

func TestDatabaseAuthThroughThePage(t *testing.T) {
	b := newBench(t)
	for number, want := range map[string]string{
		"1111222233331111": "database_insights_pass", "1111222233333333": "database_insights_pass_with_caution", "1111222233330000": "database_insights_fail",
	} {
		token, address := b.authLink(object{"database_match_enabled": true})
		br := newBrowser(t).open(address).press("continue", nil).press("manually", nil).shows("looked up")
		br.press("enter", numbers("110000000", number)).shows("Your account is linked")
		meta := b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)
		if got := meta["accounts"].([]any)[0].(object)["verification_status"]; got != want {
			t.Errorf("%s: status %q, want %q", number, got, want)
		}
	}
	token, address := b.authLink(object{"database_match_enabled": true, "same_day_microdeposits_enabled": true})
	br := newBrowser(t).open(address).press("continue", nil).press("manually", nil)
	br.press("enter", numbers("110000000", "1111222233330000")).shows("The deposit is on its way")
	if got := b.numberStatus(b.exchanged(token)); got != "pending_manual_verification" {
		t.Errorf("status %q", got)
	}
}

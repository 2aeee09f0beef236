package sandbox_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// login is what is typed in at a bank.
func login(user, password string) url.Values {
	return url.Values{"user": {user}, "password": {password}, "pin": {"credential_good"}}
}

// atBank opens a page and goes to a bank.
func atBank(t *testing.T, address, bank string) *browser {
	t.Helper()
	return newBrowser(t).open(address).press("continue", nil).press("bank-"+bank, nil)
}

// leave leaves the page, and checks what is told of it.
func (b *bench) leave(br *browser, token, status, code string) {
	b.t.Helper()
	br.press("leave", nil).shows("Nothing was changed")
	s := b.sessions(token)[0].(object)
	exit, _ := s["exit"].(object)
	if exit == nil {
		b.t.Fatalf("no exit: %v", s)
	}
	got, _ := exit["metadata"].(object)["status"].(string)
	problem, _ := exit["error"].(object)
	told, _ := problem["error_code"].(string)
	if got != status || told != code {
		b.t.Errorf("left with %q and %q, want %q and %q", got, told, status, code)
	}
}

// told returns the events of the latest session, the first first, each with its
// view or what else is told of it.
func (b *bench) told(token string) string {
	b.t.Helper()
	var out []string
	for _, raw := range b.sessions(token)[0].(object)["events"].([]any) {
		e := raw.(object)
		line := e["event_name"].(string)
		meta := e["event_metadata"].(object)
		for _, key := range []string{"view_name", "mfa_type", "error_code", "exit_status", "institution_search_query", "selection", "match_reason", "routing_number", "account_number_mask"} {
			if v, ok := meta[key].(string); ok && v != "" {
				line += ":" + v
			}
		}
		out = append([]string{line}, out...)
	}
	return strings.Join(out, " ")
}

func (b *bench) wantsEvents(token, want string) {
	b.t.Helper()
	if got := b.told(token); got != strings.Join(strings.Fields(want), " ") {
		b.t.Errorf("events:\n%s\nwant\n%s", got, want)
	}
}

func TestEveryKindOfCheck(t *testing.T) {
	type page struct {
		kind, status string
		answers      url.Values
	}
	for password, pages := range map[string][]page{
		"mfa_device": {
			{"device", "choose_device", url.Values{"answer-0": {"Call to ***-***-4444"}}},
			{"code", "requires_code", url.Values{"answer-0": {"1234"}}},
		},
		"mfa_questions_2_2": {
			{"questions", "requires_questions", url.Values{"answer-0": {"answer_0_0"}, "answer-1": {"answer_0_1"}}},
			{"questions", "requires_questions", url.Values{"answer-0": {"answer_1_0"}, "answer-1": {" answer_1_1 "}}},
		},
		"mfa_selections": {{"selections", "requires_selections", url.Values{"answer-0": {"Yes"}}}},
		"mfa_selections_1_2_3": {
			{"selections", "requires_selections", url.Values{"answer-0": {"answer_0_0_0"}, "answer-1": {"answer_0_1_0"}}},
		},
	} {
		t.Run(password, func(t *testing.T) {
			b := newBench(t)
			for at := range pages {
				token, address := b.newLink(nil)
				br := atBank(t, address, "ins_109508").press("sign-in", login("user_good", password))
				for _, p := range pages[:at] {
					br.press("confirm", p.answers)
				}
				b.leave(br, token, pages[at].status, "")
			}
			token, address := b.newLink(nil)
			br := atBank(t, address, "ins_109508").press("sign-in", login("user_good", password))
			want := "OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:CREDENTIAL SUBMIT_CREDENTIALS"
			for _, p := range pages {
				br.press("confirm", p.answers)
				want += fmt.Sprintf(" TRANSITION_VIEW:MFA:%s SUBMIT_MFA:%s", p.kind, p.kind)
			}
			br.shows("Choose the accounts").press("share", nil).shows("is linked")
			b.wantsEvents(token, want+" TRANSITION_VIEW:SELECT_ACCOUNT TRANSITION_VIEW:CONNECTED HANDOFF")
		})
	}
}

func TestWrongAnswersLockTheLogin(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_109508").press("sign-in", login("user_good", "mfa_questions_1_1"))
	no := url.Values{"answer-0": {"no"}}
	br.press("confirm", no).shows("you have 2 tries left").press("confirm", no).shows("you have 1 try left")
	br.press("confirm", no).shows("The bank has locked this login")
	br.open(address + "/accounts").shows("The bank has locked this login")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:CREDENTIAL SUBMIT_CREDENTIALS
		TRANSITION_VIEW:MFA:questions SUBMIT_MFA:questions ERROR:MFA:INVALID_MFA SUBMIT_MFA:questions ERROR:MFA:INVALID_MFA
		SUBMIT_MFA:questions ERROR:MFA:INVALID_MFA ERROR:ERROR:ITEM_LOCKED TRANSITION_VIEW:ERROR`)
	br.press("retry", nil).shows("Password").press("sign-in", good).shows("Choose the accounts")
	br = atBank(t, address, "ins_109508").press("sign-in", login("user_good", "mfa_device"))
	for range 3 {
		br.press("confirm", url.Values{"answer-0": {"by pigeon"}})
	}
	b.leave(br, token, "choose_device", "ITEM_LOCKED")
}

func TestRobots(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_109508").press("sign-in", login("user_good", `{"recaptcha":"good"}`))
	br.shows("Are you a robot?").press("confirm", nil).shows("Tick the box")
	br.press("confirm", url.Values{"human": {"1"}}).shows("Choose the accounts").press("share", nil).shows("is linked")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:CREDENTIAL SUBMIT_CREDENTIALS
		TRANSITION_VIEW:RECAPTCHA TRANSITION_VIEW:SELECT_ACCOUNT TRANSITION_VIEW:CONNECTED HANDOFF`)

	token, address = b.newLink(nil)
	br = atBank(t, address, "ins_109508").press("sign-in", login("user_good", `{"recaptcha":"bad"}`))
	br.press("confirm", url.Values{"human": {"1"}}).shows("takes you for a robot")
	br.press("retry", nil).press("sign-in", login("user_good", `{"recaptcha":"bad"}`)).press("confirm", url.Values{"human": {"1"}})
	b.leave(br, token, "requires_credentials", "RECAPTCHA_BAD")
}

// Every error that a tester asks for has words of its own and ways out.
func TestForcedErrors(t *testing.T) {
	b := newBench(t)
	for code, words := range map[string]string{
		"ITEM_LOCKED": "has locked this login", "ITEM_NOT_SUPPORTED": "This kind of login", "USER_SETUP_REQUIRED": "not finished with you",
		"PASSWORD_RESET_REQUIRED": "wants a new password", "MFA_NOT_SUPPORTED": "security check", "NO_ACCOUNTS": "no account to link",
		"INSTITUTION_DOWN": "is not answering", "INSTITUTION_NOT_RESPONDING": "is not responding", "INSTITUTION_NOT_AVAILABLE": "is not available",
		"INTERNAL_SERVER_ERROR": "Something went wrong", "INVALID_SEND_METHOD": "could not be sent", "ITEM_LOGIN_REQUIRED": "wants a new sign-in",
		"USER_INPUT_TIMEOUT": "took too long", "INVALID_MFA": "answers were not right", "INSTITUTION_NO_LONGER_SUPPORTED": "any more",
	} {
		t.Run(code, func(t *testing.T) {
			token, address := b.newLink(nil)
			br := atBank(t, address, "ins_109508").press("sign-in", login("user_good", "error_"+code)).shows(words).shows(code)
			if strings.Contains(br.body, `id="retry"`) {
				br.press("retry", nil).shows("Password").press("sign-in", login("user_good", "error_"+code)).shows(words)
			}
			other := *br
			other.open(address + "/bank").shows("Choose your bank")
			b.leave(br, token, "requires_credentials", code)
		})
	}
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_109508").press("sign-in", login("user_good", "error_INVALID_CREDENTIALS")).shows("is not right")
	b.leave(br, token, "requires_credentials", "INVALID_CREDENTIALS")
}

func TestTooManyWrongSignIns(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_109508")
	br.press("sign-in", wrong).press("sign-in", wrong).press("sign-in", wrong).shows("has locked this login")
	br.press("retry", nil).press("sign-in", wrong).shows("is not right").press("sign-in", wrong).press("sign-in", wrong).shows("has locked")
	br = atBank(t, address, "ins_109511")
	br.press("sign-in", wrong).shows("is not right").press("sign-in", wrong).shows("This page is used up")
	if br.status != 410 {
		t.Errorf("status %d, want 410", br.status)
	}
	newBrowser(t).open(address).shows("This page is used up")
	s := b.sessions(token)[0].(object)
	if exit := s["exit"].(object); exit["error"].(object)["error_code"] != "INVALID_LINK_TOKEN" || s["finished_at"] == nil {
		t.Errorf("session: %v", s)
	}
}

func TestPin(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(nil)
	br := atBank(t, address, "ins_109509").shows("PIN")
	br.press("sign-in", url.Values{"user": {"user_good"}, "password": {"pass_good"}, "pin": {"0"}}).shows("is not right")
	br.press("sign-in", good).shows("Choose the accounts")
}

func TestHowBanksAre(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := atBank(t, address, "ins_132361").shows("is not answering").press("retry", nil).shows("is not answering")
	br.open(address + "/sign-in").shows("is not answering")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION
		SELECT_INSTITUTION SELECT_DOWN_INSTITUTION ERROR:INSTITUTION_DOWN TRANSITION_VIEW:ERROR
		SELECT_DOWN_INSTITUTION ERROR:INSTITUTION_DOWN TRANSITION_VIEW:ERROR`)
	br.open(address+"/bank").press("bank-ins_132363", nil).shows("is slow today")
	br.press("go-on", nil).press("sign-in", good).shows("Choose the accounts")
	br.open(address+"/bank").press("bank-ins_133402", nil).shows("be linked")
	b.leave(br, token, "institution_not_supported", "INSTITUTION_NO_LONGER_SUPPORTED")

	token, address = b.newLink(object{"country_codes": []string{"US", "CA"}, "products": []string{"transfer"}, "optional_products": nil})
	br = atBank(t, address, "ins_43").shows("does not offer this")
	b.leave(br, token, "institution_not_supported", "PRODUCTS_NOT_SUPPORTED")
}

func TestSearchIsTold(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := newBrowser(t).open(address).press("continue", nil).shows("Popular banks")
	br.press("search-button", url.Values{"q": {"Tartan"}}).shows("1 bank found").press("bank-ins_109511", nil)
	br.open(address+"/bank").press("search-button", url.Values{"q": {"zebra"}}).shows("No bank is called")
	b.leave(br, token, "requires_credentials", "") // the search has changed nothing: the user is still at the sign-in
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SEARCH_INSTITUTION:Tartan SELECT_INSTITUTION
		TRANSITION_VIEW:CREDENTIAL EXIT:requires_credentials`)

	token, address = b.newLink(nil)
	br = newBrowser(t).open(address).press("continue", nil).press("search-button", url.Values{"q": {"zebra"}})
	b.leave(br, token, "institution_not_found", "")
	b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SEARCH_INSTITUTION:zebra EXIT:institution_not_found`)
}

func TestReasonsForLeaving(t *testing.T) {
	b := newBench(t)
	for reason, shown := range map[string]string{"trust": "rather not", "": ""} {
		token, address := b.newLink(nil)
		br := atBank(t, address, "ins_109508")
		at := br.at.String()
		br.open(address + "/leaving").shows("Why are you leaving?").shows(shown).shows(`href="` + br.root() + `/sign-in" id="stay"`)
		if len(b.sessions(token)) != 1 || b.sessions(token)[0].(object)["finished_at"] != nil {
			t.Error("to ask why is to leave")
		}
		br.open(at).shows("Password").open(address + "/leaving")
		br.press("leave", url.Values{"reason": {reason}}).shows("Nothing was changed")
		b.wantsEvents(token, `OPEN:CONSENT TRANSITION_VIEW:SELECT_INSTITUTION SELECT_INSTITUTION TRANSITION_VIEW:CREDENTIAL
			TRANSITION_VIEW:EXIT EXIT:requires_credentials`)
	}
}

// root is the path of the link that the browser is at.
func (b *browser) root() string { return strings.Join(strings.Split(b.at.Path, "/")[:3], "/") }

func TestAccountsTimeOut(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(nil)
	br := walk(newBrowser(t), address)
	share := br.form("share", nil)
	b.clock.advance(5*time.Minute + time.Second)
	br.open(address + "/accounts").shows("That took too long")
	br.do(share).shows("That took too long").shows("USER_INPUT_TIMEOUT")
	br.press("retry", nil).press("sign-in", good).press("share", nil).shows("is linked")
	if events := b.told(token); !strings.Contains(events, "ERROR:ERROR:USER_INPUT_TIMEOUT TRANSITION_VIEW:ERROR") {
		t.Errorf("events: %s", events)
	}
}

func TestRemembered(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(nil)
	if br := newBrowser(t).open(address); strings.Contains(br.body, `id="remembered"`) {
		t.Error("somebody is known who never was here")
	}
	walk(newBrowser(t), address).press("share", url.Values{"account": {"savings"}}).shows("is linked")

	token, address := b.newLink(nil)
	br := newBrowser(t).open(address).shows("Continue with First Platypus Bank")
	br.press("remembered", nil).shows("Welcome back").press("confirm", url.Values{"code": {"000000"}}).shows("That is not the code")
	br.press("confirm", url.Values{"code": {"123456"}}).shows("Choose the accounts").press("share", nil).shows("is linked")
	b.wantsEvents(token, `OPEN:CONSENT SUBMIT_PHONE TRANSITION_VIEW:VERIFY_PHONE SUBMIT_OTP ERROR:VERIFY_PHONE:INVALID_OTP SUBMIT_OTP VERIFY_PHONE
		TRANSITION_VIEW:SELECT_SAVED_INSTITUTION SELECT_INSTITUTION:AUTO_SELECT_SAVED_INSTITUTION TRANSITION_VIEW:SELECT_SAVED_ACCOUNT
		TRANSITION_VIEW:CONNECTED HANDOFF`)
	if n := len(b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)["accounts"].([]any)); n != 12 {
		t.Errorf("%d accounts, want 12", n)
	}

	token, address = b.newLink(nil)
	br = newBrowser(t).open(address).press("remembered", nil)
	br.press("skip", nil).shows("Choose your bank")
	br.open(address).press("remembered", nil)
	for range 3 {
		br.press("confirm", url.Values{"code": {"1"}})
	}
	br.shows("Choose your bank").press("bank-ins_109508", nil)
	b.leave(br, token, "requires_credentials", "")

	_, address = b.newLink(object{"user": object{"client_user_id": "somebody else"}})
	if br := newBrowser(t).open(address); strings.Contains(br.body, `id="remembered"`) {
		t.Error("another user of the client is taken for the first")
	}
}

func TestCustomUserThroughThePage(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.SingleUsePublicTokens = true })
	token, address := b.newLink(nil)
	config := `{"override_accounts":[{"type":"depository","subtype":"checking","starting_balance":321.5,"meta":{"name":"Pocket money"}}],` +
		`"mfa":{"type":"device"}}`
	br := atBank(t, address, "ins_109508").press("sign-in", login("user_custom", config)).press("confirm", url.Values{"answer-0": {"x"}})
	br.shows(`role="alert"`).press("confirm", url.Values{"answer-0": {"Call to ***-***-4444"}}).press("confirm", url.Values{"answer-0": {"1234"}})
	br.shows("Pocket money").press("share", nil).shows("is linked")
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	access := b.must("/item/public_token/exchange", object{"public_token": public})["access_token"]
	if accounts := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any); accounts[0].(object)["name"] != "Pocket money" {
		t.Errorf("accounts: %v", accounts)
	}
}

package sandbox_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// atBank opens a page and goes to a bank.
func (b *tab) atBank(address, bank string) *tab {
	b.t.Helper()
	return b.open(address).press("continue").press("bank-" + bank)
}

// TestPagesInChromium goes every way in a real browser, and looks at every page
// with axe-core, in light and dark, on a desktop and on a phone.
func TestPagesInChromium(t *testing.T) {
	browser := chromium(t)
	axe := loadAxe(t)
	ways := map[string]func(*bench, *tab){
		"the keyboard alone": keyboardWay, "checks": checksWay, "robots": robotsWay, "errors": errorsWay, "wrong passwords": wrongWay,
		"how banks are": healthWay, "OAuth": oauthWay, "OAuth by an app": appWay, "a known user": knownWay, "same-day deposits": sameDayWay,
		"instant deposits": instantWay, "instant match": matchWay, "automated deposits": automatedWay, "database": databaseWay,
		"repair": repairWay, "other accounts": accountsWay, "more consent": moreWay, "leaving": leavingWay, "back to the application": returnWay,
		"pages that are no use": uselessWay, "no account that fits": filterWay,
	}
	gone := 0
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			way(newBench(t), newTab(t, browser, axe))
			gone++
		})
	}
	t.Run("axe finds something", func(t *testing.T) { axeFinds(newTab(t, browser, nil), axe) })
	if gone == len(ways) && len(axe.seen) < leastPages {
		t.Errorf("only %d pages were looked at, want %d", len(axe.seen), leastPages)
	}
}

// axeFinds shows that a page that is not right is found.
func axeFinds(p *tab, a *axe) {
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `<!doctype html><title>Bad</title><img src="x.png"><p style="color:#999;background:#aaa">Hard to read</p>`)
	}))
	defer bad.Close()
	p.open(bad.URL)
	p.run(chromedp.Evaluate(a.script+"\n;0", nil))
	for rules, want := range map[string]string{everything: "image-alt", colours: "color-contrast"} {
		if found := a.run(p, rules); !slices.ContainsFunc(found, func(v violation) bool { return v.ID == want }) {
			p.t.Errorf("%s is not found: %v", want, found)
		}
	}
}

// leastPages is how many pages and states of pages there are at least.
const leastPages = 60

// keyboardWay is the way that most go, without a mouse.
func keyboardWay(b *bench, p *tab) {
	token, address := b.newLink(nil)
	p.open(address).shows("Link a bank to Bankbook").reach("continue").enter(kb.Enter)
	p.shows("Popular banks").reach("search").types("zebra").enter(kb.Enter).shows("No bank is called “zebra”")
	p.reach("all-banks").enter(kb.Enter).reach("search").types("tartan").enter(kb.Enter).shows("1 bank found")
	p.reach("bank-ins_109511").enter(" ").shows("Use these practice details")
	p.reach("user").types("user_good").reach("password").types("no").enter(kb.Enter).shows("is not right")
	p.reach("user").types("user_good").reach("password").types("pass_good").reach("sign-in").enter(kb.Enter).shows("Choose the accounts")
	p.reach("account-checking").types(" ").reach("account-ira").types(" ").reach("share").enter(kb.Enter).shows("Tartan Bank is linked")
	accounts := b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)["accounts"].([]any)
	if len(accounts) != 10 {
		p.t.Errorf("%d accounts are shared, want 10", len(accounts))
	}
}

func checksWay(b *bench, p *tab) {
	_, address := b.newLink(nil)
	p.atBank(address, "ins_109508").signIn("user_good", "mfa_device").shows("Where should the code go?")
	p.tick("answer-0-1").press("confirm").shows("Enter the code").fill("answer-0", "9").press("confirm").shows("2 tries left")
	p.fill("answer-0", "1234").press("confirm").shows("Choose the accounts").press("share").shows("is linked")

	_, address = b.newLink(nil)
	p.atBank(address, "ins_109508").signIn("user_good", "mfa_questions_2_2").shows("Answer the bank’s questions")
	p.fill("answer-0", "answer_0_0").fill("answer-1", "answer_0_1").press("confirm")
	p.fill("answer-0", "no").fill("answer-1", "no").press("confirm").shows("2 tries left")
	p.fill("answer-0", "no").fill("answer-1", "no").press("confirm").shows("1 try left")
	p.fill("answer-0", "no").fill("answer-1", "no").press("confirm").shows("The bank has locked this login").press("retry").shows("Password")
	p.signIn("user_good", "mfa_selections_1_2_2").shows("Choose the right answers")
	p.tick("answer-0-0").tick("answer-1-0").press("confirm").shows("Choose the accounts")
}

func robotsWay(b *bench, p *tab) {
	_, address := b.newLink(nil)
	p.atBank(address, "ins_109508").signIn("user_good", `{"recaptcha":"bad"}`).press("confirm").shows("Tick the box")
	p.tick("human").press("confirm").shows("takes you for a robot").press("other-bank").press("bank-ins_109508")
	p.signIn("user_good", `{"recaptcha":"good"}`).tick("human").press("confirm").shows("Choose the accounts")
}

func errorsWay(b *bench, p *tab) {
	_, address := b.newLink(nil)
	p.atBank(address, "ins_109508")
	for code, words := range map[string]string{
		"INSTITUTION_DOWN": "is not answering", "PASSWORD_RESET_REQUIRED": "wants a new password", "USER_SETUP_REQUIRED": "not finished with you",
	} {
		p.signIn("user_good", "error_"+code).shows(words, code).press("retry").shows("Password")
	}
	p.signIn("user_good", "error_NO_ACCOUNTS").shows("There is no account to link").press("other-bank").shows("Choose your bank")
	p.press("bank-ins_109511").signIn("user_good", "error_ITEM_NOT_SUPPORTED").press("leave").shows("Nothing was changed")
}

func wrongWay(b *bench, p *tab) {
	_, address := b.newLink(nil)
	p.atBank(address, "ins_109509").shows("PIN").fill("pin", "1").signIn("user_good", "no").shows("is not right")
	p.press("other-bank").press("bank-ins_109508")
	for range 2 {
		p.signIn("user_good", "no").shows("is not right").signIn("user_good", "no").signIn("user_good", "no").shows("has locked this login").press("retry")
	}
	p.signIn("user_good", "no").shows("This page is used up")
}

func healthWay(b *bench, p *tab) {
	token, address := b.newLink(nil)
	p.atBank(address, "ins_132361").shows("is not answering").press("retry").shows("is not answering").press("other-bank")
	p.press("bank-ins_133402").shows("can’t be linked").press("other-bank")
	p.press("bank-ins_132363").shows("is slow today").press("go-on").signIn("user_good", "pass_good").press("share").shows("is linked")
	if s := b.sessions(token)[0].(object); s["results"] == nil {
		p.t.Errorf("session: %v", s)
	}
	_, address = b.newLink(object{"country_codes": []string{"CA"}, "products": []string{"transfer"}, "optional_products": nil})
	p.atBank(address, "ins_43").shows("does not offer this").press("other-bank").shows("Choose your bank")
}

func oauthWay(b *bench, p *tab) {
	_, address := b.newLink(nil)
	p.atBank(address, "ins_127287").press("to-bank").shows("Online banking").press("bank-cancel").shows("Continue at Platypus OAuth Bank")
	p.press("to-bank").fill("user", "anybody").fill("password", "anything").press("bank-sign-in").shows("asks for access")
	p.run(chromedp.Evaluate(`document.querySelectorAll("input:checked").forEach(e => e.click())`, nil))
	p.press("allow").shows("Choose at least one account").press("deny").shows("You did not allow the access").press("retry")
	p.press("to-bank").fill("user", "anybody").fill("password", "anything").press("bank-sign-in").press("allow").shows("Platypus OAuth Bank is linked")
}

func appWay(b *bench, p *tab) {
	_, address := b.newLink(object{"country_codes": []string{"US", "GB"}, "optional_products": nil})
	p.atBank(address, "ins_132241").shows("Open the app").press("other-bank")
	p.press("bank-ins_117181").shows("Scan the code with your phone").press("to-bank")
	p.fill("user", "anybody").fill("password", "anything").press("bank-sign-in").press("allow").shows("is linked")
}

func knownWay(b *bench, p *tab) {
	_, address := b.newLink(nil)
	p.atBank(address, "ins_109508").signIn("user_good", "pass_good").press("share")
	_, address = b.newLink(nil)
	p.open(address).shows("Continue with First Platypus Bank").press("remembered").shows("Welcome back")
	p.fill("code", "1").press("confirm").shows("That is not the code").press("skip").shows("Choose your bank")
	p.open(address).press("remembered").fill("code", "123456").press("confirm").shows("Choose the accounts").press("share").shows("is linked")
}

// number fills in an account's numbers and sends them.
func (b *tab) number(routing, number, holder string) *tab {
	b.t.Helper()
	return b.fill("routing", routing).fill("number", number).fill("holder", holder).press("enter")
}

func sameDayWay(b *bench, p *tab) {
	token, address := b.authLink(object{"same_day_microdeposits_enabled": true, "auth_type_select_enabled": true})
	p.open(address).press("continue").shows("How do you want to link").press("instantly").shows("Choose your bank")
	p.fill("search", "gibberish").press("search-button").press("manually").shows("Enter your account")
	p.number("110000001", "12", "Alberta").shows("its last digit does not fit", "4 to 17 digits")
	p.fill("routing", "110000000").fill("number", "1111222233330000").tick("kind-savings").press("enter").shows("The deposit is on its way")
	access := b.exchanged(token)
	_, address = b.newLink(object{"access_token": access})
	p.open(address).shows("Enter the deposit’s code").fill("code", "xyz").press("confirm").shows("2 tries left")
	p.fill("code", "abc").press("confirm").shows("Your account is verified")

	token, address = b.authLink(object{"same_day_microdeposits_enabled": true})
	p.open(address).press("continue").press("manually").number("110000000", "1111222233330000", "Alberta")
	_, address = b.newLink(object{"access_token": b.exchanged(token)})
	p.open(address)
	for range 3 {
		p.fill("code", "xyz").press("confirm")
	}
	p.shows("The account could not be verified").press("leave").shows("Nothing was changed")
}

func instantWay(b *bench, p *tab) {
	_, address := b.authLink(object{"instant_microdeposits_enabled": true})
	p.atBank(address, "ins_135858").number("333333334", "1111222233330000", "Alberta").shows("Enter the deposit’s code")
	p.fill("code", "ABC").press("confirm").shows("Your account is verified")
}

func matchWay(b *bench, p *tab) {
	_, address := b.authLink(nil)
	p.atBank(address, "ins_109512").signIn("user_good", "pass_good").press("share").shows("Choose an account")
	p.tick("account-savings").press("share").number("110000000", "1111222233331111", "Alberta").shows("These are not the numbers")
	p.number("021000021", "1111222233331111", "Alberta").shows("Houndstooth Bank is linked")
}

func automatedWay(b *bench, p *tab) {
	_, address := b.authLink(object{"automated_microdeposits_enabled": true})
	p.atBank(address, "ins_109512").signIn("user_good", "microdeposits_good").tick("account-checking").press("share")
	p.number("021000021", "1111222233330000", "Alberta").shows("Houndstooth Bank is linked", "A deposit is on its way")
}

func databaseWay(b *bench, p *tab) {
	_, address := b.authLink(object{"database_match_enabled": true})
	p.open(address).press("continue").press("manually").number("110000000", "1111222233331111", "Alberta").shows("Your account is linked")
}

func repairWay(b *bench, p *tab) {
	access, _ := b.instant("ins_109508", 30)
	b.must("/sandbox/item/reset_login", object{"access_token": access})
	_, address := b.newLink(object{"access_token": access})
	p.open(address).shows("Sign in again").signIn("user_good", "no").shows("is not right").signIn("user_good", "pass_good").shows("You are signed in again")
	if it := b.item(access); it["error"] != nil {
		p.t.Errorf("item: %v", it)
	}
	access, _ = b.instant("ins_127287", 30)
	_, address = b.newLink(object{"access_token": access})
	p.open(address).shows("confirm the access again").press("to-bank").fill("user", "a").fill("password", "b").press("bank-sign-in")
	p.press("allow").shows("You are signed in again")
}

func accountsWay(b *bench, p *tab) {
	access, _ := b.instant("ins_109508", 30)
	_, address := b.newLink(object{"access_token": access, "update": object{"account_selection_enabled": true}})
	p.open(address).shows("It loses sight of the others").tick("account-checking").press("share").shows("Your choice is kept")
	if got := len(b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)); got != 11 {
		p.t.Errorf("%d accounts, want 11", got)
	}
	_, address = b.newLink(object{"access_token": access, "update": object{"account_selection_enabled": true}})
	p.open(address)
	b.clock.advance(6 * time.Minute)
	p.open(address).press("share").shows("Your choice is kept") // nothing began before the first form

	_, address = b.newLink(nil)
	p.atBank(address, "ins_109508").signIn("user_good", "pass_good").shows("Choose the accounts")
	b.clock.advance(6 * time.Minute)
	p.press("share").shows("That took too long").press("retry").shows("Password")
}

func moreWay(b *bench, p *tab) {
	token, address := b.newLink(object{"optional_products": nil})
	p.atBank(address, "ins_109508").signIn("user_good", "pass_good").press("share")
	access := b.exchanged(token)
	_, address = b.newLink(object{"access_token": access, "additional_consented_products": []string{"auth"}})
	p.open(address).shows("asks to read more", "Account and routing numbers").press("agree").shows("Your choice is kept")
	b.must("/auth/get", object{"access_token": access})
}

func leavingWay(b *bench, p *tab) {
	token, address := b.newLink(nil)
	p.atBank(address, "ins_109508").press("close").shows("Why are you leaving?").press("stay").shows("Password")
	p.press("close").tick("reason-trust").press("leave").shows("Nothing was changed")
	if exit := b.sessions(token)[0].(object)["exit"].(object); exit["metadata"].(object)["status"] != "requires_credentials" {
		p.t.Errorf("exit: %v", exit)
	}
	token, address = b.newLink(nil)
	p.open(address).press("continue").fill("search", "zebra").press("search-button").press("close").press("leave").shows("Nothing was changed")
	if exit := b.sessions(token)[0].(object)["exit"].(object); exit["metadata"].(object)["status"] != "institution_not_found" {
		p.t.Errorf("exit: %v", exit)
	}
}

// returnWay leads to the application at the end, at once or by its button.
func returnWay(b *bench, p *tab) {
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<!doctype html><title>The application</title><h1>Welcome to the application</h1>")
	}))
	defer app.Close()
	for last, shown := range map[string]string{"share": "is linked", "leave": "Nothing was changed"} {
		_, address := b.newLink(object{"hosted_link": object{"completion_redirect_uri": app.URL + "/complete"}})
		p.atBank(address, "ins_109508").signIn("user_good", "pass_good").press(last).shows("Welcome to the application")
		end := map[string]string{"share": "/done", "leave": "/left"}[last]
		p.open(address + end).shows(shown).press("return").shows("Welcome to the application")
	}
}

func uselessWay(b *bench, p *tab) {
	_, address := b.newLink(object{"hosted_link": object{"url_lifetime_seconds": 60}})
	p.open(address)
	p.run(network.ClearBrowserCookies())
	p.press("continue").shows("That did not work")
	b.clock.advance(time.Minute)
	p.open(address).shows("This page has expired").open(b.http.URL + "/hosted/unknown").shows("There is no such page")
}

func filterWay(b *bench, p *tab) {
	_, address := b.newLink(object{"account_filters": object{"other": object{"account_subtypes": []string{"all"}}}})
	p.atBank(address, "ins_109508").signIn("user_good", "pass_good").shows("No account at this bank fits").press("other-bank")
	p.press("bank-ins_127287").press("to-bank").fill("user", "a").fill("password", "b").press("bank-sign-in")
	p.shows("no account of the kind").press("bank-cancel").shows("Continue at Platypus OAuth Bank")
}

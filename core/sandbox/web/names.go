package web

func (Consent) template() string     { return "consent" }
func (AuthType) template() string    { return "authtype" }
func (Remembered) template() string  { return "remembered" }
func (Banks) template() string       { return "banks" }
func (Notice) template() string      { return "notice" }
func (SignIn) template() string      { return "signin" }
func (Robot) template() string       { return "robot" }
func (Check) template() string       { return "check" }
func (Problem) template() string     { return "problem" }
func (HandOver) template() string    { return "handover" }
func (BankSignIn) template() string  { return "banksignin" }
func (BankConsent) template() string { return "bankconsent" }
func (Accounts) template() string    { return "accounts" }
func (Numbers) template() string     { return "numbers" }
func (Deposit) template() string     { return "deposit" }
func (More) template() string        { return "more" }
func (Another) template() string     { return "another" }
func (Leaving) template() string     { return "leaving" }
func (Done) template() string        { return "done" }
func (Left) template() string        { return "left" }
func (Gone) template() string        { return "gone" }
func (Refused) template() string     { return "refused" }

// ways are how far the pages are on the way of four; the others are no part of it.
var ways = map[string]int{
	"consent":  1,
	"authtype": 2, "banks": 2, "notice": 2,
	"remembered": 3, "signin": 3, "robot": 3, "check": 3, "handover": 3,
	"accounts": 4, "numbers": 4, "deposit": 4, "another": 4,
}

// step returns how far the page is on the way of four, or 0.
func step(p Page) int {
	if u, ok := p.(interface{ updates() bool }); ok && u.updates() {
		return 0
	}
	return ways[p.template()]
}

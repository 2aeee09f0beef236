package journey

import (
	"slices"

	"bankbook/core/sandbox/people"
)

// Step is where somebody is on the way.
type Step string

// The steps. Start stands for the first one of the link, whichever that is.
const (
	Start       Step = ""
	AuthType    Step = "auth-type"
	Remembered  Step = "remembered"
	Banks       Step = "banks"
	Notice      Step = "notice"
	SignIn      Step = "sign-in"
	Robot       Step = "robot"
	Check       Step = "check"
	Problem     Step = "problem"
	HandOver    Step = "hand-over"
	BankSignIn  Step = "bank-sign-in"
	BankConsent Step = "bank-consent"
	Accounts    Step = "accounts"
	Numbers     Step = "numbers"
	Deposit     Step = "deposit"
	More        Step = "more"
	Another     Step = "another"
	Done        Step = "done"
	Gone        Step = "gone"
)

// views are what Plaid calls the steps in its events. A bank's own pages are no
// views of Link.
var views = map[Step]string{
	AuthType:   "SELECT_AUTH_TYPE",
	Remembered: "VERIFY_PHONE",
	Banks:      "SELECT_INSTITUTION",
	SignIn:     "CREDENTIAL",
	Robot:      "RECAPTCHA",
	Check:      "MFA",
	Problem:    "ERROR",
	HandOver:   "OAUTH",
	Accounts:   "SELECT_ACCOUNT",
	Numbers:    "NUMBERS",
	More:       "CONSENT",
	Done:       "CONNECTED",
}

// The exit statuses (PLAID §2.2).
const (
	requiresCredentials = "requires_credentials"
	requiresAccounts    = "requires_account_selection"
	requiresOAuth       = "requires_oauth"
	notFound            = "institution_not_found"
	notSupported        = "institution_not_supported"
)

// checkStatus is the exit status during each kind of round.
var checkStatus = map[people.Kind]string{
	people.Device:     "choose_device",
	people.Code:       "requires_code",
	people.Questions:  "requires_questions",
	people.Selections: "requires_selections",
}

// status is what Plaid calls the place at which s is left. Somebody who has
// chosen no bank yet is told of as before the credentials (OpenAPI,
// LinkSessionExitMetadata); at the very start there is no status.
func (s State) status() string {
	step := s.Step
	if step == Problem {
		step = s.From
	}
	switch step {
	case Start, More, Remembered, Another:
		return ""
	case Notice:
		if s.Trouble == Unsupported || s.Trouble == Filtered {
			return notSupported
		}
	case Check:
		if s.Round < len(s.Login.Rounds) {
			return checkStatus[s.Login.Rounds[s.Round].Kind]
		}
	case HandOver, BankSignIn, BankConsent:
		return requiresOAuth
	case Accounts:
		return requiresAccounts
	}
	return requiresCredentials
}

// atBank are the steps at which a bank has been chosen.
var atBank = []Step{Notice, SignIn, Robot, Check, Problem, HandOver, BankSignIn, BankConsent, Accounts, Numbers, Deposit}

// pastSignIn are the steps from which a browser's Back leads to a sign-in that
// can be sent again.
var pastSignIn = []Step{SignIn, Robot, Check, Problem, Accounts, Numbers}

// Shows reports whether a page of the step can be looked at: the one where s is,
// and those to which one can go back.
func (s State) Shows(step Step, t Terms, b Bank) bool {
	at := s.Or(t.First(b))
	switch {
	case step == at:
		return true
	case at == Done || at == Gone || t.Stuck != "":
		return false
	case step == Banks:
		return !t.Update && at != Start
	case step == SignIn:
		return !b.OAuth && slices.Contains(pastSignIn, at)
	case step == Numbers:
		return at == Deposit && !t.Update
	}
	return false
}

// Or returns where s is; at the start that is first.
func (s State) Or(first Step) Step {
	if s.Step == Start {
		return first
	}
	return s.Step
}

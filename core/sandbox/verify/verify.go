package verify

import (
	"slices"
	"strings"
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// Method is a way of verification, in the words of Plaid's auth_method.
type Method string

// The methods.
const (
	InstantMatch Method = "INSTANT_MATCH"
	Automated    Method = "AUTOMATED_MICRODEPOSITS"
	SameDay      Method = "SAME_DAY_MICRODEPOSITS"
	InstantMicro Method = "INSTANT_MICRODEPOSITS"
	Database     Method = "DATABASE_INSIGHTS"
)

// ByHand reports whether the numbers are entered without a sign-in at a bank:
// the Item then has no institution, and one account alone.
func (m Method) ByHand() bool { return m == SameDay || m == InstantMicro || m == Database }

// Status is Plaid's verification_status; "" is that of numbers that need none.
type Status string

// The statuses that are used.
const (
	NotNeeded         Status = ""
	PendingAutomatic  Status = "pending_automatic_verification"
	AutomaticallyDone Status = "automatically_verified"
	Expired           Status = "verification_expired"
	PendingManual     Status = "pending_manual_verification"
	ManuallyDone      Status = "manually_verified"
	Failed            Status = "verification_failed"
	DatabasePassed    Status = "database_insights_pass"
	DatabaseCautioned Status = "database_insights_pass_with_caution"
	DatabaseFailed    Status = "database_insights_fail"
)

// Numbers are what a user enters. Name is the account holder's, Subtype is
// "checking" or "savings"; both are asked for where there is no sign-in.
type Numbers struct {
	Routing, Account, Name, Subtype string
}

// State is where a verification is. It holds the routing number and the end of
// the account number only.
type State struct {
	Method Method `json:"method"`
	// Account is the code of the account that it is about.
	Account string    `json:"account"`
	Begun   time.Time `json:"begun"`
	Routing string    `json:"routing"`
	Mask    string    `json:"mask"`
	Name    string    `json:"name,omitempty"`
	Subtype string    `json:"subtype,omitempty"`
	// Set is the status that was reached, or "" while the clock decides.
	Set Status `json:"set,omitempty"`
	// Wrong counts the wrong codes.
	Wrong int `json:"wrong,omitempty"`
	// Lost says that the deposit goes to a number that is not the account's.
	Lost bool `json:"lost,omitempty"`
}

// HandCode is the code of the account of an Item whose numbers were entered by
// hand.
const HandCode = "manual"

// The numbers that mean something in Plaid's sandbox. An account at a bank with
// SeenRouting counts as seen on Plaid's network before.
const (
	SeenRouting    = "011401533"
	InstantRouting = "333333334"
	Prefix         = "111122223333"
	DepositCode    = "ABC"

	passing  = Prefix + "1111"
	cautious = Prefix + "3333"
)

// Typed begins the verification of numbers that were entered by hand, with no
// sign-in. Same-day deposits to a bank that can take them at once become instant
// ones.
func Typed(m Method, n Numbers, now time.Time) (*State, *wire.Error) {
	if problem := n.check(); problem != nil {
		return nil, problem
	}
	if m == InstantMicro && n.Routing != InstantRouting {
		return nil, wire.Numbers("This bank does not take deposits at once. Check the routing number.")
	}
	if m == SameDay && n.Routing == InstantRouting {
		m = InstantMicro
	}
	s := &State{Method: m, Account: HandCode, Begun: now, Routing: n.Routing, Mask: end(n.Account), Name: n.Name, Subtype: n.Subtype}
	if s.Subtype == "" {
		s.Subtype = "checking"
	}
	if m == Database {
		s.Set = databaseStatus(n.Account)
	}
	return s, nil
}

// Known begins the verification of an account that the user has signed in to.
// The bank knows its routing numbers and the account's number. Instant Match
// wants both right; deposits go to whatever number ends like the account's, and
// are lost if it is another.
func Known(m Method, n Numbers, a *people.Account, routing []string, now time.Time) (*State, *wire.Error) {
	if problem := n.check(); problem != nil {
		return nil, problem
	}
	right := slices.Contains(routing, n.Routing) && n.Account == NumberOf(a)
	switch {
	case m == InstantMatch && !right:
		return nil, wire.LoginRefusal("INSTANT_MATCH_FAILED").Shown("These are not the numbers of the account. Check them and try again.")
	case end(n.Account) != end(NumberOf(a)):
		return nil, wire.Numbers("The account number does not end like that of the account you chose. Check it and try again.")
	}
	return &State{
		Method: m, Account: a.Code, Begun: now, Routing: n.Routing, Mask: end(n.Account), Name: n.Name, Lost: !right,
	}, nil
}

// NumberOf returns an account's number: its own, or the sandbox's prefix and its
// mask.
func NumberOf(a *people.Account) string {
	if a.Numbers.Account != "" {
		return a.Numbers.Account
	}
	return Prefix + a.Mask
}

// check wants numbers that could be ones.
func (n Numbers) check() *wire.Error {
	switch {
	case !people.ValidRouting(n.Routing):
		return wire.Numbers("The routing number is not right. It has nine digits.")
	case len(n.Account) < 4 || len(n.Account) > 17 || strings.Trim(n.Account, "0123456789") != "":
		return wire.Numbers("The account number is not right. It has 4 to 17 digits.")
	}
	return nil
}

// end returns the last four digits.
func end(number string) string {
	const length = 4
	return number[max(0, len(number)-length):]
}

func databaseStatus(account string) Status {
	switch account {
	case passing:
		return DatabasePassed
	case cautious:
		return DatabaseCautioned
	}
	return DatabaseFailed
}

// How long an automated deposit takes, and how long it is waited for.
const (
	Arrival  = 24 * time.Hour
	Patience = 7 * 24 * time.Hour
)

// Status returns the status at an instant.
func (s *State) Status(now time.Time) Status {
	switch {
	case s.Set != "":
		return s.Set
	case s.Method == SameDay, s.Method == InstantMicro:
		return PendingManual
	case s.Method != Automated:
		return NotNeeded
	case !s.Lost && !now.Before(s.Begun.Add(Arrival)):
		return AutomaticallyDone
	case !now.Before(s.Begun.Add(Patience)):
		return Expired
	}
	return PendingAutomatic
}

// Ends returns when an automated verification ends by itself, or zero if nothing
// more will happen.
func (s *State) Ends() time.Time {
	switch {
	case s.Method != Automated || s.Set != "":
		return time.Time{}
	case s.Lost:
		return s.Begun.Add(Patience)
	}
	return s.Begun.Add(Arrival)
}

// Ready reports whether the numbers can be told at an instant.
func (s *State) Ready(now time.Time) bool {
	switch s.Status(now) {
	case PendingAutomatic, PendingManual, Expired, Failed:
		return false
	}
	return true
}

// maxWrong is how many codes may be wrong.
const maxWrong = 3

// Submit takes the code of a deposit. After three wrong ones the account stays
// unverified for good.
func (s *State) Submit(code string, now time.Time) *wire.Error {
	switch {
	case s.Status(now) == Failed:
		return wire.TooManyCodes()
	case s.Status(now) != PendingManual:
		return wire.NoCode()
	case strings.EqualFold(strings.TrimSpace(code), DepositCode):
		s.Set = ManuallyDone
		return nil
	}
	if s.Wrong++; s.Wrong >= maxWrong {
		s.Set = Failed
		return wire.TooManyCodes()
	}
	return wire.WrongCode()
}

// Settle sets the end of an automated verification, as
// /sandbox/item/set_verification_status does. It reports whether there was one
// to be ended.
func (s *State) Settle(to Status) bool {
	if s.Method != Automated || s.Set != "" || (to != AutomaticallyDone && to != Expired) {
		return false
	}
	s.Set = to
	return true
}

// Seen reports whether the account was seen on Plaid's network before.
func (s *State) Seen() bool { return s.Routing == SeenRouting }

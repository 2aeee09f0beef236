package web

import "html/template"

// Frame is what all pages of a link have in common.
type Frame struct {
	// Client is the name of the application that the user came from.
	Client string
	// Root is the path of the link, such as "/hosted/abc"; forms post below it.
	Root string
	// Form is the token that every form carries.
	Form string
	// Update says that the link is about a bank that is linked already.
	Update bool
}

func (f Frame) updates() bool { return f.Update }

// Consent asks whether to begin.
type Consent struct {
	Frame
	// Asks lists what the application wants to read, in plain words.
	Asks []string
	// Saved is the bank that this user has linked before, or nil.
	Saved *Bank
}

// AuthType asks whether to sign in at a bank or to enter numbers.
type AuthType struct{ Frame }

// Remembered asks for the code that was sent to a user who is known.
type Remembered struct {
	Frame
	Bank  Bank
	Wrong bool
	// Phone ends the number that the code was sent to; Code is what it is.
	Phone, Code string
}

// Banks lets the user find a bank.
type Banks struct {
	Frame
	Query string
	Found []Bank
	// Manual says that numbers can be entered instead.
	Manual bool
}

// Notice tells how a bank is.
type Notice struct {
	Frame
	Bank Bank
	// Kind is "degraded", "down", "retired" or "lacks"; Code is the error's, in
	// Plaid's words, or "".
	Kind, Code string
}

// SignIn asks for user name and password.
type SignIn struct {
	Frame
	Bank Bank
	// Wrong says that the last try was not right.
	Wrong bool
	// Pin is the PIN that the bank asks for too, or "".
	Pin string
	// HintUser and HintPassword are what the practice bank accepts.
	HintUser, HintPassword string
}

// Robot asks to tick a box.
type Robot struct {
	Frame
	Bank Bank
	None bool
}

// Check asks a round of questions.
type Check struct {
	Frame
	Bank Bank
	// Kind is "device", "code", "questions" or "selections".
	Kind      string
	Questions []Question
	Wrong     bool
	// Left is how many tries there are before the bank locks the login.
	Left int
}

// Question is a question of a Check. Without Options the answer is typed. Answer
// is the right one, which the page tells, or "" if any is right.
type Question struct {
	Name, Text, Answer string
	Options            []string
}

// HandOver tells that the bank has a site of its own to sign in at.
type HandOver struct {
	Frame
	Bank Bank
	// Kind is "app" or "qr" for a bank that is reached through its app.
	Kind string
}

// BankSignIn is the sign-in on a bank's own site.
type BankSignIn struct {
	Frame
	Bank Bank
	None bool
}

// BankConsent is the choice of accounts on a bank's own site.
type BankConsent struct {
	Frame
	Bank    Bank
	Asks    []string
	Choices []Choice
	None    bool
}

// Accounts lets the user choose what to share.
type Accounts struct {
	Frame
	Bank    Bank
	Choices []Choice
	// None says that nothing was chosen, Single that one account is chosen alone.
	None, Single bool
}

// Choice is an account to choose. Balance is "" if it is not known.
type Choice struct {
	Code, Name, Kind, Mask, Balance string
	// Owed says that the balance is a debt.
	Owed, Chosen bool
}

// Numbers asks for routing and account number.
type Numbers struct {
	Frame
	// Bank and Account are those that the numbers belong to, or nil.
	Bank    *Bank
	Account *Choice
	// Routing, Number, Name and Kind are what was entered; Wrong says what is
	// wrong with each, by its name.
	Routing, Number, Name, Kind string
	Wrong                       map[string]string
	// Mismatch says that the numbers were not those of the account.
	Mismatch bool
	// Way is how they are verified: "match", "automatic", "instant", "same-day" or
	// "database".
	Way string
	// HintRouting and HintNumber are what the practice bank accepts.
	HintRouting, HintNumber string
}

// Deposit asks for the code beside a deposit.
type Deposit struct {
	Frame
	// Mask ends the number of the account.
	Mask  string
	Wrong bool
	// Left is how many tries are left; Code is the right one, which the page tells.
	Left int
	Code string
}

// More asks to share more than before.
type More struct {
	Frame
	Bank Bank
	Asks []string
}

// Another asks whether to link one more bank.
type Another struct {
	Frame
	// Banks are those linked so far.
	Banks []Bank
}

// Leaving asks why somebody leaves.
type Leaving struct {
	Frame
	Reasons []Reason
	// Back leads back to where one was.
	Back string
	// NoBank says that the search for Query found none.
	NoBank bool
	Query  string
}

// Reason is an answer to the question why.
type Reason struct{ Code, Text string }

// Done is the good end.
type Done struct {
	Client string
	// Return leads back to the application; without it the page is to be closed.
	Return template.URL
	// Bank is nil for an account that was entered by its numbers.
	Bank *Bank
	// Kind says what was done: "linked", "again", "accounts", "verified",
	// "pending" (a code has to be entered later), "automatic" (it need not) or
	// "several", of which there are Count.
	Kind  string
	Count int
}

// Left is the end of a user who went away.
type Left struct {
	Client string
	// Return leads back to the application; without it the page is to be closed.
	Return template.URL
}

// Gone is shown for a page that cannot be used: expired, used up by too many
// wrong sign-ins, or never there.
type Gone struct {
	Expired, Spent bool
	// Client and Return lead back to the application, if it is known.
	Client string
	Return template.URL
}

// Refused is shown for a form that did not come from one of these pages, or
// whose page is too old.
type Refused struct{}

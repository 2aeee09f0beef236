package say

import (
	"unicode"
	"unicode/utf8"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/fault"
	"bankbook/core/input"
)

// Field returns what a field of a form is called.
func Field(f input.Field) string {
	switch f {
	case accounts.Bank:
		return "Bank name"
	case accounts.Name:
		return "Account name"
	case accounts.Nickname, ach.NicknameField:
		return "Nickname"
	case accounts.Owner:
		return "Owner"
	case accounts.Type, ach.KindField:
		return "Type"
	case accounts.Mask:
		return "Last digits"
	case accounts.Opening:
		return "Balance"
	case accounts.Use, ach.AccountField:
		return "Account"
	case accounts.Paging:
		return "Limit and offset"
	case ach.RoutingField:
		return "Routing number"
	case ach.NumberField:
		return "Account number"
	case ach.HolderField:
		return "Account holder"
	case ach.ConfirmField:
		return "Confirmation"
	}
	return sentenceCase(string(f))
}

// Problem says at a field why it cannot be used, without a full stop.
func Problem(p input.Problem) string {
	if text := fieldProblem(p); text != "" {
		return text
	}
	switch p.Flaw {
	case input.Missing:
		return Field(p.Field) + " is missing"
	case input.TooLong:
		return Field(p.Field) + " is too long"
	case input.TooShort:
		return Field(p.Field) + " is too short"
	case input.Unprintable:
		return "This has characters that can’t be shown"
	case input.NotDigits:
		return "Only digits belong here"
	case input.CheckDigit:
		return "A digit is wrong"
	case input.Unassigned:
		return "There is no such number"
	case input.Unknown:
		return "There is no such choice"
	case input.NotAllowed:
		return "This can’t be chosen here"
	case input.NotAmount:
		return "This isn’t an amount"
	}
	return Field(p.Field) + " can’t be used"
}

// fieldProblem says what only a certain field has to say, or "".
func fieldProblem(p input.Problem) string {
	switch p {
	case input.Problem{Field: ach.RoutingField, Flaw: input.CheckDigit}:
		return "This routing number fails its check digit"
	case input.Problem{Field: ach.RoutingField, Flaw: input.Unassigned}:
		return "No bank’s routing number begins so"
	case input.Problem{Field: ach.RoutingField, Flaw: input.TooShort}, input.Problem{Field: ach.RoutingField, Flaw: input.TooLong}:
		return "A routing number has nine digits"
	case input.Problem{Field: ach.NumberField, Flaw: input.TooShort}, input.Problem{Field: ach.NumberField, Flaw: input.TooLong}:
		return "An account number has 5 to 17 digits"
	case input.Problem{Field: accounts.Use, Flaw: input.NotAllowed}:
		return "Only an open checking or savings account can be the first choice"
	case input.Problem{Field: ach.AccountField, Flaw: input.NotAllowed}:
		return "Only an open checking or savings account has such numbers"
	case input.Problem{Field: accounts.Owner, Flaw: input.NotAllowed}:
		return "This profile is archived"
	case input.Problem{Field: accounts.Owner, Flaw: input.Unknown}:
		return "There is no such profile here"
	case input.Problem{Field: accounts.Opening, Flaw: input.NotAllowed}:
		return "The balance has another currency"
	case input.Problem{Field: accounts.Paging, Flaw: input.NotAllowed}:
		return "Limit and offset can’t be below zero"
	}
	return ""
}

// Problems returns what to tell about fields that cannot be used, each in a
// sentence; none if err is not about fields.
func Problems(err error) (lines []string) {
	for _, p := range input.Problems(err) {
		lines = append(lines, Field(p.Field)+": "+lowerFirst(Problem(p))+".")
	}
	return lines
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}

// FixFields says how many fields have to be mended before one can go on.
func FixFields(n int) string { return "Fix " + Count(n, FieldNoun) + " to continue" }

// Numbers returns how far an account's numbers are verified, for a pill.
func Numbers(a core.ACHAccount) State {
	switch a.Status {
	case core.Verified:
		return State{"Verified", Good}
	case core.VerifyPending:
		return State{"Pending", Warning}
	case core.VerifyFailed:
		return State{"Failed", Bad}
	case core.VerifyExpired:
		return State{"Expired", Bad}
	case core.Unverified:
		return State{"Unverified", Warning}
	}
	return State{NoValue, Neutral}
}

// NumbersMore says in a sentence what the state of the numbers means.
func NumbersMore(a core.ACHAccount) string {
	switch {
	case a.Status == core.Verified && a.Tokenized:
		return "The bank gave a stand-in for the real account number. It works for transfers, and ends when you disconnect the bank."
	case a.Status == core.Verified && a.From == core.ByPlaid:
		return "The bank gave these numbers."
	case a.Status == core.Verified:
		return "A small deposit proved that these numbers lead to this account."
	case a.Status == core.VerifyPending:
		return "A small deposit is on its way. Enter the three letters beside it once it is on your statement."
	case a.Status == core.VerifyFailed:
		return "The letters were entered wrong too often. Check the numbers and have a deposit sent again."
	case a.Status == core.VerifyExpired:
		return "The letters were not entered in time. Have a deposit sent again."
	}
	return "You entered these numbers. They have to be verified before money is moved."
}

// AccountState returns the state of an account where that is out of the ordinary;
// ok is false if it is open and kept up to date.
func AccountState(a core.Account) (s State, ok bool) {
	switch {
	case a.Choices.Status == core.Closed:
		return State{"Closed", Neutral}, true
	case a.Choices.Status == core.Stopped:
		return State{"Stopped", Neutral}, true
	case a.Unshared:
		return State{"No longer shared", Warning}, true
	}
	return State{}, false
}

// AccountStateMore says in a sentence what such a state means.
func AccountStateMore(a core.Account, manual bool) string {
	switch {
	case a.Choices.Status == core.Closed:
		return "You noted that this account is closed. It stays as it was."
	case a.Choices.Status == core.Stopped && manual:
		return "You stopped this account. It stays as it was."
	case a.Choices.Status == core.Stopped:
		return "You stopped this account: it takes in nothing from its bank. Reopen it to fetch what it has missed."
	case a.Unshared:
		return "The bank no longer shares this account. What is here stays; to go on, add it to what the bank shares."
	}
	return ""
}

// Masked returns an account number of which the end may be shown: "••••7890".
func Masked(end string) string { return "••••" + end }

// Primary says what an account is the first choice for, or "".
func Primary(p core.Primary) string {
	switch {
	case p.Deposits && p.Withdrawals:
		return "Deposits and withdrawals"
	case p.Deposits:
		return "Deposits"
	case p.Withdrawals:
		return "Withdrawals"
	}
	return ""
}

// AccountLoss says what goes with an account that is removed.
func AccountLoss(l accounts.Loss) []string {
	rows := "It has no transactions."
	switch {
	case l.Rows == 1:
		rows = "Its transaction of " + FullDay(l.First) + " is deleted from this computer."
	case l.Rows > 1:
		rows = "Its " + Count(l.Rows, Transaction) + " from " + FullDay(l.First) + " to " + FullDay(l.Last) + " are deleted from this computer."
	}
	lines := []string{rows}
	if l.Numbers {
		lines = append(lines, "Its routing and account number are deleted from where your secrets are kept.")
	}
	return append(lines, "This can’t be undone.")
}

// RevealFault returns what to tell of numbers that could not be shown.
func RevealFault(err error) Message {
	if fault.Is(err, fault.Passphrase) {
		return Message{Title: "That isn’t the passphrase", Sentence: "This is not the passphrase of your data."}
	}
	return Fault(err)
}

// NumbersFrom says where numbers come from.
func NumbersFrom(a core.ACHAccount) string {
	switch {
	case a.Tokenized:
		return "Bank (stand-in)"
	case a.From == core.ByPlaid:
		return "Bank"
	}
	return "Entered by you"
}

// What is said of balances and numbers before something is done.
const (
	// BalanceCosts says that a call is not free.
	BalanceCosts = "Plaid may charge for asking a bank for its balance now."
	// NoNumbers stands where accounts with numbers would be listed.
	NoNumbers = "No account has routing and account numbers here."
	// ACHNumbers heads what is known of the numbers of accounts: the word that a
	// bookkeeper looks for, and a plain one.
	ACHNumbers = "ACH numbers"
	// AskRouting and AskNumber ask at the terminal.
	AskRouting = "Routing number: "
	AskNumber  = "Account number: "
	// NumbersLoss says what goes when numbers are deleted.
	NumbersLoss = "The routing and account number are deleted from where your secrets are kept. This can’t be undone."
	// RevealAsks says what is about to be shown.
	RevealAsks = "The full routing and account number are about to be shown, and that is noted in the activity."
	// TokenizedNote says what a tokenized number is.
	TokenizedNote = "The bank gave a stand-in for the real account number: it works for transfers, and not on paper forms."
)

// NumbersKept says at a field where the number goes.
func NumbersKept(passphrase bool) string {
	if passphrase {
		return "Kept sealed under your passphrase"
	}
	return "Kept in your system’s keychain"
}

package journey

import (
	"slices"
	"time"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
)

// State is how far somebody has come. It is kept as JSON in a session.
type State struct {
	Step Step `json:"step,omitempty"`
	// Since is when the step was reached; From is the step before a Problem.
	Since time.Time `json:"since,omitzero"`
	From  Step      `json:"from,omitempty"`
	// Institution is the bank chosen last, or "".
	Institution string `json:"institution,omitempty"`
	// Login is what stands between the password and the accounts, Round the first
	// of its rounds that is not answered yet. Human says that the box was ticked.
	Login people.Login `json:"login,omitzero"`
	Round int          `json:"round,omitempty"`
	Human bool         `json:"human,omitempty"`
	// Wrong counts the wrong answers in a row, Bad all refused sign-ins.
	Wrong int `json:"wrong,omitempty"`
	Bad   int `json:"bad,omitempty"`
	// Trouble is the code of the last error shown, or "".
	Trouble string `json:"trouble,omitempty"`
	// Chosen is the account whose numbers are asked for, alone, or nil.
	Chosen []string `json:"chosen,omitempty"`
	// Method is how the numbers that were entered are verified.
	Method verify.Method `json:"method,omitempty"`
}

// Terms are what the link asks for. They do not change on the way.
type Terms struct {
	// Update says that the link is about an Item that exists: one that is Broken,
	// or Pending a deposit's code, or whose accounts can be chosen anew
	// (Selection), or for which More products are to be agreed to.
	Update, Broken, Pending, Selection, More bool
	// Remembered is the bank that this user has linked before, or "".
	Remembered string
	// Stuck is the code of an error because of which nothing can be updated, or "".
	Stuck string
	// Numbers says that account and routing numbers are wanted.
	Numbers bool
	// Several says that one bank after another can be linked.
	Several bool
	// ChooseType asks first whether to sign in or to enter numbers.
	ChooseType bool
	// The ways of verifying numbers that the link allows.
	SameDay, Automated, Match, InstantDeposit, Database bool
}

// Manual reports whether numbers can be entered without a bank.
func (t Terms) Manual() bool { return !t.Update && t.Numbers && (t.SameDay || t.Database) }

// Health is how a bank is.
type Health string

// The states of a bank. Retired ones are no longer served.
const (
	Healthy  Health = ""
	Degraded Health = "degraded"
	Down     Health = "down"
	Retired  Health = "retired"
)

// Bank is what the way depends on at a bank. The zero Bank is none.
type Bank struct {
	ID     string
	Health Health
	// OAuth says that it has sign-in pages of its own.
	OAuth bool
	// Masked says that it does not tell account numbers: they are entered and
	// compared, or tried with a deposit. Deposits says that an instant deposit
	// takes the place of a sign-in.
	Masked, Deposits bool
	// Lacks says that it does not have what the link asks for.
	Lacks bool
}

// Single reports whether one account alone is chosen: numbers are entered for it.
func (t Terms) Single(b Bank) bool {
	return !t.Update && t.Numbers && b.Masked && (t.Match || t.Automated)
}

// First returns the step at which the link begins. b is the bank of the Item
// that is updated.
func (t Terms) First(b Bank) Step {
	switch {
	case !t.Update:
		return Start
	case t.Stuck != "":
		return Problem
	case t.Pending:
		return Deposit
	case t.More:
		return More
	case t.Selection && !t.Broken && !b.OAuth:
		return Accounts
	case b.OAuth:
		return HandOver
	}
	return SignIn
}

// End is how the way has ended.
type End int

// The ends. Linked asks for a new Item, Entered for one of numbers alone, and
// Updated for the Item's repair; Spent is the end of a link token. Where there can be
// several banks, Linked is the end of one, and Finished that of all.
const (
	NotYet End = iota
	Linked
	Finished
	Entered
	Updated
	Left
	Spent
)

// Result is what an input leads to.
type Result struct {
	State
	Events []Event
	End    End
	// Where is Plaid's exit status of a way that was left.
	Where string
	// Taken says that the input was one for the step.
	Taken bool
}

// Input is something that the person does.
type Input interface {
	// from lists the steps at which it can be done.
	from() []Step
	do(*turn)
}

// turn is one input's way through the machine.
type turn struct {
	Result
	terms Terms
	bank  Bank
	now   time.Time
}

// Next returns what the input leads to. b is the bank of s, or the one that the
// input chooses. An input that does not belong to the step changes nothing.
func (s State) Next(t Terms, b Bank, now time.Time, in Input) Result {
	if s.Step = s.Or(t.First(b)); s.Since.IsZero() {
		s.Since = now
	}
	if s.Step == Problem && s.Trouble == "" {
		s.Trouble = t.Stuck
	}
	turn := turn{Result: Result{State: s}, terms: t, bank: b, now: now}
	if from := in.from(); t.allows(in) && (from == nil || slices.Contains(from, s.Step)) {
		turn.Taken = true
		in.do(&turn)
	}
	return turn.Result
}

// allows reports whether anything can be done: about what cannot be updated, one
// can only leave.
func (t Terms) allows(in Input) bool {
	_, leaves := in.(Leave)
	return t.Stuck == "" || leaves
}

// tell adds an event.
func (t *turn) tell(e Event) {
	e.Institution = t.Institution
	t.Events = append(t.Events, e)
}

// to goes to a step. Its view is told, with the kind of a check.
func (t *turn) to(step Step) {
	t.Step, t.Since = step, t.now
	if view := views[step]; view != "" {
		e := Event{Name: transitionView, View: view}
		if step == Check {
			e.MFA = string(t.Login.Rounds[t.Round].Kind)
		}
		t.tell(e)
	}
}

// refuse tells of an error in place.
func (t *turn) refuse(code string) {
	t.Trouble = code
	t.tell(Event{Name: "ERROR", Trouble: code, View: views[t.Step]})
}

// trouble shows an error on a page of its own.
func (t *turn) trouble(code string) {
	t.Trouble = code
	if t.Step != Problem {
		t.From = t.Step
	}
	t.tell(Event{Name: "ERROR", Trouble: code, View: views[Problem]})
	t.to(Problem)
}

// finish is the good end.
func (t *turn) finish(end End) {
	t.Trouble, t.End = "", end
	t.to(Done)
	t.tell(Event{Name: "HANDOFF"})
}

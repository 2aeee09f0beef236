package journey

import (
	"time"

	"bankbook/core/sandbox/people"
)

// How often an answer, and a sign-in with one link, can be wrong. Plaid does not
// publish its numbers; that a link token dies of too many is on the page of
// INVALID_LINK_TOKEN (PLAID §2.2).
const (
	mostWrong = 3
	mostBad   = 8
)

// choiceTime is how long one can look at the accounts (PLAID §2.2).
const choiceTime = 5 * time.Minute

// Credentials are what the bank says to user name and password: what comes next,
// or the code of a refusal. Before counts the refusals of other sessions of the
// link.
type Credentials struct {
	Login   people.Login
	Refusal string
	Before  int
}

func (Credentials) from() []Step { return pastSignIn }

func (in Credentials) do(t *turn) {
	t.tell(Event{Name: "SUBMIT_CREDENTIALS"})
	wrong := t.Wrong
	t.forget()
	t.Step = SignIn
	if in.Refusal == "" {
		t.Login = in.Login
		t.next()
		return
	}
	if in.Refusal == InvalidCredentials {
		t.Bad, t.Wrong = t.Bad+1, wrong+1
	}
	switch {
	case t.Bad+in.Before >= mostBad:
		t.spend()
	case in.Refusal != InvalidCredentials:
		t.trouble(in.Refusal)
	case t.Wrong >= mostWrong:
		t.refuse(in.Refusal)
		t.trouble(ItemLocked)
	default:
		t.refuse(in.Refusal)
	}
}

// spend is the end of a link with which too many sign-ins were wrong.
func (t *turn) spend() {
	t.Where, t.End = t.status(), Spent
	t.refuse(InvalidLinkToken)
	t.tell(Event{Name: "EXIT", Where: t.Where, Trouble: InvalidLinkToken})
	t.Step = Gone
}

// next goes to what the login asks for next, and in the end to the accounts.
func (t *turn) next() {
	switch {
	case t.Login.Recaptcha && !t.Human:
		t.to(Robot)
	case t.Round < len(t.Login.Rounds):
		t.to(Check)
	case t.Login.Error != "":
		t.trouble(t.Login.Error)
	case t.terms.Update && !t.terms.Selection:
		t.finish(Updated)
	default:
		t.to(Accounts)
	}
}

// Human ticks the box that says so.
type Human struct{}

func (Human) from() []Step { return []Step{Robot} }

func (Human) do(t *turn) {
	if t.Login.RobotFails {
		t.trouble(RecaptchaBad)
		return
	}
	t.Human = true
	t.next()
}

// Answers answer the round that is open.
type Answers struct{ Given []string }

func (Answers) from() []Step { return []Step{Check} }

func (in Answers) do(t *turn) {
	round := t.Login.Rounds[t.Round]
	t.tell(Event{Name: "SUBMIT_MFA", MFA: string(round.Kind)})
	if !round.Right(in.Given) {
		t.Wrong++
		t.refuse(InvalidMFA)
		if t.Wrong >= mostWrong {
			t.trouble(ItemLocked)
		}
		return
	}
	t.Wrong, t.Trouble = 0, ""
	t.Round++
	t.next()
}

// Share chooses accounts: at least one.
type Share struct{ Accounts []string }

func (Share) from() []Step { return []Step{Accounts} }

func (in Share) do(t *turn) {
	switch {
	case t.TimedOut(t.now):
		t.trouble(InputTimeout)
	case t.terms.Update:
		t.finish(Updated)
	case t.terms.Single(t.bank):
		t.Chosen = in.Accounts[:1]
		t.to(Numbers)
	default:
		t.linked()
	}
}

// TimedOut reports whether the accounts have been looked at for too long.
func (s State) TimedOut(now time.Time) bool {
	return s.Step == Accounts && now.Sub(s.Since) > choiceTime
}

// Agree agrees to share more than before.
type Agree struct{}

func (Agree) from() []Step { return []Step{More} }

func (Agree) do(t *turn) {
	switch {
	case t.terms.Broken:
		t.enter()
	case t.terms.Selection && t.bank.OAuth:
		t.to(HandOver)
	case t.terms.Selection:
		t.to(Accounts)
	default:
		t.finish(Updated)
	}
}

// Tries returns how many answers can still be wrong.
func (s State) Tries() int { return mostWrong - s.Wrong }

// Asked returns the questions of the round that is open.
func (s State) Asked() []people.Question {
	if s.Step != Check || s.Round >= len(s.Login.Rounds) {
		return nil
	}
	return s.Login.Rounds[s.Round].Questions
}

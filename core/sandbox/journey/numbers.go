package journey

import "bankbook/core/sandbox/verify"

// Way returns how numbers are verified that are typed in where s is. Silent says
// that the bank cannot be asked whether they match.
func (s State) Way(t Terms, b Bank, silent bool) verify.Method {
	switch {
	case len(s.Chosen) > 0 && t.Automated && (silent || !t.Match || s.Wrong >= mostWrong):
		return verify.Automated
	case len(s.Chosen) > 0:
		return verify.InstantMatch
	case b.Deposits:
		return verify.InstantMicro
	case t.Database:
		return verify.Database
	}
	return verify.SameDay
}

// Entry are numbers that were typed in and could be ones. Mask ends the account
// number. Mismatch says that they are not those of the chosen account.
type Entry struct {
	Routing, Mask string
	Method        verify.Method
	Mismatch      bool
}

func (Entry) from() []Step { return []Step{Numbers, Deposit} }

func (in Entry) do(t *turn) {
	if t.terms.Update {
		return
	}
	t.Step = Numbers
	t.tell(Event{Name: "SUBMIT_ROUTING_NUMBER", Routing: in.Routing})
	t.tell(Event{Name: "SUBMIT_ACCOUNT_NUMBER", Mask: in.Mask})
	if in.Mismatch {
		t.mismatch()
		return
	}
	t.Wrong, t.Trouble, t.Method = 0, "", in.Method
	switch in.Method {
	case verify.InstantMicro:
		t.tell(Event{Name: transitionView, View: "INSTANT_MICRODEPOSIT_AUTHORIZED"})
		t.to(Deposit)
	case verify.SameDay:
		t.tell(Event{Name: transitionView, View: "SAME_DAY_MICRODEPOSIT_AUTHORIZED"})
		t.finish(Entered)
	case verify.Database:
		t.finish(Entered)
	default:
		t.linked()
	}
}

// mismatch is for numbers that are not the account's. In the end a deposit finds
// out, if the link allows it.
func (t *turn) mismatch() {
	t.Wrong++
	t.refuse(MatchFailed)
	if t.Wrong >= mostWrong && !t.terms.Automated {
		t.trouble(MatchFailed)
	}
}

// Code is what is said to the code that stands beside a deposit: nothing if it
// is right.
type Code struct{ Refusal string }

func (Code) from() []Step { return []Step{Deposit} }

func (in Code) do(t *turn) {
	switch {
	case in.Refusal == "" && t.terms.Update:
		t.finish(Updated)
	case in.Refusal == "":
		t.finish(Entered)
	case in.Refusal == WrongDeposit:
		t.refuse(WrongDeposit)
	default:
		t.refuse(WrongDeposit)
		t.trouble(in.Refusal)
	}
}

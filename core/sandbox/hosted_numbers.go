package sandbox

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/web"
	"bankbook/core/sandbox/wire"
)

// deposit reports whether the Item waits for the code of a deposit, or why
// nothing can be done about an Item of numbers alone.
func (i *item) deposit(now time.Time) (pending bool, stuck string) {
	switch {
	case !i.byHand():
		return false, ""
	case i.Verification.Status(now) == verify.PendingManual:
		return true, ""
	case i.Verification.Status(now) == verify.Failed:
		return false, journey.TooManyDeposits
	}
	return false, journey.NoDeposit
}

// way returns how numbers are verified that are typed in now.
func (v *visit) way() verify.Method {
	return v.state().Way(v.terms(), v.at(), v.session != nil && v.session.Silent)
}

// depositor is the routing number of a bank to which deposits can be sent.
const depositor = "110000000"

// ways are how the page calls the ways of verification.
var ways = map[verify.Method]string{
	verify.InstantMatch: "match", verify.Automated: "automatic", verify.InstantMicro: "instant", verify.Database: "database", verify.SameDay: "same-day",
}

// drawNumbers asks for numbers, and tells those that the practice bank takes.
func (v *visit) drawNumbers() web.Page {
	s, way := v.state(), v.way()
	p := web.Numbers{
		Frame: v.frame(), Way: ways[way], Routing: v.link.Routing, HintRouting: depositor, HintNumber: verify.Prefix + "0000",
		Mismatch: s.Trouble == journey.MatchFailed,
	}
	if inst := v.bank(); inst != nil {
		bank := inst.shown()
		p.Bank = &bank
		if len(inst.Routing) > 0 {
			p.HintRouting = inst.Routing[0]
		}
	}
	if way == verify.Database {
		p.HintNumber = verify.Prefix + "1111"
	}
	if a := v.chosen(); a != nil {
		c := choiceOf(a, v.bank().currency())
		p.Account, p.HintNumber = &c, verify.NumberOf(a)
	}
	return p
}

// chosen is the account whose numbers are asked for, or nil.
func (v *visit) chosen() *people.Account {
	if codes := v.state().Chosen; len(codes) > 0 {
		return v.person().Account(codes[0])
	}
	return nil
}

// enterNumbers takes an account's numbers. What is not right is told at once, on
// the same page, with what was entered: nothing has changed, and the numbers are
// not kept.
func (v *visit) enterNumbers() error {
	if !v.state().Shows(journey.Numbers, v.terms(), v.at()) {
		return v.to(v.here())
	}
	n := verify.Numbers{
		Routing: digits(v.field("routing")), Account: digits(v.field("number")), Name: strings.TrimSpace(v.field("holder")), Subtype: v.field("kind"),
	}
	wrong := mistakes(n, v.chosen())
	if len(wrong) > 0 {
		return v.askAgain(n, wrong)
	}
	found, refusal := v.verify(n)
	entry := journey.Entry{Routing: n.Routing, Mask: n.Account[max(0, len(n.Account)-4):]}
	switch {
	case refusal != nil && refusal.Code == journey.MatchFailed:
		entry.Mismatch = true
	case refusal != nil:
		return v.askAgain(n, map[string]string{"number": *refusal.Display})
	default:
		entry.Method = found.Method
	}
	return v.do(deed{Input: entry, note: func(_ *state, s *session) journey.Input {
		s.Verification = found
		return nil
	}})
}

// verify begins the verification of numbers. Those that the database does not
// know are tried with a deposit, if the link allows that.
func (v *visit) verify(n verify.Numbers) (*verify.State, *wire.Error) {
	way := v.way()
	if a := v.chosen(); a != nil {
		return verify.Known(way, n, a, v.bank().Routing, v.now)
	}
	found, refusal := verify.Typed(way, n, v.now)
	if found != nil && found.Status(v.now) == verify.DatabaseFailed && v.terms().SameDay {
		return verify.Typed(verify.SameDay, n, v.now)
	}
	return found, refusal
}

// askAgain shows the page with what was entered, and what is wrong with it.
func (v *visit) askAgain(n verify.Numbers, wrong map[string]string) error {
	p, _ := v.drawNumbers().(web.Numbers)
	p.Routing, p.Number, p.Name, p.Kind, p.Wrong, p.Mismatch = n.Routing, n.Account, n.Name, n.Subtype, wrong, false
	v.show(http.StatusUnprocessableEntity, p)
	return nil
}

// digits leaves out what people put between digits.
func digits(s string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(s))
}

// mistakes says what is wrong with each field.
func mistakes(n verify.Numbers, chosen *people.Account) map[string]string {
	const routing, shortest, longest = 9, 4, 17
	wrong := map[string]string{}
	switch {
	case len(n.Routing) != routing || !numeric(n.Routing):
		wrong["routing"] = "A routing number has nine digits."
	case !people.ValidRouting(n.Routing):
		wrong["routing"] = "This is no routing number: its last digit does not fit the others. Look for a digit that is mistyped."
	}
	if len(n.Account) < shortest || len(n.Account) > longest || !numeric(n.Account) {
		wrong["number"] = "An account number has 4 to 17 digits."
	}
	if n.Name == "" {
		wrong["holder"] = "Enter the name that the bank knows."
	}
	if chosen == nil && n.Subtype != "checking" && n.Subtype != "savings" {
		wrong["kind"] = "Choose one of the two."
	}
	return wrong
}

func numeric(s string) bool { return strings.Trim(s, "0123456789") == "" }

// depositTries is how many codes can be wrong before it is over.
const depositTries = 3

func (v *visit) drawDeposit() web.Page {
	found := v.waiting()
	return web.Deposit{
		Frame: v.frame(), Mask: found.Mask, Wrong: v.state().Trouble != "", Left: depositTries - found.Wrong, Code: verify.DepositCode,
	}
}

// waiting is the verification that waits for a code: the Item's, or that of the
// numbers that were just entered.
func (v *visit) waiting() *verify.State {
	switch {
	case v.update != nil && v.update.Verification != nil:
		return v.update.Verification
	case v.session != nil && v.session.Verification != nil:
		return v.session.Verification
	}
	return &verify.State{}
}

// enterCode takes the code of a deposit. How many were wrong is kept with the
// Item, so that another page gives no new tries.
func (v *visit) enterCode() error {
	return v.do(deed{Input: journey.Code{}, begins: v.update != nil, note: func(st *state, s *session) journey.Input {
		found := s.Verification
		if it := st.item(v.link.Update); it != nil {
			found = it.Verification
		}
		if found == nil || s.Or(v.terms().First(v.at())) != journey.Deposit {
			return nil
		}
		if refusal := found.Submit(v.field("code"), v.now); refusal != nil {
			return journey.Code{Refusal: cmp.Or(refusal.Code, journey.WrongDeposit)}
		}
		return nil
	}})
}

package sandbox

import (
	"fmt"
	"slices"
	"strings"

	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/web"
)

// field returns what a form says.
func (v *visit) field(name string) string { return v.r.PostForm.Get(name) }

// begin goes on from the first page.
func (v *visit) begin() error {
	if v.link.Update != "" {
		return v.to("")
	}
	return v.do(deed{Input: journey.Begin{}, begins: true})
}

func (v *visit) chooseType() error {
	return v.do(deed{Input: journey.Type{Manual: v.field("how") == "manual"}})
}

// remember begins with the bank that is known, or takes its code.
func (v *visit) remember() error {
	if v.field("recall") != "" {
		return v.do(deed{Input: journey.Recall{}, begins: true})
	}
	return v.do(deed{Input: journey.Passcode{Right: strings.TrimSpace(v.field("code")) == knownCode}, note: func(st *state, s *session) journey.Input {
		if it := st.remembered(&v.link, v.now); it != nil {
			s.User, s.Custom = it.User, it.Custom
		}
		return nil
	}})
}

// chooseBank takes the user to a bank.
func (v *visit) chooseBank() error {
	inst := institutionByID(v.field("institution"))
	if inst == nil || inst.Unlisted || !slices.Contains(v.link.Countries, inst.country()) {
		return v.to("/bank")
	}
	return v.do(deed{Input: journey.Choose{Query: v.field("q")}, bank: inst, note: func(_ *state, s *session) journey.Input {
		s.User, s.Custom, s.Verification, s.Silent = "", nil, nil, false
		return nil
	}})
}

func (v *visit) goOn() error { return v.do(deed{Input: journey.GoOn{}}) }

// signIn checks user name and password. The password is not kept, unless it is a
// custom user's configuration.
func (v *visit) signIn() error {
	if v.bank() == nil {
		return v.to("")
	}
	fault, err := v.fault()
	if err != nil {
		return err
	}
	in, person := v.credentials()
	if fault != "" {
		in.Refusal, person = fault, nil
	}
	return v.do(deed{Input: in, begins: v.update != nil, note: func(_ *state, s *session) journey.Input {
		if person != nil {
			s.User, s.Custom, s.Silent = person.User, person.Custom, person.MicroDeposits
		}
		return nil
	}})
}

// fault returns the code of an error that a tester lets the bank answer a sign-in
// with, or "".
func (v *visit) fault() (code string, err error) {
	if v.bank() == nil {
		return "", nil
	}
	met, err := v.signInTrouble(v.bank().ID)
	if met != nil {
		code = met.Code
	}
	return code, err
}

// credentials returns what the bank says to the form, and who has signed in.
func (v *visit) credentials() (journey.Credentials, *people.Person) {
	in := journey.Credentials{Before: v.link.badBefore(v.session)}
	person, refusal := people.SignIn(v.field("user"), v.field("password"))
	switch {
	case refusal != nil:
		in.Refusal = refusal.Code
	case v.bank().pin() != "" && v.field("pin") != v.bank().pin():
		in.Refusal = journey.InvalidCredentials
	case v.update != nil && person.User != v.update.person().User:
		in.Refusal = "INVALID_UPDATED_USERNAME"
	default:
		in.Login = person.Login
		return in, person
	}
	return in, nil
}

// badBefore counts the refused sign-ins of the link's other sessions.
func (l *link) badBefore(own *session) int {
	bad := 0
	for _, s := range l.Sessions {
		if own == nil || s.ID != own.ID {
			bad += s.Bad
		}
	}
	return bad
}

func (v *visit) human() error {
	if v.field("human") == "" {
		return v.to("/robot?chosen=none")
	}
	return v.do(deed{Input: journey.Human{}})
}

// answerField is the name of the field of a round's question.
func answerField(i int) string { return fmt.Sprintf("answer-%d", i) }

// answer takes the answers of the round that is open.
func (v *visit) answer() error {
	var given []string
	for i := range v.state().Asked() {
		given = append(given, strings.TrimSpace(v.field(answerField(i))))
	}
	return v.do(deed{Input: journey.Answers{Given: given}})
}

func (v *visit) toBank() error {
	return v.do(deed{Input: journey.ToBank{}, begins: v.update != nil})
}

func (v *visit) bankSignIn() error {
	if v.field("user") == "" || v.field("password") == "" {
		return v.to("/oauth/sign-in?chosen=none")
	}
	fault, err := v.fault()
	switch {
	case err != nil:
		return err
	case fault != "":
		return v.do(deed{Input: journey.Fail{Code: fault}})
	}
	return v.do(deed{Input: journey.BankLogin{}})
}

func (v *visit) bankBack() error { return v.do(deed{Input: journey.Return{}}) }

func (v *visit) bankDeny() error {
	return v.do(deed{Input: journey.Fail{Code: journey.AccessNotGranted}})
}

func (v *visit) bankAllow() error {
	chosen := v.ticked()
	if len(chosen) == 0 {
		return v.to("/oauth/consent?chosen=none")
	}
	return v.do(deed{Input: journey.Allow{}, chosen: chosen})
}

// ticked returns the accounts on offer that the form has chosen.
func (v *visit) ticked() []string {
	return slices.DeleteFunc(v.offered(), func(code string) bool {
		return !slices.Contains(v.r.PostForm["account"], code)
	})
}

// share takes the choice of accounts.
func (v *visit) share() error {
	chosen := v.ticked()
	if len(chosen) == 0 && !v.state().TimedOut(v.now) {
		return v.to("/accounts?chosen=none")
	}
	return v.do(deed{Input: journey.Share{Accounts: chosen}, chosen: chosen, begins: v.update != nil})
}

func (v *visit) agree() error { return v.do(deed{Input: journey.Agree{}, begins: true}) }

// another goes on to one more bank, or ends a link of several.
func (v *visit) another() error {
	if v.field("another") != "" {
		return v.do(deed{Input: journey.OneMore{}})
	}
	return v.do(deed{Input: journey.Enough{}})
}

// stepNoBank is how the form of a search without a result names its place.
const stepNoBank = "no-bank"

// leave ends the session without a result.
func (v *visit) leave() error {
	if v.link.success() != nil {
		return v.to("/done")
	}
	in := journey.Leave{Query: v.field("q"), NotFound: v.field("step") == stepNoBank, Asked: v.field("asked") != ""}
	return v.do(deed{Input: in, begins: true, note: func(_ *state, s *session) journey.Input {
		if i := slices.IndexFunc(leaveReasons, func(r web.Reason) bool { return r.Code == v.field("reason") }); i >= 0 {
			s.Reason = leaveReasons[i].Code
		}
		return nil
	}})
}

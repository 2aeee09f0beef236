package sandbox

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/web"
)

// stepPages are the addresses of the steps below the link's own, and what they
// show.
var stepPages = map[journey.Step]struct {
	path string
	draw func(*visit) web.Page
}{
	journey.AuthType:    {"/how", (*visit).drawType},
	journey.Remembered:  {"/remembered", (*visit).drawRemembered},
	journey.Banks:       {"/bank", (*visit).drawBanks},
	journey.Notice:      {"/notice", (*visit).drawNotice},
	journey.SignIn:      {"/sign-in", (*visit).drawSignIn},
	journey.Robot:       {"/robot", (*visit).drawRobot},
	journey.Check:       {"/check", (*visit).drawCheck},
	journey.Problem:     {"/problem", (*visit).drawProblem},
	journey.HandOver:    {"/oauth", (*visit).drawHandOver},
	journey.BankSignIn:  {"/oauth/sign-in", (*visit).drawBankSignIn},
	journey.BankConsent: {"/oauth/consent", (*visit).drawBankConsent},
	journey.Accounts:    {"/accounts", (*visit).drawAccounts},
	journey.Numbers:     {"/numbers", (*visit).drawNumbers},
	journey.Deposit:     {"/deposit", (*visit).drawDeposit},
	journey.More:        {"/more", (*visit).drawMore},
	journey.Another:     {"/another", (*visit).drawAnother},
}

// here is the address of where the user is, below the link's own.
func (v *visit) here() string {
	return stepPages[v.state().Or(v.terms().First(v.at()))].path
}

// look shows the page of a step, if it can be looked at from where the user is,
// and leads to the right one otherwise.
func (v *visit) look(step journey.Step) error {
	switch {
	case v.link.success() != nil:
		return v.to("/done")
	case !v.state().Shows(step, v.terms(), v.at()):
		return v.to(v.here())
	}
	v.show(http.StatusOK, stepPages[step].draw(v))
	return nil
}

// showStart shows the first page: the question whether to begin, or what an
// update begins with, or the end of a link that has been used.
func (v *visit) showStart() error {
	if v.link.success() != nil {
		return v.to("/done")
	}
	if v.link.Update != "" {
		return v.look(v.state().Or(v.terms().First(v.at())))
	}
	p := web.Consent{Frame: v.frame(), Asks: asks(slices.Concat(v.link.Products, v.link.Optional, v.link.Consented), v.link.Days)}
	if v.saved != nil {
		bank := institutionByID(v.saved.Institution).shown()
		p.Saved = &bank
	}
	v.show(http.StatusOK, p)
	return nil
}

func (v *visit) drawType() web.Page { return web.AuthType{Frame: v.frame()} }

// What a known user is told of the phone, and the code that is sent to it.
const (
	knownPhone = "0010"
	knownCode  = "123456"
)

func (v *visit) drawRemembered() web.Page {
	phone := v.link.Phone
	if len(phone) < len(knownPhone) {
		phone = knownPhone
	}
	return web.Remembered{
		Frame: v.frame(), Bank: institutionByID(v.terms().Remembered).shown(), Wrong: v.state().Trouble != "",
		Phone: phone[len(phone)-len(knownPhone):], Code: knownCode,
	}
}

func (v *visit) drawBanks() web.Page {
	query := v.r.URL.Query().Get("q")
	p := web.Banks{Frame: v.frame(), Query: query, Manual: v.terms().Manual()}
	for _, inst := range searchInstitutions(query, v.link.Countries) {
		p.Found = append(p.Found, inst.shown())
	}
	return p
}

func (v *visit) drawNotice() web.Page {
	kind := string(v.at().Health)
	if v.at().Lacks && v.at().Health != journey.Retired {
		kind = "lacks"
	}
	return web.Notice{Frame: v.frame(), Bank: v.bank().shown(), Kind: kind, Code: v.state().Trouble}
}

func (v *visit) drawSignIn() web.Page {
	s := v.state()
	return web.SignIn{
		Frame: v.frame(), Bank: v.bank().shown(), Wrong: s.Step == journey.SignIn && s.Trouble != "", Pin: v.bank().pin(),
		HintUser: people.GoodUser, HintPassword: people.GoodPassword,
	}
}

// missing reports whether the last form was sent without a choice.
func (v *visit) missing() bool { return v.r.URL.Query().Get("chosen") == "none" }

func (v *visit) drawRobot() web.Page {
	return web.Robot{Frame: v.frame(), Bank: v.bank().shown(), None: v.missing()}
}

func (v *visit) drawCheck() web.Page {
	s := v.state()
	round := s.Login.Rounds[s.Round]
	p := web.Check{Frame: v.frame(), Bank: v.bank().shown(), Kind: string(round.Kind), Wrong: s.Trouble != "", Left: s.Tries()}
	for i, q := range round.Questions {
		p.Questions = append(p.Questions, web.Question{Name: answerField(i), Text: q.Text, Answer: q.Answer, Options: q.Options})
	}
	return p
}

func (v *visit) drawProblem() web.Page {
	t := v.terms()
	code := cmp.Or(v.state().Trouble, t.Stuck)
	final := journey.Final(code)
	return web.Problem{
		Frame: v.frame(), Bank: v.bank().shown(), Code: code, Retry: !final, Other: !t.Update,
		Numbers: !t.Update && t.Manual(),
	}
}

func (v *visit) drawHandOver() web.Page {
	return web.HandOver{Frame: v.frame(), Bank: v.bank().shown(), Kind: v.bank().reached()}
}

func (v *visit) drawBankSignIn() web.Page {
	return web.BankSignIn{Frame: v.frame(), Bank: v.bank().shown(), None: v.missing()}
}

func (v *visit) drawBankConsent() web.Page {
	products := slices.Concat(v.link.Products, v.link.Optional, v.link.Consented)
	if v.update != nil {
		products = append(products, v.update.Products...)
	}
	return web.BankConsent{
		Frame: v.frame(), Bank: v.bank().shown(), Asks: asks(products, v.link.Days), Choices: v.choices(), None: v.missing(),
	}
}

func (v *visit) drawAccounts() web.Page {
	if s := v.state(); s.TimedOut(v.now) {
		return web.Problem{Frame: v.frame(), Bank: v.bank().shown(), Code: journey.InputTimeout, Retry: true, Other: !v.terms().Update}
	}
	return web.Accounts{
		Frame: v.frame(), Bank: v.bank().shown(), Choices: v.choices(), None: v.missing(), Single: v.terms().Single(v.at()),
	}
}

// choices are the accounts on offer. What an Item shares already has a tick;
// what is chosen alone has none.
func (v *visit) choices() []web.Choice {
	var out []web.Choice
	person := v.person()
	for _, code := range v.offered() {
		a := person.Account(code)
		c := choiceOf(a, v.bank().currency())
		switch {
		case v.missing() || v.terms().Single(v.at()):
		case v.update != nil:
			c.Chosen = slices.Contains(v.update.Accounts, code)
		default:
			c.Chosen = true
		}
		out = append(out, c)
	}
	return out
}

// offered returns the codes of the accounts that can be shared: those that pass
// the filters, and if numbers are entered, have some.
func (v *visit) offered() []string {
	person, single := v.person(), v.terms().Single(v.at())
	return slices.DeleteFunc(person.Codes(v.link.Filters), func(code string) bool {
		return single && !person.Account(code).HasNumbers()
	})
}

func (v *visit) drawMore() web.Page {
	return web.More{Frame: v.frame(), Bank: v.bank().shown(), Asks: asks(v.update.lacks(&v.link), v.update.Days)[1:]}
}

func (v *visit) drawAnother() web.Page {
	p := web.Another{Frame: v.frame()}
	for _, inst := range v.linkedAt(v.session) {
		p.Banks = append(p.Banks, inst.shown())
	}
	return p
}

// linkedAt returns the institutions at which a session has linked something.
func (v *visit) linkedAt(s *session) []*institution {
	var list []*institution
	v.store.read(func(st *state) {
		for _, id := range s.publics() {
			if p := st.public(id); p != nil {
				list = append(list, institutionByID(st.item(p.Item).Institution))
			}
		}
	})
	return list
}

// leaveReasons are what one can say to the question why.
var leaveReasons = []web.Reason{
	{Code: "bank", Text: "My bank is not there"},
	{Code: "sign-in", Text: "The sign-in did not work"},
	{Code: "trust", Text: "I would rather not share this"},
	{Code: "later", Text: "I will do it later"},
	{Code: "other", Text: "Something else"},
}

// showLeaving asks why somebody leaves, who is still on the way.
func (v *visit) showLeaving() error {
	if v.link.success() != nil {
		return v.to("/done")
	}
	p := web.Leaving{Frame: v.frame(), Reasons: leaveReasons, Back: v.root + v.here()}
	if q := v.r.URL.Query(); q.Get("step") == stepNoBank {
		p.Query, p.NoBank = q.Get("q"), true
		p.Back += "?" + url.Values{"q": {p.Query}}.Encode()
	}
	v.show(http.StatusOK, p)
	return nil
}

// completion is the way back to the application, if there is one.
func (v *visit) completion() template.URL {
	u, err := url.Parse(v.link.Completion)
	if err != nil || !completable(u) {
		return ""
	}
	return template.URL(v.link.Completion) // of a scheme that is completable
}

func (v *visit) showDone() error {
	done := v.link.success()
	if done == nil {
		return v.to("")
	}
	p := web.Done{Client: v.link.Client, Return: v.completion(), Kind: v.doneKind(done)}
	p.Count = len(done.publics())
	if inst := institutionByID(done.Institution); inst != nil {
		bank := inst.shown()
		p.Bank = &bank
	}
	v.show(http.StatusOK, p)
	return nil
}

// doneKind says what a session has done.
func (v *visit) doneKind(done *session) string {
	switch {
	case v.update != nil && v.update.byHand(), v.link.Update == "" && done.Method == verify.InstantMicro:
		return "verified"
	case v.link.Update != "" && (v.link.Selection || len(v.link.Consented) > 0):
		return "accounts"
	case v.link.Update != "":
		return "again"
	case len(done.publics()) > 1:
		return "several"
	case done.Method == verify.SameDay:
		return "pending"
	case done.Method == verify.Automated:
		return "automatic"
	}
	return "linked"
}

func (v *visit) showLeft() error {
	if !slices.ContainsFunc(v.link.Sessions, func(s *session) bool { return s.Left }) {
		return v.to("")
	}
	v.show(http.StatusOK, web.Left{Client: v.link.Client, Return: v.completion()})
	return nil
}

package link

import (
	"errors"
	"strings"

	"bankbook/core"
	"bankbook/core/link"
)

// The depths of history on offer, in days. Plaid takes 1 to 730.
const (
	ThreeMonths  = 90
	TwelveMonths = 365
	AllHistory   = 730
)

// Form is what the person is asked before the browser opens.
type Form struct {
	Cash, Cards, Loans bool
	HistoryDays        int
	Numbers            bool
	Profile            core.ProfileID
	// Advanced says that what few need is on show.
	Advanced bool
	// Deposits links an account by its numbers, at a bank without a sign-in.
	Deposits bool
	// Several links bank after bank.
	Several                     bool
	RedirectURI, AndroidPackage string
	// Wrong are the faults of the fields, once somebody has tried to go on.
	Wrong Wrong
}

// Wrong is what is wrong with each field, nil if nothing is.
type Wrong struct{ RedirectURI, AndroidPackage error }

func newForm() Form {
	return Form{Cash: true, Cards: true, HistoryDays: AllHistory, Numbers: true}
}

// Valid reports whether a session can begin. An account that is linked by its
// numbers needs no other choice.
func (f Form) Valid() bool { return f.Cash || f.Cards || f.Loans || f.Deposits }

// checkForm looks at what was typed in, and reports whether a session can begin.
// Nothing begins with a mistake.
func (m *Model) checkForm() bool {
	f := &m.state.Form
	f.Wrong = Wrong{
		RedirectURI:    link.CheckRedirectURI(m.deps.Environment, f.RedirectURI),
		AndroidPackage: link.CheckAndroidPackage(f.AndroidPackage),
	}
	if f.Wrong == (Wrong{}) && f.RedirectURI != "" && f.AndroidPackage != "" {
		f.Wrong.AndroidPackage = errBoth
	}
	fine := f.Wrong == (Wrong{})
	f.Advanced = f.Advanced || !fine // where the fields are
	return fine
}

// errBoth is for a form that has two ways back.
var errBoth = errors.New("a redirect URI and an Android package")

// settle chooses a profile where none that exists is chosen.
func (f *Form) settle(profiles []core.Profile) {
	for _, p := range profiles {
		if p.ID == f.Profile {
			return
		}
	}
	f.Profile = ""
	if len(profiles) > 0 {
		f.Profile = profiles[0].ID
	}
}

func (f Form) options() link.Options {
	o := link.Options{
		Profile: f.Profile, HistoryDays: f.HistoryDays, Numbers: f.Numbers, Deposits: f.Deposits, Several: f.Several && !f.Deposits,
		WayBack: core.WayBack{RedirectURI: f.RedirectURI, AndroidPackage: f.AndroidPackage},
	}
	for _, k := range []struct {
		chosen bool
		kind   core.AccountType
	}{{f.Cash, core.Depository}, {f.Cards, core.Credit}, {f.Loans, core.Loan}} {
		if k.chosen {
			o.Kinds = append(o.Kinds, k.kind)
		}
	}
	return o
}

// Set changes the form. What was wrong with it is no longer said of what has
// changed.
func (m *Model) Set(change func(*Form)) {
	f := &m.state.Form
	before := *f
	change(f)
	f.RedirectURI, f.AndroidPackage = strings.TrimSpace(f.RedirectURI), strings.TrimSpace(f.AndroidPackage)
	if f.RedirectURI != before.RedirectURI || f.AndroidPackage != before.AndroidPackage {
		f.Wrong = Wrong{}
	}
	m.changed()
}

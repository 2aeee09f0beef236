package link

import (
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
}

func newForm() Form {
	return Form{Cash: true, Cards: true, HistoryDays: AllHistory, Numbers: true}
}

// Valid reports whether a session can begin.
func (f Form) Valid() bool { return f.Cash || f.Cards || f.Loans }

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
	o := link.Options{Profile: f.Profile, HistoryDays: f.HistoryDays, Numbers: f.Numbers}
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

// Set changes the form.
func (m *Model) Set(change func(*Form)) {
	change(&m.state.Form)
	m.changed()
}

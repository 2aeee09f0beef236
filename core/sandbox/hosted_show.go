package sandbox

import (
	"fmt"
	"net/http"
	"slices"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/web"
	"bankbook/core/sandbox/wire"
)

// showStart shows the first page: the question whether to begin, or the sign-in
// at the bank that wants one, or the end of a link that has been used.
func (v *visit) showStart() error {
	switch {
	case v.link.success() != nil:
		return v.to("/done")
	case v.link.Update != "":
		return v.showSignIn()
	}
	v.show(http.StatusOK, web.Consent{Frame: v.frame(), Asks: v.asks()})
	return nil
}

// asks says in plain words what the client wants to read.
func (v *visit) asks() []string {
	out := []string{"Account names and balances"}
	products := slices.Concat(v.link.Products, v.link.Optional, v.link.Consented)
	if slices.Contains(products, "transactions") {
		out = append(out, fmt.Sprintf("Transactions of the last %s", span(v.link.Days)))
	}
	if slices.Contains(products, "auth") {
		out = append(out, "Account and routing numbers")
	}
	return out
}

// span says a number of days as a person would.
func span(days int) string {
	const year, month = 365, 30
	if days < 2*month {
		return fmt.Sprintf("%d days", days)
	}
	return fmt.Sprintf("%d months", (days*12+year/2)/year)
}

// active reports whether this browser is on its way through the page. If not,
// the request is answered by sending it to where it belongs.
func (v *visit) active() bool { return v.session != nil && v.link.success() == nil }

func (v *visit) showBanks() error {
	if !v.active() || v.link.Update != "" {
		return v.to("")
	}
	query := v.r.URL.Query().Get("q")
	p := web.Banks{Frame: v.frame(), Query: query}
	for _, inst := range searchInstitutions(query, v.link.Countries) {
		p.Found = append(p.Found, inst.shown())
	}
	v.show(http.StatusOK, p)
	return nil
}

// shown returns the institution as the pages show it.
func (i *institution) shown() web.Bank {
	b := web.Bank{ID: i.ID, Name: i.Name, Colour: i.Colour}
	switch i.country() {
	case "CA":
		b.Country = "Canada"
	case "GB":
		b.Country = "United Kingdom"
	}
	return b
}

// bank returns the institution that the user is at, or nil.
func (v *visit) bank() *institution {
	if v.update != nil {
		return institutionByID(v.update.Institution)
	}
	if v.session == nil {
		return nil
	}
	return institutionByID(v.session.Institution)
}

func (v *visit) showSignIn() error {
	if v.bank() == nil || v.link.success() != nil || (v.update == nil && !v.active()) {
		return v.to("")
	}
	v.show(http.StatusOK, web.SignIn{
		Frame: v.frame(), Bank: v.bank().shown(), Wrong: v.session != nil && v.session.Trouble == wire.InvalidCredentials,
		Again: v.update != nil, HintUser: people.GoodUser, HintPassword: people.GoodPassword,
	})
	return nil
}

func (v *visit) showAccounts() error {
	if !v.active() || !v.session.SignedIn {
		return v.to("")
	}
	none := v.r.URL.Query().Get("chosen") == "none"
	p := web.Accounts{Frame: v.frame(), Bank: v.bank().shown(), None: none}
	person := people.Good()
	for _, code := range person.Codes(v.link.Filters) {
		a := person.Account(code)
		p.Choices = append(p.Choices, web.Choice{
			Code: code, Name: a.Name, Kind: accountLabel(a), Mask: a.Mask, Balance: accountBalance(a, v.bank().currency()),
			Owed: a.Type == people.Credit || a.Type == people.Loan, Chosen: !none,
		})
	}
	v.show(http.StatusOK, p)
	return nil
}

// accountLabel is the account's subtype as a person would say it.
func accountLabel(a *people.Account) string {
	switch a.Subtype {
	case "cd":
		return "Certificate of deposit"
	case "ira":
		return "IRA"
	case "401k":
		return "401(k)"
	case "hsa":
		return "Health savings"
	case "student":
		return "Student loan"
	}
	return string(a.Subtype[0]-'a'+'A') + a.Subtype[1:]
}

// accountBalance is what the account holds, or what is owed, as a person would read it.
func accountBalance(a *people.Account, currency string) string {
	var units float64
	if _, err := fmt.Sscan(a.Current, &units); err != nil {
		return ""
	}
	sign := map[string]string{"USD": "$", "CAD": "CA$", "GBP": "£"}[currency]
	return sign + grouped(fmt.Sprintf("%.2f", units))
}

// grouped puts a comma between the thousands of a decimal number.
func grouped(s string) string {
	const decimals = 3
	for at := len(s) - decimals - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

func (v *visit) showDone() error {
	done := v.link.success()
	if done == nil {
		return v.to("")
	}
	v.show(http.StatusOK, web.Done{
		Client: v.link.Client, Bank: institutionByID(done.Institution).shown(), Again: v.link.Update != "",
	})
	return nil
}

func (v *visit) showLeft() error {
	if !slices.ContainsFunc(v.link.Sessions, func(s *session) bool { return s.Left }) {
		return v.to("")
	}
	v.show(http.StatusOK, web.Left{Client: v.link.Client})
	return nil
}

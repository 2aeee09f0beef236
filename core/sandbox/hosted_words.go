package sandbox

import (
	"fmt"
	"slices"

	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/web"
)

// asks says in plain words what products read. Balances come with any.
func asks(products []string, days int) []string {
	out := []string{"Account names and balances"}
	for _, p := range []struct{ product, words string }{
		{"transactions", fmt.Sprintf("Transactions of the last %s", span(days))},
		{"auth", "Account and routing numbers"},
		{"identity", "Your name, address, phone and email"},
		{"liabilities", "Loans and credit cards: what is owed, and when"},
		{"investments", "Investments: what you hold and trade"},
		{"transfer", "Moving money to and from the account"},
	} {
		if slices.Contains(products, p.product) {
			out = append(out, p.words)
		}
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

// choiceOf returns an account as the pages show it.
func choiceOf(a *people.Account, currency string) web.Choice {
	if a.Currency != "" {
		currency = a.Currency
	}
	return web.Choice{
		Code: a.Code, Name: a.Name, Kind: accountLabel(a), Mask: a.Mask, Balance: accountBalance(a, currency),
		Owed: a.Type == people.Credit || a.Type == people.Loan,
	}
}

// accountLabel is the account's subtype as a person would say it.
func accountLabel(a *people.Account) string {
	switch a.Subtype {
	case "":
		return "Account"
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
	if first := a.Subtype[0]; first < 'a' || first > 'z' {
		return a.Subtype
	}
	return string(a.Subtype[0]-'a'+'A') + a.Subtype[1:]
}

// accountBalance is what the account holds, or what is owed, as a person would
// read it.
func accountBalance(a *people.Account, currency string) string {
	var units float64
	if _, err := fmt.Sscan(a.Current, &units); err != nil {
		return ""
	}
	sign, known := map[string]string{"USD": "$", "CAD": "CA$", "GBP": "£", "EUR": "€"}[currency]
	if !known {
		sign = currency + " "
	}
	return sign + grouped(fmt.Sprintf("%.2f", units))
}

// grouped puts a comma between the thousands of a decimal number.
func grouped(s string) string {
	const decimals = 3
	first := 0
	if s[0] == '-' {
		first = 1
	}
	for at := len(s) - decimals - 3; at > first; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

package say

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bankbook/core"
)

// Mask returns the end of an account number as "••0000", or "" for none.
func Mask(mask string) string {
	if mask == "" {
		return ""
	}
	return "••" + mask
}

// AccountName returns what an account is called and its mask in one: "Checking
// ••0000".
func AccountName(a core.Account) string {
	name := a.Title()
	if name == "" {
		name = AccountType(a)
	}
	return strings.TrimSpace(name + " " + Mask(a.Mask))
}

// BankName returns a bank's name. A connection made without a bank, by
// micro-deposits, has none.
func BankName(i core.Institution) string {
	if i.Name == "" {
		return "Unnamed bank"
	}
	return i.Name
}

// AccountType returns what sort of account it is: "Checking", "Credit card",
// "CD"; the type where the bank gives no subtype.
func AccountType(a core.Account) string {
	switch {
	case a.Type == core.Loan && isFor(a.Subtype):
		return sentenceCase(a.Subtype) + " loan"
	case a.Subtype != "":
		return typeWord(a.Subtype)
	}
	if a.Type == core.Depository {
		return "Bank account"
	}
	if a.Type == "" {
		return "Account"
	}
	return typeWord(string(a.Type))
}

// isFor reports whether a subtype only says whom or what a loan is for.
func isFor(subtype string) bool {
	switch subtype {
	case "auto", "business", "commercial", "construction", "consumer", "home equity", "student":
		return true
	}
	return false
}

// typeWord writes one of Plaid's subtypes as a person would.
func typeWord(s string) string {
	switch s {
	case "cd", "hsa", "ira", "gic", "isa", "rrsp", "tfsa", "ebt", "ugma", "utma", "esa", "sep ira", "simple ira", "roth ira":
		return strings.Replace(strings.ToUpper(s), "ROTH", "Roth", 1)
	case "401k", "401a", "403B", "457b", "529":
		return s
	case "roth 401k":
		return "Roth 401k"
	case "paypal":
		return "PayPal"
	}
	return sentenceCase(s)
}

// Uncategorized is the category of a transaction that has none.
const Uncategorized = "Uncategorized"

// Category returns the name of a primary category: "FOOD_AND_DRINK" as "Food
// and drink". Names that Plaid has yet to invent come out readable too.
func Category(primary string) string {
	if primary == "" {
		return Uncategorized
	}
	return sentenceCase(strings.ReplaceAll(primary, "_", " "))
}

// DetailedCategory returns the name of a detailed category without the primary
// one that it usually begins with: "FOOD_AND_DRINK_COFFEE" as "Coffee". The two
// levels have been seen to disagree (PLAID §3.5); then the whole is shown.
func DetailedCategory(c core.Category) string {
	detail, cut := strings.CutPrefix(c.Detailed, c.Primary+"_")
	if c.Detailed == "" {
		return Category(c.Primary)
	}
	if cut {
		detail = strings.TrimPrefix(detail, "OTHER_")
	}
	return Category(detail)
}

// Sentence returns words with their first letter in upper case.
func Sentence(words string) string { return upperFirst(words) }

// sentenceCase lowers all but the first letter, except for abbreviations that a
// person knows in capitals.
func sentenceCase(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		switch w {
		case "atm", "us", "ach":
			words[i] = strings.ToUpper(w)
		}
	}
	return upperFirst(strings.Join(words, " "))
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Environment returns the name of a source as its badge shows it.
func Environment(e core.Environment) string {
	switch e {
	case core.Practice:
		return "Practice bank"
	case core.Sandbox:
		return "Plaid Sandbox"
	case core.Production:
		return "Plaid Production"
	}
	return upperFirst(string(e))
}

// PracticeSignIn tells what to sign in with at the practice bank (PLAID §5).
const PracticeSignIn = "Practice sign-in: name user_good, password pass_good"

// Channel returns how a payment was made, or "" if it says nothing.
func Channel(c string) string {
	switch c {
	case "online":
		return "Online"
	case "in store":
		return "In person"
	}
	return ""
}

// Counterparty returns the other side of a payment with its kind:
// "Blue Door Diner, merchant".
func Counterparty(t core.Transaction) string {
	if t.Counterparty == "" || t.CounterpartyType == "" {
		return t.Counterparty
	}
	return t.Counterparty + ", " + strings.ToLower(strings.ReplaceAll(t.CounterpartyType, "_", " "))
}

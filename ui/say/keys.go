package say

import (
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
)

// What is said about keys in more than one place.
const (
	// KeysRefused is what a test of keys says at their field.
	KeysRefused = "Plaid doesn’t accept this client ID and secret for this source"
	// KeysGiven says where the keys of this run come from.
	KeysGiven = "From PLAID_CLIENT_ID and PLAID_SECRET, for as long as Bankbook runs. To use keys of your own choice, start it without them."
	// NoNumbersForKeys says why account numbers are not offered.
	NoNumbersForKeys = "Your keys don’t allow Plaid’s product Auth, which account numbers come from."
)

// KeyErrors finds what is wrong with a client id and a secret before anybody is
// asked; "" is nothing.
func KeyErrors(clientID, key string) (forID, forSecret string) {
	if clientID == "" {
		forID = "Enter your client ID"
	} else if strings.ContainsAny(clientID, " \t\n") {
		forID = "A client ID has no spaces"
	}
	switch {
	case key == "":
		forSecret = "Enter your secret"
	case strings.ContainsAny(key, " \t\n"):
		forSecret = "A secret has no spaces"
	case key == clientID:
		forSecret = "This is the client ID once more"
	}
	return forID, forSecret
}

// KeyState says what is known about keys: "Works, tested Nov 12".
func KeyState(f core.KeyFacts, now time.Time) string {
	switch {
	case f.Why == fault.Locked:
		return "Sealed"
	case f.Why != fault.None:
		return "Not available"
	case f.Source == core.NoKeys:
		return "Not set up"
	case f.Check.IsZero():
		return "Not tested"
	}
	day := Day(core.DateOf(f.Check.Tested.In(now.Location())), core.DateOf(now))
	if !f.Check.Works {
		return "Refused, tested " + day
	}
	return "Works, tested " + day
}

// KeysUnseen says why keys can be neither seen nor changed from here.
func KeysUnseen(f core.KeyFacts) string {
	name := Environment(f.Env)
	switch f.Why {
	case fault.Locked:
		return "These keys are sealed with the passphrase of " + name + ". Open " + name + " to see or change them."
	case fault.Unsupported:
		return "This session keeps nothing. Open " + name + " to give it keys."
	case fault.ReviewCopy:
		return "This is a copy for a reviewer, which does not talk to banks."
	}
	m := Trouble(core.Trouble{Kind: f.Why})
	return m.Sentence + " Keys of " + name + " are kept in the keychain until it has a passphrase of its own."
}

// Product names a product of Plaid's.
func Product(p core.Product) string {
	switch p {
	case core.Transactions:
		return "Transactions"
	case core.Auth:
		return "Account numbers"
	case core.Identity:
		return "Owners"
	case core.Liabilities:
		return "Loans and cards"
	case core.Investments:
		return "Investments"
	case core.Transfer:
		return "Transfers"
	}
	return string(p)
}

// Products names products in one line; none is "Nothing that Bankbook uses".
func Products(list []core.Product) string {
	if len(list) == 0 {
		return "Nothing that Bankbook uses"
	}
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = Product(p)
	}
	return strings.Join(names, ", ")
}

// Country names a country by its two letters; one that is not Plaid's stays as it
// is.
func Country(code string) string {
	name, ok := map[string]string{
		"US": "United States", "CA": "Canada", "GB": "United Kingdom", "IE": "Ireland", "FR": "France", "ES": "Spain",
		"NL": "Netherlands", "DE": "Germany", "IT": "Italy", "PL": "Poland", "BE": "Belgium", "AT": "Austria", "DK": "Denmark",
		"SE": "Sweden", "NO": "Norway", "FI": "Finland", "EE": "Estonia", "LV": "Latvia", "LT": "Lithuania", "PT": "Portugal",
	}[code]
	if !ok {
		return code
	}
	return name
}

// Countries names countries in one line.
func Countries(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = Country(code)
	}
	return strings.Join(names, ", ")
}

// ItemsMade says how many of the banks of a plan have been made: "3 of 10 banks of
// your Trial plan are used".
func ItemsMade(made int, plan core.TrialPlan) string {
	switch plan {
	case core.OnTrial:
		return Number(made) + " of " + Number(core.TrialBanks) + " on a Trial plan"
	case core.NotTrial:
		return Count(made, Bank) + " linked here so far"
	}
	return "A Trial plan allows ten banks for life; " + Number(made) + " used here"
}

// TrialPlan says what a person has answered whether their keys are on a Trial plan.
func TrialPlan(env core.Environment, plan core.TrialPlan) string {
	switch {
	case !env.RealMoney():
		return NoValue
	case plan == core.OnTrial:
		return "Yes"
	case plan == core.NotTrial:
		return "No"
	}
	return "Not said"
}

// ItemsCount explains how a plan's banks are counted.
const ItemsCount = "A bank that you remove still counts. Banks linked by other programs with these keys are not seen here."

// Charge says what a call may cost; "" if it is free.
func Charge(c bank.Call, env core.Environment) string {
	switch c.Charge(env) {
	case bank.PerItem:
		return "Plaid may charge for this bank for as long as it is linked."
	case bank.OncePerItem:
		return "Plaid may charge for this once for each bank."
	case bank.PerCall:
		return "Plaid may charge for this, each time."
	}
	return ""
}

// Charges says which uses of an environment may cost money; "" if none does.
func Charges(env core.Environment) string {
	if bank.NewItem.Charge(env) == bank.Free {
		return ""
	}
	return "Plaid may charge for each linked bank, for account numbers, and each time that you ask a bank for balances or news."
}

// NewBank says what a new bank may cost and use up, before it is linked; "" if
// nothing.
func NewBank(f core.KeyFacts) string {
	cost := Charge(bank.NewItem, f.Env)
	if cost == "" || f.Trial == core.NotTrial {
		return cost
	}
	if f.Trial != core.OnTrial {
		return cost + " " + ItemsMade(f.Made, f.Trial) + "."
	}
	if f.Made >= core.TrialBanks {
		return "All ten banks of your Trial plan are used, so Plaid may refuse another one."
	}
	return "This uses one of the ten banks that your Trial plan allows for life; " + Number(f.Made) + " used so far."
}

// AskClientID asks for a client id at the terminal.
func AskClientID(env core.Environment) string { return "Client ID for " + Environment(env) + ": " }

// AskSecret asks for a secret at the terminal.
func AskSecret(env core.Environment) string { return Environment(env) + " secret: " }

// OfAllowed says beside the countries in use how many there could be.
func OfAllowed(allowed int) string { return " (of " + Number(allowed) + ")" }

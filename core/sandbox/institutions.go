package sandbox

import (
	"slices"
	"strings"

	"bankbook/core/sandbox/verify"
	"bankbook/core/sandbox/wire"
)

// institution is a bank of the practice bank (names and ids: PLAID §5).
type institution struct {
	ID, Name string
	Country  string
	Currency string
	OAuth    bool
	// Colour is the brand's, for the logo and the square behind the initials.
	Colour  string
	Routing []string
	Health  health
	// Auth are the ways in which numbers are found out; the usual one is Instant
	// Auth.
	Auth *authMethods
	// Unsupported says that nobody can sign in, for good.
	Unsupported bool
	// Tokenized says that every Item has account numbers of its own.
	Tokenized bool
	// StaleCards says that the balances of cards and loans are not in real time.
	StaleCards bool
	// Unlisted keeps a real bank off the pages, where somebody might take it for
	// what it is; clients can use it by its id, as in Plaid's sandbox.
	Unlisted bool
}

// health is how well a bank answers.
type health string

const (
	healthy  health = "HEALTHY"
	degraded health = "DEGRADED"
	down     health = "DOWN"
)

// The institutions, in the order in which the page lists them.
var institutions = [...]institution{
	{ID: "ins_109508", Name: "First Platypus Bank", Colour: "#1F6F78", Routing: []string{defaultACH}},
	{ID: "ins_109509", Name: "First Gingham Credit Union", Colour: "#A23B4A", Routing: []string{"011200365"}},
	{ID: "ins_109510", Name: "Tattersall Federal Credit Union", Colour: "#4B6B2F", Routing: []string{"011400495"}},
	{ID: "ins_109511", Name: "Tartan Bank", Colour: "#4A4E69", Routing: []string{"011000138"}},
	{ID: "ins_109512", Name: "Houndstooth Bank", Colour: "#7A5C2E", Routing: []string{"021000021", "011000138", "011200365", "011400495"}, Auth: &authMethods{InstantMatch: true, Automated: true}},
	{ID: "ins_130016", Name: "First Platypus Balance Bank", Colour: "#8A4B14", Routing: []string{defaultACH}},
	{ID: "ins_127287", Name: "Platypus OAuth Bank", Colour: "#3056A8", OAuth: true, Tokenized: true, Routing: []string{defaultACH}},
	{ID: "ins_132241", Name: "First Platypus OAuth App2App Bank", Colour: "#3D6B8E", OAuth: true, Routing: []string{defaultACH}},
	{ID: "ins_135858", Name: "Windowpane Bank", Colour: "#1F6F78", Routing: []string{"333333334"}, Auth: &authMethods{InstantMicro: true}},
	{ID: "ins_132363", Name: "Unhealthy Platypus Bank - Degraded", Colour: "#8A6D14", Routing: []string{defaultACH}, Health: degraded},
	{ID: "ins_132361", Name: "Unhealthy Platypus Bank - Down", Colour: "#8E2B2B", Routing: []string{defaultACH}, Health: down},
	{ID: "ins_133402", Name: "Unsupported Platypus Bank - Institution Not Supported", Colour: "#5A5A5A", Unsupported: true},
	{ID: "ins_133502", Name: "Platypus Bank RUX Auth", Colour: "#5B3E8C", Routing: []string{defaultACH}},
	{ID: "ins_133503", Name: "Platypus Bank RUX Match", Colour: "#7B3E8C", Routing: []string{defaultACH}, Auth: &authMethods{InstantMatch: true}},
	{ID: "ins_135842", Name: "Platypus Payroll", Colour: "#2E7A5C", Routing: []string{defaultACH}, Unlisted: true},
	{ID: "ins_12", Name: "Fidelity", Colour: "#368727", Unlisted: true},
	{ID: "ins_56", Name: "Chase", Colour: "#0F5BA7", OAuth: true, Tokenized: true, Routing: []string{"021000021", "322271627"}, Unlisted: true},
	{ID: "ins_13", Name: "PNC", Colour: "#EF6A00", OAuth: true, Tokenized: true, Routing: []string{"043000096"}, Unlisted: true},
	{ID: "ins_127990", Name: "U.S. Bank", Colour: "#0C2074", OAuth: true, Tokenized: true, Routing: []string{"091000022"}, Unlisted: true},
	{ID: "ins_127989", Name: "Bank of America", Colour: "#E41937", OAuth: true, Routing: []string{"021200339", "052001633", "026009593"}, Unlisted: true},
	{ID: "ins_128026", Name: "Capital One", Colour: "#D03027", OAuth: true, StaleCards: true, Routing: []string{"051405515"}, Unlisted: true},
	{ID: "ins_43", Name: "Tartan-Dominion Bank of Canada", Country: "CA", Currency: "CAD", Colour: "#A23B4A"},
	{ID: "ins_116834", Name: "Flexible Platypus Open Banking", Country: "GB", Currency: "GBP", OAuth: true, Colour: "#4B6B2F"},
	{ID: "ins_117181", Name: "Flexible Platypus Open Banking", Country: "GB", Currency: "GBP", OAuth: true, Colour: "#2F6B5B"},
	{ID: "ins_117650", Name: "Royal Bank of Plaid", Country: "GB", Currency: "GBP", OAuth: true, Colour: "#4A4E69"},
	{ID: "ins_117243", Name: "Monzo", Country: "GB", Currency: "GBP", OAuth: true, Colour: "#14233C", Unlisted: true},
}

// supported are the products that the practice bank has; those of a bank depend
// on its country.
var supported = [...]string{"auth", "balance", "identity", "liabilities", "transactions", "transfer"}

// abroad are those that banks outside the United States have.
var abroad = [...]string{"auth", "balance", "identity", "transactions"}

func institutionByID(id string) *institution {
	for i := range institutions {
		if institutions[i].ID == id {
			return &institutions[i]
		}
	}
	return nil
}

// products returns what the bank has. No bank, which is that of numbers entered
// by hand, has those that only need numbers.
func (i *institution) products() []string {
	switch {
	case i == nil:
		return []string{"auth", "transfer"}
	case i.Unsupported:
		return []string{}
	case i.country() == "US":
		return supported[:]
	}
	return abroad[:]
}

// lacks returns those of the given products that the bank does not have.
func (i *institution) lacks(products []string) []string {
	has := i.products()
	return slices.DeleteFunc(slices.Clone(products), func(p string) bool { return slices.Contains(has, p) })
}

// refusal returns the error that every sign-in at the bank ends with, or nil.
func (i *institution) refusal() *wire.Error {
	switch {
	case i.Unsupported:
		return wire.LoginRefusal("INSTITUTION_NO_LONGER_SUPPORTED")
	case i.Health == down:
		return wire.InstitutionDown()
	}
	return nil
}

func (i *institution) country() string {
	if i == nil || i.Country == "" {
		return "US"
	}
	return i.Country
}

func (i *institution) currency() string {
	if i == nil || i.Currency == "" {
		return "USD"
	}
	return i.Currency
}

// methods returns the ways in which the bank's numbers are found out.
func (i *institution) methods() authMethods {
	if i.Auth != nil {
		return *i.Auth
	}
	return authMethods{InstantAuth: !i.Unsupported}
}

// usualMethod returns how the numbers of most Items of the bank are found out.
func (i *institution) usualMethod() verify.Method {
	switch m := i.methods(); {
	case m.InstantMatch && !m.InstantAuth:
		return verify.InstantMatch
	case m.InstantMicro:
		return verify.InstantMicro
	}
	return "INSTANT_AUTH"
}

// checkBank wants a bank that is there, lets people in and has the products.
func checkBank(id string, products []string) error {
	inst := institutionByID(id)
	if inst == nil {
		return wire.Institution()
	}
	if refusal := inst.refusal(); refusal != nil {
		return refusal
	}
	if lacking := inst.lacks(products); len(lacking) > 0 {
		return wire.Products(lacking...)
	}
	return nil
}

// searchInstitutions returns those on the pages that are in the given countries
// and whose name contains every word of the query.
func searchInstitutions(query string, countries []string) []*institution {
	var found []*institution
	for i := range institutions {
		inst := &institutions[i]
		if !inst.Unlisted && inst.named(query) && slices.Contains(countries, inst.country()) {
			found = append(found, inst)
		}
	}
	return found
}

// named reports whether the name contains every word of the query.
func (i *institution) named(query string) bool {
	name := strings.ToLower(i.Name)
	for _, w := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(name, w) {
			return false
		}
	}
	return true
}

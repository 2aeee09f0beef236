package core

import (
	"slices"
	"time"

	"bankbook/core/fault"
)

// KeysPage is where Plaid shows a person's keys.
const KeysPage = "https://dashboard.plaid.com/developers/keys"

// More products of Plaid's that a test of keys looks for.
const (
	Identity    Product = "identity"
	Liabilities Product = "liabilities"
	Investments Product = "investments"
	Transfer    Product = "transfer"
)

// TestedProducts lists the products that a test of keys looks for, in the order in
// which they are told.
func TestedProducts() []Product {
	return []Product{Transactions, Auth, Identity, Liabilities, Investments, Transfer}
}

// KeyCheck is what a test of a person's Plaid keys has found out. Nothing in it
// is secret.
type KeyCheck struct {
	// Tested is when it was asked; zero means not yet, and the rest says nothing.
	Tested time.Time
	// Works is false if Plaid refused the keys.
	Works bool
	// Products are those of TestedProducts that the keys may use.
	Products []Product
	// Countries are those whose banks the keys may link, by their two letters.
	Countries []string
}

// IsZero reports whether the keys have not been tested.
func (c KeyCheck) IsZero() bool { return c.Tested.IsZero() }

// Allows reports whether the keys may use a product, as far as is known: what has
// not been tested may be tried.
func (c KeyCheck) Allows(p Product) bool {
	return c.IsZero() || !c.Works || slices.Contains(c.Products, p)
}

// HomeCountry is where banks are linked unless the person chooses otherwise.
const HomeCountry = "US"

// Use returns the countries whose banks are offered when these are wanted: those
// of them that the keys allow. If none is left it is HomeCountry where that is
// allowed, or nothing is known, and else the first that is.
func (c KeyCheck) Use(wanted []string) []string {
	if c.IsZero() || !c.Works || len(c.Countries) == 0 {
		return []string{HomeCountry}
	}
	var use []string
	for _, country := range c.Countries {
		if slices.Contains(wanted, country) {
			use = append(use, country)
		}
	}
	switch {
	case len(use) > 0:
		return use
	case slices.Contains(c.Countries, HomeCountry):
		return []string{HomeCountry}
	}
	return c.Countries[:1:1]
}

// TrialPlan says whether a person's keys are on Plaid's Trial plan. Plaid does
// not tell, so the person does.
type TrialPlan string

// The answers. "" is none yet.
const (
	OnTrial  TrialPlan = "yes"
	NotTrial TrialPlan = "no"
)

// TrialBanks is how many Items a Trial plan can make for life: one that is removed
// counts on.
const TrialBanks = 10

// KeySource is where a person's keys come from.
type KeySource string

// The sources.
const (
	// NoKeys means that there are none.
	NoKeys KeySource = ""
	// KeptKeys are kept with the other secrets.
	KeptKeys KeySource = "kept"
	// GivenKeys come from environment variables of this run.
	GivenKeys KeySource = "given"
)

// KeyFacts is what can be told about the Plaid keys of an environment. Nothing in
// it is secret.
type KeyFacts struct {
	Env    Environment
	Source KeySource
	// ClientID is that of the keys; "" if there are none, or they cannot be seen.
	ClientID string
	// Why is why the keys can be neither seen nor changed from here, None if they
	// can: Locked, Unsupported in a session that keeps nothing, ReviewCopy, or a
	// fault of the keychain.
	Why   fault.Kind
	Check KeyCheck
	// Countries are those whose banks are offered.
	Countries []string
	Trial     TrialPlan
	// Made is how many Items are known to have been made with the client id, those
	// that have been removed too.
	Made int
}

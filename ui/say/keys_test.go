package say_test

import (
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/ui/say"
)

func TestKeyState(t *testing.T) {
	works := core.KeyCheck{Tested: now.AddDate(0, 0, -6), Works: true}
	for want, f := range map[string]core.KeyFacts{
		"Not set up":             {},
		"Not tested":             {Source: core.KeptKeys},
		"Works, tested Nov 12":   {Source: core.KeptKeys, Check: works},
		"Refused, tested Nov 12": {Source: core.GivenKeys, Check: core.KeyCheck{Tested: works.Tested}},
		"Sealed":                 {Why: fault.Locked, Check: works},
		"Not available":          {Why: fault.KeychainMissing},
	} {
		if got := say.KeyState(f, now); got != want {
			t.Errorf("%+v is %q, not %q", f, got, want)
		}
	}
}

func TestEveryReasonWhyKeysAreUnseenHasItsSentence(t *testing.T) {
	seen := map[string]bool{}
	for _, why := range []fault.Kind{fault.Locked, fault.Unsupported, fault.ReviewCopy, fault.KeychainMissing, fault.KeychainLocked} {
		got := say.KeysUnseen(core.KeyFacts{Env: core.Sandbox, Why: why})
		if got == "" || seen[got] {
			t.Errorf("%s: %q", why, got)
		}
		seen[got] = true
	}
}

func TestCostsAreSaidBeforeANewBank(t *testing.T) {
	const charge = "Plaid may charge for this bank for as long as it is linked."
	for name, c := range map[string]struct {
		facts core.KeyFacts
		want  string
	}{
		"practice":            {core.KeyFacts{Env: core.Practice}, ""},
		"sandbox":             {core.KeyFacts{Env: core.Sandbox, Made: 3, Trial: core.OnTrial}, ""},
		"nobody has said":     {core.KeyFacts{Env: core.Production, Made: 3}, charge + " A Trial plan allows ten banks for life; 3 used here."},
		"on a Trial plan":     {core.KeyFacts{Env: core.Production, Made: 3, Trial: core.OnTrial}, "This uses one of the ten banks that your Trial plan allows for life; 3 used so far."},
		"all used":            {core.KeyFacts{Env: core.Production, Made: 10, Trial: core.OnTrial}, "All ten banks of your Trial plan are used, so Plaid may refuse another one."},
		"not on a Trial plan": {core.KeyFacts{Env: core.Production, Made: 30, Trial: core.NotTrial}, charge},
	} {
		if got := say.NewBank(c.facts); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, call := range []bank.Call{bank.NewItem, bank.ReadNumbers, bank.ReadBalances, bank.RefreshTransactions} {
		if got := say.Charge(call, core.Production); !strings.HasPrefix(got, "Plaid may charge") {
			t.Errorf("%s: %q", call, got)
		}
		if got := say.Charge(call, core.Sandbox); got != "" {
			t.Errorf("%s in the sandbox: %q", call, got)
		}
	}
}

func TestNamesOfProductsAndCountries(t *testing.T) {
	for got, want := range map[string]string{
		say.Products(nil):                         "Nothing that Bankbook uses",
		say.Products(core.TestedProducts()):       "Transactions, Account numbers, Owners, Loans and cards, Investments, Transfers",
		say.Countries([]string{"US", "GB", "XX"}): "United States, United Kingdom, XX",
		say.ItemsMade(3, core.OnTrial):            "3 of 10 on a Trial plan",
		say.ItemsMade(1, core.NotTrial):           "1 bank linked here so far",
		say.ItemsMade(0, ""):                      "A Trial plan allows ten banks for life; 0 used here",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

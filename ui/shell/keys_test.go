package shell_test

import (
	"context"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/screen/settings"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// keyRing is the bakery's: keys for the sandbox that work, and none for production
// unless a test gives some.
type keyRing struct {
	settings.KeyRing
	facts []core.KeyFacts
	err   error
}

func newKeyRing() *keyRing {
	return &keyRing{facts: []core.KeyFacts{{
		Env: core.Sandbox, Source: core.KeptKeys, ClientID: "5f3a9c17e0b24d0012c8a7e1", Countries: []string{"US"},
		Check: core.KeyCheck{
			Tested: now.AddDate(0, 0, -6), Works: true, Countries: []string{"US", "CA"},
			Products: []core.Product{core.Transactions, core.Auth, core.Identity, core.Liabilities, core.Investments},
		},
	}, {Env: core.Production, Countries: []string{"US"}}}}
}

func (k *keyRing) Facts(context.Context) ([]core.KeyFacts, error) { return k.facts, nil }

func (k *keyRing) Save(context.Context, core.Environment, string, secret.Text) error { return k.err }

func (k *keyRing) Test(ctx context.Context, _ core.Environment) error {
	<-ctx.Done()
	return ctx.Err()
}

// forProduction gives keys for production, with what a test says of them.
func (k *keyRing) forProduction(change func(*core.KeyFacts)) {
	f := k.facts[0]
	f.Env, f.Made, f.Trial = core.Production, 3, core.OnTrial
	f.Check.Countries = []string{"US", "CA", "GB", "IE", "FR", "ES", "NL", "DE", "IT", "PL", "BE", "AT", "DK", "SE", "NO", "FI", "EE", "LV", "LT", "PT"}
	f.Countries = []string{"US", "CA"}
	change(&f)
	k.facts[1] = f
}

// keyFacts tells about the keys of an environment; nil if it has none.
func (b *bench) keyFacts(e core.Environment) func(context.Context) (core.KeyFacts, error) {
	for _, f := range b.keys.facts {
		if f.Env == e {
			return func(context.Context) (core.KeyFacts, error) { return f, nil }
		}
	}
	return nil
}

func keyStops() []stop {
	at := func(taps ...string) func(*bench) { return atSettings(append([]string{"Plaid keys"}, taps...)...) }
	return []stop{
		{"settings-plaid-keys", at()},
		{"settings-plaid-keys-production", func(b *bench) {
			b.keys.forProduction(func(f *core.KeyFacts) { f.Check.Products = f.Check.Products[:1] })
			b.keys.facts[0] = core.KeyFacts{Env: core.Sandbox, Why: fault.Locked}
			at()(b)
		}},
		{"settings-plaid-keys-refused", func(b *bench) {
			b.keys.err = fault.New("save", fault.Keys, nil)
			at()(b)
			uitest.Type(b.t, b.canvas(), "Paste your Production secret", "0f1e2d3c4b5a")
			b.tap("Save and test")
		}},
		{"settings-plaid-keys-failed", func(b *bench) {
			b.keys.err = fault.New("save", fault.Network, nil)
			at()(b)
			uitest.Type(b.t, b.canvas(), "Paste your Production secret", "0f1e2d3c4b5a")
			b.tap("Save and test")
		}},
		{"settings-plaid-keys-sealed", func(b *bench) {
			b.keys.forProduction(func(f *core.KeyFacts) { f.Source = core.GivenKeys; f.Check.Works = false })
			b.keys.facts[0] = core.KeyFacts{Env: core.Sandbox, Why: fault.Locked}
			at()(b)
		}},
		{"settings-plaid-keys-replace", at("Replace secret…")},
		{"settings-plaid-keys-remove", at("Remove")},
		{"link-options-cost", func(b *bench) {
			b.keys.forProduction(func(f *core.KeyFacts) { f.Check.Products = f.Check.Products[:1] })
			b.ready(core.Production)
			b.Go(shell.LinkBank{})
			b.settle()
		}},
	}
}

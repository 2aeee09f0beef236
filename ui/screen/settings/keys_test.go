package settings_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/screen/settings"
	"bankbook/ui/uitest"
)

const (
	ownID     = "5f3a9c17e0b24d0012c8a7e1"
	ownSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1"
)

// keyRing keeps keys in memory.
type keyRing struct{ *bench }

func (k keyRing) Facts(context.Context) ([]core.KeyFacts, error) {
	return append([]core.KeyFacts(nil), k.keyFacts...), k.readErr
}

func (k keyRing) set(env core.Environment, change func(*core.KeyFacts)) {
	for i := range k.keyFacts {
		if k.keyFacts[i].Env == env {
			change(&k.keyFacts[i])
		}
	}
}

func (k keyRing) Save(ctx context.Context, env core.Environment, clientID string, key secret.Text) error {
	err := k.deed(ctx, "save "+string(env)+" "+clientID+" "+key.Reveal())
	if err == nil {
		k.set(env, func(f *core.KeyFacts) {
			*f = core.KeyFacts{Env: env, Source: core.KeptKeys, ClientID: clientID, Check: works("US"), Countries: []string{"US"}}
		})
	}
	return err
}

func (k keyRing) Test(ctx context.Context, env core.Environment) error {
	err := k.deed(ctx, "test "+string(env))
	if err == nil {
		k.set(env, func(f *core.KeyFacts) { f.Check.Works = false })
	}
	return err
}

func (k keyRing) Remove(ctx context.Context, env core.Environment) error {
	err := k.deed(ctx, "remove "+string(env))
	if err == nil {
		k.set(env, func(f *core.KeyFacts) { *f = core.KeyFacts{Env: env} })
	}
	return err
}

func (k keyRing) SetCountries(ctx context.Context, env core.Environment, countries []string) error {
	err := k.deed(ctx, "countries "+string(env)+" "+strings.Join(countries, " "))
	if err == nil {
		k.set(env, func(f *core.KeyFacts) { f.Countries = countries })
	}
	return err
}

func (k keyRing) SetTrial(env core.Environment, plan core.TrialPlan) error {
	k.set(env, func(f *core.KeyFacts) { f.Trial = plan })
	return k.deed(context.Background(), "trial "+string(env)+" "+string(plan))
}

func works(countries ...string) core.KeyCheck {
	return core.KeyCheck{
		Tested: time.Date(2026, 11, 12, 15, 0, 0, 0, time.UTC), Works: true, Countries: countries,
		Products: []core.Product{core.Transactions, core.Auth},
	}
}

// atKeys is the tab, with keys for the sandbox and none for production.
func atKeys(t *testing.T, change func(*bench, *settings.Deps)) *bench {
	t.Helper()
	b := newBench(t, func(b *bench, d *settings.Deps) {
		b.keyFacts = []core.KeyFacts{
			{Env: core.Sandbox, Source: core.KeptKeys, ClientID: ownID, Check: works("US", "CA"), Countries: []string{"US"}},
			{Env: core.Production},
		}
		if change != nil {
			change(b, d)
		}
	})
	b.tap("Plaid keys")
	return b
}

func TestKeysAreShown(t *testing.T) {
	b := atKeys(t, nil)
	b.shows("Plaid Sandbox", "Works, tested Nov 12", ownID, "Stored in your system’s keychain", "Transactions, Account numbers",
		"United States", "Canada", "Plaid Production", "Not set up", "Same as Sandbox", "Goes straight to the keychain, never into the data file")
	b.hides(ownSecret)
	b.tap("Open dashboard")
	b.came("open https://dashboard.plaid.com/developers/keys")
}

// TestKeysChangedElsewhereAreShown where they are shown: elsewhere nobody asks the
// keychain for them.
func TestKeysChangedElsewhereAreShown(t *testing.T) {
	b := atKeys(t, nil)
	b.keyFacts[1] = core.KeyFacts{Env: core.Production, Source: core.KeptKeys, ClientID: ownID, Check: works("US"), Countries: []string{"US"}}
	b.hides("I am on a Trial plan")
	b.Handle(event.KeysChanged{})
	b.settle()
	b.shows("I am on a Trial plan")

	b = newBench(t, func(b *bench, _ *settings.Deps) { b.keyFacts = []core.KeyFacts{{Env: core.Sandbox}} })
	b.Handle(event.KeysChanged{})
	b.settle()
	if keys := b.State().Keys; keys.Facts != nil {
		t.Errorf("they were read: %+v", keys.Facts)
	}
}

func TestReadingKeysThatFails(t *testing.T) {
	b := atKeys(t, func(b *bench, _ *settings.Deps) { b.keyFacts = nil })
	b.readErr = fault.New("read", fault.Unreadable, nil)
	b.LoadKeys()
	b.settle()
	b.shows("Bankbook can’t read or write a file in its data folder.")
	b.readErr, b.keyFacts = nil, []core.KeyFacts{{Env: core.Sandbox}}
	b.tap("Try again")
	b.shows("Plaid Sandbox", "Not set up")
}

// What is wrong is said at the field, and what is typed stays there.
func TestKeysAreSaved(t *testing.T) {
	b := atKeys(t, nil)
	b.fill("Paste your Production secret", "with a space")
	b.tap("Save and test")
	b.shows("A secret has no spaces")
	b.fill("with a space", ownID)
	b.tap("Save and test")
	b.shows("This is the client ID once more")
	b.came()
	b.err = fault.New("save", fault.Keys, nil)
	b.fill(ownID, ownSecret)
	b.tap("Save and test")
	b.shows("Plaid doesn’t accept this client ID and secret for this source")
	b.err = fault.New("save", fault.Network, nil)
	b.tap("Save and test")
	b.shows("Bankbook couldn’t reach Plaid.")
	b.hides("Plaid doesn’t accept this client ID and secret for this source")
	b.err = nil
	b.tap("Save and test")
	b.told("Plaid Production keys saved")
	save := "save production " + ownID + " " + ownSecret
	b.came(save, save, save)
	b.hides("Not set up", "Bankbook couldn’t reach Plaid.")
}

func TestSavingCanBeStopped(t *testing.T) {
	b := atKeys(t, nil)
	b.hang = true
	uitest.Type(t, b.canvas(), "Paste your Production secret", ownSecret)
	b.queue.Drain()
	uitest.Tap(t, b.canvas(), "Save and test")
	if !b.queue.WaitFor(func() bool { return uitest.Shows(b.canvas(), "Testing…") }) {
		t.Fatal("it does not say that the keys are tested")
	}
	b.tap("Stop")
	b.came()
	b.shows("Not set up")
	b.hides("Testing…", "Copy details")
}

// A secret that was typed is not in the field any more once it is kept, nor after the
// keys were removed.
func TestTypedSecretIsForgotten(t *testing.T) {
	b := atKeys(t, nil)
	b.fill("Paste your Production secret", ownSecret)
	b.tap("Save and test")
	b.hides(ownSecret)
	b.keyFacts = []core.KeyFacts{{Env: core.Production}}
	b.LoadKeys()
	b.settle()
	b.shows("Paste your Production secret")
	b.hides(ownSecret)
}

func TestKeysAreTestedAgain(t *testing.T) {
	b := atKeys(t, nil)
	b.tap("Test keys")
	b.came("test sandbox")
	b.shows("Refused, tested Nov 12")
	b.hides("Transactions, Account numbers")
	b.err = fault.New("test", fault.RateLimit, nil)
	b.tap("Test keys")
	b.shows("Plaid asks Bankbook to slow down.")
}

func TestSecretIsReplaced(t *testing.T) {
	b := atKeys(t, nil)
	b.tap("Replace secret…")
	b.fill("New secret", "a b")
	b.tap("Save and test")
	b.shows("A secret has no spaces")
	b.err = fault.New("save", fault.Keys, nil)
	b.fill("New secret", ownSecret)
	b.tap("Save and test")
	b.shows("Plaid doesn’t accept this client ID and secret for this source", "Replace the Sandbox secret")
	b.err = nil
	b.tap("Save and test")
	b.hides("Replace the Sandbox secret")
	b.told("Plaid Sandbox secret replaced")
	save := "save sandbox " + ownID + " " + ownSecret
	b.came(save, save)
}

func TestKeysAreRemoved(t *testing.T) {
	b := atKeys(t, nil)
	b.tap("Remove")
	b.shows("Banks linked with Plaid Sandbox no longer sync, and no bank can be linked, until there are keys again.",
		"Linked banks, their accounts and transactions stay as they are.")
	b.came()
	b.tap("Remove keys")
	b.came("remove sandbox")
	b.told("Plaid Sandbox keys removed")
	b.shows("Paste your Sandbox secret")
}

func TestCountriesAreChosen(t *testing.T) {
	b := atKeys(t, nil)
	b.tap("Canada", "United States")
	b.came("countries sandbox US CA", "countries sandbox CA")
	b.tap("Canada") // the last one stays
	b.came("countries sandbox US CA", "countries sandbox CA")
}

func TestSlotsOfATrialPlan(t *testing.T) {
	b := atKeys(t, func(b *bench, _ *settings.Deps) {
		b.keyFacts[1] = core.KeyFacts{Env: core.Production, Source: core.KeptKeys, ClientID: ownID, Check: works("US"), Made: 3}
	})
	b.shows("A Trial plan allows ten banks for life; 3 used here", "Plaid may charge for each linked bank")
	b.tap("Yes")
	b.shows("3 of 10 on a Trial plan")
	b.tap("No")
	b.shows("3 banks linked here so far")
	b.came("trial production yes", "trial production no")
}

func TestKeysWithoutAuth(t *testing.T) {
	b := atKeys(t, func(b *bench, _ *settings.Deps) { b.keyFacts[0].Check.Products = []core.Product{core.Transactions} })
	b.shows("Not allowed: Account numbers, Owners, Loans and cards, Investments, Transfers")
}

func TestKeysThatCannotBeChanged(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*core.KeyFacts)
		shows  []string
	}{
		"sealed":      {func(f *core.KeyFacts) { *f = core.KeyFacts{Env: core.Sandbox, Why: fault.Locked} }, []string{"Sealed", "Open Plaid Sandbox to see or change them."}},
		"session":     {func(f *core.KeyFacts) { *f = core.KeyFacts{Env: core.Sandbox, Why: fault.Unsupported} }, []string{"Not available", "This session keeps nothing."}},
		"no keychain": {func(f *core.KeyFacts) { *f = core.KeyFacts{Env: core.Sandbox, Why: fault.KeychainMissing} }, []string{"Not available"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := atKeys(t, func(b *bench, _ *settings.Deps) { c.change(&b.keyFacts[0]) })
			b.shows(c.shows...)
			b.hides("Test keys", "Replace secret…", "Remove", "Paste your Sandbox secret")
		})
	}
	b := atKeys(t, func(b *bench, _ *settings.Deps) { b.keyFacts[0].Source = core.GivenKeys })
	b.shows("From PLAID_CLIENT_ID and PLAID_SECRET", "Test keys")
	b.hides("Replace secret…", "Remove")
}

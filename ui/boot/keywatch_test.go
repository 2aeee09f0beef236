package boot

import (
	"sync/atomic"
	"testing"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
)

// heard counts how often it was told that the keys have changed.
func heard(t *testing.T, s *Services) func() int64 {
	t.Helper()
	var n atomic.Int64
	t.Cleanup(s.Events.Subscribe(func(e event.Event) {
		if _, ok := e.(event.KeysChanged); ok {
			n.Add(1)
		}
	}))
	return n.Load
}

// TestKeysChangedByAnotherProgram changes keys as a command in a terminal does while
// a window is open: the next request goes with the new ones, in whatever way the
// window comes to it.
func TestKeysChangedByAnotherProgram(t *testing.T) {
	c, bank := keysConfig(t)
	s, item := openSandbox(t, start(t, c))
	defer closeAll(t, s)
	terminal := start(t, c).KeyRing()
	changes := heard(t, s)

	// Plaid has new secrets from now on, and the terminal is told the new one.
	bank.serve(t, newSecret, sandbox.Config{Products: []string{"transactions"}, Countries: []string{"US", "CA"}})
	if err := syncs(t, s, item); !fault.Is(err, fault.Keys) {
		t.Errorf("with the old secret: %v", err)
	}
	save(t, terminal, core.Sandbox, newSecret)
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil || changes() != 1 {
		t.Errorf("with the new secret: %v, told %d times", err, changes())
	}
	if f := factsOf(t, s.KeyRing(), core.Sandbox); !f.Check.Works || f.Check.Allows(core.Auth) {
		t.Errorf("it allows %+v", f.Check)
	}
	if err := terminal.SetCountries(t.Context(), core.Sandbox, []string{"CA"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil || changes() != 2 {
		t.Errorf("with other countries: %v, told %d times", err, changes())
	}

	if err := terminal.Remove(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	if err := syncs(t, s, item); !fault.Is(err, fault.NoKeys) || changes() != 3 {
		t.Errorf("without keys: %v, told %d times", err, changes())
	}
	save(t, terminal, core.Sandbox, newSecret)
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil || changes() != 4 {
		t.Errorf("with the keys again: %v, told %d times", err, changes())
	}
	if f := factsOf(t, terminal, core.Sandbox); f.Made != 1 {
		t.Errorf("%d Items are counted", f.Made)
	}
}

// TestKeysAreLookedAtWithoutARequest is what the window does when it comes to the
// front; also of the keys of another source than the open one.
func TestKeysAreLookedAtWithoutARequest(t *testing.T) {
	c, _ := keysConfig(t)
	s := open(t, start(t, c), Choice{Env: core.Sandbox})
	defer closeAll(t, s)
	terminal := start(t, c).KeyRing()
	changes := heard(t, s)
	s.LookAtKeys(t.Context())
	if changes() != 0 {
		t.Error("it is told of what nobody has changed")
	}
	if _, ok := s.bank.present.(absent); !ok {
		t.Fatalf("without keys it is %T", s.bank.present)
	}
	save(t, terminal, core.Sandbox, ownSecret)
	save(t, terminal, core.Production, ownSecret)
	s.LookAtKeys(t.Context())
	if _, ok := s.bank.present.(absent); ok || changes() != 2 {
		t.Errorf("with keys it is %T, told %d times", s.bank.present, changes())
	}
	// What the window itself changes is known already.
	save(t, s.KeyRing(), core.Sandbox, ownSecret)
	told := changes()
	s.LookAtKeys(t.Context())
	if changes() != told {
		t.Error("it is told of its own change once more")
	}
}

// TestKeysThatCannotBeReadNow stay as they were until they can.
func TestKeysThatCannotBeReadNow(t *testing.T) {
	c, bank := keysConfig(t)
	keys := newChain()
	c.Secrets = keys
	s, _ := openSandbox(t, start(t, c))
	defer closeAll(t, s)
	bank.serve(t, newSecret, sandbox.Config{Countries: []string{"US"}})
	save(t, start(t, c).KeyRing(), core.Sandbox, newSecret)
	changes := heard(t, s)
	keys.fail(1, fault.KeychainLocked, false)
	s.LookAtKeys(t.Context())
	if !keys.failed() || changes() != 0 {
		t.Errorf("it was not asked for them, or told of them %d times", changes())
	}
	keys.heal()
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil || changes() != 1 {
		t.Errorf("once they can: %v, told %d times", err, changes())
	}
}

// TestSealedKeysBesideAnOpenWindow are the window's: they can be reached only while
// their source is open, and that it is there.
func TestSealedKeysBesideAnOpenWindow(t *testing.T) {
	c, _ := keysConfig(t)
	s := open(t, start(t, c), Choice{
		Env: core.Sandbox, Protector: core.ByPassphrase, Passphrase: newPassphrase,
		Keys: plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(ownSecret)},
	})
	defer closeAll(t, s)
	terminal := start(t, c)
	if err := terminal.KeyRing().Save(t.Context(), core.Sandbox, ownID, secret.New(newSecret)); !fault.Is(err, fault.Locked) {
		t.Errorf("Save while it is sealed = %v", err)
	}
	if _, err := terminal.Open(t.Context(), Choice{Env: core.Sandbox, Passphrase: newPassphrase}); !fault.Is(err, fault.VaultInUse) {
		t.Errorf("Open beside the window = %v", err)
	}
	s.LookAtKeys(t.Context())
	if _, err := s.bank.SearchInstitutions(t.Context(), "x"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

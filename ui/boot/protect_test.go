package boot

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

// words is the passphrase of these tests.
const words = "correct horse battery"

// belongings are the secrets of the environment in these tests, beside the
// master key.
func belongings() map[secret.Name]string {
	return map[secret.Name]string{
		secret.TokenName(core.Sandbox, "item-1"):    "access-1",
		secret.NumbersName(core.Sandbox, "acc-1"):   "011401533\n1111222233330000",
		secret.KeysName(core.Sandbox):               "id\nkey",
		"sandbox/grant/link-9/0":                    "item-9\naccess-9",
		secret.TokenName(core.Sandbox, "item-9"):    "access-9",
		secret.TokenName(core.Sandbox, "under-way"): "access-under-way",
	}
}

// furnish puts an item with everything that belongs to it into an environment.
func furnish(t *testing.T, s *Services) {
	t.Helper()
	item := core.Item{ID: "item-1", Profile: s.Profile.ID, Institution: core.Institution{ID: "ins_1", Name: "First"}, LinkedAt: s.Now()}
	if err := s.Vault.PutItemAndAccounts(item, []core.Account{{ID: "acc-1", Name: "Checking", ACH: core.ACHAccount{Status: core.Verified}}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Vault.PutSession(exchanging("link-9")); err != nil {
		t.Fatal(err)
	}
	for name, value := range belongings() {
		if err := s.Secrets.Set(t.Context(), name, secret.New(value)); err != nil {
			t.Fatal(err)
		}
	}
}

// wantBelongings checks that every secret is where the services look for it.
func wantBelongings(t *testing.T, s *Services) {
	t.Helper()
	for name, value := range belongings() {
		if got, err := s.Secrets.Get(t.Context(), name); err != nil || got.Reveal() != value {
			t.Errorf("%s holds %q, %v; want %q", name, got.Reveal(), err, value)
		}
	}
	if items, err := s.Vault.Items(); err != nil || len(items) != 1 {
		t.Errorf("items %v, %v", items, err)
	}
}

// wantOnePlace checks that the protector's store alone holds anything.
func wantOnePlace(t *testing.T, s *Services, c *chain) {
	t.Helper()
	_, err := os.Lstat(s.lockboxPath())
	switch inKeychain := c.names(); s.Vault.Info().Protector {
	case core.ByPassphrase:
		if err != nil || len(inKeychain) != 0 {
			t.Errorf("protected by a passphrase: lockbox %v, keychain %q", err, inKeychain)
		}
	case core.ByKeychain:
		if err == nil || len(inKeychain) != len(belongings())+1 {
			t.Errorf("protected by the keychain: lockbox %v, keychain %q", err, inKeychain)
		}
	}
}

var byPassphrase = Choice{Env: core.Sandbox, Protector: core.ByPassphrase, Passphrase: secret.New(words)}

func wantKind(t *testing.T, what string, err error, kinds ...fault.Kind) {
	t.Helper()
	if !fault.Is(err, kinds...) {
		t.Errorf("%s: %v, want one of %v", what, err, kinds)
	}
}

func TestNewVaultByPassphrase(t *testing.T) {
	c := newChain()
	c.fail(1, fault.KeychainMissing, false)
	c.stays = true
	p := start(t, chainConfig(t, c))
	_, err := p.Open(t.Context(), Choice{Env: core.Sandbox, Protector: core.ByPassphrase})
	wantKind(t, "no passphrase", err, fault.Invalid)
	_, err = p.Open(t.Context(), Choice{Env: core.Sandbox, Protector: core.ByPassphrase, Passphrase: secret.New("short")})
	wantKind(t, "a short passphrase", err, fault.Invalid)
	if left, _ := filepath.Glob(filepath.Join(p.DataDir(), "sandbox", "*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}

	choice := byPassphrase
	choice.Keys = plaid.Keys{ClientID: secret.New("id"), Secret: secret.New("key")}
	s := open(t, p, choice)
	furnish(t, s)
	if got, err := s.Protection(t.Context()); err != nil || got != (core.Protection{Protector: core.ByPassphrase, LockAfter: 15 * time.Minute}) {
		t.Errorf("Protection = %+v, %v", got, err)
	}
	closeAll(t, s)
	if c.calls != 0 {
		t.Errorf("the keychain was asked %d times", c.calls)
	}
	if has, err := p.HasKeys(t.Context(), core.Sandbox); err != nil || !has {
		t.Errorf("HasKeys = %t, %v", has, err)
	}

	_, err = p.Open(t.Context(), Choice{Env: core.Sandbox})
	wantKind(t, "without a passphrase", err, fault.Locked)
	_, err = p.Open(t.Context(), Choice{Env: core.Sandbox, Passphrase: secret.New("a wrong passphrase")})
	wantKind(t, "a wrong one", err, fault.Passphrase)
	s = open(t, p, Choice{Env: core.Sandbox, Passphrase: secret.New(words)})
	wantBelongings(t, s)
	closeAll(t, s)
	if c.calls != 0 {
		t.Errorf("the keychain was asked %d times", c.calls)
	}
}

// TestClosedServicesHoldNothing is what locking rests on.
func TestClosedServicesHoldNothing(t *testing.T) {
	s := open(t, start(t, chainConfig(t, newChain())), byPassphrase)
	furnish(t, s)
	box := s.box
	closeAll(t, s)
	closeAll(t, s)
	_, err := s.Secrets.Get(t.Context(), secret.TokenName(core.Sandbox, "item-1"))
	wantKind(t, "Secrets.Get", err, fault.Locked)
	_, err = box.Names(t.Context())
	wantKind(t, "the lockbox", err, fault.Locked)
	_, err = s.Vault.Items()
	wantKind(t, "the vault", err, fault.Canceled)
}

// TestKeychainFaultsChooseNoOtherStore opens a new and an old vault while the
// keychain fails in every way.
func TestKeychainFaultsChooseNoOtherStore(t *testing.T) {
	for _, kind := range keychainKinds() {
		c := newChain()
		p := start(t, chainConfig(t, c))
		c.fail(1, kind, false)
		c.stays = true
		_, err := p.Open(t.Context(), Choice{Env: core.Sandbox})
		wantKind(t, "a new vault", err, kind)
		if _, err := os.Lstat(VaultPath(p.DataDir(), core.Sandbox)); err == nil {
			t.Errorf("%s: there is a vault without a key", kind)
		}
		c.heal()
		s := open(t, p, Choice{Env: core.Sandbox})
		furnish(t, s)
		closeAll(t, s)
		for _, choice := range []Choice{{Env: core.Sandbox}, byPassphrase} {
			c.fail(1, kind, false)
			c.stays = true
			_, err = p.Open(t.Context(), choice)
			wantKind(t, "an old vault", err, kind)
		}
		if _, err := os.Lstat(s.lockboxPath()); err == nil {
			t.Errorf("%s: there is a lockbox", kind)
		}
		c.heal()
		s = open(t, p, byPassphrase) // what is chosen for a new vault changes no old one
		wantBelongings(t, s)
		wantOnePlace(t, s, c)
		closeAll(t, s)
	}
}

func TestMissingKeyMakesNoNewOne(t *testing.T) {
	c := newChain()
	p := start(t, chainConfig(t, c))
	s := open(t, p, Choice{Env: core.Sandbox})
	closeAll(t, s)
	c.entries = map[secret.Name]secret.Text{}
	_, err := p.Open(t.Context(), Choice{Env: core.Sandbox})
	wantKind(t, "without the key", err, fault.SecretMissing)
	if len(c.names()) != 0 {
		t.Errorf("a new key was made: %v", c.names())
	}

	q := start(t, chainConfig(t, c))
	s = open(t, q, byPassphrase)
	closeAll(t, s)
	if err := os.Remove(s.lockboxPath()); err != nil {
		t.Fatal(err)
	}
	_, err = q.Open(t.Context(), byPassphrase)
	wantKind(t, "without the lockbox", err, fault.LockboxDamaged)
	if _, err := os.Lstat(s.lockboxPath()); err == nil {
		t.Error("a new lockbox was made")
	}
}

func TestChangePassphrase(t *testing.T) {
	p := start(t, chainConfig(t, newChain()))
	s := open(t, p, byPassphrase)
	furnish(t, s)
	next := secret.New("another passphrase")
	wantKind(t, "a wrong old one", s.ChangePassphrase(t.Context(), next, next), fault.Passphrase)
	if err := s.ChangePassphrase(t.Context(), secret.New(words), next); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "reset of what is not lost", s.ResetPassphrase(t.Context(), next), fault.Invalid)
	closeAll(t, s)
	_, err := p.Open(t.Context(), byPassphrase)
	wantKind(t, "the old one", err, fault.Passphrase)
	s = open(t, p, Choice{Env: core.Sandbox, Passphrase: next})
	wantBelongings(t, s)
	closeAll(t, s)
}

func TestLockAfter(t *testing.T) {
	p := start(t, chainConfig(t, newChain()))
	s := open(t, p, Choice{Env: core.Sandbox})
	defer closeAll(t, s)
	want := func(s *Services, after time.Duration) {
		t.Helper()
		if got, err := s.Protection(t.Context()); err != nil || got.LockAfter != after {
			t.Errorf("locks after %v, %v; want %v", got.LockAfter, err, after)
		}
	}
	want(s, 0)
	for set, after := range map[time.Duration]time.Duration{
		5 * time.Minute: 5 * time.Minute, time.Second: time.Minute, 90 * time.Second: 2 * time.Minute, 0: 0,
	} {
		if err := s.SetLockAfter(set); err != nil {
			t.Fatal(err)
		}
		want(s, after)
	}
	other := open(t, p, Choice{Env: core.Practice, SessionOnly: true})
	defer closeAll(t, other)
	if err := other.SetLockAfter(time.Minute); err != nil {
		t.Fatal(err)
	}
	want(other, 0)
	want(s, time.Minute)
}

func TestSessionOnlyHasNoProtectorToChange(t *testing.T) {
	s := open(t, start(t, chainConfig(t, newChain())), Choice{Env: core.Sandbox, SessionOnly: true})
	defer closeAll(t, s)
	_, err := s.NewRecoveryKey(t.Context())
	wantKind(t, "NewRecoveryKey", err, fault.Unsupported)
	wantKind(t, "UsePassphrase", s.UsePassphrase(t.Context(), secret.New(words)), fault.Unsupported)
	wantKind(t, "UseKeychain", s.UseKeychain(t.Context()), fault.Unsupported)
	wantKind(t, "ChangePassphrase", s.ChangePassphrase(t.Context(), secret.New(words), secret.New(words)), fault.Invalid)
}

package boot

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

// words is the passphrase of these tests.
const words = "correct horse battery"

// chain is a keychain that can be looked into, copied and made to fail.
type chain struct {
	mu      sync.Mutex
	entries map[secret.Name]secret.Text
	// calls counts the operations. The one with the number failAt, and all later
	// ones if stays, fail with kind: before they have done anything, or after.
	calls, failAt int
	kind          fault.Kind
	after, stays  bool
}

func newChain() *chain { return &chain{entries: map[secret.Name]secret.Text{}} }

// do does one operation, or fails.
func (c *chain) do(ctx context.Context, op func()) error {
	if err := secret.Ended(ctx, "chain"); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	fails := c.calls == c.failAt || c.stays && c.failAt > 0 && c.calls > c.failAt
	if !fails || c.after {
		op()
	}
	if fails {
		return fault.New("chain", c.kind, nil)
	}
	return nil
}

func (c *chain) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return c.do(ctx, func() { c.entries[name] = value })
}

func (c *chain) Get(ctx context.Context, name secret.Name) (value secret.Text, err error) {
	var ok bool
	if err := c.do(ctx, func() { value, ok = c.entries[name] }); err != nil {
		return secret.Text{}, err
	}
	if !ok {
		return secret.Text{}, fault.New("chain", fault.SecretMissing, nil)
	}
	return value, nil
}

func (c *chain) Delete(ctx context.Context, name secret.Name) error {
	return c.do(ctx, func() { delete(c.entries, name) })
}

// fail makes the n-th operation from now on fail.
func (c *chain) fail(n int, kind fault.Kind, after bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls, c.failAt, c.kind, c.after, c.stays = 0, n, kind, after, false
}

// failed reports whether the operation that was to fail has come.
func (c *chain) failed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failAt > 0 && c.calls >= c.failAt
}

func (c *chain) heal() { c.fail(0, "", false) }

func (c *chain) names() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var names []string
	for name := range c.entries {
		if !strings.HasSuffix(string(name), "/seen") { // it comes when it comes
			names = append(names, string(name))
		}
	}
	slices.Sort(names)
	return names
}

func (c *chain) clone() *chain {
	c.mu.Lock()
	defer c.mu.Unlock()
	other := newChain()
	for name, value := range c.entries {
		other.entries[name] = value
	}
	return other
}

// keychainKinds are the ways in which a keychain fails.
func keychainKinds() []fault.Kind {
	return []fault.Kind{
		fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.Canceled,
	}
}

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

func chainConfig(t *testing.T, c *chain) Config {
	t.Helper()
	made := config(t)
	made.Secrets = c
	return made
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

func TestRecoveryKeyOfALostPassphrase(t *testing.T) {
	p := start(t, chainConfig(t, newChain()))
	s := open(t, p, byPassphrase)
	furnish(t, s)
	first := newRecoveryKey(t, s)
	key := newRecoveryKey(t, s)
	closeAll(t, s)

	_, err := p.Open(t.Context(), Choice{Env: core.Sandbox, RecoveryKey: first})
	wantKind(t, "the key before", err, fault.Passphrase)
	_, err = p.Open(t.Context(), Choice{Env: core.Sandbox, RecoveryKey: secret.New("nonsense")})
	wantKind(t, "no key", err, fault.Invalid)

	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: secret.New(strings.ToLower(key.Reveal()))})
	wantBelongings(t, s)
	wantKind(t, "a short passphrase", s.ResetPassphrase(t.Context(), secret.New("short")), fault.Invalid)
	if err := s.ResetPassphrase(t.Context(), secret.New("the second one")); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key, Passphrase: secret.New("the third one")}) // and at once
	closeAll(t, s)
	_, err = p.Open(t.Context(), byPassphrase)
	wantKind(t, "the lost one", err, fault.Passphrase)
	s = open(t, p, Choice{Env: core.Sandbox, Passphrase: secret.New("the third one")})
	wantBelongings(t, s)
	before := s.Vault.Info().KeyID
	if err := s.DropRecoveryKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.Vault.ShredPending() || s.Vault.Info().KeyID == before {
		t.Error("what the dropped key opened is still in the file")
	}
	closeAll(t, s)
	_, err = p.Open(t.Context(), Choice{Env: core.Sandbox, RecoveryKey: key})
	wantKind(t, "the dropped key", err, fault.Passphrase)
}

func newRecoveryKey(t *testing.T, s *Services) secret.Text {
	t.Helper()
	key, err := s.NewRecoveryKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Protection(t.Context()); err != nil || !got.RecoveryKey {
		t.Errorf("Protection = %+v, %v", got, err)
	}
	return key
}

// TestRecoveryKeyOfALostLockbox loses the lockbox, and with it access to the
// banks, but no data.
func TestRecoveryKeyOfALostLockbox(t *testing.T) {
	p := start(t, chainConfig(t, newChain()))
	s := open(t, p, byPassphrase)
	furnish(t, s)
	key := newRecoveryKey(t, s)
	closeAll(t, s)
	damaged := []byte("not a lockbox")
	if err := os.WriteFile(s.lockboxPath(), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key}) // and nothing more: it is as before
	closeAll(t, s)
	if now, err := os.ReadFile(s.lockboxPath()); err != nil || string(now) != string(damaged) {
		t.Errorf("the lockbox is %q, %v", now, err)
	}
	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key, Passphrase: secret.New("the second one")})
	closeAll(t, s)
	aside, err := filepath.Glob(filepath.Join(s.dir, "quarantine", "*.lockbox"))
	if err != nil || len(aside) != 1 {
		t.Errorf("set aside: %q, %v", aside, err)
	}
	s = open(t, p, Choice{Env: core.Sandbox, Passphrase: secret.New("the second one")})
	if items, err := s.Vault.Items(); err != nil || len(items) != 1 {
		t.Errorf("items %v, %v", items, err)
	}
	_, err = s.Secrets.Get(t.Context(), secret.TokenName(core.Sandbox, "item-1"))
	wantKind(t, "the token", err, fault.SecretMissing)
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key}) // it fits the new one too
	if s.box == nil {
		t.Error("the recovery key does not open the new lockbox")
	}
	closeAll(t, s)
}

func TestRecoveryKeyOfALostKeychain(t *testing.T) {
	c := newChain()
	p := start(t, chainConfig(t, c))
	s := open(t, p, Choice{Env: core.Sandbox})
	furnish(t, s)
	key := newRecoveryKey(t, s)
	closeAll(t, s)

	name := s.masterKeyName()
	delete(c.entries, name)
	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key})
	wantBelongings(t, s)
	closeAll(t, s)
	if _, ok := c.entries[name]; !ok {
		t.Error("the key is not in the keychain again")
	}
	s = open(t, p, Choice{Env: core.Sandbox})
	closeAll(t, s)

	c.fail(1, fault.KeychainMissing, false)
	c.stays = true
	_, err := p.Open(t.Context(), Choice{Env: core.Sandbox, RecoveryKey: key})
	wantKind(t, "to a keychain that is no more", err, fault.KeychainMissing)
	moved := byPassphrase
	moved.RecoveryKey = key
	s = open(t, p, moved)
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Sandbox, Passphrase: secret.New(words)})
	if items, err := s.Vault.Items(); err != nil || len(items) != 1 {
		t.Errorf("items %v, %v", items, err)
	}
	closeAll(t, s)
}

// TestRecoveryKeyThatNobodySaw ends in the middle of making one.
func TestRecoveryKeyThatNobodySaw(t *testing.T) {
	p := start(t, chainConfig(t, newChain()))
	s := open(t, p, byPassphrase)
	furnish(t, s)
	key := newRecoveryKey(t, s)
	if err := s.Vault.PutSetting(renewSetting, "begun"); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	s = open(t, p, byPassphrase)
	if got, err := s.Protection(t.Context()); err != nil || got.RecoveryKey {
		t.Errorf("Protection = %+v, %v", got, err)
	}
	key2 := newRecoveryKey(t, s)
	closeAll(t, s)
	_, err := p.Open(t.Context(), Choice{Env: core.Sandbox, RecoveryKey: key})
	wantKind(t, "the key before", err, fault.Passphrase)
	s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key2})
	closeAll(t, s)
}

func TestMovableEndsWithItsContext(t *testing.T) {
	m := newMovable()
	m.become(secret.NewMemory())
	release, err := m.hold(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	wantKind(t, "Set", m.Set(ctx, "a", secret.New("1")), fault.KeychainTimeout)
	_, err = m.hold(ctx, "test")
	wantKind(t, "hold", err, fault.KeychainTimeout)
	release()
	if err := m.Set(t.Context(), "a", secret.New("1")); err != nil {
		t.Error(err)
	}
	m.become(nil)
	_, err = m.Get(t.Context(), "a")
	if !fault.Is(err, fault.Locked) || errors.Is(err, context.Canceled) {
		t.Errorf("Get = %v", err)
	}
}

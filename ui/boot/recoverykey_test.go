package boot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

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

package vault_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"slices"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// drawer is a recovery key of a test.
type drawer string

// Derive implements vault.RecoveryKey.
func (d drawer) Derive(purpose string, salt []byte) ([]byte, error) {
	sum := sha256.Sum256(slices.Concat([]byte(d), []byte(purpose), salt))
	return sum[:], nil
}

type short struct{}

func (short) Derive(string, []byte) ([]byte, error) { return []byte("short"), nil }

var errDrawer = errors.New("the drawer is locked")

type locked struct{}

func (locked) Derive(string, []byte) ([]byte, error) { return nil, errDrawer }

// recover opens the vault with a recovery key and without any other, and keeps
// the master key in other.
func (h *home) recover(key vault.RecoveryKey, other *home) (*vault.Vault, error) {
	opts := h.options()
	opts.Key, opts.Recovery, opts.Recovered = nil, key, other.keys.NewKey
	return vault.Open(context.Background(), opts)
}

func TestRecoveryKeyOpensTheVault(t *testing.T) {
	h, after := newHome(t), newHome(t)
	after.path = h.path
	v := filled(t, h, 300)
	want := get[contents](t)(read(v))
	must(t, v.SetRecovery(drawer("right")))
	if !v.Info().Recovery {
		t.Error("the vault does not tell of its recovery key")
	}
	for range 2 { // the second time round after a rotation, which asks nobody for the recovery key
		must(t, v.Close())
		info := get[vault.Info](t)(vault.Inspect(h.path))
		wantEqual(t, "info", info, v.Info())
		_, err := h.recover(drawer("wrong"), after)
		wantKind(t, err, fault.Passphrase)
		if after.keys.Count() != 0 {
			t.Error("a key was kept that opens nothing")
		}
		v = get[*vault.Vault](t)(h.recover(drawer("right"), after))
		wantEqual(t, "contents", get[contents](t)(read(v)), want)
		must(t, v.Verify(t.Context()))
		must(t, v.Close())
		must(t, after.open(t).Close()) // with the key that was kept anew
		v = h.open(t)
		rotate(t, v)
		must(t, v.DropStrays(t.Context(), h.keys.Drop))
		after = newHome(t)
		after.path = h.path
	}
	must(t, v.DropRecovery())
	if v.Info().Recovery || !v.ShredPending() {
		t.Errorf("after dropping: %+v, shred pending: %t", v.Info(), v.ShredPending())
	}
	must(t, v.Close())
	_, err := h.recover(drawer("right"), after)
	wantKind(t, err, fault.Passphrase)
	wantEqual(t, "contents", get[contents](t)(read(h.open(t))), want)
}

func TestSecondRecoveryKeyReplacesTheFirst(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	must(t, v.SetRecovery(drawer("first")))
	if v.ShredPending() {
		t.Error("a first recovery key leaves a shred pending")
	}
	must(t, v.SetRecovery(drawer("second")))
	if !v.ShredPending() {
		t.Error("what the first recovery key opens is still in the file")
	}
	must(t, v.Close())
	_, err := h.recover(drawer("first"), newHome(t))
	wantKind(t, err, fault.Passphrase)
	must(t, get[*vault.Vault](t)(h.recover(drawer("second"), newHome(t))).Close())
}

func TestRecoveryKeysThatCannotBeUsed(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	for _, key := range []vault.RecoveryKey{short{}, locked{}} {
		if err := v.SetRecovery(key); err == nil || v.Info().Recovery {
			t.Errorf("%T: %v", key, err)
		}
	}
	must(t, v.SetRecovery(drawer("right")))
	must(t, v.Close())
	if _, err := h.recover(locked{}, newHome(t)); !errors.Is(err, errDrawer) {
		t.Errorf("got %v", err)
	}
	refused := fault.New("keychain: set", fault.KeychainLied, nil)
	opts := h.options()
	opts.Recovery = drawer("right")
	opts.Recovered = func(context.Context, vault.Info, secret.Text) error { return refused }
	_, err := vault.Open(t.Context(), opts)
	wantKind(t, err, fault.KeychainLied)
	must(t, h.open(t).Close()) // nothing was changed or held
}

func TestRecoveryKeyMakesNoVault(t *testing.T) {
	h := newHome(t)
	opts := h.options()
	opts.Recovery = drawer("right")
	v := get[*vault.Vault](t)(vault.Open(t.Context(), opts)) // there is nothing to recover
	defer v.Close()
	if v.Info().Recovery || h.keys.Count() != 1 {
		t.Errorf("%+v with %d keys", v.Info(), h.keys.Count())
	}
}

// TestFormatOne opens a file of the first programs.
func TestFormatOne(t *testing.T) {
	h := firstVault(t)
	before := get[[]byte](t)(os.ReadFile(h.path))
	refused := fault.New("vault: snapshot", fault.DiskFull, nil)
	seen := 0
	opts := h.options()
	opts.BeforeMigration = func(_ context.Context, v *vault.Vault) error {
		seen = v.Info().Format
		return refused
	}
	_, err := vault.Open(t.Context(), opts)
	wantKind(t, err, fault.DiskFull)
	if string(get[[]byte](t)(os.ReadFile(h.path))) != string(before) || seen != 1 {
		t.Fatalf("the vault of format %d was changed without a snapshot", seen)
	}
	opts.BeforeMigration = func(_ context.Context, v *vault.Vault) error { seen++; return nil }
	v := get[*vault.Vault](t)(vault.Open(t.Context(), opts))
	likeFormatOne(t, v)
	must(t, v.Close())
	v = get[*vault.Vault](t)(vault.Open(t.Context(), opts))
	likeFormatOne(t, v)
	if seen != 2 {
		t.Errorf("told of %d migrations", seen-1)
	}
	must(t, v.SetRecovery(drawer("right")))
	rotate(t, v)
	likeFormatOne(t, v)
	must(t, v.Close())
}

// likeFormatOne makes sure that a vault is of this format and holds what
// testdata/format1.db.gz does.
func likeFormatOne(t *testing.T, v *vault.Vault) {
	t.Helper()
	must(t, v.Verify(t.Context()))
	same := newHome(t).open(t)
	alike(t, same)
	wantEqual(t, "contents", get[contents](t)(read(v)), get[contents](t)(read(same)))
	if info := v.Info(); info.Format != vault.Format || info.Format < 2 || info.ID != firstID {
		t.Errorf("info: %+v", info)
	}
}

// Package vaulttest makes vaults for tests and benchmarks: empty ones, and
// large ones with made-up transactions.
package vaulttest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// Keys keeps the master keys of vaults in memory. The zero Keys is ready for
// use.
type Keys struct {
	mu   sync.Mutex
	keys map[secret.Name]secret.Text
}

// Key is for vault.Options.Key. A key that is not here is empty.
func (k *Keys) Key(_ context.Context, info vault.Info) (secret.Text, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keys[secret.VaultKeyName(info.ID, info.KeyID)], nil
}

// NewKey is for vault.Options.NewKey.
func (k *Keys) NewKey(_ context.Context, info vault.Info, key secret.Text) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.keys == nil {
		k.keys = map[secret.Name]secret.Text{}
	}
	k.keys[secret.VaultKeyName(info.ID, info.KeyID)] = key
	return nil
}

// Drop is for vault.DropStrays.
func (k *Keys) Drop(_ context.Context, info vault.Info) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.keys, secret.VaultKeyName(info.ID, info.KeyID))
	return nil
}

// Count returns how many keys are kept.
func (k *Keys) Count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.keys)
}

// Options returns options for a practice vault at path whose key is in k.
func (k *Keys) Options(path string) vault.Options {
	return vault.Options{Path: path, Env: core.Practice, Key: k.Key, NewKey: k.NewKey}
}

// New opens an empty practice vault in a folder of the test's own, and closes
// it when the test ends.
func New(tb testing.TB) *vault.Vault {
	tb.Helper()
	v, err := vault.Open(context.Background(), new(Keys).Options(filepath.Join(tb.TempDir(), "data", "vault.db")))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := v.Close(); err != nil {
			tb.Error(err)
		}
	})
	return v
}

package backup_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/backup"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

var (
	now        = time.Date(2026, time.November, 25, 9, 0, 0, 0, time.UTC)
	passphrase = secret.New("correct horse battery staple")
	token      = secret.New("access-sandbox-5f2f3c1e-0d54-4d2e-9d5c-0c8a1f3b7a11")
	odd        = secret.New("\x00\xff any bytes \n\"")
)

// cheap keeps scrypt from being what a test waits for.
const cheap = 4

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t testing.TB, what string, err error, kinds ...fault.Kind) {
	t.Helper()
	if !fault.Is(err, kinds...) {
		t.Fatalf("%s: error %v is of kind %q, not %q", what, err, fault.KindOf(err), kinds)
	}
}

// verify opens a vault with the key that came with it.
func verify(ctx context.Context, s backup.Source) (core.VaultReport, error) {
	v, err := vault.Open(ctx, vault.Options{
		Path: s.Vault, Env: s.Env,
		Key: func(_ context.Context, i vault.Info) (secret.Text, error) {
			return s.Secrets[secret.VaultKeyName(i.ID, i.KeyID)], nil
		},
	})
	if err != nil {
		return core.VaultReport{}, err
	}
	defer v.Close()
	return report(ctx, v)
}

func report(ctx context.Context, v *vault.Vault) (core.VaultReport, error) {
	if err := v.Verify(ctx); err != nil {
		return core.VaultReport{}, err
	}
	items, err := v.Items()
	if err != nil {
		return core.VaultReport{}, err
	}
	return core.VaultReport{Commit: v.Commit(), Items: len(items), Rows: v.Count()}, nil
}

// source is a practice environment with so many transactions.
func source(t testing.TB, rows int) backup.Source {
	t.Helper()
	dir := t.TempDir()
	s := backup.Source{
		Env: core.Practice, Vault: filepath.Join(dir, "data", "vault.db"), Bank: filepath.Join(dir, "bank.json"),
		Secrets: map[secret.Name]secret.Text{
			secret.TokenName(core.Practice, "item"): token, secret.KeysName(core.Practice): odd, "empty": {},
		},
	}
	must(t, os.WriteFile(s.Bank, []byte(`{"state":"`+strings.Repeat("x", 100_000)+`"}`), 0o600))
	var keys vaulttest.Keys
	v, err := vault.Open(t.Context(), keys.Options(s.Vault))
	must(t, err)
	defer v.Close()
	must(t, vaulttest.Fill(v, rows, 1))
	s.Report, err = report(t.Context(), v)
	must(t, err)
	key, err := keys.Key(t.Context(), v.Info())
	must(t, err)
	s.Secrets[secret.VaultKeyName(v.ID(), v.Info().KeyID)] = key
	return s
}

// order is a backup of a source into a folder of its own.
func order(t testing.TB, s ...backup.Source) backup.Order {
	t.Helper()
	return backup.Order{
		Path: filepath.Join(t.TempDir(), "bankbook.backup"), Passphrase: passphrase, WorkFactor: cheap, Kind: backup.Full,
		Created: now, Program: "1.2.3", Settings: []byte(`{"environment":"practice"}`), Sources: s,
		Tools: backup.Tools{Dir: t.TempDir(), Verify: verify},
	}
}

func write(t testing.TB, o backup.Order) backup.Manifest {
	t.Helper()
	m, err := backup.Write(context.Background(), o)
	must(t, err)
	return m
}

// read unpacks a backup into a new folder.
func read(t testing.TB, path string) (backup.Contents, error) {
	t.Helper()
	return backup.Read(context.Background(), path, passphrase, backup.Tools{Dir: t.TempDir(), Verify: verify})
}

func sumOf(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func namesIn(t testing.TB, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	must(t, err)
	for _, entry := range list {
		names = append(names, entry.Name())
	}
	return names
}

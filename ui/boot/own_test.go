package boot

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

func TestNamesOfOwnEntries(t *testing.T) {
	own := &ownEntries{env: core.Sandbox, vaultID: "v1", own: "copy"}
	before := &ownEntries{env: core.Sandbox, vaultID: "v1"}
	for name, want := range map[secret.Name]secret.Name{
		secret.TokenName(core.Sandbox, "item"):        "own/copy/sandbox/token/item",
		secret.NumbersName(core.Sandbox, "account"):   "own/copy/sandbox/numbers/account",
		"sandbox/grant/link/0":                        "own/copy/sandbox/grant/link/0",
		secret.SeenName("v1"):                         "own/copy/vault/v1/seen",
		secret.VaultName("v1"):                        "vault/v1",
		secret.VaultKeyName("v1", "0123456789abcdef"): "vault/v1/0123456789abcdef",
		secret.KeysName(core.Sandbox):                 "sandbox/keys",
	} {
		if got := own.name(name); got != want {
			t.Errorf("%s is kept as %s, not %s", name, got, want)
		}
		if got := before.name(name); got != name {
			t.Errorf("without names of its own, %s is kept as %s", name, got)
		}
	}
}

// A vault from before there were own entries goes on with those that it has, and
// what is restored from it has its own.
func TestVaultWithoutOwnEntries(t *testing.T) {
	c := backupConfig(t)
	older(t, c)
	p := start(t, c)
	s := open(t, p, Choice{Env: core.Practice})
	want := contentsOf(t, s.Vault, s.Secrets)
	if len(want.Secrets) != 1 {
		t.Errorf("it has %d secrets, not its token", len(want.Secrets))
	}
	path := filepath.Join(t.TempDir(), "backup")
	if _, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	before := entriesOf(c.Secrets)
	if _, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase, Replace: true}); err != nil {
		t.Fatal(err)
	}
	s = open(t, p, Choice{Env: core.Practice})
	wantContents(t, contentsOf(t, s.Vault, s.Secrets), want)
	if err := s.Secrets.Delete(t.Context(), secret.TokenName(core.Practice, vaulttest.Item)); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	after := entriesOf(c.Secrets)
	for name, value := range before {
		if after[name] != value {
			t.Errorf("the entry %s has changed", name)
		}
	}
}

// older makes a vault with a bank, whose token is under the name that all vaults
// used once.
func older(t *testing.T, c Config) {
	t.Helper()
	path := VaultPath(c.DataDir, core.Practice)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(t.Context(), vault.Options{
		Path: path, Env: core.Practice, Protector: core.ByKeychain, NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
			return c.Secrets.Set(ctx, secret.VaultKeyName(info.ID, info.KeyID), key)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	token := secret.New("access-sandbox-5f2f3c1e-0d54-4d2e-9d5c-0c8a1f3b7a11")
	for _, err := range []error{
		vaulttest.Fill(v, 20, 1), v.Close(),
		c.Secrets.Set(t.Context(), secret.TokenName(core.Practice, vaulttest.Item), token),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// The names in a backup are anybody's. What a killed restore of it has left is
// removed, and nothing else.
func TestCleanUpOfOddNames(t *testing.T) {
	c := backupConfig(t)
	p := start(t, c)
	precious := []secret.Name{secret.VaultName("precious"), secret.KeysName(core.Sandbox), secret.TokenName(core.Sandbox, "x")}
	odd := secret.OwnName("copy", "sandbox/x\nvault/precious\n\"],[\"vault/precious")
	for _, name := range append(precious, odd) {
		if err := c.Secrets.Set(t.Context(), name, secret.New("value")); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := p.workDir(restorePrefix)
	if err != nil {
		t.Fatal(err)
	}
	if err := noteFresh(dir, []secret.Name{odd}); err != nil {
		t.Fatal(err)
	}
	if err := noteFresh(dir, precious[1:]); err != nil {
		t.Fatal(err)
	}
	p.cleanUp(t.Context())
	for _, name := range precious {
		if _, err := c.Secrets.Get(t.Context(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Secrets.Get(t.Context(), odd); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("what was left is still there: %v", err)
	}
	onlyIn(t, c.DataDir)
}

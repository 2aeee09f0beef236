package boot

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// The computer that the backup comes from can restore beside what it has: both
// live on, whatever becomes of the other.
func TestRestoreBesideTheOriginal(t *testing.T) {
	c := backupConfig(t)
	s := lived(t, c)
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	closeAll(t, s)
	before := entriesOf(c.Secrets)
	beside := backupConfig(t)
	beside.Secrets = c.Secrets
	p := start(t, beside)
	if _, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	restored := open(t, p, Choice{Env: core.Practice})
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	for _, item := range want.Items {
		if err := restored.RemoveBank(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
	}
	closeAll(t, restored)
	after := entriesOf(c.Secrets)
	for name, value := range before {
		if after[name] != value {
			t.Errorf("the entry %s of the original has changed", name)
		}
	}
	again := open(t, start(t, c), Choice{Env: core.Practice})
	if back, is := again.RolledBack(); is {
		t.Errorf("the original is said to be older than it was: %+v", back)
	}
	wantContents(t, contentsOf(t, again.Vault, again.Secrets), want)
	if err := again.Sync.SyncAll(t.Context()); err != nil {
		t.Errorf("the original no longer gets at its banks: %v", err)
	}
	closeAll(t, again)
	restored = open(t, p, Choice{Env: core.Practice})
	if back, is := restored.RolledBack(); is {
		t.Errorf("the restored vault is said to be older than it was: %+v", back)
	}
	closeAll(t, restored)
}

func TestRestoreUnderAPassphrase(t *testing.T) {
	s := made(t, backupConfig(t))
	recoveryKey, err := s.NewRecoveryKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	there := backupConfig(t)
	p := start(t, there)
	order := RestoreOrder{
		Path: path, Passphrase: backupPassphrase, Env: core.Practice, Protector: core.ByPassphrase, NewPassphrase: secret.New("short"),
	}
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.Invalid) {
		t.Errorf("a short passphrase: %v", err)
	}
	order.NewPassphrase = newPassphrase
	if _, err := p.Restore(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	onlyIn(t, there.DataDir, "practice")
	if _, err := p.Open(t.Context(), Choice{Env: core.Practice}); !fault.Is(err, fault.Locked) {
		t.Errorf("without the passphrase: %v", err)
	}
	restored := open(t, p, Choice{Env: core.Practice, Passphrase: newPassphrase})
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	closeAll(t, restored)
	// The recovery key of then opens it, too.
	restored = open(t, p, Choice{Env: core.Practice, RecoveryKey: recoveryKey})
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	closeAll(t, restored)
	if left := entriesOf(there.Secrets); len(left) > 0 {
		t.Errorf("the keychain holds %v", slices.Collect(maps.Keys(left)))
	}
}

func TestRestoreWhereSomethingIs(t *testing.T) {
	s := made(t, backupConfig(t))
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)

	c := backupConfig(t)
	p := start(t, c)
	old := open(t, p, Choice{Env: core.Practice})
	if err := old.Vault.PutProfile(core.Profile{ID: "precious", Name: "Precious"}); err != nil {
		t.Fatal(err)
	}
	precious := contentsOf(t, old.Vault, old.Secrets)
	order := RestoreOrder{Path: path, Passphrase: backupPassphrase}
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.Occupied) {
		t.Errorf("where something is: %v", err)
	}
	order.Replace = true
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.VaultInUse) {
		t.Errorf("where something is in use: %v", err)
	}
	wantContents(t, contentsOf(t, old.Vault, old.Secrets), precious)
	closeAll(t, old)
	onlyIn(t, c.DataDir, "practice")
	before := entriesOf(c.Secrets)

	report, err := p.Restore(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	restored := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, restored)
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	onlyIn(t, c.DataDir, "practice", "sandbox", "quarantine")
	found, err := filepath.Glob(filepath.Join(report.Quarantine, "practice-*", "vault.db"))
	if err != nil || len(found) != 1 {
		t.Fatalf("in quarantine: %v, %v", found, err)
	}
	kept, err := vault.Open(t.Context(), vault.Options{Path: found[0], Env: core.Practice, Key: keyFrom(c.Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	if profiles, err := kept.Profiles(); err != nil || !slices.ContainsFunc(profiles, func(p core.Profile) bool { return p.ID == "precious" }) {
		t.Errorf("in quarantine is not what was there: %v, %v", profiles, err)
	}
	for name, value := range before {
		if got, err := c.Secrets.Get(t.Context(), name); err != nil || got != value {
			t.Errorf("the entry %s has changed: %v", name, err)
		}
	}
}

// An entry of the keychain that is somebody's is not overwritten unasked.
func TestRestoreWhereASecretIs(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	c := backupConfig(t)
	p := start(t, c)
	if err := c.Secrets.Set(t.Context(), secret.KeysName(core.Sandbox), secret.New("id\nnewer")); err != nil {
		t.Fatal(err)
	}
	before := entriesOf(c.Secrets)
	order := RestoreOrder{Path: path, Passphrase: backupPassphrase}
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.Occupied) {
		t.Fatalf("%v, want Occupied", err)
	}
	if !maps.Equal(entriesOf(c.Secrets), before) {
		t.Error("the keychain has changed")
	}
	onlyIn(t, c.DataDir)
	order.Replace = true
	if _, err := p.Restore(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	got, err := p.plaidKeys(t.Context(), c.Secrets, core.Sandbox)
	if err != nil || got != sandboxKeys {
		t.Errorf("the keys are not those of the backup: %v", err)
	}
}

func TestRestoreOfWhatIsNone(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	c := backupConfig(t)
	p := start(t, c)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half")
	if err := os.WriteFile(half, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		order RestoreOrder
		want  fault.Kind
	}{
		"half":             {RestoreOrder{Path: half, Passphrase: backupPassphrase}, fault.BackupDamaged},
		"wrong passphrase": {RestoreOrder{Path: path, Passphrase: newPassphrase}, fault.Passphrase},
		"not there":        {RestoreOrder{Path: half + "s", Passphrase: backupPassphrase}, fault.Unreadable},
		"not in it":        {RestoreOrder{Path: path, Passphrase: backupPassphrase, Env: core.Production}, fault.NotFound},
		"not kept":         {RestoreOrder{Path: path, Passphrase: backupPassphrase, Protector: core.ThisSessionOnly}, fault.Invalid},
	} {
		if _, err := p.Restore(t.Context(), tc.order); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %s", name, err, tc.want)
		}
		onlyIn(t, c.DataDir)
		if left := entriesOf(c.Secrets); len(left) > 0 {
			t.Errorf("%s: the keychain holds %v", name, slices.Collect(maps.Keys(left)))
		}
	}
}

// failing is a Store that fails from its n-th call on, or at it alone.
type failing struct {
	secret.Store
	calls, at int
	forever   bool
}

var errFailing = fault.New("failing store", fault.KeychainTimeout, errors.New("no answer"))

func (f *failing) fails() bool {
	f.calls++
	return f.calls == f.at || f.forever && f.calls > f.at
}

// Set implements secret.Store. What fails may have been done.
func (f *failing) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	fails := f.fails()
	if fails && f.calls%2 == 0 {
		return errFailing
	}
	if err := f.Store.Set(ctx, name, value); err != nil || !fails {
		return err
	}
	return errFailing
}

// Get implements secret.Store.
func (f *failing) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	if f.fails() {
		return secret.Text{}, errFailing
	}
	return f.Store.Get(ctx, name)
}

// Delete implements secret.Store.
func (f *failing) Delete(ctx context.Context, name secret.Name) error {
	if f.fails() {
		return errFailing
	}
	return f.Store.Delete(ctx, name)
}

func TestRestoreWithAKeychainThatFails(t *testing.T) {
	s := made(t, backupConfig(t))
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	order := RestoreOrder{Path: path, Passphrase: backupPassphrase}
	for _, forever := range []bool{false, true} {
		for at := 1; ; at++ {
			c := backupConfig(t)
			kept := c.Secrets
			c.Secrets = &failing{Store: kept, at: at, forever: forever}
			p := start(t, c)
			_, err := p.Restore(t.Context(), order)
			if err == nil {
				break
			}
			if !fault.Is(err, fault.KeychainTimeout) {
				t.Fatalf("call %d: %v", at, err)
			}
			onlyInOrRestoring(t, c.DataDir, forever)
			if left := entriesOf(kept); !forever && len(left) > 0 {
				t.Fatalf("call %d: left in the keychain: %v", at, left)
			}
			c.Secrets = kept // it works again
			p = start(t, c)
			if _, err := p.Restore(t.Context(), order); err != nil {
				t.Fatalf("call %d, then again: %v", at, err)
			}
			onlyIn(t, c.DataDir, "practice", "sandbox")
			again := open(t, p, Choice{Env: core.Practice})
			wantContents(t, contentsOf(t, again.Vault, again.Secrets), want)
			closeAll(t, again)
			(&killed{t: t, c: c}).entriesAreNeeded()
		}
	}
}

// onlyInOrRestoring is onlyIn, but for the folder that names keys which the
// keychain did not give up.
func onlyInOrRestoring(t *testing.T, dir string, unfinished bool) {
	t.Helper()
	var folders []string
	if unfinished {
		found, err := filepath.Glob(filepath.Join(dir, restorePrefix+"*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			folders = append(folders, filepath.Base(path))
		}
	}
	onlyIn(t, dir, folders...)
}

func TestOneRestoreAtATime(t *testing.T) {
	c := backupConfig(t)
	first, second := start(t, c), start(t, c)
	release, err := first.lockRestoring()
	if err != nil {
		t.Fatal(err)
	}
	order := RestoreOrder{Path: "none", Passphrase: backupPassphrase}
	if _, err := second.Restore(t.Context(), order); !fault.Is(err, fault.VaultInUse) {
		t.Errorf("a second restore: %v", err)
	}
	release()
	if _, err := second.Restore(t.Context(), order); !fault.Is(err, fault.Unreadable) {
		t.Errorf("after the first: %v", err)
	}
}

func TestCancelledRestore(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	c := backupConfig(t)
	store := &cancelling{Store: c.Secrets}
	before := entriesOf(c.Secrets)
	kept := c.Secrets
	c.Secrets = store
	p := start(t, c)
	for at := 1; ; at++ {
		ctx, cancel := context.WithCancel(t.Context())
		store.calls, store.at, store.cancel = 0, at, cancel
		_, err := p.Restore(ctx, RestoreOrder{Path: path, Passphrase: backupPassphrase})
		cancel()
		if err == nil {
			break
		}
		if !fault.Is(err, fault.Canceled) {
			t.Fatalf("%v, want Canceled", err)
		}
		onlyIn(t, c.DataDir)
		if !maps.Equal(entriesOf(kept), before) {
			t.Fatalf("call %d: the keychain has changed", at)
		}
	}
}

// cancelling is a Store during whose n-th call somebody calls it off.
type cancelling struct {
	secret.Store
	calls, at int
	cancel    func()
}

// Set implements secret.Store.
func (c *cancelling) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if c.calls++; c.calls == c.at {
		defer c.cancel()
	}
	return c.Store.Set(ctx, name, value)
}

package boot

import (
	"compress/gzip"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// shaky is a store that tells which entries it holds, and can fail at any
// operation.
type shaky struct {
	*secret.Memory
	mu    sync.Mutex
	names map[secret.Name]bool
	calls int
	// failAt is the number of the call that fails; 0 is none. only limits both
	// counting and failing to names that begin so.
	failAt int
	only   secret.Name
}

func newShaky() *shaky { return &shaky{Memory: secret.NewMemory(), names: map[secret.Name]bool{}} }

// fail lets the n-th call from now on fail, of those about entries that begin
// with only.
func (s *shaky) fail(n int, only secret.Name) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.failAt, s.only = 0, n, only
}

func (s *shaky) call(name secret.Name) error {
	if strings.HasSuffix(string(name), "/seen") || !strings.HasPrefix(string(name), string(s.only)) {
		return nil // that comes in the background
	}
	if s.calls++; s.calls == s.failAt {
		return fault.New("shaky: call", fault.KeychainLocked, nil)
	}
	return nil
}

func (s *shaky) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.call(name); err != nil {
		return err
	}
	s.names[name] = true
	return s.Memory.Set(ctx, name, value)
}

func (s *shaky) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.call(name); err != nil {
		return secret.Text{}, err
	}
	return s.Memory.Get(ctx, name)
}

func (s *shaky) Delete(ctx context.Context, name secret.Name) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.call(name); err != nil {
		return err
	}
	delete(s.names, name)
	return s.Memory.Delete(ctx, name)
}

func (s *shaky) held() []secret.Name {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.names))
}

// linkedItem links a bank, and returns it.
func linkedItem(t *testing.T, s *Services) core.Item {
	t.Helper()
	if end, err := s.Links.Wait(t.Context(), instantly(t, s)); err != nil || end.Stage == link.Failed {
		t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	items, err := s.Vault.Items()
	if err != nil || len(items) == 0 {
		t.Fatalf("items: %v, %v", items, err)
	}
	return items[len(items)-1]
}

// put keeps a bank whose connection has been lost: it has no token, but numbers.
func put(t *testing.T, s *Services, of core.ProfileID) core.Item {
	t.Helper()
	item := core.Item{ID: "item of " + core.ItemID(of), Profile: of}
	account := core.Account{ID: "account of " + core.AccountID(of), ACH: core.ACHAccount{Status: core.Verified}}
	if err := s.Vault.PutItemAndAccounts(item, []core.Account{account}); err != nil {
		t.Fatal(err)
	}
	if err := s.Secrets.Set(t.Context(), secret.NumbersName(core.Practice, account.ID), secret.New("numbers")); err != nil {
		t.Fatal(err)
	}
	return item
}

func snapshot(t *testing.T, s *Services) core.Snapshot {
	t.Helper()
	taken, err := s.Vault.TakeSnapshot(t.Context(), vault.Asked)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

// settled makes sure that the vault has one key, and that its snapshots are
// under it.
func settled(t *testing.T, s *Services, store *shaky) {
	t.Helper()
	if s.Vault.ShredPending() || s.Vault.HasStrays() {
		t.Error("something is left to do")
	}
	info := s.Vault.Info()
	var keys []secret.Name
	for _, name := range store.held() {
		if strings.HasPrefix(string(name), "vault/") && name != secret.SeenName(info.ID) {
			keys = append(keys, name)
		}
	}
	if len(keys) != 1 || keys[0] != secret.VaultKeyName(info.ID, info.KeyID) {
		t.Errorf("the keys %q are kept, not that of %+v", keys, info)
	}
	list, err := s.Snapshots()
	if err != nil {
		t.Fatal(err)
	}
	for _, snap := range list {
		of, err := vault.Inspect(snap.Path)
		if err != nil || of.KeyID != info.KeyID {
			t.Errorf("a snapshot is under the key %q, not %q, %v", of.KeyID, info.KeyID, err)
		}
	}
	if err := s.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRemovedBankIsDestroyed(t *testing.T) {
	c, store := config(t), newShaky()
	c.Secrets = store
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	item := linkedItem(t, s)
	old := snapshot(t, s)
	before := s.Vault.Info()
	if err := s.RemoveBank(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	settled(t, s, store)
	if s.Vault.Info().KeyID == before.KeyID {
		t.Error("the vault has the key that it had")
	}
	if _, err := os.Stat(old.Path); err == nil {
		t.Error("the bank is still in a snapshot")
	}
	if list, err := s.Snapshots(); err != nil || len(list) != 1 {
		t.Errorf("snapshots: %v, %v", list, err)
	}
	for _, name := range store.held() {
		if strings.HasPrefix(string(name), "practice/") {
			t.Errorf("%s is still kept", name)
		}
	}
}

// TestEveryFaultOfTheStoreIsOvercome lets each call about the vault's keys fail
// once, while a bank is removed and while keys are rotated.
func TestEveryFaultOfTheStoreIsOvercome(t *testing.T) {
	for name, c := range map[string]struct {
		do func(t *testing.T, s *Services, item core.ItemID) error
		// tells says that the fault is the person's to know.
		tells bool
	}{
		"remove": {func(t *testing.T, s *Services, item core.ItemID) error { return s.RemoveBank(t.Context(), item) }, false},
		"rotate": {func(t *testing.T, s *Services, _ core.ItemID) error { return s.RotateKeys(t.Context()) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			failed := 0
			for n := 1; ; n++ {
				conf, store := config(t), newShaky()
				conf.Secrets = store
				p := start(t, conf)
				s := open(t, p, Choice{Env: core.Practice})
				item := put(t, s, s.Profile.ID)
				snapshot(t, s)
				store.fail(n, "vault/")
				err := c.do(t, s, item.ID)
				reached := store.calls >= n
				store.fail(0, "")
				if reached != (err != nil) && c.tells || err != nil && !fault.Is(err, fault.KeychainLocked) {
					t.Errorf("call %d failed: %t, told: %v", n, reached, err)
				}
				// The daily one may have taken its place by now, but there is one.
				if list, err := s.Snapshots(); (err != nil || len(list) == 0) && s.Vault.Info().KeyID == "" {
					t.Errorf("call %d: the snapshots were removed, although the key is what it was: %v", n, err)
				}
				closeAll(t, s)
				s = open(t, p, Choice{Env: core.Practice})
				if err := s.Resume(t.Context()); err != nil {
					t.Error(err)
				}
				settled(t, s, store)
				_, err = s.Vault.Item(item.ID)
				if wanted := name == "rotate"; wanted != (err == nil) {
					t.Errorf("call %d: the bank is there: %t", n, err == nil)
				}
				closeAll(t, s)
				if !reached {
					break
				}
				failed++
			}
			if failed < 2 {
				t.Errorf("only %d calls were made to fail", failed)
			}
		})
	}
}

func TestRemoveProfile(t *testing.T) {
	c, store := config(t), newShaky()
	c.Secrets = store
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	kept := put(t, s, s.Profile.ID)
	own := s.Profile
	if err := s.RemoveProfile(t.Context(), own.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("the only profile: %v", err)
	}
	client := core.Profile{ID: "client", Name: "A client", Kind: core.Business}
	if err := s.Vault.PutProfile(client); err != nil {
		t.Fatal(err)
	}
	put(t, s, client.ID)
	if err := s.RemoveProfile(t.Context(), client.ID); err != nil {
		t.Fatal(err)
	}
	settled(t, s, store)
	profiles, err := s.Vault.Profiles()
	if err != nil || !slices.Equal(profiles, []core.Profile{own}) {
		t.Errorf("profiles: %v, %v", profiles, err)
	}
	items, err := s.Vault.Items()
	if err != nil || len(items) != 1 || items[0].ID != kept.ID {
		t.Errorf("items: %v, %v", items, err)
	}
	for _, name := range store.held() {
		if strings.Contains(string(name), string(client.ID)) {
			t.Errorf("%s is still kept", name)
		}
	}
}

func TestRolledBackVaultIsNoticed(t *testing.T) {
	c := config(t)
	p := start(t, c)
	s := open(t, p, Choice{Env: core.Practice})
	closeAll(t, s)
	path := VaultPath(c.DataDir, core.Practice)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s = open(t, p, Choice{Env: core.Practice})
	if back, is := s.RolledBack(); is {
		t.Errorf("rolled back: %+v", back)
	}
	commit := s.Vault.Commit()
	if err := s.Vault.PutSetting("a", "b"); err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, p, Choice{Env: core.Practice})
	if back, is := s.RolledBack(); !is || back != (core.RolledBack{Commit: commit, Seen: commit + 1}) {
		t.Errorf("rolled back: %t, %+v, want from %d", is, back, commit+1)
	}
	if err := s.Vault.PutSetting("a", "b"); err != nil {
		t.Errorf("it cannot be used: %v", err)
	}
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	if back, is := s.RolledBack(); is {
		t.Errorf("noticed again: %+v", back)
	}
}

// TestMigrationBeginsWithASnapshot opens a vault of the first programs.
func TestMigrationBeginsWithASnapshot(t *testing.T) {
	const (
		id  = "a947eadf910d5dcc4dbf5b2eb66800ef"
		key = "rfj8EtKtdeVPavIU-Ot0okgRYibc2f8nlrP7a1936w8"
	)
	c := config(t)
	if err := c.Secrets.Set(t.Context(), secret.VaultName(id), secret.New(key)); err != nil {
		t.Fatal(err)
	}
	p := start(t, c)
	packed, err := os.Open("../../storage/vault/testdata/format1.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	path := VaultPath(c.DataDir, core.Practice)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	list, err := s.Snapshots()
	if err != nil || len(list) != 1 || list[0].Reason != vault.Migration {
		t.Fatalf("snapshots: %+v, %v", list, err)
	}
	before, err := vault.Inspect(list[0].Path)
	if err != nil || before.Format != 1 || before.ID != id || s.Vault.Info().Format != vault.Format {
		t.Errorf("a snapshot of %+v before %+v, %v", before, s.Vault.Info(), err)
	}
}

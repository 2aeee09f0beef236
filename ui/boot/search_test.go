package boot

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/storage/vault"
)

// remembering is a keychain that remembers every value that it has been given.
type remembering struct {
	*chain
	mu   sync.Mutex
	ever []string
}

func (r *remembering) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	r.mu.Lock()
	if text := value.Reveal(); len(text) > 8 { // the number of a commit is no secret
		r.ever = append(r.ever, text)
	}
	r.mu.Unlock()
	return r.chain.Set(ctx, name, value)
}

// TestNoFileHoldsASecret searches everything that has been written after each
// of the things that move secrets about: while the vault is open, as a kill
// would leave it, and once it is closed.
func TestNoFileHoldsASecret(t *testing.T) {
	store := &remembering{chain: newChain()}
	c := atOnce(t, store)
	p := start(t, c)
	s := open(t, p, Choice{Env: core.Practice})
	secrets := []string{words, c.Keys.Secret.Reveal(), "1111222233330000", "1111222233331111"}
	search := func(when string) {
		t.Helper()
		store.mu.Lock()
		all := slices.Concat(secrets, store.ever)
		store.mu.Unlock()
		if files := searchFolder(t, when, c.DataDir, secrettest.NewSearch(all...)); files < 3 {
			t.Errorf("%s: searched only %d files", when, files)
		}
	}
	var item core.ItemID
	for _, m := range []struct {
		name string
		do   func() error
	}{
		{"link", func() error {
			linkInsisting(t, s, func() {})
			items, err := s.Vault.Items()
			item = items[0].ID
			return err
		}},
		{"sync", func() error { return s.Sync.SyncAll(t.Context()) }},
		{"snapshot", func() error { _, err := s.Vault.TakeSnapshot(t.Context(), vault.Asked); return err }},
		{"recovery key", func() error {
			key, err := s.NewRecoveryKey(t.Context())
			secrets = append(secrets, key.Reveal())
			return err
		}},
		{"passphrase", func() error { return s.UsePassphrase(t.Context(), secret.New(words)) }},
		{"rotate in the lockbox", func() error { return s.RotateKeys(t.Context()) }},
		{"keychain", func() error { return s.UseKeychain(t.Context()) }},
		{"rotate", func() error { return s.RotateKeys(t.Context()) }},
		{"remove", func() error { return s.RemoveBank(t.Context(), item) }},
		{"close", s.Close},
	} {
		if err := m.do(); err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		if m.name != "close" { // the lockbox is no keychain that remembers
			key, err := s.Secrets.Get(t.Context(), s.masterKeyName())
			if err != nil {
				t.Fatalf("%s: the key of the vault: %v", m.name, err)
			}
			secrets = append(secrets, key.Reveal())
		}
		search(m.name)
	}
	if len(store.ever) < 10 {
		t.Errorf("there have been only %d secrets", len(store.ever))
	}
}

// searchFolder searches all files in a folder, and returns how many there are.
func searchFolder(t *testing.T, when, dir string, search secrettest.Search) (files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if found := search.Find(data); found != "" {
			t.Errorf("%s: %s holds %s", when, path, found)
		}
		files++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

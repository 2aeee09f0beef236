package e2e

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/ui/boot"
)

// holdsNoSecret searches everything that the program has written and printed
// for what must be in the keychain alone.
func (m *machine) holdsNoSecret() {
	m.t.Helper()
	s := m.services()
	search, numbers := secretsOf(m.t, s)
	if numbers == 0 {
		m.t.Error("no numbers were fetched: the search has nothing to look for")
	}
	m.shut(s)
	m.searchFiles(search)
	if found := search.Find(m.said.Bytes()); found != "" {
		m.t.Errorf("what it printed holds %s", found)
	}
}

// secretsOf returns a search for all that the keychain holds for the open vault:
// its key, the access tokens, and the numbers of as many accounts as have any.
func secretsOf(t testing.TB, s *boot.Services) (search secrettest.Search, numbers int) {
	t.Helper()
	secrets := []string{"1111222233330000", "1111222233331111"}
	take := func(name secret.Name) {
		t.Helper()
		value, err := s.Secrets.Get(t.Context(), name)
		if err != nil {
			t.Fatalf("%s is not in the keychain: %v", name, err)
		}
		secrets = append(secrets, value.Reveal())
	}
	take(secret.VaultKeyName(s.Vault.ID(), s.Vault.Info().KeyID))
	items, err := s.Vault.Items()
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		take(secret.TokenName(core.Practice, item.ID))
	}
	accounts, err := s.Vault.Accounts()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		if a.ACH.Exists() {
			numbers++
			take(secret.NumbersName(core.Practice, a.ID))
		}
	}
	return secrettest.NewSearch(secrets...), numbers
}

// searchFiles searches all that there is of the user but for the browser's own:
// what Bankbook has written, anywhere, and what the system has on its behalf.
func (m *machine) searchFiles(search secrettest.Search) {
	m.t.Helper()
	if files := searchFolder(m.t, m.data, search); files < 3 {
		m.t.Errorf("searched only %d files", files)
	}
	searchFolder(m.t, m.home(), search)
}

// searchFolder searches all files in a folder, and returns how many there are.
func searchFolder(t testing.TB, dir string, search secrettest.Search) (files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // what others have may come and go
			return nil
		case err == nil && entry.IsDir() && entry.Name() == "chromium":
			return fs.SkipDir
		case err != nil || !entry.Type().IsRegular():
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		files++
		if found := search.Find(data); found != "" {
			t.Errorf("%s holds %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

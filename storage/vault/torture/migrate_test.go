package torture

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/durable/durabletest"
	"bankbook/storage/vault"
)

// The vault in testdata/format1.db.gz, as in the tests of package vault.
const (
	firstID  = "a947eadf910d5dcc4dbf5b2eb66800ef"
	firstKey = "rfj8EtKtdeVPavIU-Ot0okgRYibc2f8nlrP7a1936w8"
)

// TestPowerLossInMigration takes the power away while a vault of the first
// format is opened by this program.
func TestPowerLossInMigration(t *testing.T) {
	durabletest.NeedStrace(t)
	found := migration(t).record(t).Check(t, durabletest.Outages{States: times(25, 300)})
	report("power loss in migration", found)
}

// migration is the scenario of opening a vault of the first format.
func migration(t *testing.T) scenario {
	t.Helper()
	packed, err := os.Open("../testdata/format1.db.gz")
	must(t, err)
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	must(t, err)
	data, err := io.ReadAll(unpacked)
	must(t, err)
	keys := newKeychain()
	must(t, keys.Set(t.Context(), secret.VaultName(firstID), secret.New(firstKey)))
	files := map[string][]byte{"/": nil, "/data/": nil, "/data/vault.db": data}

	dir := t.TempDir()
	must(t, durabletest.WriteFiles(dir, files))
	want, err := migrated(dir, keys)
	must(t, err)
	h := newHistory()
	return scenario{
		mode: modeTraced, files: files, before: told{step: untouched, keys: keys},
		phase: func(s *told) string { return [...]string{"migrate", "after it"}[s.step-untouched] },
		judge: func(dir string, s *told) error {
			got, err := migrated(dir, s.keys)
			if err == nil && got != want {
				err = errors.New("other contents than before")
			}
			return errors.Join(err, h.snapshots(vaultIn(dir), s))
		},
	}
}

// migrated opens a vault, whatever its format is, and returns its contents. There
// must be a snapshot of how it was.
func migrated(dir string, keys *keychain) (got string, err error) {
	v, err := vault.Open(background(), options(vaultIn(dir), keys))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	list, err := vault.Snapshots(vault.SnapshotDir(vaultIn(dir)))
	switch {
	case err != nil:
		return "", err
	case v.Info().Format != vault.Format:
		return "", fmt.Errorf("its format is %d", v.Info().Format)
	case !slices.ContainsFunc(list, func(s core.Snapshot) bool { return s.Reason == vault.Migration }):
		return "", errors.New("there is no snapshot of before")
	}
	if err := v.Verify(background()); err != nil {
		return "", err
	}
	return contents(v)
}

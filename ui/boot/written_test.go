package boot

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/storage/backup"
	"bankbook/storage/durable/durabletest"
)

// TestNoBackupWritesASecret searches everything that a child writes into any file
// at any time while it backs up or restores, be it removed again or not. Its keychain
// is elsewhere.
func TestNoBackupWritesASecret(t *testing.T) {
	durabletest.NeedStrace(t)
	for _, reviewer := range []bool{false, true} {
		t.Run(fmt.Sprintf("back up, reviewer %v", reviewer), func(t *testing.T) { searchBackingUp(t, reviewer) })
	}
	path := backUp(t, made(t, backupConfig(t)))
	for _, protector := range []core.Protector{core.ByKeychain, core.ByPassphrase} {
		t.Run(fmt.Sprintf("restore, %s", protector), func(t *testing.T) { searchRestoring(t, path, protector) })
	}
}

func searchBackingUp(t *testing.T, reviewer bool) {
	keychain, written := fileStore(t.TempDir()), ""
	o := outage{
		t: t,
		files: prepare(t, func(t *testing.T, c Config) {
			c.Secrets = keychain
			(&interrupted{}).begin(t, c)
		}),
		child: func(dir string) (string, string) {
			written = filepath.Join(backedUpTo(dir), today)
			return backupChild, inJSON(t, backupOrder{DataDir: dataIn(dir), Secrets: string(keychain), Path: written, Reviewer: reviewer})
		},
	}
	r := o.record()
	// A reviewer's copy has a key that the keychain does not know.
	searchWrites(t, r, append(partsOf(lastingEntries(keychain)), partsOf(secretsIn(t, written))...))
}

func searchRestoring(t *testing.T, path string, protector core.Protector) {
	c := backupConfig(t)
	keychain := c.Secrets.(fileStore)
	o := outage{
		t:     t,
		files: map[string][]byte{"/": nil},
		child: func(dir string) (string, string) {
			c.DataDir = dataIn(dir)
			return restoreChild, inJSON(t, childOrder{DataDir: c.DataDir, Secrets: string(keychain), Path: path, Protector: protector})
		},
	}
	r := o.record()
	secrets := append(partsOf(lastingEntries(keychain)), partsOf(secretsIn(t, path))...)
	s := open(t, start(t, c), Choice{Env: core.Practice, Passphrase: newPassphrase})
	defer closeAll(t, s)
	key, err := s.Secrets.Get(t.Context(), s.masterKeyName())
	if err != nil {
		t.Fatal(err)
	}
	searchWrites(t, r, append(secrets, key.Reveal()))
}

// secretsIn unpacks a backup and returns the secrets of all its sources.
func secretsIn(t *testing.T, path string) map[secret.Name]secret.Text {
	t.Helper()
	p := start(t, backupConfig(t))
	read, err := backup.Read(t.Context(), path, backupPassphrase, backup.Tools{Dir: t.TempDir(), Verify: p.verifySource})
	if err != nil {
		t.Fatal(err)
	}
	all := map[secret.Name]secret.Text{}
	for _, source := range read.Sources {
		for name, value := range source.Secrets {
			all[name] = value
		}
	}
	return all
}

// partsOf returns the values of secrets, line by line, but for what is too short to
// be searched for.
func partsOf(secrets map[secret.Name]secret.Text) (parts []string) {
	for _, value := range secrets {
		for _, part := range strings.Fields(value.Reveal()) {
			if len(part) >= 8 {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// searchWrites searches all that was written for secrets, and for the passphrases
// of these tests.
func searchWrites(t *testing.T, r *durabletest.Recording, secrets []string) {
	t.Helper()
	secrets = append(secrets, backupPassphrase.Reveal(), newPassphrase.Reveal(), secretsMark)
	search, bytes := secrettest.NewSearch(withRawKeys(secrets)...), 0
	r.Writes(t, func(data []byte) {
		bytes += len(data)
		if found := search.Find(data); found != "" {
			t.Errorf("a write holds %s", found)
		}
	})
	t.Logf("searched %d bytes for %d secrets", bytes, len(secrets))
	if len(secrets) < 4 || bytes < 1<<18 {
		t.Error("that is too little to show anything")
	}
}

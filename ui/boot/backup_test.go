package boot

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/backup"
	"bankbook/storage/vault"
)

func TestBackupAndRestore(t *testing.T) {
	c := backupConfig(t)
	s := lived(t, c)
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	onlyIn(t, c.DataDir, "practice", "sandbox")
	key, err := s.Secrets.Get(t.Context(), secret.VaultKeyName(s.Vault.ID(), s.Vault.Info().KeyID))
	if err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)

	there := backupConfig(t)
	p := start(t, there)
	var told int64
	report, err := p.Restore(t.Context(), RestoreOrder{
		Path: path, Passphrase: backupPassphrase, Progress: func(done, total int64) { told = total - done },
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Sources) != 2 || report.Review || report.Quarantine != "" || told != 0 {
		t.Errorf("the report is %+v", report)
	}
	if p.Environment() != core.Practice || p.Appearance() != "dark" {
		t.Errorf("the choices are %q and %q", p.Environment(), p.Appearance())
	}
	onlyIn(t, there.DataDir, "practice", "sandbox")
	restored := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, restored)
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	if err := restored.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if again, _ := there.Secrets.Get(t.Context(), secret.VaultKeyName(restored.Vault.ID(), restored.Vault.Info().KeyID)); again == key || again.IsEmpty() {
		t.Error("the restored vault shares its key with the old one")
	}
	if restored.Vault.HasStrays() {
		t.Error("the restored vault would destroy keys of the old one")
	}
	if err := restored.Sync.SyncAll(t.Context()); err != nil {
		t.Errorf("the practice bank no longer knows the banks: %v", err)
	}
	if has, err := p.HasKeys(t.Context(), core.Sandbox); err != nil || !has {
		t.Errorf("the Plaid keys are not there: %v", err)
	}
	closeAll(t, open(t, p, Choice{Env: core.Sandbox}))
}

func TestBackupTellsWhatItLeavesOut(t *testing.T) {
	c := backupConfig(t)
	s := made(t, c)
	sandbox := VaultPath(c.DataDir, core.Sandbox)
	other, err := vault.Open(t.Context(), vault.Options{Path: sandbox, Env: core.Sandbox, Key: keyFrom(c.Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup")
	report, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase})
	if err != nil {
		t.Fatal(err)
	}
	want := []core.LeftOut{{Env: core.Sandbox, Why: fault.VaultInUse}}
	if len(report.Sources) != 1 || !slices.Equal(report.LeftOut, want) {
		t.Errorf("the report is %+v", report)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(sandbox, []byte("what is this"), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err = s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase, Overwrite: true})
	if err != nil || len(report.LeftOut) != 1 || report.LeftOut[0].Why != fault.VaultForeign {
		t.Errorf("the report is %+v, %v", report, err)
	}
}

func TestReviewersCopy(t *testing.T) {
	c := backupConfig(t)
	s := lived(t, c)
	original := contentsOf(t, s.Vault, s.Secrets)
	path := filepath.Join(t.TempDir(), "for review")
	report, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase, Reviewer: true})
	if err != nil || !report.Review || len(report.Sources) != 1 {
		t.Fatalf("the report is %+v, %v", report, err)
	}
	onlyIn(t, c.DataDir, "practice", "sandbox")
	noSecrets(t, path, s)

	there := backupConfig(t)
	p := start(t, there)
	if report, err = p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil || !report.Review {
		t.Fatalf("the report is %+v, %v", report, err)
	}
	copied := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, copied)
	got := contentsOf(t, copied.Vault, copied.Secrets)
	if !maps.Equal(got.Rows, original.Rows) || !slices.Equal(got.Totals, original.Totals) || !slices.Equal(got.Profiles, original.Profiles) ||
		len(got.Items) != len(original.Items) || len(got.Accounts) != len(original.Accounts) || len(got.Sessions)+len(got.Secrets) > 0 {
		t.Errorf("the copy holds %d rows, %d items, %d sessions, %d secrets", len(got.Rows), len(got.Items), len(got.Sessions), len(got.Secrets))
	}
	if mine, theirs := newest(t, s.Vault), newest(t, copied.Vault); !slices.Equal(mine, theirs) {
		t.Error("the copy lists the transactions in another order")
	}
	if err := copied.Sync.SyncAll(t.Context()); !fault.Is(err, fault.ReviewCopy) {
		t.Errorf("sync: %v, want ReviewCopy", err)
	}
	if err := copied.RemoveBank(t.Context(), got.Items[0].ID); !fault.Is(err, fault.ReviewCopy) {
		t.Errorf("remove: %v, want ReviewCopy", err)
	}
	if end, err := copied.Links.Wait(t.Context(), instantly(t, copied)); err != nil || end.Trouble.Kind != fault.ReviewCopy {
		t.Errorf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	if _, err := os.Stat(filepath.Join(there.DataDir, "practice", "bank.json")); err == nil {
		t.Error("the practice bank was started")
	}
}

// newest are all transactions of a vault in the order in which they are listed.
func newest(t *testing.T, v *vault.Vault) []core.Transaction {
	t.Helper()
	list, err := v.Newest(v.Count())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// noSecrets unpacks a reviewer's copy and looks for the secrets of where it comes
// from.
func noSecrets(t *testing.T, path string, s *Services) {
	t.Helper()
	dir := t.TempDir()
	read, err := backup.Read(t.Context(), path, backupPassphrase, backup.Tools{Dir: dir, Verify: s.program.verifySource})
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(t.Context(), vault.Options{Path: read.Sources[0].Vault, Env: s.Env, Key: keyIn(read.Sources[0].Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	found := contentsOf(t, v, secret.NewMemory())
	opened, err := json.Marshal(struct {
		A, B, C, D any
	}{found.Items, found.Accounts, found.Profiles, found.Rows})
	if err != nil {
		t.Fatal(err)
	}
	files := [][]byte{opened, read.Settings}
	for name, value := range read.Sources[0].Secrets {
		files = append(files, []byte(name), []byte(value.Reveal()))
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files = append(files, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range entriesOf(s.program.config.Secrets) {
		if strings.HasSuffix(string(name), "/seen") {
			continue // a small number
		}
		for _, part := range strings.Fields(value.Reveal()) {
			for _, data := range files {
				if bytes.Contains(data, []byte(part)) {
					t.Errorf("%s is in the copy", name)
				}
			}
		}
	}
}

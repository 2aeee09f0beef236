package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bankbook/core"
)

// The whole way: from one data folder to another, both protected by passphrases,
// and to a reviewer.
func TestBackupAndRestore(t *testing.T) {
	h := newHome(t)
	h.must("link", "--instant", "--passphrase-file", h.current)
	words := h.file("a passphrase for the backup\n")
	file := filepath.Join(t.TempDir(), "my backup")
	o := h.must("backup", file, "--passphrase-file", h.current, "--backup-passphrase-file", words)
	if !strings.Contains(o.out, "was read back") || !strings.Contains(o.out, "Practice bank") {
		t.Errorf("it says\n%s", o.out)
	}
	h.wantCode(exitVault, h.run("backup", file, "--passphrase-file", h.current, "--backup-passphrase-file", words))
	var made backupRecord
	o = h.must("backup", file, "--overwrite", "--json", "--passphrase-file", h.current, "--backup-passphrase-file", words)
	if err := json.Unmarshal([]byte(o.out), &made); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || made.Bytes != info.Size() || made.Path != file || len(made.Sources) != 1 || made.Sources[0].Items != 1 || made.Review {
		t.Errorf("it tells %+v, %v", made, err)
	}

	there := &home{t: t, dir: filepath.Join(t.TempDir(), "there")}
	restore := []string{"restore", file, "--protect", "passphrase", "--new-passphrase-file", words, "--backup-passphrase-file"}
	there.wantCode(exitKeychain, there.run(append(restore, h.current)...))
	o = there.must(append(restore, words)...)
	if !strings.Contains(o.out, "is here") {
		t.Errorf("it says\n%s", o.out)
	}
	if a, b := h.must("transactions", "--json", "--passphrase-file", h.current).out, there.must("transactions", "--json", "--passphrase-file", words).out; a != b {
		t.Error("the transactions are not those that were backed up")
	}
	there.must("sync", "--passphrase-file", words)
	there.wantCode(exitVault, there.run(append(restore, words)...))
	if o = there.must(append(restore, words, "--replace")...); !strings.Contains(o.err, "quarantine") {
		t.Errorf("it does not say where the old data is:\n%s", o.err)
	}

	copied := filepath.Join(t.TempDir(), "copy")
	h.must("backup", copied, "--reviewer", "--passphrase-file", h.current, "--backup-passphrase-file", words)
	reviewer := &home{t: t, dir: filepath.Join(t.TempDir(), "reviewer")}
	restore[1] = copied
	reviewer.must(append(restore, words)...)
	o = reviewer.run("sync", "--json", "--passphrase-file", words)
	reviewer.wantCode(exitKeys, o)
	if !strings.Contains(o.err, `"review_copy"`) {
		t.Errorf("sync says\n%s", o.err)
	}
	reviewer.wantCode(exitKeys, reviewer.run("link", "--instant", "--passphrase-file", words))
	var rows []transactionRecord
	if err := json.Unmarshal([]byte(reviewer.must("transactions", "--json", "--passphrase-file", words).out), &rows); err != nil || len(rows) == 0 {
		t.Errorf("%d transactions, %v", len(rows), err)
	}
}

func TestBackupUsage(t *testing.T) {
	h := newHome(t)
	file, words := filepath.Join(t.TempDir(), "backup"), h.file("a passphrase for the backup\n")
	for _, args := range [][]string{
		{"backup"},
		{"backup", file, file},
		{"restore"},
		{"restore", file, "--protect", "session"},
		{"restore", file, "--session-only"},
		{"backup", file, "--passphrase-file", h.current, "--backup-passphrase-file", h.file("short\n")},
		{"restore", file, "--protect", "passphrase", "--backup-passphrase-file", words, "--new-passphrase-file", h.file("short\n")},
	} {
		h.wantCode(exitUsage, h.run(args...))
	}
	h.wantCode(exitKeychain, h.run("backup", file, "--passphrase-file", h.current)) // nobody to ask
	h.wantCode(exitVault, h.run("restore", file, "--backup-passphrase-file", words))
	if _, err := os.Stat(file); err == nil {
		t.Error("a backup was made")
	}
	if _, err := os.Stat(filepath.Join(h.dir, string(core.Practice), "vault.db")); err != nil {
		t.Errorf("the data is gone: %v", err)
	}
}

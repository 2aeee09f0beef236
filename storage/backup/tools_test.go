package backup_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bankbook/storage/backup"
)

// The standard tools open a backup: nobody depends on Bankbook for that.
func TestOpensWithAge(t *testing.T) {
	for _, tool := range []string{"age", "script", "tar"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed (.ci/deps test does that)", tool)
		}
	}
	if runtime.GOOS != "linux" {
		t.Skip("script takes other arguments here")
	}
	s := source(t, 500)
	o := order(t, s)
	o.WorkFactor = 0 // as the program writes it
	m := write(t, o)

	dir := t.TempDir()
	must(t, os.Link(o.Path, filepath.Join(dir, "file")))
	ask := func(passphrase string) (string, error) {
		// age reads a passphrase from a terminal and from nowhere else.
		cmd := exec.CommandContext(t.Context(), "script", "-qec", "age -d -o opened.tar file", os.DevNull)
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(passphrase+"\n")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := ask("wrong"); err == nil {
		t.Fatalf("age takes a wrong passphrase: %s", out)
	}
	if out, err := ask(passphrase.Reveal()); err != nil {
		t.Fatalf("age: %v: %s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), "tar", "xf", "opened.tar")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("tar: %v: %s", err, out)
	}
	var told backup.Manifest
	data, err := os.ReadFile(filepath.Join(dir, "backup.json"))
	must(t, err)
	must(t, json.Unmarshal(data, &told))
	if len(told.Files) != 5 || len(m.Files) != 5 {
		t.Errorf("%d and %d files", len(told.Files), len(m.Files))
	}
	for _, f := range told.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		info, err := os.Stat(path)
		must(t, err)
		if info.Size() != f.Size || sumOf(t, path) != f.Sum {
			t.Errorf("%s is not what backup.json says", f.Path)
		}
	}
	if sumOf(t, filepath.Join(dir, "practice", "vault.db")) != sumOf(t, s.Vault) {
		t.Error("it is another vault")
	}
	secrets, err := os.ReadFile(filepath.Join(dir, "practice", "secrets.json"))
	must(t, err)
	var list []struct {
		Name   string
		Base64 []byte
	}
	must(t, json.Unmarshal(secrets, &list))
	found := false
	for _, e := range list {
		found = found || bytes.Equal(e.Base64, []byte(token.Reveal()))
	}
	if !found {
		t.Error("the access token is not in secrets.json")
	}
}

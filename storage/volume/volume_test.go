package volume

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"bankbook/core"
)

func TestService(t *testing.T) {
	root := t.TempDir()
	if got := service(root); got != "" {
		t.Skipf("the temporary folder is in %s itself", got)
	}
	for path, want := range map[string]string{
		"plain/bankbook":                     "",
		"Dropbox/bankbook":                   "Dropbox",
		"dropbox (Personal)/a/b":             "Dropbox",
		"Dropboxes/a":                        "",
		"OneDrive - Firm Ltd/data":           "OneDrive",
		"Library/CloudStorage/OneDrive-Home": "OneDrive",
		"CloudStorage/GoogleDrive-me@x.com":  "Google Drive",
		"Google Drive/x":                     "Google Drive",
		"Mobile Documents/com~apple~x/d":     "iCloud Drive",
		"iCloudDrive/d":                      "iCloud Drive",
		"Nextcloud/d":                        "Nextcloud",
		"ownCloud/d":                         "ownCloud",
		"MEGA/d":                             "MEGA",
		"pCloudDrive/d":                      "pCloud",
		"Box/d":                              "Box",
		"Box Sync/d":                         "Box",
		"Boxes/d":                            "",
		"boxing-club/d":                      "",
	} {
		if got := service(filepath.Join(root, filepath.FromSlash(path))); got != want {
			t.Errorf("%s is of %q, want %q", path, got, want)
		}
	}
}

func TestServiceByItsMarks(t *testing.T) {
	for mark, want := range map[string]string{".stfolder": "Syncthing", ".dropbox": "Dropbox", ".owncloudsync.log": "ownCloud"} {
		root := t.TempDir()
		dir := filepath.Join(root, "some", "where")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(root, mark), 0o700); err != nil {
			t.Fatal(err)
		}
		if got := Risk(filepath.Join(dir, "vault.db")).Service; got != want {
			t.Errorf("beside %s: %q, want %q", mark, got, want)
		}
	}
}

func TestRiskFollowsLinks(t *testing.T) {
	root := t.TempDir()
	real := filepath.Join(root, "Dropbox", "bankbook")
	if err := os.MkdirAll(real, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "data")
	if err := os.Symlink(real, link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if got := Risk(filepath.Join(link, "vault.db")).Service; got != "Dropbox" {
		t.Errorf("a link into Dropbox is of %q", got)
	}
}

func TestConflicts(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"vault.db", "vault (conflicted copy 2026-11-25).db", "vault.sync-conflict-20261125-101010-ABCDEFG.db", "vault-LAPTOP.db",
		".vault.db.new-123", "vault.open", "bank.json",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"vault (conflicted copy 2026-11-25).db", "vault-LAPTOP.db", "vault.sync-conflict-20261125-101010-ABCDEFG.db"}
	if got := Risk(filepath.Join(dir, "vault.db")).Conflicts; !reflect.DeepEqual(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestNoRisk(t *testing.T) {
	if got := Risk(filepath.Join(t.TempDir(), "none", "vault.db")); got.Service != "" || got.Conflicts != nil {
		t.Errorf("%+v", got)
	}
	if !(core.FolderRisk{}).None() || (core.FolderRisk{Network: true}).None() {
		t.Error("None does not tell")
	}
}

// Package volume tells whether a folder is a risky place for a file that is
// written in the middle: on a network, where locks and syncs are promises of
// others, or in a folder that a service copies elsewhere, which can put an old
// file in the place of the new one (SECURITY §0.7, §3).
package volume

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bankbook/core"
)

// Risk looks at the folder of the file at path, and at what lies beside it. It
// asks the disk, so it can wait. What cannot be found out is no risk.
func Risk(path string) core.FolderRisk {
	dir := filepath.Dir(path)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return core.FolderRisk{Network: onNetwork(dir), Service: service(dir), Conflicts: conflicts(dir, filepath.Base(path))}
}

// known are the services that keep folders in step, by the names of their
// folders, and by files that they leave there.
func known() []struct {
	name           string
	folders, marks []string
} {
	return []struct {
		name           string
		folders, marks []string
	}{
		{"Dropbox", []string{"Dropbox"}, []string{".dropbox", ".dropbox.cache"}},
		{"OneDrive", []string{"OneDrive", "SkyDrive"}, []string{".849C9593-D756-4E56-8D6E-42412F2A707B"}},
		{"Google Drive", []string{"Google Drive", "GoogleDrive", "My Drive"}, []string{".tmp.driveupload", ".tmp.drivedownload"}},
		{"iCloud Drive", []string{"iCloud Drive", "iCloudDrive", "Mobile Documents", "com~apple~CloudDocs"}, nil},
		{"Nextcloud", []string{"Nextcloud"}, []string{".nextcloudsync.log"}},
		{"ownCloud", []string{"ownCloud"}, []string{".owncloudsync.log"}},
		{"Syncthing", []string{"Syncthing"}, []string{".stfolder", ".stversions"}},
		{"MEGA", []string{"MEGA", "MEGAsync"}, []string{".megaignore", ".debris"}},
		{"pCloud", []string{"pCloud", "pCloudDrive", "pCloud Drive", "pCloud Sync"}, nil},
		{"Box", []string{"Box", "Box Sync"}, nil},
		{"Resilio Sync", []string{"Resilio Sync"}, []string{".sync/ID"}},
		{"Yandex Disk", []string{"Yandex.Disk"}, nil},
	}
}

// service returns the name of the service that keeps a folder in step, or "".
func service(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		for _, k := range known() {
			if slices.ContainsFunc(k.folders, func(f string) bool { return isFolderOf(filepath.Base(at), f) }) ||
				slices.ContainsFunc(k.marks, func(m string) bool { return exists(filepath.Join(at, m)) }) {
				return k.name
			}
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// isFolderOf reports whether a folder's name is a service's, by itself or with
// what it adds for one of several accounts: "OneDrive - Firm",
// "Dropbox (Personal)", "GoogleDrive-me@example.com".
func isFolderOf(name, service string) bool {
	if len(name) < len(service) || !strings.EqualFold(name[:len(service)], service) {
		return false
	}
	rest := name[len(service):]
	return rest == "" || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, "-")
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// conflicts lists the files beside a file that a service has put there when two
// computers wrote it: "vault (conflicted copy).db", "vault.sync-conflict-1.db",
// "vault-LAPTOP.db".
func conflicts(dir, file string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	ext := filepath.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	var found []string
	for _, e := range entries {
		name := e.Name()
		if name != file && e.Type().IsRegular() && strings.HasPrefix(name, stem) && strings.HasSuffix(name, ext) {
			found = append(found, name)
		}
	}
	return found
}

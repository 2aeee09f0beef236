package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

// Format is the version of the archive's layout that this package writes.
const Format = 1

// Kind says for whom a backup was made.
type Kind string

// The kinds of backups.
const (
	// Full is everything, secrets too.
	Full Kind = "full"
	// Review is one source for the eyes of another, without access to banks.
	Review Kind = "review"
)

// Manifest is what a backup says of itself, in its backup.json.
type Manifest struct {
	Format int  `json:"format"`
	Kind   Kind `json:"kind"`
	// Created is when it was made; Program is the version that made it.
	Created time.Time `json:"created"`
	Program string    `json:"program"`
	// Sources are the environments in it, in the order of core.Environments.
	Sources []Counts `json:"sources"`
	// Files are all files but the manifest, in the archive's order.
	Files []File `json:"files"`
}

// Counts are what a vault in a backup holds.
type Counts struct {
	Env      core.Environment `json:"source"`
	Commit   uint64           `json:"commit"`
	Profiles int              `json:"profiles"`
	Items    int              `json:"banks"`
	Accounts int              `json:"accounts"`
	Rows     int              `json:"transactions"`
}

// File is one file of the archive.
type File struct {
	Path string `json:"path"`
	// Size is in bytes; Sum is the SHA-256 in lower-case hexadecimal.
	Size int64  `json:"size"`
	Sum  string `json:"sha256"`
}

// The names of the files, and what they may at most weigh where they are kept
// in memory.
const (
	manifestName = "backup.json"
	readmeName   = "README.txt"
	settingsName = "settings.json"
	vaultName    = "vault.db"
	secretsName  = "secrets.json"
	bankName     = "bank.json"

	maxManifest = 1 << 20
	maxReadme   = 1 << 16
	maxSettings = 1 << 16
	maxSecrets  = 16 << 20
)

func countsOf(env core.Environment, r core.VaultReport) Counts {
	return Counts{Env: env, Commit: r.Commit, Profiles: r.Profiles, Items: r.Items, Accounts: r.Accounts, Rows: r.Rows}
}

var errLayout = errors.New("the manifest names files that a backup does not have")

// parseManifest reads a manifest and makes sure that it describes an archive
// of this package's layout whose files are together no larger than limit.
func parseManifest(data []byte, limit int64) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return Manifest{}, damaged(err)
	}
	if m.Format > Format {
		return Manifest{}, fault.New("backup: read", fault.VaultNewer, fmt.Errorf("format %d, this program knows %d", m.Format, Format))
	}
	if m.Format < 1 || m.Kind != Full && m.Kind != Review || m.Kind == Review && len(m.Sources) != 1 {
		return Manifest{}, damaged(errLayout)
	}
	if err := m.checkSources(); err != nil {
		return Manifest{}, err
	}
	return m, m.checkFiles(limit)
}

// checkSources makes sure that every environment comes once at most.
func (m Manifest) checkSources() error {
	var seen []core.Environment
	for _, s := range m.Sources {
		env, err := core.ParseEnvironment(string(s.Env))
		if err != nil || slices.Contains(seen, env) {
			return damaged(errLayout)
		}
		seen = append(seen, env)
	}
	if len(seen) == 0 {
		return damaged(errLayout)
	}
	return nil
}

// checkFiles makes sure that the files are those of the layout, in its order.
func (m Manifest) checkFiles(limit int64) error {
	left := m.Files
	for _, want := range m.layout() {
		if len(left) == 0 || left[0].Path != want.path {
			if want.optional {
				continue
			}
			return damaged(errLayout)
		}
		size := left[0].Size
		if size < 0 || size > limit || want.most > 0 && size > want.most {
			return damaged(errLayout)
		}
		limit -= size
		left = left[1:]
	}
	if len(left) > 0 {
		return damaged(errLayout)
	}
	return nil
}

// place is where a file of the archive may lie.
type place struct {
	path     string
	optional bool
	// most is the largest size allowed, 0 for any.
	most int64
}

// layout lists the places of the archive's files but the manifest, in order.
func (m Manifest) layout() []place {
	list := []place{{readmeName, false, maxReadme}, {settingsName, true, maxSettings}}
	for _, s := range m.Sources {
		list = append(list, place{inside(s.Env, vaultName), false, 0}, place{inside(s.Env, secretsName), false, maxSecrets})
		if s.Env == core.Practice && m.Kind == Full {
			list = append(list, place{inside(s.Env, bankName), true, 0})
		}
	}
	return list
}

// inside returns the path of an environment's file in the archive.
func inside(env core.Environment, name string) string { return string(env) + "/" + name }

// damaged is the error of a file that is no whole backup.
func damaged(cause error) error { return fault.New("backup: read", fault.BackupDamaged, cause) }

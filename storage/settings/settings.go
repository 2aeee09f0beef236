// Package settings keeps the few choices that must be known before a vault is
// open: which environment, which appearance. A small JSON file, written whole
// and atomically; nothing secret and nothing about money is in it.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/durable"
)

const (
	fileName = "settings.json"
	// maxLockMinutes is a day: what is longer is a mistake in the file.
	maxLockMinutes = 24 * 60
)

// Settings are the person's choices. The zero value is that of a first start.
type Settings struct {
	// Environment is the source chosen last; "" before the first choice.
	Environment core.Environment `json:"environment,omitempty"`
	// Appearance is "light", "dark" or "" for what the system shows.
	Appearance string `json:"appearance,omitempty"`
	// Elsewhere is another data directory that the person chose; in that one, ""
	// again.
	Elsewhere string `json:"data_dir,omitempty"`
	// PracticePort is where the practice bank listened last, so that a page
	// still open in a browser finds it again.
	PracticePort int `json:"practice_port,omitempty"`
	// LockMinutes is after how many minutes without a hand at the keyboard the
	// program locks itself; 0 is the usual, and NeverLock is not at all.
	LockMinutes int `json:"lock_minutes,omitempty"`
}

// NeverLock as LockMinutes keeps the program from locking itself.
const NeverLock = -1

// Load reads the settings of a data directory. A file that is not there gives
// the zero Settings; one that cannot be understood is set aside, not
// overwritten, because losing these choices costs a click.
func Load(dir string) (Settings, error) {
	path := filepath.Join(dir, fileName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, fault.New("settings: load", fault.Unreadable, err)
	}
	var s Settings
	if err := json.Unmarshal(data, &s); err != nil {
		return Settings{}, setAside(path)
	}
	if _, err := core.ParseEnvironment(string(s.Environment)); err != nil {
		s.Environment = ""
	}
	if s.PracticePort < 0 || s.PracticePort > math.MaxUint16 {
		s.PracticePort = 0
	}
	if s.LockMinutes < NeverLock || s.LockMinutes > maxLockMinutes {
		s.LockMinutes = 0
	}
	return s, nil
}

func setAside(path string) error {
	if err := os.Rename(path, path+".damaged"); err != nil {
		return fault.New("settings: set a damaged file aside", fault.Unreadable, err)
	}
	return nil
}

// Save puts the settings of a data directory in the place of the old ones.
func Save(dir string, s Settings) error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("settings: encode: %w", err)
	}
	if err := durable.WriteFile(filepath.Join(dir, fileName), append(data, '\n')); err != nil {
		return fault.New("settings: save", fault.OfFile(err), err)
	}
	return nil
}

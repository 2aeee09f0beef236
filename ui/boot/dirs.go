package boot

import (
	"os"
	"path/filepath"
	"runtime"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/vault"
)

// HomeVariable names the environment variable that overrides the data
// directory.
const HomeVariable = "BANKBOOK_HOME"

// DefaultDataDir returns where this system keeps such data: $BANKBOOK_HOME if
// set, else $XDG_DATA_HOME/bankbook, ~/Library/Application Support/Bankbook or
// %AppData%\Bankbook.
func DefaultDataDir() (string, error) {
	if dir := os.Getenv(HomeVariable); dir != "" {
		return filepath.Abs(dir)
	}
	switch runtime.GOOS {
	case "darwin", "windows":
		dir, err := os.UserConfigDir()
		if err != nil {
			return "", fault.New("boot: find the data directory", fault.Unreadable, err)
		}
		return filepath.Join(dir, "Bankbook"), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bankbook"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault.New("boot: find the data directory", fault.Unreadable, err)
	}
	return filepath.Join(home, ".local", "share", "bankbook"), nil
}

// prepareDir makes a directory that only its owner can enter.
func prepareDir(dir string) error {
	if err := vault.PrepareDir(dir); err != nil {
		return fault.New("boot: prepare the data directory", fault.OfFile(err), err)
	}
	return nil
}

// envDir is where an environment keeps its vault and what belongs to it.
func envDir(dataDir string, env core.Environment) string {
	return filepath.Join(dataDir, string(env))
}

// VaultPath returns the file that holds an environment's data.
func VaultPath(dataDir string, env core.Environment) string {
	return filepath.Join(envDir(dataDir, env), "vault.db")
}

// LogPath returns the file that the log is written to.
func LogPath(dataDir string) string { return filepath.Join(dataDir, "logs", "bankbook.log") }

// CrashPath returns the file that holds the stacks of crashes.
func CrashPath(dataDir string) string { return filepath.Join(dataDir, "logs", "crash.log") }

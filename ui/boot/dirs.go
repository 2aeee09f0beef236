package boot

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"bankbook/core"
	"bankbook/core/fault"
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

// prepareDir makes a directory that only its owner can enter. One that is there
// is narrowed to that; a symbolic link is refused, because another user could
// point it elsewhere (SECURITY §6.1).
func prepareDir(dir string) error {
	const op = "boot: prepare the data directory"
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fault.New(op, fault.OfFile(err), err)
		}
		return nil
	case err != nil:
		return fault.New(op, fault.Unreadable, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return fault.New(op, fault.Unreadable, fmt.Errorf("%s is a symbolic link", dir))
	case !info.IsDir():
		return fault.New(op, fault.Unreadable, fmt.Errorf("%s is not a folder", dir))
	case info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows":
		if err := os.Chmod(dir, 0o700); err != nil {
			return fault.New(op, fault.Unreadable, err)
		}
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

package boot

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"bankbook/core/fault"
)

// logLimit is the size at which the log is moved aside; one older log is kept.
const logLimit = 2 << 20

// openLog opens the log for appending. Values of type secret.Text redact
// themselves in it.
func openLog(dataDir string) (*slog.Logger, *os.File, error) {
	path := LogPath(dataDir)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, fault.New("boot: open the log", fault.OfFile(err), err)
	}
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, nil, fault.New("boot: move the log aside", fault.OfFile(err), err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fault.New("boot: open the log", fault.OfFile(err), err)
	}
	return slog.New(slog.NewTextHandler(f, nil)), f, nil
}

// keepCrash makes the runtime write the stacks of a crash to a file of the data
// directory as well as to standard error.
func keepCrash(dataDir string) error {
	f, err := os.OpenFile(CrashPath(dataDir), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("boot: keep crashes: %w", err)
	}
	return errors.Join(debug.SetCrashOutput(f, debug.CrashOptions{}), f.Close())
}

package boot

import (
	"errors"
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
		return nil, nil, fault.New("boot: open the log", fault.Unreadable, err)
	}
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, nil, fault.New("boot: move the log aside", fault.Unreadable, err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fault.New("boot: open the log", fault.Unreadable, err)
	}
	return slog.New(slog.NewTextHandler(f, nil)), f, nil
}

// KeepCrash makes the runtime write the stacks of a crash to a file of the data
// directory as well. It is best effort: without the file, a crash is seen on
// standard error only.
func KeepCrash(dataDir string) error {
	path := CrashPath(dataDir)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault.New("boot: keep crashes", fault.Unreadable, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.New("boot: keep crashes", fault.Unreadable, err)
	}
	return errors.Join(debug.SetCrashOutput(f, debug.CrashOptions{}), f.Close())
}

// Package durable writes files so that a crash or a power cut leaves the old one
// or the new one, whole: a temporary file beside it, synced, renamed, and the
// folder synced (SECURITY §3).
package durable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// FileMode is the mode of every file that is written: its owner's alone.
const FileMode = 0o600

// dirMode is the mode of every folder that is made.
const dirMode = 0o700

// WriteFile puts data in the place of what is at path.
func WriteFile(path string, data []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Write puts what fill writes in the place of what is at path. If fill fails,
// nothing has changed.
func Write(path string, fill func(io.Writer) error) (err error) {
	temp, err := Temp(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	if err := errors.Join(fill(temp), temp.Close()); err != nil {
		return err
	}
	return Replace(temp.Name(), path)
}

// Temp makes an empty file beside path, which Replace can give that name. Its
// own name begins with a dot and ends in ".new-" and a random number.
func Temp(path string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), TempPattern(path))
}

// TempPattern is what the names of the files that Temp makes for path are like,
// without their folder.
func TempPattern(path string) string { return "." + filepath.Base(path) + ".new-*" }

// staleAfter is the age from which a temporary file is nobody's.
const staleAfter = time.Hour

// RemoveStale removes what Temp made for path and a crash has left there.
func RemoveStale(path string, now time.Time) {
	dir := filepath.Dir(path)
	left, err := os.ReadDir(dir)
	if err != nil {
		return // whoever writes there will be told
	}
	for _, entry := range left {
		ours := strings.HasPrefix(entry.Name(), strings.TrimSuffix(TempPattern(path), "*"))
		if info, err := entry.Info(); ours && err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.Remove(filepath.Join(dir, entry.Name()))
		}
	}
}

// Replace gives a finished file the name path, in the place of what has it.
func Replace(temp, path string) error {
	if err := SyncFile(temp); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// Publish gives a finished file the name path, unless something has it already:
// then it returns an fs.ErrExist. Where there are no hard links, it looks and
// renames.
func Publish(temp, path string) error {
	if err := SyncFile(temp); err != nil {
		return err
	}
	err := os.Link(temp, path)
	switch {
	case err == nil:
		if err := os.Remove(temp); err != nil {
			return err
		}
		return SyncDir(filepath.Dir(path))
	case errors.Is(err, fs.ErrExist):
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("publish: %w", fs.ErrExist)
	}
	return Replace(temp, path)
}

// SyncFile makes a file's contents durable.
func SyncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// SyncDir makes the names in a folder durable. Windows does so by itself.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// MakeDir makes a folder for its owner alone, and those above it that are
// missing. Their names are durable too: else power loss could take a new file
// away with its folder.
func MakeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
		return err
	}
	if err := MakeDir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncDir(filepath.Dir(dir))
}

package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"bankbook/core/fault"
	"bankbook/storage/durable"
)

const (
	dirMode  = 0o700
	fileMode = 0o600
	// othersMask is what other users of the machine may not have.
	othersMask = 0o077
	// staleAfter is the age from which a half-made vault is nobody's.
	staleAfter = time.Hour
)

var (
	errSymlink    = errors.New("is a symbolic link")
	errNotDir     = errors.New("is not a folder")
	errShared     = errors.New("is a folder shared by all users")
	errNotRegular = errors.New("is not a regular file")
	errNotVault   = errors.New("is not a vault")
	// errOtherSource is about a vault in the place of another environment's.
	errOtherSource = errors.New("is of another environment")
)

// PrepareDir makes a folder for a person's data and keeps other users out of it.
// A symbolic link, which another user could point elsewhere, and a folder shared
// by design, such as /tmp, are refused and left as they are (SECURITY §6.1).
func PrepareDir(dir string) error {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	info, err := os.Lstat(dir)
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return &fs.PathError{Op: "open", Path: dir, Err: errSymlink}
	case !info.IsDir():
		return &fs.PathError{Op: "open", Path: dir, Err: errNotDir}
	case info.Mode()&fs.ModeSticky != 0:
		return &fs.PathError{Op: "open", Path: dir, Err: errShared}
	}
	return tighten(dir, info, dirMode)
}

// prepareIn makes a folder in the vault's own, as PrepareDir does, and durably.
func prepareIn(dir string) error {
	if err := PrepareDir(dir); err != nil {
		return err
	}
	return durable.SyncDir(filepath.Dir(dir))
}

// tighten takes from others the access that a folder or file gives them. The
// permission bits mean nothing on Windows, where a person's folders are closed
// to others.
func tighten(path string, info fs.FileInfo, mode fs.FileMode) error {
	if runtime.GOOS == "windows" || info.Mode().Perm()&othersMask == 0 {
		return nil
	}
	return os.Chmod(path, mode)
}

// checkFile looks at the file from outside: it must be a regular one and begin
// as a bbolt file does, or else it is somebody's and not ours.
func checkFile(path string) error {
	const op = "vault: look at file"
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return &fs.PathError{Op: "open", Path: path, Err: errSymlink}
	case !info.Mode().IsRegular():
		return fault.New(op, fault.VaultForeign, errNotRegular)
	}
	if err := tighten(path, info, fileMode); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, at := range metaOffsets() {
		if _, err := readMeta(f, at); err == nil || errors.Is(err, errMetaSum) {
			return nil
		}
	}
	return fault.New(op, fault.VaultForeign, errNotVault)
}

// removeStale removes half-made vaults that a crash has left. They hold
// nothing but keys to nothing.
func removeStale(path string, now time.Time) {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), durable.TempPattern(path)))
	if err != nil {
		return
	}
	for _, name := range left {
		if info, err := os.Lstat(name); err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.Remove(name)
		}
	}
}

// publish gives a finished file its name, unless something has it already:
// then it returns an fs.ErrExist. Where there are no hard links, it looks and
// renames.
func publish(temp, path string) error {
	err := os.Link(temp, path)
	switch {
	case err == nil:
		if err := os.Remove(temp); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrExist):
		return err
	default:
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("publish: %w", fs.ErrExist)
		}
		if err := os.Rename(temp, path); err != nil {
			return err
		}
	}
	return durable.SyncDir(filepath.Dir(path))
}

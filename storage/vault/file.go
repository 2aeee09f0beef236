package vault

import (
	"errors"
	"io/fs"
	"os"
	"runtime"

	"bankbook/core/fault"
	"bankbook/storage/durable"
)

const (
	dirMode  = 0o700
	fileMode = 0o600
	// othersMask is what other users of the machine may not have.
	othersMask = 0o077
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
	if err := durable.MakeDir(dir); err != nil {
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

package vault

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"bankbook/core/fault"
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
)

// prepareDir makes the vault's folder and keeps other users out of it. A
// symbolic link and a folder shared by design, such as /tmp, are refused
// (SECURITY §6.1).
func prepareDir(dir string) error {
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

// meta is what this package reads of bbolt's two meta pages.
type meta struct {
	pageSize  int64
	highWater uint64
	tx        uint64
}

const (
	// metaAt is where the meta lies in its page, behind bbolt's page header.
	metaAt    = 16
	metaSize  = 64
	metaMagic = 0xED0CDAED
)

var (
	errMeta    = errors.New("not a meta page")
	errMetaSum = errors.New("meta page has a wrong checksum")
)

// metaOffsets lists where meta pages can lie: at the start, and behind a page
// of any size.
func metaOffsets() []int64 {
	list := []int64{0}
	for size := int64(1024); size <= 64<<10; size *= 2 {
		list = append(list, size)
	}
	return list
}

// readMeta reads the meta page at an offset. bbolt lays it out in the
// machine's byte order: magic, version, page size and flags of 4 bytes, then
// root page, sequence, free list, high-water mark, transaction and FNV-1a
// checksum of 8.
func readMeta(f io.ReaderAt, at int64) (meta, error) {
	var b [metaSize]byte
	if _, err := f.ReadAt(b[:], at+metaAt); err != nil {
		return meta{}, errMeta
	}
	order := binary.NativeEndian
	if order.Uint32(b[0:]) != metaMagic {
		return meta{}, errMeta
	}
	h := fnv.New64a()
	h.Write(b[:56])
	if h.Sum64() != order.Uint64(b[56:]) {
		return meta{}, errMetaSum
	}
	return meta{pageSize: int64(order.Uint32(b[8:])), highWater: order.Uint64(b[40:]), tx: order.Uint64(b[48:])}, nil
}

// checkMeta makes sure of both meta pages. bbolt is content with one, and then
// silently shows the commit before the last. A crash cannot cause that: a meta
// lies in one sector, which is written whole or not at all.
func checkMeta(f *os.File, pageSize int) error {
	first, err := readMeta(f, 0)
	if err != nil {
		return damaged("meta page 0: %w", err)
	}
	second, err := readMeta(f, int64(pageSize))
	if err != nil {
		return damaged("meta page 1: %w", err)
	}
	if first.tx != second.tx+1 && second.tx != first.tx+1 {
		return damaged("the meta pages are of transactions %d and %d", first.tx, second.tx)
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if need := max(first.highWater, second.highWater); need > uint64(info.Size())/uint64(pageSize) {
		return damaged("the file has %d bytes, not %d pages", info.Size(), need)
	}
	return nil
}

// removeStale removes half-made vaults that a crash has left. They hold
// nothing but keys to nothing.
func removeStale(path string, now time.Time) {
	left, err := filepath.Glob(tempPattern(path))
	if err != nil {
		return
	}
	for _, name := range left {
		if info, err := os.Lstat(name); err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.Remove(name)
		}
	}
}

// tempPattern is the name under which a vault is made.
func tempPattern(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new-*")
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
	return syncDir(filepath.Dir(path))
}

// syncFile makes a file's contents durable.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncDir makes the names in a folder durable. Windows does so by itself.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

package lockbox

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

const (
	othersMask = 0o077
	// lockSuffix names the file that is locked in the place of the box, which is
	// replaced again and again. It is left behind: who removed it could take it
	// from under another.
	lockSuffix = ".lock"

	// patience is how long to wait for another process, lockPoll how often to
	// look.
	patience = 10 * time.Second
	lockPoll = 5 * time.Millisecond
)

var (
	errNotRegular = errors.New("is not a regular file")
	errTooLong    = errors.New("is too long for a lockbox")
)

// kindOf sorts the errors about the file.
func kindOf(err error) fault.Kind {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNotRegular), errors.Is(err, errTooLong):
		return fault.LockboxDamaged
	}
	return fault.OfFile(err)
}

// readFile reads a whole box. A link could lead to somebody else's file.
func readFile(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: path, Err: errNotRegular}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = &fs.PathError{Op: "read", Path: path, Err: errTooLong}
	}
	return data, err
}

// tighten takes from others the access that the file gives them. The
// permission bits mean nothing on Windows.
func tighten(path string) error {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || runtime.GOOS == "windows" || info.Mode().Perm()&othersMask == 0 {
		return err
	}
	return os.Chmod(path, durable.FileMode)
}

// writeFile puts a box in the place of what is at path. The caller holds the
// lock.
func writeFile(path string, data []byte) error {
	if err := removeHalf(path); err != nil {
		return err
	}
	return durable.WriteFile(path, data)
}

// removeHalf removes what a killed process left half-written. The caller holds
// the lock, so it is nobody's.
func removeHalf(path string) error {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), durable.TempPattern(path)))
	for _, stale := range left {
		_ = os.Remove(stale) // it is sealed, and the next one tries again
	}
	return err
}

// lock keeps this Box and other processes from changing the file, until release
// is called.
func (b *Box) lock(ctx context.Context, op string) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := secret.Ended(ctx, op); err != nil {
		return nil, err
	}
	select {
	case b.changing <- struct{}{}:
	case <-ctx.Done():
		return nil, secret.Ended(ctx, op)
	}
	f, err := lockFile(ctx, b.path+lockSuffix, op)
	if err != nil {
		<-b.changing
		return nil, err
	}
	return func() {
		_ = f.Close() // the lock goes with it, whatever Close says
		<-b.changing
	}, nil
}

// lockFile waits until the file at path, which it makes if there is none, is
// locked for this process. The kernel lets go of the lock when it is closed, or
// the process ends in whatever way.
func lockFile(ctx context.Context, path, op string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, durable.FileMode)
	if err != nil {
		return nil, fault.New(op, fault.OfFile(err), err)
	}
	ticker := time.NewTicker(lockPoll)
	defer ticker.Stop()
	for {
		err := durable.TryLock(f)
		if err == nil {
			return f, nil
		}
		if !durable.IsHeld(err) {
			return nil, fault.New(op, fault.OfFile(err), errors.Join(err, f.Close()))
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil, errors.Join(secret.Ended(ctx, op), f.Close())
		}
	}
}

//go:build !windows

package durable

import (
	"errors"
	"os"
	"syscall"
)

// TryLock takes the lock of an open file, the one that bbolt takes, too, or fails
// at once if it is held. The kernel lets go of it when the file is closed, or the
// process ends in whatever way.
func TryLock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// IsHeld reports whether an error of TryLock means that somebody else holds the
// lock.
func IsHeld(err error) bool { return errors.Is(err, syscall.EWOULDBLOCK) }

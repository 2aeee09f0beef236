package durable

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// TryLock takes the lock of an open file, the one that bbolt takes, too (on its
// last possible byte), or fails at once if it is held. The system lets go of it
// when the file is closed, or the process ends in whatever way.
func TryLock(f *os.File) error {
	const flags = windows.LOCKFILE_FAIL_IMMEDIATELY | windows.LOCKFILE_EXCLUSIVE_LOCK
	at := windows.Overlapped{Offset: math.MaxUint32, OffsetHigh: math.MaxUint32}
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &at)
}

// IsHeld reports whether an error of TryLock means that somebody else holds the
// lock.
func IsHeld(err error) bool { return errors.Is(err, windows.ERROR_LOCK_VIOLATION) }

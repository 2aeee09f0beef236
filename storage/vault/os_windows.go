package vault

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// letGo closes a file, which gives up its lock.
func letGo(f *os.File) error { return f.Close() }

// lockNow takes the lock that bbolt takes of a file, on its last possible byte,
// or fails at once if another program has it.
func lockNow(f *os.File) error {
	const flags = windows.LOCKFILE_FAIL_IMMEDIATELY | windows.LOCKFILE_EXCLUSIVE_LOCK
	at := windows.Overlapped{Offset: math.MaxUint32, OffsetHigh: math.MaxUint32}
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &at)
}

func lockedElsewhere(err error) bool { return errors.Is(err, windows.ERROR_LOCK_VIOLATION) }

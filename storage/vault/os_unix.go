//go:build !windows

package vault

import (
	"errors"
	"os"
	"syscall"
)

// letGo closes a file and gives up its lock. Closing alone would not: the
// lock lives as long as the pages that bbolt has mapped and cannot unmap after
// a panic.
func letGo(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

// lockNow takes the lock that bbolt takes of a file, or fails at once if another
// program has it.
func lockNow(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

func lockedElsewhere(err error) bool { return errors.Is(err, syscall.EWOULDBLOCK) }

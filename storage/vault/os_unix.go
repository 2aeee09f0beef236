//go:build !windows

package vault

import (
	"errors"
	"os"
	"syscall"
)

// isDiskFull reports whether err means that there is no room left, on the disk
// or in the person's quota.
func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// letGo closes a file and gives up its lock. Closing alone would not: the
// lock lives as long as the pages that bbolt has mapped and cannot unmap after
// a panic.
func letGo(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

//go:build !windows

package vault

import (
	"errors"
	"os"
	"syscall"
)

// openFilesMove says that a file that is open can be renamed.
const openFilesMove = true

// letGo closes a file and gives up its lock. Closing alone would not: the
// lock lives as long as the pages that bbolt has mapped and cannot unmap after
// a panic.
func letGo(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

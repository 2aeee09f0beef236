//go:build !windows

package lockbox

import (
	"errors"
	"os"
	"syscall"
)

// lockNow locks f, or fails at once if somebody else has.
func lockNow(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

func heldElsewhere(err error) bool { return errors.Is(err, syscall.EWOULDBLOCK) }

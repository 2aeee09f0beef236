package sandbox

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

// The flags of LockFileEx.
const (
	failImmediately = 1
	exclusive       = 2
)

// lockViolation is the error about a lock that somebody else has.
const lockViolation syscall.Errno = 33

func heldElsewhere(err error) bool { return errors.Is(err, lockViolation) }

// lockNow locks f, or fails at once if somebody else has.
func lockNow(f *os.File) error {
	var at syscall.Overlapped
	done, _, err := syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx").
		Call(f.Fd(), failImmediately|exclusive, 0, 1, 0, uintptr(unsafe.Pointer(&at)))
	if done == 0 {
		return err
	}
	return nil
}

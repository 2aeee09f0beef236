package boot

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// Harden keeps what is in the program's memory from other programs of the same
// user, and off the disk when it crashes (SECURITY §6.6). It comes before
// anything else: while window lets the desktop's portal look first, which is
// others' chance too, there is nothing secret to be seen.
func Harden(window bool) error {
	noCore := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	if window {
		meetPortal(portalLimit)
	}
	closed := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
	if err := errors.Join(noCore, closed); err != nil {
		return fmt.Errorf("boot: close memory to other programs: %w", err)
	}
	return nil
}

package boot

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// Harden keeps what is in the program's memory from other programs of the same
// user, and off the disk when it crashes (SECURITY §6.6). It comes before
// anything else.
func Harden() error {
	err := errors.Join(
		unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0),
		unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}),
	)
	if err != nil {
		return fmt.Errorf("boot: close memory to other programs: %w", err)
	}
	return nil
}

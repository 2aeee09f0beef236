package vault

import "golang.org/x/sys/unix"

// giveBack lets go of pages that are mapped from a file. Whoever reads one again
// finds it in the system's cache (madvise(2), MADV_DONTNEED).
func giveBack(start, size uintptr) {
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, start, size, unix.MADV_DONTNEED) // if it fails, they stay
}

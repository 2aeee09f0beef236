//go:build linux || darwin

package vault

import "syscall"

// limitMemory ends this process when it wants more than that many bytes of
// memory of its own; the pages of a mapped file do not count.
func limitMemory(bytes uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes})
}

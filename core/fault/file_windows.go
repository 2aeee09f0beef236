package fault

import (
	"errors"
	"syscall"
)

// Error codes of Windows for a full disk: ERROR_HANDLE_DISK_FULL,
// ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED.
const (
	handleDiskFull    = syscall.Errno(39)
	diskFull          = syscall.Errno(112)
	diskQuotaExceeded = syscall.Errno(1295)
)

func isDiskFull(err error) bool {
	for _, full := range []error{handleDiskFull, diskFull, diskQuotaExceeded, syscall.ENOSPC} {
		if errors.Is(err, full) {
			return true
		}
	}
	return false
}

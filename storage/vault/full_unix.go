//go:build !windows

package vault

import (
	"errors"
	"syscall"
)

// isDiskFull reports whether err means that there is no room left, on the disk
// or in the person's quota.
func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

//go:build !windows

package vault

import (
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"bankbook/core/fault"
)

// TestLostCause feeds what bbolt's grow returns when the disk does not give.
func TestLostCause(t *testing.T) {
	for want, err := range map[fault.Kind]error{
		fault.DiskFull:   fmt.Errorf("file resize error: %s", &fs.PathError{Op: "truncate", Path: "x", Err: syscall.ENOSPC}),
		fault.Unreadable: fmt.Errorf("file sync error: %s", &fs.PathError{Op: "sync", Path: "x", Err: syscall.EIO}),
		fault.Internal:   fmt.Errorf("another error: %s", syscall.ENOSPC),
	} {
		if got := kindOf(err); got != want {
			t.Errorf("%v is of kind %s, not %s", err, got, want)
		}
	}
}

//go:build !windows

package lockbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// setWithoutRoom lets the system refuse all writes beyond the first bytes of a
// file, as a full disk does, and then takes the limit away.
func setWithoutRoom(args []string) error {
	ctx := context.Background()
	b, err := Open(ctx, args[0], secret.New(passphrase))
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	before, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	for room := range uint64(40) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room * 50, Max: limit.Max}); err != nil {
			return err
		}
		err := b.Set(ctx, "new", secret.New(strings.Repeat("x", 2000)))
		if !fault.Is(err, fault.Unreadable, fault.DiskFull) || !errors.Is(err, syscall.EFBIG) {
			return fmt.Errorf("room for %d bytes: %w", room*50, err)
		}
		after, err := os.ReadFile(args[0])
		if err != nil || string(after) != string(before) {
			return fmt.Errorf("room for %d bytes: the file has changed, %w", room*50, err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(args[0]), durable.TempPattern(args[0]))); len(left) > 0 {
			return fmt.Errorf("left behind: %q", left)
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	return b.Set(ctx, "new", secret.New("kept"))
}

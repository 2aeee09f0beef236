package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"bankbook/core/fault"
)

// damaged is the error of contents that are not what was written. It names
// buckets and counts, never contents.
func damaged(format string, args ...any) error {
	return fault.New("vault: read", fault.VaultDamaged, fmt.Errorf(format, args...))
}

// fail gives an error its operation and, if it has none yet, its kind.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return fmt.Errorf("%s: %w", op, err)
	}
	return fault.New(op, kindOf(err), err)
}

// kindOf sorts the errors of bbolt and of the operating system.
func kindOf(err error) fault.Kind {
	var errno syscall.Errno
	if cause := lostCause(err); cause != nil {
		err = cause
	}
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fault.VaultInUse
	case fault.OfFile(err) == fault.DiskFull:
		return fault.DiskFull
	case isDamage(err):
		return fault.VaultDamaged
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Canceled
	case errors.As(err, new(*fs.PathError)), errors.As(err, new(*os.LinkError)),
		errors.As(err, new(*os.SyscallError)), errors.As(err, &errno):
		return fault.Unreadable
	}
	return fault.Internal
}

// lostCause returns the system's error that kept bbolt from making its file
// larger or from copying it: bbolt writes it into a text instead of wrapping it.
func lostCause(err error) error {
	text := err.Error()
	if !slices.ContainsFunc([]string{
		"file resize error: ", "file sync error: ", "mmap allocate error: ", "meta 0 copy: ", "meta 1 copy: ",
	}, func(start string) bool { return strings.HasPrefix(text, start) }) {
		return nil
	}
	for errno := syscall.Errno(1); errno < errnos; errno++ {
		if strings.HasSuffix(text, ": "+errno.Error()) {
			return errno
		}
	}
	return nil
}

// errnos is more than the errors that a full or broken disk gives have.
const errnos = 200

func isDamage(err error) bool {
	for _, known := range []error{
		errCodec, berrors.ErrInvalid, berrors.ErrChecksum, berrors.ErrVersionMismatch, berrors.ErrInvalidMapping,
		berrors.ErrIncompatibleValue,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// panicked is the cause of an error that was a panic or a memory fault.
type panicked struct{ what any }

func (p panicked) Error() string { return fmt.Sprintf("panic: %v", p.what) }

// guard runs fn, which touches bbolt, and turns a panic or a memory fault in
// it into an error: both are what bbolt does with damaged files (SECURITY §3).
func guard(op string, fn func() error) (err error) {
	before := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(before)
	defer func() {
		if what := recover(); what != nil {
			err = fault.New(op, fault.VaultDamaged, panicked{what})
		}
	}()
	return fail(op, fn())
}

// isPanic reports whether guard made the error of a panic.
func isPanic(err error) bool { return errors.As(err, new(panicked)) }

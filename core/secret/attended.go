package secret

import (
	"context"
	"errors"

	"bankbook/core/fault"
)

type attendedKey struct{}

// Attended returns a context that says that a person is at the screen and
// waits for this very operation: a Store that has to be unlocked may then give
// them about a minute, where it would otherwise give up after seconds.
func Attended(ctx context.Context) context.Context {
	return context.WithValue(ctx, attendedKey{}, true)
}

// IsAttended reports whether ctx comes from Attended.
func IsAttended(ctx context.Context) bool {
	return ctx.Value(attendedKey{}) != nil
}

// Ended returns the error that a Store gives when ctx is over: Canceled, or
// KeychainTimeout when its time has run out. It returns nil while ctx goes on.
func Ended(ctx context.Context, op string) error {
	switch err := ctx.Err(); {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fault.New(op, fault.KeychainTimeout, err)
	default:
		return fault.New(op, fault.Canceled, err)
	}
}

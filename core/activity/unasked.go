package activity

import "context"

// unaskedKey is the context key of what nobody asked for.
type unaskedKey struct{}

// Unasked returns a context for what Bankbook does on its own.
func Unasked(ctx context.Context) context.Context {
	return context.WithValue(ctx, unaskedKey{}, true)
}

// IsUnasked reports whether nobody asked for what is done with a context.
func IsUnasked(ctx context.Context) bool { return ctx.Value(unaskedKey{}) != nil }

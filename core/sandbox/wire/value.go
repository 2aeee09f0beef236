package wire

import "time"

// Stamp writes an instant as Plaid does.
func Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// StampOrNull writes an instant, or null if it is zero.
func StampOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := Stamp(t)
	return &s
}

// OrNull returns a pointer to s, or nil if it is "".
func OrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// OrEmpty returns list, or an empty one: Plaid writes [] and not null.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

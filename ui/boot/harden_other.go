//go:build !linux

package boot

// Harden does nothing here: macOS keeps other programs out of a signed program's
// memory by itself, and Windows has no such switch.
func Harden(bool) error { return nil }

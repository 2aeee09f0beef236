//go:build !linux && !darwin

package vault

// limitMemory does nothing here: only the limit of time ends a child.
func limitMemory(uint64) error { return nil }

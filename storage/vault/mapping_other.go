//go:build !linux

package vault

// giveBack does nothing: other systems do not count such pages as the program's,
// or take no advice.
func giveBack(_, _ uintptr) {}

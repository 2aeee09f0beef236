//go:build !linux

package keychaintest

import "os/exec"

// dieWithParent has no counterpart here; no session is started either.
func dieWithParent(*exec.Cmd) {}

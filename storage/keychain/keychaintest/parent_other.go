//go:build !linux

package keychaintest

import (
	"errors"
	"os"
	"os/exec"
)

// dieWithParent has no counterpart here; no session is started either.
func dieWithParent(*exec.Cmd) {}

func pause(*os.Process) error { return errors.ErrUnsupported }

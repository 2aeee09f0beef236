//go:build unix

package keychain

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// ownGroup lets cmd run in a process group of its own, which is killed as a
// whole: on macOS the child runs another program.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
}

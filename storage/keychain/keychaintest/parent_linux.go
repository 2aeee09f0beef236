package keychaintest

import (
	"os"
	"os/exec"
	"syscall"
)

// dieWithParent lets cmd end when the test's process ends, however it ends.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func pause(p *os.Process) error { return p.Signal(syscall.SIGSTOP) }

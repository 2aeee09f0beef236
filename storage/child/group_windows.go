package child

import (
	"os/exec"
	"syscall"
)

const createNoWindow = 0x08000000

// ownGroup lets cmd run without a console window. Its child starts no further
// programs on Windows, so killing the process is enough.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: createNoWindow}
}

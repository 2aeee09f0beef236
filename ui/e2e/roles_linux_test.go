package e2e

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
)

// The other programs of the machine's user.
const (
	portalRole = "portal" // tells whether the system is light or dark
	callerRole = "caller" // asks the portal, closed to others
	openRole   = "open"   // does nothing, open to others
	spyRole    = "spy"    // looks at the process of its argument
)

func playRole(role string, args []string) (int, error) {
	act, ok := map[string]func([]string) error{
		portalRole: bePortal, callerRole: beCaller, openRole: beOpen, spyRole: beSpy,
	}[role]
	if !ok {
		return childBad, errors.New("nobody plays " + role)
	}
	if err := act(args); err != nil {
		return childBad, err
	}
	return childDone, nil
}

// withoutPowers takes root's powers from the programs that the machine starts:
// nothing is closed to those, nor is a process that has them open to one that
// has not. Any other user has none.
func (m *machine) withoutPowers() {
	m.t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	const tool = "setpriv"
	if _, err := exec.LookPath(tool); err != nil {
		m.t.Skip("not installed: " + tool)
	}
	m.before = []string{tool, "--bounding-set=-all", "--inh-caps=-all", "--"}
}

// other returns another program of the machine's user, in a role.
func (m *machine) other(role string, args ...string) *exec.Cmd {
	m.t.Helper()
	self, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	line := slices.Concat(m.before, []string{self}, args)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append(slices.Clone(m.env), childVariable+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}

// play starts another program, waits until it says that it is ready, and
// returns it with what makes it end or do something else.
func (m *machine) play(role string, args ...string) (*exec.Cmd, io.Writer) {
	m.t.Helper()
	cmd := m.other(role, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
			m.t.Errorf("%s: %v", role, err)
		}
	})
	said := make([]byte, len(ready))
	if _, err := io.ReadFull(out, said); err != nil || string(said) != ready {
		m.t.Fatalf("%s says %q, %v", role, said, err)
	}
	return cmd, in
}

// ready is what a program says that play waits for.
const ready = "ready\n"

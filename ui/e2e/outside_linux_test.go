package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bankbook/core/secret/secrettest"
	"bankbook/storage/keychain"
	"bankbook/ui/e2e/desktop"
)

// beOpen waits, and keeps nothing from anybody: where the system lets only
// parents attach, everybody is one.
func beOpen([]string) error {
	const anybody = ^uintptr(0)                           // PR_SET_PTRACER_ANY
	_ = unix.Prctl(unix.PR_SET_PTRACER, anybody, 0, 0, 0) // an error where there is no such rule
	fmt.Print(ready)
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// What a spy prints for each of its ways to look at a process.
const (
	refused = "refused"
	seen    = "seen"
)

// beSpy tries to look at a process in every way, and prints what came of each.
func beSpy(args []string) error {
	pid, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	dir := filepath.Join("/proc", args[0])
	came := map[string]string{"attach": outcome(attach(pid)), "call": outcome(readAcross(pid))}
	for _, name := range []string{"environ", "mem", "maps", "auxv"} {
		f, err := os.Open(filepath.Join(dir, name))
		if err == nil && name != "mem" { // whose first bytes are mapped nowhere
			_, err = f.Read(make([]byte, 1))
		}
		came[name] = outcome(err)
	}
	for _, name := range []string{"cwd", "root", "exe", "fd/0"} {
		_, err := os.Readlink(filepath.Join(dir, name))
		came[name] = outcome(err)
	}
	return json.NewEncoder(os.Stdout).Encode(came)
}

func outcome(err error) string {
	switch {
	case err == nil:
		return seen
	case errors.Is(err, fs.ErrPermission):
		return refused
	}
	return err.Error()
}

// attach takes hold of a process as a debugger does, and lets it go.
func attach(pid int) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.PtraceAttach(pid); err != nil {
		return err
	}
	if _, err := unix.Wait4(pid, nil, unix.WALL, nil); err != nil {
		return err
	}
	return unix.PtraceDetach(pid)
}

// readAcross reads from the memory of a process without a file. Where nothing
// is mapped, that is an error only for who may read.
func readAcross(pid int) error {
	one := make([]byte, 1)
	local := []unix.Iovec{{Base: &one[0], Len: 1}}
	_, err := unix.ProcessVMReadv(pid, local, []unix.RemoteIovec{{Base: 0, Len: 1}}, 0)
	if errors.Is(err, unix.EFAULT) {
		return nil
	}
	return err
}

// spy looks at a process as another program of the same user.
func (m *machine) spy(pid int) (came map[string]string) {
	m.t.Helper()
	out, err := m.other(spyRole, strconv.Itoa(pid)).Output()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := json.Unmarshal(out, &came); err != nil {
		m.t.Fatalf("%v: %q", err, out)
	}
	return came
}

// unlike returns what has come of a spy's work but for what was expected.
func unlike(came map[string]string, want string) map[string]string {
	maps.DeleteFunc(came, func(_, what string) bool { return what == want })
	return came
}

// closed sees to it that a process is closed to the other programs of its user,
// and that the one that looks sees what is not closed.
func (m *machine) closed(pid int) {
	m.t.Helper()
	if came := unlike(m.spy(pid), refused); len(came) > 0 {
		m.t.Errorf("another program of the same user looks at it: %v", came)
	}
	control, _ := m.play(openRole)
	if came := unlike(m.spy(control.Process.Pid), seen); len(came) > 0 {
		m.t.Errorf("of a program that is open a spy does not see: %v", came)
	}
}

// needAttaching skips a test where the system lets nobody attach: what is
// refused there says nothing of the program.
func needAttaching(t *testing.T) {
	t.Helper()
	scope, err := os.ReadFile("/proc/sys/kernel/yama/ptrace_scope")
	if err == nil && strings.TrimSpace(string(scope)) > "1" {
		t.Skipf("no process can be attached to on this machine (ptrace_scope %s)", scope)
	}
}

// argumentsOf returns what every user can read of a process.
func (m *machine) argumentsOf(pid int) []byte {
	m.t.Helper()
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil || len(line) == 0 {
		m.t.Fatalf("the arguments of process %d: %q, %v", pid, line, err)
	}
	return line
}

// TestNobodyLooksIn lets another program of the same user look at the window's
// process while it has all secrets of a bank in its memory, and Plaid keys in
// its environment; and at the one that asks the keychain for the window.
func TestNobodyLooksIn(t *testing.T) {
	if missing := desktop.Missing(); len(missing) > 0 {
		t.Skipf("not installed: %s", strings.Join(missing, ", "))
	}
	needAttaching(t)
	ctx := background(t)
	m := newMachine(t)
	m.withoutPowers()
	d := startDesktop(t, m, screenWidth, screenHeight)
	m.must("link", "--instant", "--env=practice")
	s := m.services()
	secrets, _ := secretsOf(t, s)
	m.shut(s)
	keys := secrettest.NewSearch(bankID, bankSecret)
	m.env = append(m.env, "PLAID_CLIENT_ID="+bankID, "PLAID_SECRET="+bankSecret)
	holdsNone := func(pid int) {
		t.Helper()
		line := m.argumentsOf(pid)
		if found := secrets.Find(line) + keys.Find(line); found != "" {
			t.Errorf("the arguments %q hold %s", line, found)
		}
	}

	a := m.open(ctx, d, "Overview", "--env=practice")
	m.closed(a.cmd.Process.Pid)
	holdsNone(a.cmd.Process.Pid)
	a.quit()

	m.session.PauseDaemon(t) // so that whoever asks it can be looked at
	a = m.open(ctx, d, "Bankbook", "--env=practice")
	var child int
	a.check(desktop.Until(ctx, patience, func() (bool, error) {
		child = childOf(a.cmd.Process.Pid, keychain.Verb)
		return child != 0, nil
	}))
	// It closes itself first, which takes a moment, and has no secret before.
	var came map[string]string
	if err := desktop.Until(ctx, patience, func() (bool, error) {
		came = unlike(m.spy(child), refused)
		return len(came) == 0, nil
	}); err != nil {
		t.Errorf("another program of the same user looks at %s: %v", keychain.Verb, came)
	}
	holdsNone(child)
	a.check(a.cmd.Process.Kill())
	_ = a.cmd.Wait() // it was killed
}

// childOf finds the child of a process whose first argument is the given one, 0
// if there is none.
func childOf(parent int, verb string) int {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline") // the pattern is well-formed
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(line, []byte("\x00"+verb+"\x00")) {
			continue // it may be gone
		}
		dir := filepath.Dir(file)
		status, _ := os.ReadFile(filepath.Join(dir, "status"))
		if !bytes.Contains(status, fmt.Appendf(nil, "\nPPid:\t%d\n", parent)) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(dir)); err == nil {
			return pid
		}
	}
	return 0
}

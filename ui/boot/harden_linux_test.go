package boot

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// hardenVariable makes the test binary a child: "target" and "open" wait, with
// and without Harden, "crash" crashes, "meet" meets the portal, and the rest is a
// file that it tries to read.
const hardenVariable = "BANKBOOK_HARDEN_CHILD"

// TestHardenChild is not a test but the child of those below.
func TestHardenChild(t *testing.T) {
	role := os.Getenv(hardenVariable)
	if role == "" {
		return
	}
	if role == "target" || role == "crash" {
		if err := Harden(false); err != nil {
			t.Fatal(err)
		}
	}
	switch role {
	case "target", "open":
		fmt.Println("ready")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "meet":
		begin := time.Now()
		meetPortal(meetLimit)
		fmt.Println(time.Since(begin))
	case "crash":
		_ = syscall.Kill(os.Getpid(), syscall.SIGSEGV)
		select {}
	default:
		f, err := os.Open(role)
		if err == nil {
			_, err = f.Read(make([]byte, 1))
		}
		// The first bytes of the memory are mapped nowhere: who gets that far may
		// read.
		if errors.Is(err, fs.ErrPermission) {
			fmt.Println("refused")
		} else {
			fmt.Println("read")
		}
	}
}

// asNobody returns this binary as a child in a role, as a user who is not root:
// nothing is kept from root.
func asNobody(t *testing.T, role string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestHardenChild$")
	cmd.Env = []string{hardenVariable + "=" + role, "HOME=/", "GOTRACEBACK=crash"}
	cmd.Dir = t.TempDir()
	if os.Getuid() != 0 {
		return cmd
	}
	const nobody = 65534
	// A descriptor leads to the program where the folders on the way are closed.
	program, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	cmd.Path, cmd.ExtraFiles = "/proc/self/fd/3", []*os.File{program}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if err := os.Chown(cmd.Dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	for dir := cmd.Dir; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return cmd
}

// TestHardenClosesMemory lets another process of the same user look at a program
// that has hardened itself, and at one that has not.
func TestHardenClosesMemory(t *testing.T) {
	for role, want := range map[string]string{"target": "refused", "open": "read"} {
		target := asNobody(t, role)
		stdin, err := target.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := target.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := target.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
			t.Fatalf("the program says %q, %v", line, err)
		}
		for _, file := range []string{"mem", "environ", "maps"} {
			said, err := asNobody(t, fmt.Sprintf("/proc/%d/%s", target.Process.Pid, file)).CombinedOutput()
			if err != nil || !strings.HasPrefix(string(said), want) {
				t.Errorf("%s of the program in the role %s: %q, %v; want %s", file, role, said, err, want)
			}
		}
		if err := errors.Join(stdin.Close(), target.Wait()); err != nil {
			t.Error(err)
		}
	}
}

func TestHardenLeavesNoCore(t *testing.T) {
	var most unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &most); err != nil {
		t.Fatal(err)
	}
	// What the child inherits would let it leave one, if this system allows.
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: most.Max, Max: most.Max}); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &most) }()
	crash := asNobody(t, "crash")
	err := crash.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Success() {
		t.Fatalf("the program did not crash: %v", err)
	}
	if exit.Sys().(syscall.WaitStatus).CoreDump() {
		t.Error("the system says that it has left a core")
	}
	if left, err := os.ReadDir(crash.Dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/storage/keychain/keychaintest"
)

// patience bounds every wait for a state. It is generous: a test that runs into
// it has failed, however slow the machine.
const patience = 30 * time.Second

// binary is the program under test, built once by TestMain.
var binary string

func TestMain(m *testing.M) {
	if code, handled := actAsChild(); handled {
		os.Exit(code)
	}
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bankbook-e2e")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "bankbook")
	build := exec.Command("go", "build", "-o", binary, "bankbook")
	build.Env = append(os.Environ(), "CGO_ENABLED=1") // the graphics driver is C
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		panic(err)
	}
	return m.Run()
}

// machine is a user's computer: a home, a keychain, a data directory.
type machine struct {
	t       testing.TB
	session *keychaintest.Session
	env     []string
	data    string
	// before is what the program's command line begins with, if anything.
	before []string
	// said collects everything that the program printed, to search it for secrets.
	said bytes.Buffer
}

func newMachine(t testing.TB) *machine {
	t.Helper()
	session := keychaintest.StartAttended(t)
	return &machine{t: t, session: session, env: session.Env(), data: filepath.Join(t.TempDir(), "data")}
}

// home returns the home directory of the machine's user.
func (m *machine) home() string {
	for _, kv := range m.env {
		if dir, ok := strings.CutPrefix(kv, "HOME="); ok {
			return dir
		}
	}
	m.t.Fatal("the session has no HOME")
	return ""
}

// result is how a command ended.
type result struct {
	out, err string
	code     int
}

// command returns the program with arguments, on this machine.
func (m *machine) command(args ...string) *exec.Cmd {
	line := slices.Concat(m.before, []string{binary, "--data-dir", m.data}, args)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = m.env
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// run runs a command to its end.
func (m *machine) run(args ...string) result {
	m.t.Helper()
	return m.finish(m.command(args...))
}

func (m *machine) finish(cmd *exec.Cmd) result {
	m.t.Helper()
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		m.t.Fatalf("run %v: %v", cmd.Args, err)
	}
	m.said.Write(out.Bytes())
	m.said.Write(errOut.Bytes())
	return result{out: out.String(), err: errOut.String(), code: cmd.ProcessState.ExitCode()}
}

// must runs a command that has to succeed.
func (m *machine) must(args ...string) result {
	m.t.Helper()
	r := m.run(args...)
	if r.code != 0 {
		m.t.Fatalf("bankbook %v: exit code %d\n%s%s", args, r.code, r.out, r.err)
	}
	return r
}

// readJSON runs a command with --json and decodes what it prints.
func readJSON[T any](m *machine, args ...string) T {
	m.t.Helper()
	r := m.must(append(args, "--json")...)
	var v T
	if err := json.Unmarshal([]byte(r.out), &v); err != nil {
		m.t.Fatalf("bankbook %v printed no JSON: %v\n%s", args, err, r.out)
	}
	return v
}

// nowhere is an address of this machine at which nobody listens: a practice
// bank that does not run.
const nowhere = "http://127.0.0.1:9"

// background returns a context that ends before the test's deadline.
func background(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	t.Cleanup(cancel)
	return ctx
}

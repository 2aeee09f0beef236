// Package keychaintest starts a real keychain for tests: a session bus and,
// on request, a gnome-keyring-daemon with an unlocked keyring, in a home of
// their own, gone without a trace at the end of the test (SECURITY §1). It
// works on Linux; elsewhere, and without dbus-daemon or gnome-keyring-daemon,
// the test is skipped.
package keychaintest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	busDaemon     = "dbus-daemon"
	keyringDaemon = "gnome-keyring-daemon"

	serviceName = "org.freedesktop.secrets"
	servicePath = "/org/freedesktop/secrets"

	// password opens the keyring. It must not be empty: gnome-keyring would
	// make no keyring at all.
	password = "the keyring of a test"

	// patience bounds every wait for a state; a test that needs it has failed.
	patience = 20 * time.Second
	// pollEvery is how often a state is looked at.
	pollEvery = 2 * time.Millisecond
)

// Session is a desktop session without a desktop: a bus, and perhaps a keyring
// on it.
type Session struct {
	dir  string
	env  []string
	conn *dbus.Conn

	mu     sync.Mutex // guards the end of the two
	bus    *exec.Cmd
	daemon *exec.Cmd // the keyring daemon that Start started, nil if none
}

// Start returns a session with an unlocked, empty keyring.
func Start(t testing.TB) *Session {
	t.Helper()
	return startUnlocked(t, theMachines)
}

// StartAttended is Start with somebody at the screen: if the keyring daemon dies
// and is asked for again, its keyring is unlocked. It is for tests of something
// else that ask the keychain often: gnome-keyring 42 dies by itself in the middle
// of a call, twice in 66,000 connections.
func StartAttended(t testing.TB) *Session {
	t.Helper()
	return startUnlocked(t, unlocked)
}

// StartUnused returns a session whose keyring service starts when first asked
// for, and in which nobody has ever made a keyring.
func StartUnused(t testing.TB) *Session {
	t.Helper()
	need(t, keyringDaemon)
	return startBus(t, theMachines)
}

// StartBus returns a session with a bus and nothing that keeps secrets: a test
// can put a service of its own on it.
func StartBus(t testing.TB) *Session {
	t.Helper()
	return startBus(t, none)
}

// Env returns the environment for programs of this session, in the form of
// os.Environ: this process's own, with another home and bus, and no display.
func (s *Session) Env() []string { return slices.Clone(s.env) }

// Address returns the D-Bus address of the session bus.
func (s *Session) Address() string { return "unix:path=" + s.socket() }

// Lock locks the keyring, as a desktop does after a while. Without a display
// nobody can be asked to unlock it.
func (s *Session) Lock(t testing.TB) {
	t.Helper()
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err := s.conn.Object(serviceName, servicePath).Call("org.freedesktop.Secret.Service.Lock", 0,
		[]dbus.ObjectPath{servicePath + "/collection/login"}).Store(&locked, &prompt)
	if err != nil || len(locked) != 1 {
		t.Fatalf("lock the keyring: %v, locked %v", err, locked)
	}
}

// Items returns the D-Bus paths of the entries in the unlocked keyring.
func (s *Session) Items(t testing.TB) []string {
	t.Helper()
	var items []dbus.ObjectPath
	err := s.conn.Object(serviceName, servicePath+"/collection/login").
		StoreProperty("org.freedesktop.Secret.Collection.Items", &items)
	if err != nil {
		t.Fatalf("list the keyring: %v", err)
	}
	paths := make([]string, len(items))
	for i, item := range items {
		paths[i] = string(item)
	}
	return paths
}

// KillDaemon kills the keyring daemon. The bus starts another when somebody
// asks for it, and that one's keyring is locked, but after StartAttended.
func (s *Session) KillDaemon(t testing.TB) {
	t.Helper()
	if s.daemon == nil {
		t.Fatal("this session has no keyring daemon of its own")
	}
	before := s.owner()
	s.stop(s.daemon)
	await(t, "the daemon's name is another's or free", func() bool { return s.owner() != before })
}

// PauseDaemon stops the keyring daemon where it is: whoever asks it waits.
func (s *Session) PauseDaemon(t testing.TB) {
	t.Helper()
	if s.daemon == nil {
		t.Fatal("this session has no keyring daemon of its own")
	}
	if err := pause(s.daemon.Process); err != nil {
		t.Fatalf("pause the daemon: %v", err)
	}
}

// KillBus kills the bus under everybody who is connected to it.
func (s *Session) KillBus() { s.stop(s.bus) }

// Processes returns the ids of the running processes of this session: those
// that have its environment, this test's own process excepted. It looks into
// /proc, and cannot see a process that forbids that.
func (s *Session) Processes() []int { return processesWith("XDG_RUNTIME_DIR=" + s.runtimeDir()) }

func (s *Session) runtimeDir() string { return filepath.Join(s.dir, "run") }
func (s *Session) socket() string     { return filepath.Join(s.runtimeDir(), "bus") }

func need(t testing.TB, program string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skipf("a session of %s and %s is made on Linux only", busDaemon, keyringDaemon)
	}
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not installed", program)
	}
}

// startBus makes the session's directories and its bus. A unix socket's path
// is short, so the directory is not t.TempDir.
func startBus(t testing.TB, services func(t testing.TB, dir string) string) *Session {
	t.Helper()
	need(t, busDaemon)
	dir, err := os.MkdirTemp("", "keychain")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("clean up: %v", err)
		}
	})
	s := &Session{dir: dir}
	s.env = sessionEnv(filepath.Join(dir, "home"), s.runtimeDir(), s.Address())
	for _, d := range []string{filepath.Join(dir, "home"), s.runtimeDir()} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "bus.conf")
	config := busConfig(s.socket(), services(t, dir))
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	s.bus = s.command(busDaemon, "--nofork", "--nopidfile", "--nosyslog", "--config-file="+file)
	t.Cleanup(func() { s.end(t) })
	if err := s.bus.Start(); err != nil {
		t.Fatalf("start %s: %v", busDaemon, err)
	}
	await(t, "the bus takes connections", func() bool {
		s.conn, err = dbus.Connect(s.Address())
		return err == nil
	})
	return s
}

// startUnlocked starts a bus, and an unlocked keyring on it.
func startUnlocked(t testing.TB, services func(t testing.TB, dir string) string) *Session {
	t.Helper()
	need(t, keyringDaemon)
	s := startBus(t, services)
	s.daemon = s.command(keyringDaemon, unlockArgs()...)
	s.daemon.Stdin = strings.NewReader(password)
	if err := s.daemon.Start(); err != nil {
		t.Fatalf("start %s: %v", keyringDaemon, err)
	}
	// Whoever asks before the daemon has its name makes the bus start another.
	await(t, "the daemon has its name", func() bool { return s.owner() != "" })
	return s
}

func (s *Session) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = s.env
	cmd.Dir = s.dir
	cmd.WaitDelay = patience
	dieWithParent(cmd)
	return cmd
}

// owner returns who on the bus has the name of the Secret Service, "" if nobody.
func (s *Session) owner() string {
	var owner string
	if err := s.conn.BusObject().Call("org.freedesktop.DBus.GetNameOwner", 0, serviceName).Store(&owner); err != nil {
		return ""
	}
	return owner
}

// end stops everything, and fails the test if a process is left over.
func (s *Session) end(t testing.TB) {
	t.Helper()
	if s.conn != nil {
		_ = s.conn.Close()
	}
	if s.daemon != nil {
		s.stop(s.daemon)
	}
	s.stop(s.bus)
	await(t, "no process of the session is left", func() bool { return len(s.Processes()) == 0 })
}

// stop kills a process and waits until it is gone; once more does nothing.
func (s *Session) stop(cmd *exec.Cmd) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cmd.Process == nil || cmd.ProcessState != nil {
		return
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// await waits for a state of the world outside this process.
func await(t testing.TB, what string, reached func() bool) {
	t.Helper()
	// Not the test's own context: that has ended when the cleanups run.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for !reached() {
		select {
		case <-ctx.Done():
			t.Fatalf("after %v it is still not so that %s", patience, what)
		case <-tick.C:
		}
	}
}

// sessionEnv returns this process's environment without what ties it to the
// desktop it runs on.
func sessionEnv(home, runtimeDir, address string) []string {
	foreign := []string{
		"HOME=", "XDG_", "DBUS_", "DISPLAY=", "WAYLAND_DISPLAY=", "GNOME_KEYRING_", "SSH_AUTH_SOCK=",
	}
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return slices.ContainsFunc(foreign, func(prefix string) bool { return strings.HasPrefix(entry, prefix) })
	})
	return append(env, "HOME="+home, "XDG_RUNTIME_DIR="+runtimeDir, "DBUS_SESSION_BUS_ADDRESS="+address,
		// A program with the race detector otherwise sleeps a second at its end.
		"GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0")
}

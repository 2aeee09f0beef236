package keychaintest_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"bankbook/storage/keychain/keychaintest"
)

// Sessions come and go without a trace; Start's own cleanup fails the test if
// a process is left.
func TestSessionsLeaveNothing(t *testing.T) {
	var home string
	for range 5 {
		t.Run("session", func(t *testing.T) {
			s := keychaintest.Start(t)
			if n := len(s.Processes()); n != 2 {
				t.Errorf("%d processes, want the bus and the keyring", n)
			}
			for _, entry := range s.Env() {
				if dir, ok := strings.CutPrefix(entry, "HOME="); ok {
					home = dir
				}
			}
			s.Lock(t)
			s.KillDaemon(t)
		})
		if _, err := os.Stat(home); !os.IsNotExist(err) {
			t.Errorf("the home %q is left: %v", home, err)
		}
	}
}

// Of a session with somebody at the screen nothing is left either, nor of the
// daemon that the bus has started.
func TestAttendedSessionsLeaveNothing(t *testing.T) {
	for range 5 {
		t.Run("session", func(t *testing.T) {
			s := keychaintest.StartAttended(t)
			s.KillDaemon(t)
			s.Items(t) // of the next one, whose keyring is there
			if n := len(s.Processes()); n != 2 {
				t.Errorf("%d processes, want the bus and the keyring", n)
			}
		})
	}
}

// The bus starts a keyring service on request; it ends with the session too.
func TestStartedServiceEndsWithTheSession(t *testing.T) {
	s := keychaintest.StartUnused(t)
	if n := len(s.Processes()); n != 1 {
		t.Errorf("%d processes, want the bus", n)
	}
	if _, err := exec.LookPath("dbus-send"); err != nil {
		t.Skip("dbus-send is not installed")
	}
	cmd := exec.Command("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
		"/org/freedesktop/secrets", "org.freedesktop.DBus.Peer.Ping")
	cmd.Env = s.Env()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if n := len(s.Processes()); n < 2 {
		t.Errorf("%d processes, want the bus and the service it has started", n)
	}
}

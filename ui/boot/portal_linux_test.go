package boot

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"bankbook/storage/keychain/keychaintest"
)

const (
	// meetLimit is what these tests let the portal have.
	meetLimit = 300 * time.Millisecond
	// patience is for a child on a busy machine. A bus has more of it.
	patience = 20 * time.Second
)

// meet lets a child meet the portal, and returns how long that took.
func meet(t *testing.T, env ...string) time.Duration {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, "-test.run=^TestHardenChild$")
	cmd.Env = append(env, hardenVariable+"=meet", "GORACE=atexit_sleep_ms=0")
	out, err := cmd.CombinedOutput()
	line, _, _ := strings.Cut(string(out), "\n")
	took, parseErr := time.ParseDuration(line)
	if err != nil || parseErr != nil {
		t.Fatalf("the child: %v, %q", err, out)
	}
	return took
}

// TestSilentPortalCostsTheLimit meets a bus that does not answer, and a portal
// that does not on a bus that does.
func TestSilentPortalCostsTheLimit(t *testing.T) {
	check := func(t *testing.T, address string) {
		t.Helper()
		if took := meet(t, "DBUS_SESSION_BUS_ADDRESS="+address); took < meetLimit || took > patience/2 {
			t.Errorf("it took %v, want %v", took, meetLimit)
		}
	}
	t.Run("bus", func(t *testing.T) {
		socket := filepath.Join(t.TempDir(), "bus")
		silent, err := net.Listen("unix", socket) // where the system accepts, and nobody reads
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
		check(t, "unix:path="+socket)
	})
	t.Run("portal", func(t *testing.T) {
		session := keychaintest.StartBus(t)
		bus, err := dbus.Connect(session.Address())
		if err != nil {
			t.Fatal(err)
		}
		defer bus.Close()
		asked, done := make(chan bool, 1), make(chan struct{})
		defer close(done)
		if err := bus.ExportMethodTable(map[string]any{"ReadAll": func([]string) *dbus.Error {
			asked <- true
			<-done
			return nil
		}}, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"); err != nil {
			t.Fatal(err)
		}
		if _, err := bus.RequestName("org.freedesktop.portal.Desktop", 0); err != nil {
			t.Fatal(err)
		}
		check(t, session.Address())
		select {
		case <-asked:
		case <-time.After(patience):
			t.Error("the portal was not asked")
		}
	})
}

// TestNoBusIsStarted meets the portal where there is no bus, and a program that
// would start one.
func TestNoBusIsStarted(t *testing.T) {
	dir := t.TempDir()
	program := "#!/bin/sh\n: >'" + filepath.Join(dir, "started") + "'\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "autolaunch:"} {
		meet(t, "PATH="+dir, "XDG_RUNTIME_DIR="+dir, "DBUS_SESSION_BUS_ADDRESS="+address)
		if _, err := os.Stat(filepath.Join(dir, "started")); err == nil {
			t.Fatalf("with the address %q a bus was started", address)
		}
	}
}

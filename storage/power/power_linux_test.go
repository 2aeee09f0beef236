package power

import (
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"bankbook/storage/keychain/keychaintest"
)

// supplies makes a list of power supplies as the kernel's is: files by their path.
func supplies(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for path, text := range files {
		file := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestBattery(t *testing.T) {
	const kind, status, online = "/type", "/status", "/online"
	for name, tt := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"a machine without any":      {nil, false},
		"plugged in":                 {map[string]string{"AC" + kind: "Mains", "AC" + online: "1", "BAT0" + kind: "Battery", "BAT0" + status: "Charging"}, false},
		"plugged in, and draining":   {map[string]string{"AC" + kind: "Mains", "AC" + online: "1", "BAT0" + kind: "Battery", "BAT0" + status: "Discharging"}, false},
		"unplugged":                  {map[string]string{"AC" + kind: "Mains", "AC" + online: "0", "BAT0" + kind: "Battery", "BAT0" + status: "Discharging"}, true},
		"one of two batteries":       {map[string]string{"BAT0" + kind: "Battery", "BAT0" + status: "Not charging", "BAT1" + kind: "Battery", "BAT1" + status: "Discharging"}, true},
		"fed by USB":                 {map[string]string{"ucsi" + kind: "USB", "ucsi" + online: "1", "BAT0" + kind: "Battery", "BAT0" + status: "Discharging"}, false},
		"a mouse on a desktop":       {map[string]string{"hid" + kind: "Battery", "hid" + status: "Discharging", "hid/scope": "Device"}, false},
		"full":                       {map[string]string{"BAT0" + kind: "Battery", "BAT0" + status: "Full"}, false},
		"something unheard of":       {map[string]string{"x" + kind: "Fusion"}, false},
		"a battery that says little": {map[string]string{"BAT0" + kind: "Battery"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := batteryIn(supplies(t, tt.files)); got != tt.want {
				t.Errorf("on battery: %t", got)
			}
		})
	}
	if batteryIn(filepath.Join(t.TempDir(), "nothing")) {
		t.Error("a system without a list")
	}
}

// manager is a NetworkManager on a bus of the test.
func manager(t *testing.T, address string) *prop.Properties {
	t.Helper()
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	const name = "org.freedesktop.NetworkManager"
	props, err := prop.Export(bus, "/org/freedesktop/NetworkManager", prop.Map{name: {"Metered": {Value: uint32(0)}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName(name, 0); err != nil {
		t.Fatal(err)
	}
	return props
}

func TestMetered(t *testing.T) {
	session := keychaintest.StartBus(t)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", session.Address())
	if onMetered(t.Context()) {
		t.Error("metered by nobody")
	}
	props := manager(t, session.Address())
	for answer, want := range map[uint32]bool{0: false, 1: true, 2: false, 3: true, 4: false} {
		props.SetMust("org.freedesktop.NetworkManager", "Metered", answer)
		if got := onMetered(t.Context()); got != want {
			t.Errorf("%d: metered %t", answer, got)
		}
	}
}

func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "no"))
	if onMetered(t.Context()) {
		t.Error("metered without a bus")
	}
}

func TestSilentBusCostsTheLimit(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "bus")
	silent, err := net.Listen("unix", socket) // where the system accepts, and nobody reads
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+socket)
	begin := time.Now()
	if onMetered(t.Context()) || time.Since(begin) < limit {
		t.Errorf("answered after %v", time.Since(begin))
	}
}

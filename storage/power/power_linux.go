package power

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"
)

// TellsMetered reports whether the system tells that the network costs by the byte.
func TellsMetered() bool { return true }

func onBattery(context.Context) bool { return batteryIn("/sys/class/power_supply") }

// batteryIn looks at the kernel's list of power supplies: a battery of the machine is
// being discharged, and nothing else feeds it. Mice and headsets have batteries too,
// whose scope is "Device".
func batteryIn(root string) bool {
	supplies, err := os.ReadDir(root)
	if err != nil {
		return false
	}
	discharging := false
	for _, supply := range supplies {
		read := func(name string) string {
			text, err := os.ReadFile(filepath.Join(root, supply.Name(), name))
			if err != nil {
				return ""
			}
			return strings.TrimSpace(string(text))
		}
		switch {
		case read("scope") == "Device":
		case read("type") != "Battery":
			if read("online") == "1" {
				return false
			}
		case read("status") == "Discharging":
			discharging = true
		}
	}
	return discharging
}

func onMetered(ctx context.Context) bool {
	return within(ctx, limit, func(ctx context.Context) bool {
		bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
		return err == nil && meteredBy(ctx, bus)
	})
}

// The answers of NetworkManager that mean yes: it knows it, or guesses.
const (
	isMetered      = 1
	guessesMetered = 3
)

// meteredBy asks NetworkManager, if it runs, about the connection in use, and closes
// the bus.
func meteredBy(ctx context.Context, bus *dbus.Conn) bool {
	defer bus.Close()
	const name = "org.freedesktop.NetworkManager"
	var metered uint32
	call := bus.Object(name, "/org/freedesktop/NetworkManager").
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart, name, "Metered")
	if call.Store(&metered) != nil {
		return false
	}
	return metered == isMetered || metered == guessesMetered
}

package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"bankbook/ui/boot"
	"bankbook/ui/e2e/desktop"
)

// What a portal says of the system.
const (
	darkSystem  = 1
	lightSystem = 2
)

const (
	portalName      = "org.freedesktop.portal.Desktop"
	portalPath      = "/org/freedesktop/portal/desktop"
	portalInterface = "org.freedesktop.portal.Settings"
	portalDenied    = "org.freedesktop.DBus.Error.AccessDenied"

	lookNamespace, lookKey = "org.freedesktop.appearance", "color-scheme"
)

// portal stands in for xdg-desktop-portal: it answers whom it has once been
// able to look at, and forgets them only when they are gone.
type portal struct {
	bus *dbus.Conn

	mu     sync.Mutex
	scheme uint32
	known  map[dbus.Sender]bool
}

// bePortal tells what it reads, a number a line, until there is no more.
func bePortal([]string) error {
	bus, err := dbus.SessionBus()
	if err != nil {
		return err
	}
	p := &portal{bus: bus, known: map[dbus.Sender]bool{}}
	if err := bus.Export(p, portalPath, portalInterface); err != nil {
		return err
	}
	if reply, err := bus.RequestName(portalName, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		return fmt.Errorf("the name of the portal: %v, %w", reply, err)
	}
	fmt.Print(ready)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		scheme, err := strconv.ParseUint(lines.Text(), 10, 32)
		if err != nil {
			return err
		}
		p.mu.Lock()
		p.scheme = uint32(scheme)
		p.mu.Unlock()
		if err := bus.Emit(portalPath, portalInterface+".SettingChanged", lookNamespace, lookKey, dbus.MakeVariant(uint32(scheme))); err != nil {
			return err
		}
	}
	return nil
}

// Read, ReadOne and ReadAll are the portal's methods.

func (p *portal) Read(sender dbus.Sender, namespace, key string) (dbus.Variant, *dbus.Error) {
	value, err := p.ReadOne(sender, namespace, key)
	return dbus.MakeVariant(value), err
}

func (p *portal) ReadOne(sender dbus.Sender, namespace, key string) (dbus.Variant, *dbus.Error) {
	all, err := p.ReadAll(sender, []string{namespace})
	if err != nil {
		return dbus.Variant{}, err
	}
	value, ok := all[namespace][key]
	if !ok {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.portal.Error.NotFound", nil)
	}
	return value, nil
}

func (p *portal) ReadAll(sender dbus.Sender, _ []string) (map[string]map[string]dbus.Variant, *dbus.Error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.known[sender] {
		if err := p.look(sender); err != nil {
			return nil, dbus.NewError(portalDenied, []any{"Portal operation not allowed: " + err.Error()})
		}
		p.known[sender] = true
	}
	return map[string]map[string]dbus.Variant{lookNamespace: {lookKey: dbus.MakeVariant(p.scheme)}}, nil
}

// look opens the root directory of a caller.
func (p *portal) look(sender dbus.Sender) error {
	var pid uint32
	if err := p.bus.BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, string(sender)).Store(&pid); err != nil {
		return err
	}
	root, err := os.Open(fmt.Sprintf("/proc/%d/root", pid))
	if err != nil {
		return err
	}
	return root.Close()
}

// beCaller asks the portal after it has closed itself to others, and prints the
// name of the error.
func beCaller([]string) error {
	if err := boot.Harden(false); err != nil {
		return err
	}
	bus, err := dbus.SessionBus()
	if err != nil {
		return err
	}
	var refused dbus.Error
	if errors.As(bus.Object(portalName, portalPath).Call(portalInterface+".Read", 0, lookNamespace, lookKey).Err, &refused) {
		fmt.Print(refused.Name)
	}
	return nil
}

// TestWindowFollowsTheSystem opens the window on a light and on a dark system,
// and changes that while the window is open. The window is closed to others all
// the same, and so to the portal.
func TestWindowFollowsTheSystem(t *testing.T) {
	if missing := desktop.Missing(); len(missing) > 0 {
		t.Skipf("not installed: %s", strings.Join(missing, ", "))
	}
	ctx := background(t)
	m := newMachine(t)
	m.withoutPowers()
	d := startDesktop(t, m, screenWidth, screenHeight)
	m.env = slices.DeleteFunc(m.env, func(kv string) bool {
		return strings.HasPrefix(kv, "FYNE_THEME=") || strings.HasPrefix(kv, "PLAID_")
	})
	_, system := m.play(portalRole)
	if said, err := m.other(callerRole).Output(); string(said) != portalDenied || err != nil {
		t.Fatalf("the portal answers a closed program %q, %v: it is none that this could be tested with", said, err)
	}
	for _, start := range []int{lightSystem, darkSystem} {
		now := start
		tell(t, system, now)
		a := m.open(ctx, d, "Welcome")
		a.looks(now)
		for range 2 {
			now = lightSystem + darkSystem - now
			tell(t, system, now)
			a.looks(now)
		}
		m.closed(a.cmd.Process.Pid)
		a.quit()
	}
}

// tell makes the system light or dark.
func tell(t *testing.T, system io.Writer, scheme int) {
	t.Helper()
	if _, err := fmt.Fprintln(system, scheme); err != nil {
		t.Fatal(err)
	}
}

// looks waits until the window is as light or dark as the system.
func (a *app) looks(scheme int) {
	a.t.Helper()
	var brightness float64
	err := desktop.Until(a.t.Context(), patience, func() (bool, error) {
		var err error
		brightness, err = a.window.Brightness()
		return (brightness > 0.5) == (scheme == lightSystem), err
	})
	if err != nil {
		err = fmt.Errorf("on a system with color-scheme %d the window's brightness is %.2f: %w", scheme, brightness, err)
	}
	a.check(err)
}

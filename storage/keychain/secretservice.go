//go:build dragonfly || freebsd || linux || netbsd || openbsd

package keychain

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/godbus/dbus/v5"

	"bankbook/core/fault"
)

const (
	commonError = "org.freedesktop.DBus.Error."
	// noReply is the bus's word for a service that is gone before it has answered.
	noReply   = commonError + "NoReply"
	noSession = "org.freedesktop.Secret.Error.NoSession"

	busVariable = "DBUS_SESSION_BUS_ADDRESS"

	// unlockRefused begins go-keyring's only message about a locked keyring,
	// which has no sentinel. It ends in the collection's path, quoted.
	unlockRefused = "failed to unlock correct collection"
	defaultAlias  = "/org/freedesktop/secrets/aliases/default"
)

// FindBus makes sure that there is a session bus to connect to, so that the
// library below never starts one of its own, which would stay behind.
func FindBus() error {
	if address := os.Getenv(busVariable); address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return nil
	}
	for _, dir := range []string{os.Getenv("XDG_RUNTIME_DIR"), "/run/user/" + strconv.Itoa(os.Getuid())} {
		socket := filepath.Join(dir, "bus")
		if _, err := os.Stat(socket); dir == "" || err != nil {
			continue
		}
		return os.Setenv(busVariable, "unix:path="+dbus.EscapeBusAddressValue(socket))
	}
	return errNoBus
}

// explain tells a keyring that nobody ever made from one that stays locked:
// the library has one message for both.
func explain(err error) error {
	if !strings.Contains(err.Error(), unlockRefused) || !strings.Contains(err.Error(), defaultAlias) {
		return err
	}
	bus, busErr := dbus.SessionBus()
	if busErr != nil {
		return err
	}
	var collection dbus.ObjectPath
	call := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.ReadAlias", 0, "default")
	if call.Store(&collection) == nil && collection == "/" {
		return fmt.Errorf("%w: %w", errNoCollection, err)
	}
	return err
}

// vanished reports whether err speaks of an object that is no longer there.
func vanished(err error) bool {
	var reply dbus.Error
	if !errors.As(err, &reply) {
		return false
	}
	switch reply.Name {
	case "org.freedesktop.Secret.Error.NoSuchObject",
		commonError + "UnknownObject", commonError + "UnknownInterface", commonError + "UnknownMethod":
		return true
	}
	return false
}

// died reports whether the keychain service went away in the middle of an
// operation, as gnome-keyring sometimes does by itself: in a call, or between two,
// so that the next one comes to a service that does not know of the first.
func died(err error) bool {
	var reply dbus.Error
	return errors.As(err, &reply) && (reply.Name == noReply || reply.Name == noSession)
}

// secretServiceKind sorts what comes from the bus or over it.
func secretServiceKind(err error) fault.Kind {
	var reply dbus.Error
	if errors.As(err, &reply) {
		return replyKind(reply.Name)
	}
	var network *net.OpError
	switch {
	case errors.As(err, &network) && network.Op == "dial":
		return fault.KeychainMissing
	case errors.As(err, &network), errors.Is(err, dbus.ErrClosed), errors.Is(err, io.EOF),
		errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNRESET):
		return fault.KeychainTimeout
	}
	return fault.None
}

// replyKind sorts the names of D-Bus errors.
func replyKind(name string) fault.Kind {
	if strings.HasPrefix(name, commonError+"Spawn.") {
		return fault.KeychainMissing
	}
	switch name {
	case commonError + "ServiceUnknown", commonError + "NameHasNoOwner",
		commonError + "UnknownObject", commonError + "UnknownInterface", commonError + "UnknownMethod":
		return fault.KeychainMissing
	case noReply, commonError + "Timeout", commonError + "TimedOut", commonError + "Disconnected":
		return fault.KeychainTimeout
	case "org.freedesktop.Secret.Error.NoSuchObject":
		return fault.SecretMissing
	}
	return fault.None
}

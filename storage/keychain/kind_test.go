//go:build dragonfly || freebsd || linux || netbsd || openbsd

package keychain

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"

	"bankbook/core/fault"
)

// exitError returns the error of a program that ended with a code.
func exitError(t *testing.T, code int) error {
	t.Helper()
	err := exec.Command("sh", "-c", "exit "+strconv.Itoa(code)).Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Skipf("sh is needed to make an exit code: %v", err)
	}
	return err
}

func TestKindOn(t *testing.T) {
	reply := func(name string) error { return dbus.Error{Name: name} }
	tests := []struct {
		goos string
		err  error
		want fault.Kind
	}{
		{"linux", nil, fault.None},
		{"linux", keyring.ErrNotFound, fault.SecretMissing},
		{"linux", keyring.ErrSetDataTooBig, fault.Invalid},
		{"linux", keyring.ErrUnsupportedPlatform, fault.KeychainMissing},
		{"linux", errNotStored, fault.KeychainLied},
		{"linux", errNotDeleted, fault.KeychainLied},
		{"linux", errors.Join(errNotStored, keyring.ErrNotFound), fault.KeychainLied},
		{"linux", errPanicked, fault.KeychainTimeout},
		{"linux", errNoBus, fault.KeychainMissing},
		{"linux", errNoCollection, fault.KeychainMissing},
		{"linux", &net.OpError{Op: "dial", Err: syscall.ENOENT}, fault.KeychainMissing},
		{"linux", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, fault.KeychainTimeout},
		{"linux", dbus.ErrClosed, fault.KeychainTimeout},
		{"linux", io.EOF, fault.KeychainTimeout},
		{"linux", reply("org.freedesktop.DBus.Error.ServiceUnknown"), fault.KeychainMissing},
		{"linux", reply("org.freedesktop.DBus.Error.Spawn.ChildExited"), fault.KeychainMissing},
		{"linux", reply("org.freedesktop.DBus.Error.NoReply"), fault.KeychainTimeout},
		{"linux", reply("org.freedesktop.DBus.Error.TimedOut"), fault.KeychainTimeout},
		{"linux", reply("org.freedesktop.DBus.Error.AccessDenied"), fault.KeychainLocked},
		{"linux", reply("org.freedesktop.Secret.Error.IsLocked"), fault.KeychainLocked},
		{"linux", reply("org.freedesktop.Secret.Error.NoSuchObject"), fault.SecretMissing},
		{"linux", errors.New(unlockRefused + " '/org/freedesktop/secrets/collection/login'"), fault.KeychainLocked},
		{"linux", errors.New("whatever else"), fault.KeychainLocked},
		{"darwin", exitError(t, 36), fault.KeychainLocked},
		{"darwin", exitError(t, 37), fault.KeychainMissing},
		{"darwin", exitError(t, 44), fault.SecretMissing},
		{"darwin", exitError(t, 51), fault.KeychainLocked},
		{"darwin", exitError(t, 128), fault.KeychainLocked},
		{"darwin", exitError(t, 1), fault.KeychainLocked},
		{"windows", syscall.Errno(5), fault.KeychainLocked},
		{"windows", syscall.Errno(1168), fault.SecretMissing},
		{"windows", syscall.Errno(1312), fault.KeychainMissing},
		{"windows", syscall.Errno(87), fault.KeychainLocked},
	}
	for _, tt := range tests {
		for _, err := range []error{tt.err, fmt.Errorf("set: %w", tt.err)} {
			if tt.err == nil && err != nil {
				continue
			}
			if got := kindOn(tt.goos, err); got != tt.want {
				t.Errorf("on %s: %v is %q, want %q", tt.goos, err, got, tt.want)
			}
		}
	}
}

package keychain

import (
	"errors"
	"os/exec"
	"runtime"
	"syscall"

	"github.com/zalando/go-keyring"

	"bankbook/core/fault"
)

var (
	errNoBus        = errors.New("this session has no message bus")
	errNoCollection = errors.New("the keychain service has no default keyring")
)

// kindOf sorts every error that a child can meet. It is the only place that
// does; the tables come from SECURITY §1.
func kindOf(err error) fault.Kind { return kindOn(runtime.GOOS, err) }

// kindOn is kindOf for the system of the given GOOS.
func kindOn(goos string, err error) fault.Kind {
	switch {
	case err == nil:
		return fault.None
	case errors.Is(err, errNotStored), errors.Is(err, errNotDeleted):
		return fault.KeychainLied
	case errors.Is(err, keyring.ErrNotFound):
		return fault.SecretMissing
	case errors.Is(err, errNoBus), errors.Is(err, errNoCollection), errors.Is(err, keyring.ErrUnsupportedPlatform):
		return fault.KeychainMissing
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return fault.Invalid
	case errors.Is(err, errPanicked):
		// The library panics when the bus dies while it waits for the person.
		return fault.KeychainTimeout
	}
	if kind := systemKind(goos, err); kind != fault.None {
		return kind
	}
	// What is left is a keychain that answers and says no. It must not read as
	// "there is none": that would offer a weaker place for the secrets.
	return fault.KeychainLocked
}

// systemKind sorts the errors that only one system has, None if it has not.
func systemKind(goos string, err error) fault.Kind {
	switch goos {
	case "darwin":
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return securityToolKind(exit.ExitCode())
		}
	case "windows":
		var number syscall.Errno
		if errors.As(err, &number) {
			return credentialManagerKind(number)
		}
	default:
		return secretServiceKind(err)
	}
	return fault.None
}

// securityToolKind sorts the exit codes of macOS's security tool: the low byte
// of the OSStatus.
func securityToolKind(code int) fault.Kind {
	switch code {
	case 37, 50, 53: // errSecNoDefaultKeychain, errSecNoSuchKeychain, errSecNotAvailable
		return fault.KeychainMissing
	case 44: // errSecItemNotFound
		return fault.SecretMissing
	case 36, 51, 128: // errSecInteractionNotAllowed, errSecAuthFailed, userCanceledErr
		return fault.KeychainLocked
	}
	return fault.None
}

// credentialManagerKind sorts the error numbers of Windows.
func credentialManagerKind(number syscall.Errno) fault.Kind {
	switch number {
	case 1168: // ERROR_NOT_FOUND
		return fault.SecretMissing
	case 1312: // ERROR_NO_SUCH_LOGON_SESSION: a service, or a session without a profile
		return fault.KeychainMissing
	case 5: // ERROR_ACCESS_DENIED
		return fault.KeychainLocked
	}
	return fault.None
}

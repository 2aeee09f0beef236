package keychain_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/storage/keychain/keychaintest"
)

// without returns an environment without some variables.
func without(env []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(entry, n+"=") })
	})
}

// No bus may be found, and none may be started: a dbus-launch that leaves a
// trace stands in the PATH.
func TestNoBus(t *testing.T) {
	dir := t.TempDir()
	trace := filepath.Join(dir, "started")
	script := "#!" + shell(t, "")[0] + "\necho started >'" + trace + "'\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/run/user/" + currentUser(t) + "/bus"); err == nil {
		t.Skip("the user of this test has a session bus of their own")
	}
	session := keychaintest.StartBus(t)
	base := append(without(session.Env(), "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "PATH"), "PATH="+dir)
	for what, extra := range map[string][]string{
		"no variable":         nil,
		"empty":               {"DBUS_SESSION_BUS_ADDRESS="},
		"start one":           {"DBUS_SESSION_BUS_ADDRESS=autolaunch:"},
		"start one, scoped":   {"DBUS_SESSION_BUS_ADDRESS=autolaunch:scope=*user"},
		"empty directory":     {"XDG_RUNTIME_DIR=" + t.TempDir()},
		"points nowhere":      {"DBUS_SESSION_BUS_ADDRESS=unix:path=" + dir + "/none"},
		"points to no socket": {"DBUS_SESSION_BUS_ADDRESS=unix:path=" + dir + "/dbus-launch"},
	} {
		t.Run(what, func(t *testing.T) {
			env := append(slices.Clone(base), extra...)
			wantAll(t, keychain.New(keychain.Options{Env: env, Deadline: lenient}), fault.KeychainMissing)
		})
	}
	if _, err := os.Stat(trace); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a bus was started: %v", err)
	}
}

// The bus of a session is found without the variable, where systemd puts it.
func TestBusInRuntimeDirectory(t *testing.T) {
	session := keychaintest.Start(t)
	env := without(session.Env(), "DBUS_SESSION_BUS_ADDRESS")
	store := keychain.New(keychain.Options{Env: env, Deadline: lenient})
	mustSet(t, store, token)
	wantValue(t, store, token)
}

func TestBusWithoutProvider(t *testing.T) {
	wantAll(t, open(t, keychaintest.StartBus(t), lenient), fault.KeychainMissing)
}

func TestKeyringNeverMade(t *testing.T) {
	wantAll(t, open(t, keychaintest.StartUnused(t), lenient), fault.KeychainMissing)
}

func TestLockedWithoutDisplay(t *testing.T) {
	session := keychaintest.Start(t)
	store := open(t, session, lenient)
	mustSet(t, store, token)
	session.Lock(t)
	wantAll(t, store, fault.KeychainLocked)
}

func TestDaemonKilled(t *testing.T) {
	session := keychaintest.Start(t)
	store := open(t, session, lenient)
	mustSet(t, store, token)
	session.KillDaemon(t)
	// The bus starts another daemon, which nobody unlocks.
	wantAll(t, store, fault.KeychainLocked)
}

// A daemon that dies in the middle of a call, and whose keyring somebody unlocks
// again, costs nothing.
func TestDaemonDiesInACall(t *testing.T) {
	for op := range calls(t, nil) {
		t.Run(op, func(t *testing.T) {
			session := keychaintest.StartAttended(t)
			store := open(t, session, lenient)
			mustSet(t, store, token)
			called := heard(t, session)
			session.PauseDaemon(t)
			ended := make(chan error, 1)
			go func() { ended <- calls(t, store)[op]() }()
			<-called
			session.KillDaemon(t)
			if err := <-ended; err != nil {
				t.Error(err)
			}
			if op != "Delete" {
				wantValue(t, store, token)
			}
		})
	}
}

// heard returns a channel that is closed when somebody calls the keychain
// service.
func heard(t *testing.T, session *keychaintest.Session) <-chan struct{} {
	t.Helper()
	conn, err := dbus.Connect(session.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	const rule = "eavesdrop=true,type='method_call',destination='org.freedesktop.secrets'"
	if err := conn.BusObject().Call("org.freedesktop.DBus.AddMatch", 0, rule).Err; err != nil {
		t.Fatal(err)
	}
	messages, called := make(chan *dbus.Message, 1), make(chan struct{})
	conn.Eavesdrop(messages)
	go func() {
		<-messages
		close(called)
	}()
	return called
}

func TestBusKilled(t *testing.T) {
	session := keychaintest.Start(t)
	store := open(t, session, lenient)
	mustSet(t, store, token)
	session.KillBus()
	wantAll(t, store, fault.KeychainMissing)
}

// The modes in which a keychain service lets its callers down.
func TestUnfaithfulService(t *testing.T) {
	tests := []struct {
		what  string
		mode  mode
		wants map[string]fault.Kind // by operation; None where it is to succeed
	}{
		{"honest", honest, map[string]fault.Kind{}},
		{"prompts, answered", answered, map[string]fault.Kind{}},
		{"dies, and another is there", diesOnce, map[string]fault.Kind{}},
		{"dies while it reads, and another is there", diesReading, map[string]fault.Kind{}},
		{"dies, and no other is there", diesForGood, all(fault.KeychainTimeout)},
		{"dies between two calls", diesBetween, map[string]fault.Kind{}},
		{"create prompt dismissed", createDismissed, map[string]fault.Kind{
			"Set": fault.KeychainLied, "Available": fault.KeychainLied,
		}},
		{"create does nothing", createForgets, map[string]fault.Kind{
			"Set": fault.KeychainLied, "Available": fault.KeychainLied,
		}},
		{"create garbles", createGarbles, map[string]fault.Kind{
			"Set": fault.KeychainLied, "Available": fault.KeychainLied,
		}},
		{"delete prompt dismissed", deleteDismissed, map[string]fault.Kind{
			"Delete": fault.KeychainLied, "Available": fault.KeychainLied,
		}},
		{"entry vanishes", vanishes, map[string]fault.Kind{
			"Get": fault.SecretMissing, "Set": fault.KeychainLied, "Available": fault.KeychainLied,
		}},
		{"unlock prompt dismissed", unlockDismissed, all(fault.KeychainLocked)},
		{"unlocks something else", unlocksOther, all(fault.KeychainLocked)},
		{"default keyring stays locked", defaultLocked, all(fault.KeychainLocked)},
		{"has no keyring", defaultNone, all(fault.KeychainMissing)},
		{"says locked", saysLocked, all(fault.KeychainLocked)},
		{"denies access", deniesAccess, all(fault.KeychainLocked)},
		{"is no keychain", noKeychain, all(fault.KeychainMissing)},
		{"does not reply", noReply, all(fault.KeychainTimeout)},
		{"answers a prompt with nothing, and the library panics", promptGarbled, all(fault.KeychainTimeout)},
		{"bus dies during the prompt", busDies, all(fault.KeychainTimeout)},
	}
	for _, tt := range tests {
		for op := range calls(t, nil) {
			t.Run(tt.what+"/"+op, func(t *testing.T) {
				session := keychaintest.StartBus(t)
				service := serve(t, session, tt.mode)
				service.put(string(name), old)
				err := calls(t, open(t, session, lenient))[op]()
				if fault.KindOf(err) != tt.wants[op] {
					t.Errorf("%v, want the kind %q", err, tt.wants[op])
				}
				if left := service.users(); err == nil && op == "Available" && !slices.Equal(left, []string{string(name)}) {
					t.Errorf("the probe left %q", left)
				}
			})
		}
	}
}

func all(kind fault.Kind) map[string]fault.Kind {
	return map[string]fault.Kind{"Set": kind, "Get": kind, "Delete": kind, "Available": kind}
}

// A panic of the library is an answer, not a crash.
func TestLibraryPanics(t *testing.T) {
	session := keychaintest.StartBus(t)
	serve(t, session, promptGarbled)
	_, err := open(t, session, lenient).Get(t.Context(), name)
	if err == nil || !strings.Contains(err.Error(), "library panicked") {
		t.Error(err)
	}
}

// A question that nobody answers, and a service that dies while it asks, end
// at the deadline: a minute would be the attended one.
func TestDeadline(t *testing.T) {
	for what, mode := range map[string]mode{"never answered": never, "service dies during the prompt": serviceDies} {
		for op := range calls(t, nil) {
			t.Run(what+"/"+op, func(t *testing.T) {
				session := keychaintest.StartBus(t)
				serve(t, session, mode)
				err := calls(t, open(t, session, short))[op]()
				// A service can die before it has answered that it asks: that shows at once.
				atOnce := mode == serviceDies && strings.Contains(fmt.Sprint(err), "disconnected")
				if !fault.Is(err, fault.KeychainTimeout) || !atOnce && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%v, want the kind %s by the deadline", err, fault.KeychainTimeout)
				}
				wantNoChildren(t)
			})
		}
	}
}

// A person who is there gets the time to unlock.
func TestAttendedOutlivesTheDeadline(t *testing.T) {
	session := keychaintest.StartBus(t)
	service := serve(t, session, never)
	store := keychain.New(keychain.Options{Env: session.Env(), Deadline: short, Patience: lenient})
	ended := make(chan error, 1)
	go func() { ended <- store.Set(secret.Attended(t.Context()), name, secret.New(token)) }()
	<-service.prompted
	if err := store.Set(t.Context(), "other", secret.New(token)); !fault.Is(err, fault.KeychainTimeout) {
		t.Errorf("unattended: %v", err)
	}
	service.answerPrompts()
	if err := <-ended; err != nil {
		t.Errorf("attended, answered after the deadline of others: %v", err)
	}
}

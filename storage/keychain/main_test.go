package keychain_test

import (
	"fmt"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/storage/keychain/keychaintest"
)

const name secret.Name = "practice/token/item-1"

const (
	token = "access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970"
	old   = "access-sandbox-00000000-0000-4000-8000-000000000000"

	// lenient is a deadline for tests that must not meet it.
	lenient = time.Minute
	// short is a deadline for tests that must.
	short = 300 * time.Millisecond
)

// TestMain lets the test's own binary be the child, as main does.
func TestMain(m *testing.M) {
	if handled, code := keychain.Serve(os.Args[1:], os.Stdin, os.Stdout); handled {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// open returns a store whose children live in the session.
func open(t *testing.T, session *keychaintest.Session, deadline time.Duration) *keychain.Store {
	t.Helper()
	return keychain.New(keychain.Options{Env: session.Env(), Deadline: deadline})
}

// freshFrom returns a maker of stores that share a session, not their entries.
func freshFrom(session *keychaintest.Session) func(t *testing.T) secret.Store {
	var made atomic.Int64
	return func(*testing.T) secret.Store {
		service := fmt.Sprintf("bankbook-test-%d", made.Add(1))
		return keychain.New(keychain.Options{Env: session.Env(), Service: service, Deadline: lenient})
	}
}

func mustSet(t *testing.T, store secret.Store, value string) {
	t.Helper()
	if err := store.Set(t.Context(), name, secret.New(value)); err != nil {
		t.Fatalf("Set: %v", err)
	}
}

func wantValue(t *testing.T, store secret.Store, want string) {
	t.Helper()
	got, err := store.Get(t.Context(), name)
	if err != nil || got.Reveal() != want {
		t.Errorf("Get: %q, %v; want %q", got.Reveal(), err, want)
	}
}

// calls are all operations of a store, each with its error.
func calls(t *testing.T, store *keychain.Store) map[string]func() error {
	t.Helper()
	return map[string]func() error{
		"Set":       func() error { return store.Set(t.Context(), name, secret.New(token)) },
		"Get":       func() error { _, err := store.Get(t.Context(), name); return err },
		"Delete":    func() error { return store.Delete(t.Context(), name) },
		"Available": func() error { return store.Available(t.Context()) },
	}
}

func wantAll(t *testing.T, store *keychain.Store, want fault.Kind) {
	t.Helper()
	for op, call := range calls(t, store) {
		if err := call(); !fault.Is(err, want) {
			t.Errorf("%s: %v, want the kind %s", op, err, want)
		}
	}
}

// shell returns a command that runs a script instead of a child, or skips.
func shell(t *testing.T, script string) []string {
	t.Helper()
	path, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("sh is not installed")
	}
	return []string{path, "-c", script}
}

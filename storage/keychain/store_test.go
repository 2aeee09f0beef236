package keychain_test

import (
	"context"
	"strings"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/storage/keychain"
	"bankbook/storage/keychain/keychaintest"
)

func TestStoreConforms(t *testing.T) {
	secrettest.Run(t, freshFrom(keychaintest.StartAttended(t)))
}

func TestAvailableLeavesNothing(t *testing.T) {
	session := keychaintest.StartAttended(t)
	store := open(t, session, lenient)
	if err := store.Available(t.Context()); err != nil {
		t.Fatal(err)
	}
	if items := session.Items(t); len(items) != 0 {
		t.Errorf("the probe left %v", items)
	}
}

func TestServicesAreApart(t *testing.T) {
	fresh := freshFrom(keychaintest.StartAttended(t))
	one, two := fresh(t), fresh(t)
	mustSet(t, one, "one")
	mustSet(t, two, "two")
	wantValue(t, one, "one")
	if err := two.Delete(t.Context(), name); err != nil {
		t.Error(err)
	}
	wantValue(t, one, "one")
}

// A value that one system would take and another not is refused on all, before
// anything starts.
func TestLimits(t *testing.T) {
	store := keychain.New(keychain.Options{Command: []string{"/nonexistent/program"}})
	tooLong := secret.New(strings.Repeat("x", keychain.MaxValue+1))
	if err := store.Set(t.Context(), name, tooLong); !fault.Is(err, fault.Invalid) {
		t.Errorf("a value of %d bytes: %v", keychain.MaxValue+1, err)
	}
	for _, bad := range []secret.Name{"", "a\x00b", "a\nb", "a\u0085b", "\xff", secret.Name(strings.Repeat("n", 257))} {
		_, getErr := store.Get(t.Context(), bad)
		for op, err := range map[string]error{
			"Set": store.Set(t.Context(), bad, secret.New(token)), "Get": getErr, "Delete": store.Delete(t.Context(), bad),
		} {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s of %q: %v, want the kind %s", op, bad, err, fault.Invalid)
			}
		}
	}
}

func TestCancelEndsAWaitForThePerson(t *testing.T) {
	session := keychaintest.StartBus(t)
	service := serve(t, session, never)
	store := open(t, session, lenient)
	for op, call := range map[string]func(context.Context) error{
		"Set":       func(ctx context.Context) error { return store.Set(ctx, name, secret.New(token)) },
		"Get":       func(ctx context.Context) error { _, err := store.Get(ctx, name); return err },
		"Delete":    func(ctx context.Context) error { return store.Delete(ctx, name) },
		"Available": store.Available,
	} {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-service.prompted
			cancel()
		}()
		if err := call(ctx); !fault.Is(err, fault.Canceled) {
			t.Errorf("%s: %v, want the kind %s", op, err, fault.Canceled)
		}
	}
	wantNoChildren(t)
}

// A call that waits for its turn ends with its own context.
func TestCancelEndsAWaitForATurn(t *testing.T) {
	session := keychaintest.StartBus(t)
	service := serve(t, session, never)
	store := open(t, session, lenient)
	first, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- store.Set(first, name, secret.New(token)) }()
	<-service.prompted
	second, cancel := context.WithTimeout(t.Context(), short)
	defer cancel()
	if err := store.Delete(second, name); !fault.Is(err, fault.KeychainTimeout) {
		t.Errorf("Delete behind a Set that waits: %v", err)
	}
	stop()
	if err := <-ended; !fault.Is(err, fault.Canceled) {
		t.Errorf("Set: %v", err)
	}
}

func BenchmarkStore(b *testing.B) {
	session := keychaintest.StartAttended(b)
	store := keychain.New(keychain.Options{Env: session.Env(), Deadline: lenient})
	value := secret.New(token)
	b.Run("Set", func(b *testing.B) {
		for b.Loop() {
			if err := store.Set(b.Context(), name, value); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Get", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Get(b.Context(), name); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Available", func(b *testing.B) {
		for b.Loop() {
			if err := store.Available(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

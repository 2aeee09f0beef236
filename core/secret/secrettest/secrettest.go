// Package secrettest is the conformance suite of secret.Store: what every
// implementation must do, whatever it keeps the secrets in.
package secrettest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

const name secret.Name = "practice/token/item-1"

// Run holds a Store against its contract. The function fresh returns an empty
// store, one per call; what it has to clean up it hands to t.Cleanup.
func Run(t *testing.T, fresh func(t *testing.T) secret.Store) {
	t.Helper()
	tests := []struct {
		name string
		test func(t *testing.T, store secret.Store)
	}{
		{"a missing entry is SecretMissing", testMissing},
		{"a value comes back as it was", testRoundTrip},
		{"every kind of name keeps its own value", testNames},
		{"set replaces", testReplace},
		{"delete removes one entry and nothing else", testDelete},
		{"delete of a missing entry is no error", testDeleteMissing},
		{"a cancelled context is Canceled and does nothing", testCanceled},
		{"a context out of time is KeychainTimeout and does nothing", testOutOfTime},
		{"an attended context changes no result", testAttended},
		{"concurrent use of different entries", testConcurrentApart},
		{"concurrent use of one entry", testConcurrentTogether},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, fresh(t)) })
	}
}

func testMissing(t *testing.T, store secret.Store) {
	wantMissing(t, store, name)
	mustSet(t, store, name, "present")
	wantMissing(t, store, name+"1")
}

func testRoundTrip(t *testing.T, store secret.Store) {
	values := map[string]string{
		"token":         "access-sandbox-00000000-0000-4000-8000-000000000000",
		"empty":         "",
		"one byte":      "x",
		"NUL":           "before\x00after\x00",
		"line ends":     "\nfirst\r\nsecond\n",
		"outer blanks":  "  \t padded \t  ",
		"UTF-8":         "Čeština 🏦 ﷽ e\u0301",
		"not UTF-8":     "\xff\xfe\x00\x80",
		"quotes":        `"'\$(id)` + "`",
		"2 kB of text":  strings.Repeat("0123456789abcdef", 128),
		"2 kB of bytes": randomBytes(t, 2048),
	}
	for what, value := range values {
		mustSet(t, store, name, value)
		if got := mustGet(t, store, name); got != value {
			t.Errorf("%s: %d bytes went in and %d other bytes came out", what, len(value), len(got))
		}
	}
}

func testNames(t *testing.T, store secret.Store) {
	names := []secret.Name{
		secret.TokenName(core.Practice, "item-1"), secret.TokenName(core.Sandbox, "item-1"),
		secret.NumbersName(core.Practice, "item-1"), secret.KeysName(core.Production),
		secret.VaultName("8f1c"), "a", "a/", "a/b", "a//b", "/a", "a b", "-a", "a'b", `a"b`, `a\b`, "účet/🏦",
		secret.Name(strings.Repeat("n", 200)),
	}
	for i, n := range names {
		mustSet(t, store, n, fmt.Sprintf("value %d", i))
	}
	for i, n := range names {
		if got, want := mustGet(t, store, n), fmt.Sprintf("value %d", i); got != want {
			t.Errorf("entry %q holds %q, want %q", n, got, want)
		}
	}
}

func testReplace(t *testing.T, store secret.Store) {
	for _, value := range []string{"first", "a much longer second value", "", "last"} {
		mustSet(t, store, name, value)
		if got := mustGet(t, store, name); got != value {
			t.Errorf("after Set(%q) the entry holds %q", value, got)
		}
	}
	mustDelete(t, store, name)
	wantMissing(t, store, name)
}

func testDelete(t *testing.T, store secret.Store) {
	other := name + "2"
	mustSet(t, store, name, "one")
	mustSet(t, store, other, "two")
	mustDelete(t, store, name)
	wantMissing(t, store, name)
	if got := mustGet(t, store, other); got != "two" {
		t.Errorf("the other entry holds %q", got)
	}
	mustSet(t, store, name, "again")
	if got := mustGet(t, store, name); got != "again" {
		t.Errorf("set again, the entry holds %q", got)
	}
}

func testDeleteMissing(t *testing.T, store secret.Store) {
	mustDelete(t, store, name)
	mustSet(t, store, name, "one")
	mustDelete(t, store, name)
	mustDelete(t, store, name)
}

func testCanceled(t *testing.T, store secret.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	testEnded(t, ctx, store, fault.Canceled)
}

func testOutOfTime(t *testing.T, store secret.Store) {
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	testEnded(t, ctx, store, fault.KeychainTimeout)
}

func testEnded(t *testing.T, ended context.Context, store secret.Store, want fault.Kind) {
	t.Helper()
	mustSet(t, store, name, "kept")
	_, getErr := store.Get(ended, name)
	for op, err := range map[string]error{
		"Set": store.Set(ended, name, secret.New("lost")), "Get": getErr, "Delete": store.Delete(ended, name),
	} {
		if !fault.Is(err, want) {
			t.Errorf("%s: %v, want the kind %s", op, err, want)
		}
	}
	if got := mustGet(t, store, name); got != "kept" {
		t.Errorf("the entry holds %q", got)
	}
}

func testAttended(t *testing.T, store secret.Store) {
	ctx := secret.Attended(t.Context())
	if err := store.Set(ctx, name, secret.New("value")); err != nil {
		t.Fatalf("Set: %v", err)
	}
	if got, err := store.Get(ctx, name); err != nil || got.Reveal() != "value" {
		t.Errorf("Get: %q, %v", got.Reveal(), err)
	}
	if err := store.Delete(ctx, name); err != nil {
		t.Errorf("Delete: %v", err)
	}
}

func testConcurrentApart(t *testing.T, store secret.Store) {
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			own := secret.Name(fmt.Sprintf("worker/%d", worker))
			for round := range 3 {
				value := fmt.Sprintf("%d of %d", round, worker)
				if err := store.Set(t.Context(), own, secret.New(value)); err != nil {
					t.Errorf("Set: %v", err)
				}
				if got, err := store.Get(t.Context(), own); err != nil || got.Reveal() != value {
					t.Errorf("Get: %q, %v; want %q", got.Reveal(), err, value)
				}
				if err := store.Delete(t.Context(), own); err != nil {
					t.Errorf("Delete: %v", err)
				}
			}
		})
	}
	wg.Wait()
}

// testConcurrentTogether lets writers, readers and deleters meet at one entry:
// no order is promised, but nobody may see half a value or get an error.
func testConcurrentTogether(t *testing.T, store secret.Store) {
	values := []string{strings.Repeat("a", 1000), strings.Repeat("b", 10)}
	var wg sync.WaitGroup
	for _, value := range values {
		wg.Go(func() {
			for range 3 {
				if err := store.Set(t.Context(), name, secret.New(value)); err != nil {
					t.Errorf("Set: %v", err)
				}
			}
		})
		wg.Go(func() {
			for range 6 {
				got, err := store.Get(t.Context(), name)
				if fault.Is(err, fault.SecretMissing) {
					continue
				}
				if v := got.Reveal(); err != nil || (v != values[0] && v != values[1]) {
					t.Errorf("Get: %d bytes that nobody has set, %v", len(v), err)
				}
			}
		})
		wg.Go(func() {
			for range 3 {
				if err := store.Delete(t.Context(), name); err != nil {
					t.Errorf("Delete: %v", err)
				}
			}
		})
	}
	wg.Wait()
}

func randomBytes(t *testing.T, n int) string {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	source := rand.New(rand.NewPCG(seed, 0))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(source.Uint32())
	}
	return string(b)
}

func mustSet(t *testing.T, store secret.Store, n secret.Name, value string) {
	t.Helper()
	if err := store.Set(t.Context(), n, secret.New(value)); err != nil {
		t.Fatalf("Set(%q): %v", n, err)
	}
}

func mustGet(t *testing.T, store secret.Store, n secret.Name) string {
	t.Helper()
	value, err := store.Get(t.Context(), n)
	if err != nil {
		t.Fatalf("Get(%q): %v", n, err)
	}
	return value.Reveal()
}

func mustDelete(t *testing.T, store secret.Store, n secret.Name) {
	t.Helper()
	if err := store.Delete(t.Context(), n); err != nil {
		t.Fatalf("Delete(%q): %v", n, err)
	}
}

func wantMissing(t *testing.T, store secret.Store, n secret.Name) {
	t.Helper()
	value, err := store.Get(t.Context(), n)
	if !fault.Is(err, fault.SecretMissing) || !value.IsEmpty() {
		t.Errorf("Get(%q): %d bytes, %v; want nothing and the kind %s", n, len(value.Reveal()), err, fault.SecretMissing)
	}
}

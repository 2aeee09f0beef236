package secret_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

func TestNames(t *testing.T) {
	for want, got := range map[secret.Name]secret.Name{
		"practice/token/Item1":     secret.TokenName(core.Practice, "Item1"),
		"sandbox/numbers/Account1": secret.NumbersName(core.Sandbox, "Account1"),
		"production/keys":          secret.KeysName(core.Production),
		"vault/v1":                 secret.VaultName("v1"),
	} {
		if got != want {
			t.Errorf("name is %q, want %q", got, want)
		}
	}
}

func TestMemory(t *testing.T) {
	ctx, store := t.Context(), secret.NewMemory()
	if _, err := store.Get(ctx, "a"); !fault.Is(err, fault.SecretMissing) {
		t.Fatalf("get of nothing: %v", err)
	}
	if err := store.Delete(ctx, "a"); err != nil {
		t.Fatalf("delete of nothing: %v", err)
	}
	for _, value := range []string{"one", "two", ""} {
		if err := store.Set(ctx, "a", secret.New(value)); err != nil {
			t.Fatal(err)
		}
		if got, err := store.Get(ctx, "a"); err != nil || got.Reveal() != value {
			t.Fatalf("set %q, got %q, %v", value, got.Reveal(), err)
		}
	}
	if err := store.Delete(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Get(ctx, "a"); !fault.Is(err, fault.SecretMissing) {
		t.Fatalf("get after delete: %v", err)
	}
}

func TestMemoryHeedsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	store := secret.NewMemory()
	_, getErr := store.Get(ctx, "a")
	for name, err := range map[string]error{
		"set": store.Set(ctx, "a", secret.New("x")), "get": getErr, "delete": store.Delete(ctx, "a"),
	} {
		if !fault.Is(err, fault.Canceled) {
			t.Errorf("%s: %v, want canceled", name, err)
		}
	}
}

func TestMemoryIsConcurrent(t *testing.T) {
	store := secret.NewMemory()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			name := secret.Name(fmt.Sprint(i % 2))
			_ = store.Set(t.Context(), name, secret.New("x"))
			_, _ = store.Get(t.Context(), name)
			_ = store.Delete(t.Context(), name)
		})
	}
	all.Wait()
}

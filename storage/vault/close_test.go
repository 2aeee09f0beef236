package vault

import (
	"context"
	"path/filepath"
	"runtime"
	"testing"
	"weak"

	"bankbook/core"
	"bankbook/core/secret"
)

// TestClosedVaultHoldsNothing is what locking rests on: the program goes on, and
// somebody may still hold the vault.
func TestClosedVaultHoldsNothing(t *testing.T) {
	v, err := Open(t.Context(), Options{
		Path: filepath.Join(t.TempDir(), "vault.db"), Env: core.Practice,
		NewKey: func(context.Context, Info, secret.Text) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	item := core.Item{ID: "item"}
	if err := v.PutItemAndAccounts(item, []core.Account{{ID: "acc"}}); err != nil {
		t.Fatal(err)
	}
	batch := core.SyncBatch{Item: "item", Cursor: "c", Added: []core.Transaction{{ID: "t", Account: "acc", Date: core.NewDate(2026, 3, 1)}}}
	if _, err := v.ApplySync(batch); err != nil {
		t.Fatal(err)
	}
	seal, ids := weak.Make(v.seal), weak.Make(v.ids)
	if seal.Value() == nil || ids.Value() == nil {
		t.Fatal("there is nothing to drop")
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		runtime.GC()
	}
	if seal.Value() != nil || ids.Value() != nil || !v.key.IsEmpty() {
		t.Error("a closed vault still holds what opens it, or what it has read")
	}
	runtime.KeepAlive(v)
}

package unlink

import (
	"context"
	"errors"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

const item core.ItemID = "item"

// world is a bank and a vault that write down what is asked of them, and a
// secret store that can fail.
type world struct {
	*secret.Memory
	steps    []string
	bankErr  error
	vaultErr error
	getErr   error
}

func (w *world) RemoveItem(_ context.Context, access secret.Text) error {
	w.steps = append(w.steps, "bank "+access.Reveal())
	return w.bankErr
}

func (w *world) Get(ctx context.Context, n secret.Name) (secret.Text, error) {
	if w.getErr != nil {
		return secret.Text{}, w.getErr
	}
	return w.Memory.Get(ctx, n)
}

type repo struct{ w *world }

func (repo) AccountsOf(core.ItemID) ([]core.Account, error) {
	return []core.Account{{ID: "checking", ACH: core.ACHAccount{Status: core.Verified}}, {ID: "card"}}, nil
}

func (r repo) RemoveItem(core.ItemID) error {
	r.w.steps = append(r.w.steps, "vault")
	return r.w.vaultErr
}

func newWorld(t *testing.T) (*world, *Remover, *[]event.Event) {
	t.Helper()
	w := &world{Memory: secret.NewMemory()}
	for name, value := range map[secret.Name]string{
		secret.TokenName(core.Practice, item):         "token",
		secret.NumbersName(core.Practice, "checking"): "numbers",
		secret.NumbersName(core.Practice, "card"):     "kept by a program that was killed then",
	} {
		if err := w.Set(t.Context(), name, secret.New(value)); err != nil {
			t.Fatal(err)
		}
	}
	bus, heard := &event.Bus{}, &[]event.Event{}
	bus.Subscribe(func(e event.Event) { *heard = append(*heard, e) })
	return w, New(Deps{Env: core.Practice, Bank: w, Secrets: w, Repo: repo{w}, Events: bus}), heard
}

func (w *world) holds(t *testing.T, name secret.Name) bool {
	t.Helper()
	_, err := w.Memory.Get(t.Context(), name)
	return err == nil
}

func TestRemoveEndsEverything(t *testing.T) {
	w, r, heard := newWorld(t)
	if err := r.Remove(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.steps, []string{"bank token", "vault"}) {
		t.Errorf("steps = %q: the bank comes before the data", w.steps)
	}
	for _, name := range []secret.Name{
		secret.TokenName(core.Practice, item), secret.NumbersName(core.Practice, "checking"), secret.NumbersName(core.Practice, "card"),
	} {
		if w.holds(t, name) {
			t.Errorf("%s is left behind", name)
		}
	}
	if len(*heard) != 1 || (*heard)[0] != (event.ItemChanged{Item: item}) {
		t.Errorf("events = %v, want that the item changed", *heard)
	}
}

func TestBankOutOfReachLeavesEverything(t *testing.T) {
	w, r, heard := newWorld(t)
	w.bankErr = fault.New("test", fault.Network, nil)
	if err := r.Remove(t.Context(), item); !fault.Is(err, fault.Network) {
		t.Fatalf("Remove = %v, want Network", err)
	}
	if !w.holds(t, secret.TokenName(core.Practice, item)) || !w.holds(t, secret.NumbersName(core.Practice, "checking")) {
		t.Error("a secret went although the bank still has the connection")
	}
	if slices.Contains(w.steps, "vault") || len(*heard) != 0 {
		t.Error("data went although the bank still has the connection")
	}
}

func TestLockedKeychainLeavesEverything(t *testing.T) {
	w, r, _ := newWorld(t)
	w.getErr = fault.New("test", fault.KeychainLocked, nil)
	if err := r.Remove(t.Context(), item); !fault.Is(err, fault.KeychainLocked) {
		t.Fatalf("Remove = %v, want KeychainLocked", err)
	}
	if len(w.steps) != 0 {
		t.Errorf("steps = %q, want none", w.steps)
	}
}

func TestMissingTokenStillDeletesTheData(t *testing.T) {
	w, r, _ := newWorld(t)
	if err := w.Delete(t.Context(), secret.TokenName(core.Practice, item)); err != nil {
		t.Fatal(err)
	}
	if err := r.Remove(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.steps, []string{"vault"}) {
		t.Errorf("steps = %q, want only the vault", w.steps)
	}
}

func TestVaultFailureIsTold(t *testing.T) {
	w, r, heard := newWorld(t)
	w.vaultErr = errors.New("disk")
	if err := r.Remove(t.Context(), item); !errors.Is(err, w.vaultErr) {
		t.Fatalf("Remove = %v, want the vault's error", err)
	}
	if len(*heard) != 0 {
		t.Error("a change was announced that did not happen")
	}
}

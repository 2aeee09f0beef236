package unlink

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

const item core.ItemID = "item"

// world is a bank and a vault that write down what is asked of them, and a
// secret store that can fail.
type world struct {
	*secret.Memory
	mu       sync.Mutex
	steps    []string
	kept     map[core.ItemID]core.Item
	bankErr  error
	vaultErr error
	getErr   error
	heard    []event.Event
	ended    []core.Item
	// asking is called while the bank is being told.
	asking func()
}

func (w *world) note(step string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.steps = append(w.steps, step)
}

// done returns what has been noted, while others may note more.
func (w *world) done() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.steps)
}

func (w *world) RemoveItem(_ context.Context, access secret.Text) error {
	w.note("bank " + access.Reveal())
	if w.asking != nil {
		w.asking()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bankErr
}

func (w *world) Get(ctx context.Context, n secret.Name) (secret.Text, error) {
	if w.getErr != nil {
		return secret.Text{}, w.getErr
	}
	return w.Memory.Get(ctx, n)
}

type repo struct{ w *world }

func (r repo) Items() ([]core.Item, error) {
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	var list []core.Item
	for _, i := range r.w.kept {
		list = append(list, i)
	}
	return list, nil
}

func (r repo) Item(id core.ItemID) (core.Item, error) {
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	i, ok := r.w.kept[id]
	if !ok {
		return core.Item{}, fault.New("test", fault.NotFound, nil)
	}
	return i, nil
}

func (r repo) UpdateItem(id core.ItemID, change func(*core.Item) error) (core.Item, error) {
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	i, ok := r.w.kept[id]
	if !ok {
		return core.Item{}, fault.New("test", fault.NotFound, nil)
	}
	if err := change(&i); err != nil {
		return core.Item{}, err
	}
	r.w.kept[id] = i
	return i, nil
}

func (repo) AccountsOf(core.ItemID) ([]core.Account, error) {
	return []core.Account{
		{ID: "checking", ACH: core.ACHAccount{Status: core.Verified}},
		{ID: "card"},
		{ID: "typed", ACH: core.ACHAccount{Status: core.Unverified, From: core.ByHand}},
	}, nil
}

func (r repo) KeepByHand(id core.ItemID) error {
	r.w.note("keep")
	if r.w.vaultErr != nil {
		return r.w.vaultErr
	}
	_, err := r.UpdateItem(id, func(i *core.Item) error {
		i.Connection, i.Leaving = core.ByHand, core.Leaving{}
		return nil
	})
	return err
}

func (r repo) RemoveItem(id core.ItemID) error {
	r.w.note("vault")
	if r.w.vaultErr != nil {
		return r.w.vaultErr
	}
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	delete(r.w.kept, id)
	return nil
}

func newWorld(t *testing.T) (*world, *Remover) {
	t.Helper()
	w := &world{Memory: secret.NewMemory(), kept: map[core.ItemID]core.Item{item: {ID: item, Profile: "me"}}}
	for name, value := range map[secret.Name]string{
		secret.TokenName(core.Practice, item):         "token",
		secret.NumbersName(core.Practice, "checking"): "numbers",
		secret.NumbersName(core.Practice, "card"):     "kept by a program that was killed then",
		secret.NumbersName(core.Practice, "typed"):    "typed",
	} {
		if err := w.Set(t.Context(), name, secret.New(value)); err != nil {
			t.Fatal(err)
		}
	}
	bus := &event.Bus{}
	bus.Subscribe(func(e event.Event) { w.heard = append(w.heard, e) })
	return w, New(Deps{
		Env: core.Practice, Bank: w, Secrets: w, Repo: repo{w}, Events: bus, Clock: clock.System{},
		Ended: func(_ context.Context, i core.Item) { w.ended = append(w.ended, i) },
	})
}

func (w *world) holds(t *testing.T, name secret.Name) bool {
	t.Helper()
	_, err := w.Memory.Get(t.Context(), name)
	return err == nil
}

func (w *world) item(t *testing.T) core.Item {
	t.Helper()
	i, err := repo{w}.Item(item)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func (w *world) gone() bool {
	_, err := repo{w}.Item(item)
	return fault.Is(err, fault.NotFound)
}

func TestRemoveEndsEverything(t *testing.T) {
	w, r := newWorld(t)
	if err := r.Remove(t.Context(), item, false); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.steps, []string{"bank token", "vault"}) || !w.gone() {
		t.Errorf("steps = %q: the bank comes before the data", w.steps)
	}
	for _, name := range []secret.Name{
		secret.TokenName(core.Practice, item), secret.NumbersName(core.Practice, "checking"),
		secret.NumbersName(core.Practice, "card"), secret.NumbersName(core.Practice, "typed"),
	} {
		if w.holds(t, name) {
			t.Errorf("%s is left behind", name)
		}
	}
	if len(w.heard) != 2 || w.heard[1] != (event.ItemChanged{Item: item}) || len(w.ended) != 1 || w.ended[0].ID != item {
		t.Errorf("events %v, ended %v", w.heard, w.ended)
	}
	if err := r.Remove(t.Context(), item, false); err != nil {
		t.Errorf("once more: %v", err)
	}
}

func TestWhatIsKeptIsKeptByHand(t *testing.T) {
	w, r := newWorld(t)
	if err := r.Remove(t.Context(), item, true); err != nil {
		t.Fatal(err)
	}
	if i := w.item(t); !i.Manual() || !i.Leaving.IsZero() || !slices.Equal(w.steps, []string{"bank token", "keep"}) {
		t.Errorf("item %+v after %q", i, w.steps)
	}
	if w.holds(t, secret.TokenName(core.Practice, item)) || w.holds(t, secret.NumbersName(core.Practice, "checking")) {
		t.Error("what the bank has given is still there")
	}
	if !w.holds(t, secret.NumbersName(core.Practice, "typed")) {
		t.Error("what the person has typed is gone")
	}
	w.steps = nil
	if err := r.Remove(t.Context(), item, false); err != nil || !slices.Equal(w.steps, []string{"vault"}) {
		t.Errorf("removing what is kept by hand: %q, %v", w.steps, err)
	}
}

func TestUndoUntilTheBankIsTold(t *testing.T) {
	w, r := newWorld(t)
	if err := r.Undo(item); err != nil {
		t.Errorf("nothing to undo: %v", err)
	}
	if err := r.Ask(item, false); err != nil {
		t.Fatal(err)
	}
	if err := r.Undo(item); err != nil || !w.item(t).Leaving.IsZero() {
		t.Fatalf("undo: %v", err)
	}
	if err := r.Finish(t.Context(), item); err != nil || len(w.steps) != 0 {
		t.Errorf("what was undone went on: %q, %v", w.steps, err)
	}
	w.bankErr = fault.New("test", fault.Network, nil)
	w.asking = func() {
		if err := r.Undo(item); !fault.Is(err, fault.Invalid) {
			t.Errorf("undone while the bank is being told: %v", err)
		}
	}
	if err := r.Remove(t.Context(), item, false); !fault.Is(err, fault.Network) {
		t.Fatal(err)
	}
	if err := r.Undo(item); !fault.Is(err, fault.Invalid) {
		t.Errorf("undone after the bank may have been told: %v", err)
	}
}

func TestUndoJustBeforeTheBankIsTold(t *testing.T) {
	w, r := newWorld(t)
	if err := r.Ask(item, false); err != nil {
		t.Fatal(err)
	}
	undo := &undoing{world: w, undo: func() { _ = r.Undo(item) }}
	r.deps.Secrets = undo
	if err := r.Finish(t.Context(), item); err != nil || len(w.steps) != 0 || !w.item(t).Leaving.IsZero() {
		t.Errorf("steps %q, %v", w.steps, err)
	}
}

// undoing is a store during whose answer the person thinks again.
type undoing struct {
	*world
	undo func()
}

func (u *undoing) Get(ctx context.Context, n secret.Name) (secret.Text, error) {
	u.undo()
	return u.world.Get(ctx, n)
}

func TestBankOutOfReachLeavesEverything(t *testing.T) {
	w, r := newWorld(t)
	w.bankErr = fault.New("test", fault.Network, nil)
	if err := r.Remove(t.Context(), item, false); !fault.Is(err, fault.Network) {
		t.Fatalf("Remove = %v, want Network", err)
	}
	if !w.holds(t, secret.TokenName(core.Practice, item)) || !w.holds(t, secret.NumbersName(core.Practice, "checking")) {
		t.Error("a secret went although the bank still has the connection")
	}
	if slices.Contains(w.steps, "vault") || len(w.ended) != 0 {
		t.Error("data went although the bank still has the connection")
	}
	if l := w.item(t).Leaving; !l.Told || l.Trouble.Kind != fault.Network {
		t.Errorf("noted: %+v", l)
	}
	w.bankErr = nil
	if err := r.Remove(t.Context(), item, true); err != nil || !w.gone() {
		t.Errorf("the second try, as the first was asked for: %v", err)
	}
}

func TestLockedKeychainLeavesEverything(t *testing.T) {
	w, r := newWorld(t)
	w.getErr = fault.New("test", fault.KeychainLocked, nil)
	if err := r.Remove(t.Context(), item, false); !fault.Is(err, fault.KeychainLocked) {
		t.Fatalf("Remove = %v, want KeychainLocked", err)
	}
	if l := w.item(t).Leaving; len(w.steps) != 0 || l.Told || l.Trouble.Kind != fault.KeychainLocked {
		t.Errorf("steps = %q, noted %+v", w.steps, l)
	}
}

func TestMissingTokenStillDeletesTheData(t *testing.T) {
	w, r := newWorld(t)
	if err := w.Delete(t.Context(), secret.TokenName(core.Practice, item)); err != nil {
		t.Fatal(err)
	}
	if err := r.Remove(t.Context(), item, false); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.steps, []string{"vault"}) {
		t.Errorf("steps = %q, want only the vault", w.steps)
	}
}

func TestVaultFailureIsTold(t *testing.T) {
	w, r := newWorld(t)
	w.vaultErr = errors.New("disk")
	if err := r.Remove(t.Context(), item, false); !errors.Is(err, w.vaultErr) {
		t.Fatalf("Remove = %v, want the vault's error", err)
	}
	if len(w.ended) != 0 {
		t.Error("an end was announced that did not happen")
	}
}

// TestRun leaves the work to the background: after a while for second thoughts,
// and again and again until the bank can be reached.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, r := newWorld(t)
		w.bankErr = fault.New("test", fault.BankDown, nil)
		stop := r.Start()
		defer stop()
		time.Sleep(time.Hour)
		if err := r.Ask(item, false); err != nil {
			t.Fatal(err)
		}
		time.Sleep(Grace - time.Second)
		synctest.Wait()
		if done := w.done(); len(done) != 0 {
			t.Fatalf("%q without time for second thoughts", done)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if done := w.done(); len(done) != 1 {
			t.Fatalf("steps %q", done)
		}
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		if n := len(w.done()); n < 3 || n > 8 {
			t.Errorf("%d tries", n)
		}
		w.mu.Lock()
		w.bankErr = nil
		w.mu.Unlock()
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if !w.gone() || len(w.ended) != 1 {
			t.Errorf("steps %q", w.done())
		}
	})
}

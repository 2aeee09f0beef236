package rotate_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/rotate"
	"bankbook/core/secret"
)

const id core.ItemID = "item"

// world is a bank that has one good token, and a vault and a store that can fail.
type world struct {
	*secret.Memory
	good    string
	asked   int
	item    core.Item
	bankErr error
	// lost says that the bank changes the token and the answer does not arrive.
	lost    bool
	itemErr error
	setErr  func(n int) error
	sets    int
	held    bool
	noteErr error
	during  func()
}

func (w *world) Item(_ context.Context, access secret.Text) (bank.Item, error) {
	if w.itemErr != nil {
		return bank.Item{}, w.itemErr
	}
	if access.Reveal() != w.good {
		return bank.Item{}, &fault.Error{Op: "test", Kind: fault.Gone, Code: "INVALID_ACCESS_TOKEN"}
	}
	return bank.Item{ID: id}, nil
}

func (w *world) RotateToken(ctx context.Context, access secret.Text) (secret.Text, error) {
	w.asked++
	if w.during != nil {
		w.during()
	}
	switch {
	case ctx.Err() != nil:
		return secret.Text{}, ctx.Err()
	case !w.held:
		return secret.Text{}, errors.New("a sync can use the token meanwhile")
	case w.bankErr != nil && !w.lost:
		return secret.Text{}, w.bankErr
	case access.Reveal() != w.good:
		return secret.Text{}, &fault.Error{Op: "test", Kind: fault.Gone, Code: "INVALID_ACCESS_TOKEN"}
	}
	w.good = "second"
	if w.lost {
		return secret.Text{}, w.bankErr
	}
	return secret.New(w.good), nil
}

func (w *world) Set(ctx context.Context, n secret.Name, v secret.Text) error {
	w.sets++
	if w.setErr != nil {
		if err := w.setErr(w.sets); err != nil {
			return err
		}
	}
	return w.Memory.Set(ctx, n, v)
}

func (w *world) Items() ([]core.Item, error) { return []core.Item{w.item}, nil }

func (w *world) UpdateItem(_ core.ItemID, change func(*core.Item) error) (core.Item, error) {
	if w.noteErr != nil {
		return core.Item{}, w.noteErr
	}
	next := w.item
	if err := change(&next); err != nil {
		return core.Item{}, err
	}
	w.item = next
	return next, nil
}

func (w *world) Hold(context.Context, core.ItemID) (func(), error) {
	w.held = true
	return func() { w.held = false }, nil
}

func (w *world) stored(t *testing.T) string {
	t.Helper()
	v, err := w.Get(t.Context(), secret.TokenName(core.Practice, id))
	if err != nil {
		t.Fatal(err)
	}
	return v.Reveal()
}

func newWorld(t *testing.T) (*world, *rotate.Rotator) {
	t.Helper()
	w := &world{Memory: secret.NewMemory(), good: "first", item: core.Item{ID: id, Status: core.Connected}}
	if err := w.Memory.Set(t.Context(), secret.TokenName(core.Practice, id), secret.New("first")); err != nil {
		t.Fatal(err)
	}
	return w, rotate.New(rotate.Deps{
		Env: core.Practice, Bank: w, Secrets: w, Repo: w, Syncer: w, Events: &event.Bus{}, Clock: clock.System{},
	})
}

func TestToken(t *testing.T) {
	w, r := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.during = cancel // a person who gives up now would lose the access
	if err := r.Token(ctx, id); err != nil {
		t.Fatal(err)
	}
	if w.stored(t) != "second" || !w.item.Rotating.IsZero() || w.item.Status != core.Connected || w.held {
		t.Errorf("stored %q, item %+v", w.stored(t), w.item)
	}
}

func TestNothingIsAskedIfTheNewTokenCouldNotBeKept(t *testing.T) {
	for name, spoil := range map[string]func(*world){
		"store":   func(w *world) { w.setErr = func(int) error { return fault.New("test", fault.KeychainLocked, nil) } },
		"vault":   func(w *world) { w.noteErr = fault.New("test", fault.DiskFull, nil) },
		"leaving": func(w *world) { w.item.Leaving.Since = time.Unix(1, 0) },
		"by hand": func(w *world) { w.item.Connection = core.ByHand },
	} {
		w, r := newWorld(t)
		spoil(w)
		if err := r.Token(t.Context(), id); err == nil || w.asked != 0 || w.stored(t) != "first" || w.held {
			t.Errorf("%s: %v, asked %d times", name, err, w.asked)
		}
	}
}

func TestTheStoreIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, r := newWorld(t)
		w.setErr = func(n int) error {
			if n > 1 && n < 5 {
				return fault.New("test", fault.KeychainTimeout, nil)
			}
			return nil
		}
		if err := r.Token(t.Context(), id); err != nil || w.stored(t) != "second" {
			t.Errorf("stored %q, %v", w.stored(t), err)
		}
	})
}

func TestATokenThatCannotBeKeptIsSaidToBeLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, r := newWorld(t)
		w.setErr = func(n int) error {
			if n > 1 {
				return fault.New("test", fault.KeychainLocked, nil)
			}
			return nil
		}
		err := r.Token(t.Context(), id)
		if !fault.Is(err, fault.KeychainLocked) || w.item.Status != core.Gone || w.item.Sync.Trouble.Code != rotate.CodeTokenLost {
			t.Errorf("%v, item %+v", err, w.item)
		}
	})
}

// TestAfterAFault lets the request fail in each way, and asks again later.
func TestAfterAFault(t *testing.T) {
	network := fault.New("test", fault.Network, nil)
	for _, c := range []struct {
		name           string
		lost           bool
		itemErr        error
		first, resumed core.ItemStatus
		code           string
	}{
		{"not sent", false, nil, core.Connected, core.Connected, ""},
		{"not sent, and nobody to ask", false, network, core.Connected, core.Connected, ""},
		{"not sent, and a sign-in is needed", false, fault.New("test", fault.SignIn, nil), core.Connected, core.Connected, ""},
		{"answer lost", true, nil, core.Gone, core.Gone, rotate.CodeTokenLost},
		{"answer lost, and nobody to ask", true, network, core.Connected, core.Gone, rotate.CodeTokenLost},
	} {
		w, r := newWorld(t)
		w.bankErr, w.lost, w.itemErr = network, c.lost, c.itemErr
		if err := r.Token(t.Context(), id); !fault.Is(err, fault.Network) {
			t.Errorf("%s: %v", c.name, err)
		}
		if w.item.Status != c.first || w.item.Rotating.IsZero() != !fault.Is(c.itemErr, fault.Network) {
			t.Errorf("%s: item %+v", c.name, w.item)
		}
		w.itemErr = nil
		if err := r.Resume(t.Context()); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if w.item.Status != c.resumed || !w.item.Rotating.IsZero() || w.item.Sync.Trouble.Code != c.code {
			t.Errorf("%s: after Resume %+v", c.name, w.item)
		}
	}
}

// TestKilledBetweenAnswerAndStore is Resume in a program that was started again.
func TestKilledBetweenAnswerAndStore(t *testing.T) {
	for stored, want := range map[string]core.ItemStatus{"first": core.Gone, "second": core.Connected} {
		w, r := newWorld(t)
		w.good, w.item.Rotating = "second", time.Unix(1, 0)
		if err := w.Memory.Set(t.Context(), secret.TokenName(core.Practice, id), secret.New(stored)); err != nil {
			t.Fatal(err)
		}
		if err := r.Resume(t.Context()); err != nil || w.item.Status != want || !w.item.Rotating.IsZero() {
			t.Errorf("%s: %v, %+v", stored, err, w.item)
		}
	}
	w, r := newWorld(t)
	if err := r.Resume(t.Context()); err != nil || w.asked != 0 {
		t.Errorf("with nothing to resume: %v", err)
	}
}

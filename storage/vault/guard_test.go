package vault_test

import (
	"context"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/fault"
	"bankbook/storage/vault"
)

// heard are the errors that a guard told of, nil for each snapshot.
type heard struct {
	mu   sync.Mutex
	errs []error
}

func (h *heard) hear(_ core.Snapshot, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.errs = append(h.errs, err)
}

func (h *heard) all() []error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.errs)
}

// guarded runs a test in a bubble of time, with a vault that a guard watches.
func guarded(t *testing.T, unclean bool, test func(t *testing.T, v *vault.Vault, told *heard)) {
	h := newHome(t)
	must(t, filled(t, h, 300).Close())
	synctest.Test(t, func(t *testing.T) {
		opts := h.options()
		opts.Now = time.Now
		v := get[*vault.Vault](t)(vault.Open(context.Background(), opts))
		told := &heard{}
		stop := v.Guard(vault.Guard{Clock: clock.System{}, Unclean: unclean, Told: told.hear})
		test(t, v, told)
		stop()
		must(t, v.Close())
	})
}

// after lets time pass and makes sure how many snapshots were told of.
func after(t *testing.T, d time.Duration, told *heard, want int) {
	t.Helper()
	time.Sleep(d)
	synctest.Wait()
	if got := told.all(); len(got) != want {
		t.Fatalf("after %v: told of %d snapshots, want %d: %v", d, len(got), want, got)
	}
}

func TestGuardTakesOneSnapshotADay(t *testing.T) {
	guarded(t, false, func(t *testing.T, v *vault.Vault, told *heard) {
		after(t, time.Second, told, 0)
		after(t, time.Minute, told, 1)
		must(t, v.PutSetting("a", "b"))
		after(t, 12*time.Hour, told, 1) // that is still the same day
		after(t, 13*time.Hour, told, 2)
		after(t, 6*24*time.Hour, told, 2) // nothing has changed since
		after(t, 26*time.Hour, told, 3)   // a week is too long without a reading
		for _, err := range told.all() {
			must(t, err)
		}
	})
}

func TestGuardAfterABadEnd(t *testing.T) {
	guarded(t, false, func(t *testing.T, _ *vault.Vault, told *heard) { after(t, time.Minute, told, 1) })
	h := newHome(t)
	must(t, filled(t, h, 300).Close())
	for _, unclean := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			opts := h.options()
			opts.Now = time.Now
			v := get[*vault.Vault](t)(vault.Open(context.Background(), opts))
			get[core.Snapshot](t)(v.TakeSnapshot(context.Background(), vault.Daily))
			told := &heard{}
			stop := v.Guard(vault.Guard{Clock: clock.System{}, Unclean: unclean, Told: told.hear})
			want := 0
			if unclean {
				want = 1
			}
			after(t, time.Minute, told, want)
			stop()
			must(t, v.Close())
		})
	}
}

func TestGuardFindsDamage(t *testing.T) {
	guarded(t, true, func(t *testing.T, v *vault.Vault, told *heard) {
		spoilUnder(t, v.Path(), func(data []byte) []byte { return loseLastCommit(t, data) })
		after(t, time.Minute, told, 1)
		wantKind(t, told.all()[0], fault.VaultDamaged)
		wantKind(t, v.PutSetting("a", "b"), fault.VaultDamaged)
		after(t, 30*24*time.Hour, told, 1)
	})
}

func TestCheckPlace(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 100)
	must(t, v.CheckPlace())
	copyFile(t, h.path, h.path+".copy")
	if err := os.Rename(h.path+".copy", h.path); err != nil {
		t.Skipf("an open file cannot be replaced here: %v", err)
	}
	wantKind(t, v.CheckPlace(), fault.VaultReplaced)
	must(t, v.Close())
	wantKind(t, v.CheckPlace(), fault.Canceled)
}

func TestSnapshotIsDueOnceThereAreTransactions(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	if due := get[bool](t)(v.SnapshotDue(now)); due {
		t.Error("a vault without transactions wants a snapshot")
	}
	must(t, v.Close())
	v = filled(t, h, 10)
	if due := get[bool](t)(v.SnapshotDue(now)); !due {
		t.Error("the first transactions want no snapshot")
	}
	taken := get[core.Snapshot](t)(v.TakeSnapshot(t.Context(), vault.Daily))
	if due := get[bool](t)(v.SnapshotDue(taken.Taken)); due {
		t.Error("nothing has changed, and a snapshot is due")
	}
}

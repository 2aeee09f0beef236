package vault_test

import (
	"context"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/fault"
	"bankbook/storage/vault"
)

// guarded runs a test in a bubble of time, with a vault that a guard watches.
func guarded(t *testing.T, unclean bool, test func(t *testing.T, v *vault.Vault, told *[]error)) {
	h := newHome(t)
	must(t, filled(t, h, 300).Close())
	synctest.Test(t, func(t *testing.T) {
		opts := h.options()
		opts.Now = time.Now
		v := get[*vault.Vault](t)(vault.Open(context.Background(), opts))
		var told []error
		stop := v.Guard(vault.Guard{
			Clock: clock.System{}, Unclean: unclean,
			Told: func(_ core.Snapshot, err error) { told = append(told, err) },
		})
		test(t, v, &told)
		stop()
		must(t, v.Close())
	})
}

// after lets time pass and makes sure how many snapshots were told of.
func after(t *testing.T, d time.Duration, told *[]error, want int) {
	t.Helper()
	time.Sleep(d)
	synctest.Wait()
	if len(*told) != want {
		t.Fatalf("after %v: told of %d snapshots, want %d: %v", d, len(*told), want, *told)
	}
}

func TestGuardTakesOneSnapshotADay(t *testing.T) {
	guarded(t, false, func(t *testing.T, v *vault.Vault, told *[]error) {
		after(t, time.Second, told, 0)
		after(t, time.Minute, told, 1)
		must(t, v.PutSetting("a", "b"))
		after(t, 12*time.Hour, told, 1) // that is still the same day
		after(t, 13*time.Hour, told, 2)
		after(t, 6*24*time.Hour, told, 2) // nothing has changed since
		after(t, 26*time.Hour, told, 3)   // a week is too long without a reading
		for _, err := range *told {
			must(t, err)
		}
	})
}

func TestGuardAfterABadEnd(t *testing.T) {
	guarded(t, false, func(t *testing.T, _ *vault.Vault, told *[]error) { after(t, time.Minute, told, 1) })
	h := newHome(t)
	must(t, filled(t, h, 300).Close())
	for _, unclean := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			opts := h.options()
			opts.Now = time.Now
			v := get[*vault.Vault](t)(vault.Open(context.Background(), opts))
			get[core.Snapshot](t)(v.TakeSnapshot(context.Background(), vault.Daily))
			var told []error
			stop := v.Guard(vault.Guard{Clock: clock.System{}, Unclean: unclean, Told: func(_ core.Snapshot, err error) { told = append(told, err) }})
			want := 0
			if unclean {
				want = 1
			}
			after(t, time.Minute, &told, want)
			stop()
			must(t, v.Close())
		})
	}
}

func TestGuardFindsDamage(t *testing.T) {
	guarded(t, true, func(t *testing.T, v *vault.Vault, told *[]error) {
		spoilUnder(t, v.Path(), func(data []byte) []byte { return loseLastCommit(t, data) })
		after(t, time.Minute, told, 1)
		wantKind(t, (*told)[0], fault.VaultDamaged)
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

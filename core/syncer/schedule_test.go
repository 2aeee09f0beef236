package syncer_test

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"testing/synctest"

	"bankbook/core"
	"bankbook/core/syncer/syncertest"
)

// TestSettlesToTheTruth plays random plans of what goes wrong. Whatever
// happened, after every try the vault must hold exactly the rows that its
// cursor stands for, and in the end all of the truth.
func TestSettlesToTheTruth(t *testing.T) {
	const seeds, requests = 200, 30
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				settle(t, syncertest.Random(seed, requests))
			})
		})
	}
}

func settle(t *testing.T, plan syncertest.Schedule) {
	from := syncertest.NewBank(plan.Seed)
	from.Change(30)
	from.Plan = plan
	from.Phases = []core.SyncPhase{core.InitialDone, core.InitialDone}
	f := newFixture(t, from, item)
	for tries := 0; ; tries++ {
		if tries > plan.End()+10 {
			t.Fatalf("%v: not settled after %d tries", plan, tries)
		}
		from.Change(4)
		err := try(t, f, from, tries)
		kept := f.item(t)
		want, unknown := from.TruthAt(kept.Sync.Cursor)
		if unknown != nil || !maps.Equal(f.repo.Rows(item), want) {
			t.Fatalf("%v: try %d (error %v): %d rows in the vault are not the %d of its cursor %q",
				plan, tries, err, len(f.repo.Rows(item)), len(want), kept.Sync.Cursor)
		}
		if err == nil && from.Asked() >= plan.End() && kept.Sync.Phase == core.HistoryDone {
			break
		}
	}
	if !maps.Equal(f.repo.Rows(item), from.Truth()) {
		t.Fatalf("%v: settled, but not to the truth", plan)
	}
}

// try syncs once; every third time until the history is there.
func try(t *testing.T, f *fixture, from *syncertest.Bank, n int) error {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	from.Cancel = cancel
	if n%3 == 0 {
		return f.FirstSync(ctx, item)
	}
	return f.Sync(ctx, item)
}

package vault_test

import (
	"errors"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

// TestReadersAndWriters is for the race detector; that every reader sees whole
// commits is checked as well.
func TestReadersAndWriters(t *testing.T) {
	v := filled(t, newHome(t), 2000)
	const commits = 30
	var wg sync.WaitGroup
	errs := make(chan error, 16)
	loop := func(step func() error, until <-chan struct{}) {
		wg.Go(func() {
			for {
				if err := step(); err != nil {
					errs <- err
					return
				}
				select {
				case <-until:
					return
				default:
				}
			}
		})
	}
	done := make(chan struct{})
	loop(func() error { return second(v.Newest(50)) }, done)
	loop(func() error { return second(v.Month(core.NewMonth(2026, 10))) }, done)
	loop(func() error { return v.Each(func(core.Transaction) error { return nil }) }, done)
	loop(func() error { return v.Verify(t.Context()) }, done)
	loop(func() error { return second(v.Accounts()) }, done)
	loop(func() error { return totalsMatchMonths(v) }, done)
	loop(func() error { v.Info(); v.ID(); v.Commit(); v.ShredPending(); return nil }, done)
	wg.Go(func() {
		for range 4 {
			errs <- v.Rotate(t.Context(), vault.RotateOptions{})
		}
	})
	wg.Go(func() {
		defer close(done)
		for i := range uint64(commits) {
			batch := core.SyncBatch{Item: vaulttest.Item, Added: vaulttest.Rows(40, 100+i), At: now}
			for _, r := range vaulttest.Rows(20, 99+i) {
				batch.Removed = append(batch.Removed, r.ID)
			}
			errs <- errors.Join(second(v.ApplySync(batch)), v.PutSetting("n", "v"), v.RecordTry("item-2", now, core.Trouble{}, ""))
		}
	})
	go func() { wg.Wait(); close(errs) }()
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	must(t, v.Verify(t.Context()))
	if want := 2001 + commits*20 + 20; v.Count() != want {
		t.Errorf("%d rows, want %d", v.Count(), want)
	}
}

func second[T any](_ T, err error) error { return err }

// totalsMatchMonths compares two readings, if no commit fell in between.
func totalsMatchMonths(v *vault.Vault) error {
	before := v.Commit()
	totals, err := v.Totals()
	if err != nil {
		return err
	}
	months, err := v.Months()
	if err != nil {
		return err
	}
	rows := 0
	for _, s := range totals {
		rows += s.Count
	}
	for _, m := range months {
		rows -= m.Rows
	}
	if rows != 0 && before == v.Commit() {
		return errors.New("totals and months differ")
	}
	return nil
}

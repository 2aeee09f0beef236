package vault_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

// benchRows is the size of the vault that the benchmarks use.
const benchRows = 100_000

// benchVault makes a vault of benchRows transactions and closes it.
func benchVault(b *testing.B) *home {
	b.Helper()
	h := newHome(b)
	v, err := vault.Open(context.Background(), h.options())
	must(b, err)
	must(b, vaulttest.Fill(v, benchRows, 1))
	must(b, v.Close())
	return h
}

// medians runs step b.N times and reports its median, which it returns, and its
// 95th percentile.
func medians(b *testing.B, step func() time.Duration) time.Duration {
	b.Helper()
	var took []time.Duration
	for range b.N {
		took = append(took, step())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms-p95")
	return took[len(took)/2]
}

// beside reports how many times as long a median took as something plain that
// the machine does in the same minute.
func beside(b *testing.B, median time.Duration, name string, plain func() error) {
	b.Helper()
	var took []time.Duration
	for range 21 {
		took = append(took, timed(b, plain))
	}
	slices.Sort(took)
	b.ReportMetric(float64(median)/float64(took[len(took)/2]), "x-"+name)
}

// appendDurably appends 64 KiB, about a page of 500 sealed rows, to a file and
// waits until it is on the disk.
func appendDurably(b *testing.B) func() error {
	f, err := os.Create(filepath.Join(b.TempDir(), "plain"))
	must(b, err)
	b.Cleanup(func() { must(b, f.Close()) })
	page := make([]byte, 64<<10)
	return func() error {
		if _, err := f.Write(page); err != nil {
			return err
		}
		return f.Sync()
	}
}

func timed(b testing.TB, fn func() error) time.Duration {
	b.Helper()
	start := time.Now()
	must(b, fn())
	return time.Since(start)
}

// BenchmarkPage commits pages of 500 new transactions of the last days. The
// target is a median of 8 ms.
func BenchmarkPage(b *testing.B) {
	v := benchVault(b).open(b)
	_, err := v.ApplySync(core.SyncBatch{Item: vaulttest.Item, At: now}) // builds the id map
	must(b, err)
	seed := uint64(1000)
	median := medians(b, func() time.Duration {
		seed++
		batch := core.SyncBatch{Item: vaulttest.Item, Added: vaulttest.Rows(500, seed), At: now}
		return timed(b, func() error { return second(v.ApplySync(batch)) })
	})
	beside(b, median, "append-and-fsync", appendDurably(b))
}

// BenchmarkScattered commits batches that modify 250 rows and remove 250 others,
// all over the five years. The target is a median of 40 ms for a million rows.
func BenchmarkScattered(b *testing.B) {
	v := benchVault(b).open(b)
	_, err := v.ApplySync(core.SyncBatch{Item: vaulttest.Item, At: now}) // builds the id map
	must(b, err)
	every, at, picked := max(1, benchRows/(500*b.N)), 0, 0
	batches := make([]core.SyncBatch, b.N)
	for t := range vaulttest.Transactions(benchRows, 1) {
		if at++; at%every != 0 {
			continue
		}
		batch := &batches[picked%b.N]
		batch.Item, batch.At = vaulttest.Item, now
		if picked++; picked/b.N%2 == 0 {
			batch.Removed = append(batch.Removed, t.ID)
		} else {
			t.Amount.Minor--
			batch.Modified = append(batch.Modified, t)
		}
	}
	next := 0
	medians(b, func() time.Duration {
		next++
		return timed(b, func() error { return second(v.ApplySync(batches[next-1])) })
	})
}

// BenchmarkOpenNewest opens a vault and reads its newest 50 transactions. The
// target is 10 ms.
func BenchmarkOpenNewest(b *testing.B) {
	h := benchVault(b)
	medians(b, func() time.Duration {
		var v *vault.Vault
		took := timed(b, func() (err error) {
			if v, err = vault.Open(context.Background(), h.options()); err != nil {
				return err
			}
			return second(v.Newest(50))
		})
		must(b, v.Close())
		return took
	})
}

// BenchmarkSizeOnDisk reports the bytes of file that a transaction takes. The
// target is 140.
func BenchmarkSizeOnDisk(b *testing.B) {
	h := benchVault(b)
	for range b.N {
		info, err := os.Stat(h.path)
		must(b, err)
		b.ReportMetric(float64(info.Size())/benchRows, "B/transaction")
	}
}

// BenchmarkFirstBatch applies an empty batch to a vault just opened: what it
// takes is the building of the id map.
func BenchmarkFirstBatch(b *testing.B) {
	h := benchVault(b)
	medians(b, func() time.Duration {
		v, err := vault.Open(context.Background(), h.options())
		must(b, err)
		took := timed(b, func() error { return second(v.ApplySync(core.SyncBatch{Item: vaulttest.Item, At: now})) })
		must(b, v.Close())
		return took
	})
}

// BenchmarkTotals reads all totals.
func BenchmarkTotals(b *testing.B) {
	v := benchVault(b).open(b)
	medians(b, func() time.Duration { return timed(b, func() error { return second(v.Totals()) }) })
}

// BenchmarkEach reads all transactions.
func BenchmarkEach(b *testing.B) {
	v := benchVault(b).open(b)
	medians(b, func() time.Duration {
		return timed(b, func() error { return v.Each(func(core.Transaction) error { return nil }) })
	})
}

// BenchmarkVerify checks all of the vault.
func BenchmarkVerify(b *testing.B) {
	v := benchVault(b).open(b)
	medians(b, func() time.Duration { return timed(b, func() error { return v.Verify(b.Context()) }) })
}

// BenchmarkRotate writes all of the vault anew under new keys.
func BenchmarkRotate(b *testing.B) {
	v := benchVault(b).open(b)
	medians(b, func() time.Duration {
		return timed(b, func() error { return v.Rotate(b.Context(), vault.RotateOptions{}) })
	})
}

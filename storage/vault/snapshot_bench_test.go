package vault_test

import (
	"os"
	"testing"
	"time"

	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

func BenchmarkSnapshot(b *testing.B) {
	h := bigVault(b)
	opts := h.inChild()
	v := get[*vault.Vault](b)(vault.Open(b.Context(), opts))
	defer v.Close()
	medians(b, func() time.Duration {
		return timed(b, func() error { _, err := v.TakeSnapshot(b.Context(), vault.Asked); return err })
	})
	b.ReportMetric(megabytes(b, h.path), "MB")
}

func BenchmarkCheckInChild(b *testing.B) {
	for name, rows := range map[string]int{"1.5MB": 10_000, "70MB": bigRows} {
		b.Run(name, func(b *testing.B) {
			h := newHome(b)
			v := get[*vault.Vault](b)(vault.Open(b.Context(), h.inChild()))
			defer v.Close()
			must(b, vaulttest.Fill(v, rows, 1))
			medians(b, func() time.Duration {
				return timed(b, func() error { _, err := v.Check(b.Context()); return err })
			})
			b.ReportMetric(megabytes(b, h.path), "MB")
		})
	}
}

// bigRows is how many transactions take 70 MB.
const bigRows = 620_000

func bigVault(b *testing.B) *home {
	b.Helper()
	h := newHome(b)
	v := get[*vault.Vault](b)(vault.Open(b.Context(), h.options()))
	must(b, vaulttest.Fill(v, bigRows, 1))
	must(b, v.Close())
	return h
}

func megabytes(b *testing.B, path string) float64 {
	b.Helper()
	return float64(get[os.FileInfo](b)(os.Stat(path)).Size()) / 1e6
}

package vault_test

import (
	"flag"
	"io"
	"runtime"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/export"
	"bankbook/core/review"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

var reviewRows = flag.Int("review-rows", benchRows, "transactions in the vault of the review benchmarks")

// BenchmarkReview asks a vault the questions of PERFORMANCE §0, which sets the
// targets for a million transactions: -review-rows 1000000.
func BenchmarkReview(b *testing.B) {
	h := newHome(b)
	v, err := vault.Open(b.Context(), h.options())
	must(b, err)
	must(b, vaulttest.Fill(v, *reviewRows, 1))
	must(b, v.Close())
	v = h.open(b)
	today := core.NewDate(2026, time.November, 1)
	var x *review.Index
	build := func() error {
		x = review.New(v, nil)
		return x.Refresh(b.Context())
	}
	b.Run("Ready", func(b *testing.B) {
		x = nil
		before := heap()
		medians(b, func() time.Duration { return timed(b, build) })
		b.ReportMetric(float64(heap()-before)/(1<<20), "MiB-heap")
		b.ReportMetric(float64(x.Snapshot().Bytes())/(1<<20), "MiB-index")
		b.ReportMetric(float64(x.Snapshot().Bytes())/float64(x.Snapshot().Rows()), "B/transaction")
	})
	must(b, build())
	s := x.Snapshot()
	ask := func(name, line string, then func(*review.Result) error) {
		b.Run(name, func(b *testing.B) {
			q, problems := review.Parse(line, s.Names(), today)
			if len(problems) > 0 {
				b.Fatal(problems)
			}
			rows := 0
			medians(b, func() time.Duration {
				return timed(b, func() error {
					r := s.Find(q, today)
					rows = r.Len()
					return then(r)
				})
			})
			b.ReportMetric(float64(rows), "rows")
		})
	}
	sums := func(r *review.Result) error { r.Sums(); return nil }
	page := func(r *review.Result) error { r.Sums(); return second(v.Rows(r.Refs(0, 50))) }
	ask("Totals", "", sums)
	ask("ByMonth", "", func(r *review.Result) error { r.Groups(review.PerMonth); return nil })
	ask("ByCategory", "", func(r *review.Result) error { r.Groups(review.PerCategory); return nil })
	ask("ByMerchant", "", func(r *review.Result) error { r.Groups(review.PerMerchant); return nil })
	ask("ByWeek", "", func(r *review.Result) error { r.Groups(review.PerWeek); return nil })
	ask("Filter", "date:2025 account:0002 amount:>75", page)
	ask("Posted", "-pending", sums)
	ask("Substring", "tanul", sums)
	ask("CommonLetter", "a", sums)
	ask("Number", "12", sums)
	ask("FirstPage", "account:0002 date:last-90-days", page)
	ask("SortedByAmount", "sort:amount", page)
	ask("SortedByName", "sort:name", page)
	ask("CSV", "", func(r *review.Result) error {
		labels := export.Labels{
			Account:  func(id core.AccountID) (account, bank string) { return string(id), "First Bank" },
			Category: func(primary string) string { return primary },
		}
		return second(export.CSV(io.Discard, r.Each(v), labels))
	})
	b.Run("NewestOfFilterWithoutIndex", func(b *testing.B) {
		q, _ := review.Parse("account:0002 date:last-90-days", s.Names(), today)
		medians(b, func() time.Duration {
			must(b, v.Close())
			return timed(b, func() (err error) {
				if v, err = vault.Open(b.Context(), h.options()); err != nil {
					return err
				}
				return second(review.First(v, q, today, 50, nil))
			})
		})
	})
	must(b, v.Close())
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

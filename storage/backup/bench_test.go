package backup_test

import (
	"os"
	"path/filepath"
	"testing"

	"bankbook/storage/backup"
)

// BenchmarkWrite makes backups of 100,000 transactions as the program does:
// with age's own scrypt, and read back.
func BenchmarkWrite(b *testing.B) {
	o := order(b, source(b, 100_000))
	o.WorkFactor, o.Overwrite = 0, true
	for b.Loop() {
		write(b, o)
	}
	info, err := os.Stat(o.Path)
	must(b, err)
	b.ReportMetric(float64(info.Size()), "bytes")
}

// BenchmarkRead unpacks and verifies one of them.
func BenchmarkRead(b *testing.B) {
	o := order(b, source(b, 100_000))
	o.WorkFactor = 0
	write(b, o)
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "unpacked")
		_, err := backup.Read(b.Context(), o.Path, passphrase, backup.Tools{Dir: dir, Verify: verify})
		must(b, err)
		must(b, os.RemoveAll(dir))
	}
}

package backup_test

import (
	"os"
	"path/filepath"
	"testing"

	"bankbook/core/fault"
	"bankbook/storage/backup"
	"bankbook/storage/durable/durabletest"
)

func TestDiskFullWhileWriting(t *testing.T) {
	s := source(t, 300)
	dir, leave := durabletest.SmallDisk(t, 2<<20)
	o := order(t, s)
	o.Path = filepath.Join(dir, "bankbook.backup")
	must(t, os.WriteFile(o.Path, []byte("the old one"), 0o600))
	o.Overwrite = true
	info, err := os.Stat(s.Vault)
	must(t, err)
	failures := 0
	for room := int64(0); ; room += step(info) {
		leave(room)
		_, err := backup.Write(t.Context(), o)
		if err == nil {
			break
		}
		failures++
		wantKind(t, "full disk", err, fault.DiskFull)
		if data, err := os.ReadFile(o.Path); err != nil || string(data) != "the old one" {
			t.Fatalf("the old backup is %q, %v", data, err)
		}
		if left := namesIn(t, dir); len(left) != 1 {
			t.Fatalf("left behind: %v", left)
		}
	}
	if failures < 10 {
		t.Errorf("the disk was full %d times only", failures)
	}
}

func TestDiskFullWhileUnpacking(t *testing.T) {
	s := source(t, 300)
	o := order(t, s)
	write(t, o)
	info, err := os.Stat(s.Vault)
	must(t, err)
	dir, leave := durabletest.SmallDisk(t, 2<<20)
	o.Dir = filepath.Join(dir, "unpacked")
	failures := 0
	for room := int64(0); ; room += step(info) {
		leave(room)
		_, err := backup.Read(t.Context(), o.Path, passphrase, o.Tools)
		must(t, os.RemoveAll(o.Dir))
		if err == nil {
			break
		}
		failures++
		wantKind(t, "full disk", err, fault.DiskFull)
	}
	if failures < 10 {
		t.Errorf("the disk was full %d times only", failures)
	}
}

// step is how much more room there is at each try: whole pages, some thirty
// times.
func step(info os.FileInfo) int64 { return max(4096, info.Size()/30&^4095) }

// A disk that fails is told from a backup that is damaged.
func TestUnreadable(t *testing.T) {
	_, err := read(t, "/proc/self/mem") // it is there, and its beginning cannot be read
	wantKind(t, "failing disk", err, fault.Unreadable)
}

package backup_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"bankbook/core/fault"
	"bankbook/storage/backup"
)

func mount(dir string, size int) error {
	return syscall.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size))
}

func unmount(dir string) error { return syscall.Unmount(dir, 0) }

func freeBytes(dir string) (int64, error) {
	var s syscall.Statfs_t
	err := syscall.Statfs(dir, &s)
	return int64(s.Bavail) * s.Bsize, err
}

// fullDisk is a disk on which so many bytes can be written.
func fullDisk(t *testing.T) (dir string, leave func(room int64)) {
	t.Helper()
	dir = t.TempDir()
	if err := mount(dir, 2<<20); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { must(t, unmount(dir)) })
	ballast := filepath.Join(dir, "ballast")
	return dir, func(room int64) {
		must(t, os.RemoveAll(ballast))
		f, err := os.Create(ballast)
		must(t, err)
		free, err := freeBytes(dir)
		must(t, err)
		if _, err := io.CopyN(f, zeros{}, free-room); err != nil {
			t.Fatal(err)
		}
		must(t, f.Close())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestDiskFull(t *testing.T) {
	s := source(t, 300)
	small, leave := fullDisk(t)
	o := order(t, s)
	o.Path = filepath.Join(small, "bankbook.backup")
	must(t, os.WriteFile(o.Path, []byte("the old one"), 0o600))
	o.Overwrite = true
	info, err := os.Stat(s.Vault)
	must(t, err)
	step, failures := max(4096, info.Size()/30&^4095), 0
	for room := int64(0); ; room += step {
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
		if left := namesIn(t, small); len(left) != 2 {
			t.Fatalf("left behind: %v", left)
		}
	}
	if failures < 10 {
		t.Errorf("the disk was full %d times only", failures)
	}

	// Reading: the folder to unpack into is on the small disk.
	o.Path = filepath.Join(t.TempDir(), "bankbook.backup")
	o.Overwrite = false
	write(t, o)
	failures = 0
	for room := int64(0); ; room += step {
		must(t, os.Remove(filepath.Join(small, "bankbook.backup")))
		must(t, os.WriteFile(filepath.Join(small, "bankbook.backup"), nil, 0o600))
		leave(room)
		dir := filepath.Join(small, "unpacked")
		must(t, os.RemoveAll(dir))
		tools := o.Tools
		tools.Dir = dir
		_, err := backup.Read(t.Context(), o.Path, passphrase, tools)
		must(t, os.RemoveAll(dir))
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

// A disk that fails is told from a backup that is damaged.
func TestUnreadable(t *testing.T) {
	_, err := read(t, "/proc/self/mem") // it is there, and its beginning cannot be read
	wantKind(t, "failing disk", err, fault.Unreadable)
}

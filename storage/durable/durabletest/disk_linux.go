package durabletest

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// SmallDisk returns a folder on a disk of its own of the given size in bytes,
// and a function that leaves only so much room on it. The test is skipped where
// such a disk cannot be mounted, which takes root.
func SmallDisk(t *testing.T, size int64) (dir string, leave func(room int64)) {
	t.Helper()
	disk := t.TempDir()
	if err := syscall.Mount("none", disk, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		// A log or a crash file can still be open there.
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	dir = filepath.Join(disk, "dir")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir, func(room int64) {
		t.Helper()
		if err := fill(disk, room); err != nil {
			t.Fatal(err)
		}
	}
}

// fill writes a file beside the folder that leaves no more room than asked for.
func fill(disk string, room int64) error {
	ballast := filepath.Join(disk, "ballast")
	if err := os.RemoveAll(ballast); err != nil {
		return err
	}
	f, err := os.Create(ballast)
	if err != nil {
		return err
	}
	defer f.Close()
	var s syscall.Statfs_t
	if err := syscall.Statfs(disk, &s); err != nil {
		return err
	}
	_, err = io.CopyN(f, zeros{}, max(0, int64(s.Bavail)*s.Bsize-room))
	return err
}

type zeros struct{}

// Read implements io.Reader.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

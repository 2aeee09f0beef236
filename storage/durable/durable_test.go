package durable_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"bankbook/storage/durable"
)

// only makes sure that a folder holds one file, and what is in it.
func only(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, text := range []string{"first", "", "the second"} {
		if err := durable.WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		only(t, path, text)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != durable.FileMode {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
}

func TestWriteThatFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := durable.WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no room")
	err := durable.Write(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "half of the n")
		return errors.Join(err, full)
	})
	if !errors.Is(err, full) {
		t.Errorf("%v, want what went wrong", err)
	}
	only(t, path, "old")
	if err := durable.WriteFile(filepath.Join(path, "below a file"), nil); err == nil {
		t.Error("wrote into a folder that is none")
	}
}

func TestPublish(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	publish := func(text string) error {
		t.Helper()
		temp, err := durable.Temp(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(temp, text); err != nil {
			t.Fatal(err)
		}
		if err := temp.Close(); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(temp.Name())
		return durable.Publish(temp.Name(), path)
	}
	if err := publish("first"); err != nil {
		t.Fatal(err)
	}
	only(t, path, "first")
	if err := publish("second"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v, want that there is one already", err)
	}
	only(t, path, "first")
}

func TestRemoveStale(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := durable.WriteFile(path, nil); err != nil {
		t.Fatal(err)
	}
	old, err := durable.Temp(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	durable.RemoveStale(path, time.Now())
	if _, err := os.Stat(old.Name()); err != nil {
		t.Errorf("a file that is in use: %v", err)
	}
	durable.RemoveStale(path, time.Now().Add(2*time.Hour))
	only(t, path, "")
}

func TestMakeDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	for range 2 { // the second time it is there
		if err := durable.MakeDir(dir); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	file := filepath.Join(dir, "file")
	if err := durable.WriteFile(file, nil); err != nil {
		t.Fatal(err)
	}
	if err := durable.MakeDir(filepath.Join(file, "below")); err == nil {
		t.Error("made a folder below a file")
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	open := func() *os.File {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, durable.FileMode)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first, second := open(), open()
	defer second.Close()
	if err := durable.TryLock(first); err != nil {
		t.Fatal(err)
	}
	if err := durable.TryLock(second); !durable.IsHeld(err) {
		t.Errorf("a second lock: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := durable.TryLock(second); err != nil {
		t.Errorf("after the first was closed: %v", err)
	}
}

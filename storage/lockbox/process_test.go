package lockbox

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bankbook/core/secret"
)

// TestKillWhileSetting kills a process that changes the file as fast as it can:
// what it has told of is there, and at most one change more.
func TestKillWhileSetting(t *testing.T) {
	path := place(t)
	b := create(t, path)
	set(t, b, "a", "")
	for range 12 {
		cmd, out := child(t, "count", path)
		line, err := out.ReadString('\n') // it has begun
		if err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(rand.IntN(40))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		rest, _ := io.ReadAll(out)
		timer.Stop()
		_ = cmd.Wait()
		lines := strings.Fields(line + string(rest))
		told, err := strconv.Atoi(lines[len(lines)-1])
		if err != nil {
			t.Fatal(err)
		}
		kept := number(t, b, "a")
		if other := number(t, b, "b"); other != kept || kept < told || kept > told+1 {
			t.Fatalf("told of %d, and found %d and %d", told, kept, other)
		}
		set(t, b, "again", "works")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".lockbox.new-*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

// number returns what countForEver has written.
func number(t *testing.T, b *Box, name secret.Name) int {
	t.Helper()
	value, err := b.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(value.Reveal()[:8])
	if err != nil || value.Reveal() != strings.Repeat(fmt.Sprintf("%08d", n), 100) {
		t.Fatalf("%s holds half a value", name)
	}
	return n
}

func TestTwoProcessesLoseNothing(t *testing.T) {
	path := place(t)
	b := create(t, path)
	one, _ := child(t, "add", path, "one")
	two, _ := child(t, "add", path, "two")
	for n := range 25 {
		set(t, b, secret.Name(fmt.Sprintf("here/%d", n)), "here")
	}
	for _, cmd := range []interface{ Wait() error }{one, two} {
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []string{"one", "two", "here"} {
		for n := range 25 {
			name := secret.Name(fmt.Sprintf("%s/%d", who, n))
			if who != "here" && n%5 == 0 {
				if v, err := b.Get(t.Context(), name); err == nil {
					t.Errorf("%s was deleted and holds %q", name, v.Reveal())
				}
				continue
			}
			wantEntry(t, b, name, who)
		}
	}
}

func TestDiskWithoutRoom(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no limit on the size of a process's files")
	}
	path := place(t)
	b := create(t, path)
	set(t, b, "old", "kept")
	cmd, _ := child(t, "limited", path)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	wantEntry(t, b, "old", "kept")
	wantEntry(t, b, "new", "kept")
}

func TestFolderThatIsGone(t *testing.T) {
	path := place(t)
	b := create(t, path)
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	if err := b.Set(t.Context(), "a", secret.New("1")); err == nil {
		t.Error("a secret was kept nowhere")
	}
}

// TestManyAtOnce uses two handles of one file from many goroutines; it is of
// use under the race detector.
func TestManyAtOnce(t *testing.T) {
	path := place(t)
	boxes := []*Box{create(t, path), reopen(t, path, passphrase)}
	var wg sync.WaitGroup
	for worker := range 8 {
		b := boxes[worker%2]
		wg.Go(func() {
			for n := range 4 {
				name := secret.Name(fmt.Sprintf("%d/%d", worker, n))
				if err := b.Set(t.Context(), name, secret.New("v")); err != nil {
					t.Error(err)
				}
				if _, err := b.Get(t.Context(), name); err != nil {
					t.Error(err)
				}
				if _, err := b.Names(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if names, err := boxes[0].Names(t.Context()); err != nil || len(names) != 32 {
		t.Errorf("%d entries, %v", len(names), err)
	}
}

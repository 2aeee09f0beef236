//go:build unix

package vault_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"reflect"
	"syscall"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// fullStep is how much longer a file may be at each try of childFull.
const fullStep = 8 << 10

// childFull plays a program whose disk has less room than a rotation or a
// snapshot needs, and a little more at each try. What they must not lose stays
// readable and right all the time.
func childFull(what string) int {
	signal.Ignore(syscall.SIGXFSZ)
	keys := keyDir(os.Getenv(childKeys))
	v, err := vault.Open(context.Background(), keys.options(os.Getenv(childPath)))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	want, err := read(v)
	try := func() error { return v.Rotate(context.Background(), vault.RotateOptions{}) }
	if what == "full snapshot" {
		try = func() error { return second(v.TakeSnapshot(context.Background(), vault.Daily)) }
	}
	failed := 0
	for size := uint64(0); err == nil; size += fullStep {
		var old syscall.Rlimit
		if err = syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			break
		}
		if err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}); err != nil {
			break
		}
		short := try()
		if err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			break
		}
		got, reading := read(v)
		switch {
		case reading != nil:
			err = reading
		case !reflect.DeepEqual(got, want):
			err = errors.New("something is missing")
		case short == nil:
			fmt.Println(failed)
			return 0
		case fault.Is(short, fault.VaultDamaged, fault.Internal):
			err = short
		default:
			failed++
			err = v.Verify(context.Background())
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestWithoutRoomTheOldIsLeft(t *testing.T) {
	for _, what := range []string{"full", "full snapshot"} {
		t.Run(what, func(t *testing.T) { withoutRoom(t, what) })
	}
}

func withoutRoom(t *testing.T, what string) {
	h, keys := newHome(t), keyDir(t.TempDir())
	v := get[*vault.Vault](t)(vault.Open(t.Context(), keys.options(h.path)))
	must(t, v.PutItem(item("item-1")))
	for n := range 40 {
		must(t, second(v.ApplySync(crashBatch(n+1))))
	}
	want := get[contents](t)(read(v))
	must(t, v.Close())
	cmd := child(t, what, h.path, secret.Text{})
	cmd.Env = append(cmd.Env, childKeys+"="+string(keys))
	failed := 0
	if _, err := fmt.Sscan(string(get[[]byte](t)(cmd.Output())), &failed); err != nil || failed < 3 {
		t.Fatalf("%d tries failed for want of room, %v", failed, err)
	}
	t.Logf("%d tries failed before there was room", failed)
	if list := get[[]core.Snapshot](t)(vault.Snapshots(vault.SnapshotDir(h.path))); len(list) > 0 {
		wantOnly(t, vault.SnapshotDir(h.path), filepath.Base(list[0].Path))
		must(t, os.RemoveAll(vault.SnapshotDir(h.path)))
	}
	h.whole(t, keys, want)
}

//go:build unix

package vault_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"reflect"
	"syscall"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// fullStep is how much longer a file may be at each try of childFull.
const fullStep = 8 << 10

// childFull plays a program whose disk has less room than a rotation needs, and
// a little more at each try. What a rotation must not lose stays readable and
// right all the time.
func childFull() int {
	signal.Ignore(syscall.SIGXFSZ)
	keys := keyDir(os.Getenv(childKeys))
	v, err := vault.Open(context.Background(), keys.options(os.Getenv(childPath)))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	want, err := read(v)
	failed := 0
	for size := uint64(0); err == nil; size += fullStep {
		var old syscall.Rlimit
		if err = syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			break
		}
		if err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}); err != nil {
			break
		}
		short := v.Rotate(context.Background(), vault.RotateOptions{})
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

func TestRotationWithoutRoomLeavesTheOld(t *testing.T) {
	h, keys := newHome(t), keyDir(t.TempDir())
	v := get[*vault.Vault](t)(vault.Open(t.Context(), keys.options(h.path)))
	must(t, v.PutItem(item("item-1")))
	for n := range 40 {
		must(t, second(v.ApplySync(crashBatch(n+1))))
	}
	want := get[contents](t)(read(v))
	must(t, v.Close())
	cmd := child(t, "full", h.path, secret.Text{})
	cmd.Env = append(cmd.Env, childKeys+"="+string(keys))
	failed := 0
	if _, err := fmt.Sscan(string(get[[]byte](t)(cmd.Output())), &failed); err != nil || failed < 3 {
		t.Fatalf("%d rotations failed for want of room, %v", failed, err)
	}
	t.Logf("%d rotations failed before there was room", failed)
	h.whole(t, keys, want)
}

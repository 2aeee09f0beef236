package lockbox

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"bankbook/core/secret"
)

// childVariable names what a child of these tests has to do; its arguments are
// a path and words of its own.
const childVariable = "LOCKBOX_TEST_CHILD"

const passphrase = "correct horse battery"

func TestMain(m *testing.M) {
	if role := os.Getenv(childVariable); role != "" {
		if err := children()[role](os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// children are the roles that a child can have.
func children() map[string]func([]string) error {
	return map[string]func([]string) error{"count": countForEver, "add": addEntries, "limited": setWithoutRoom}
}

// child starts this program in a role.
func child(t *testing.T, role string, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childVariable+"="+role)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd, bufio.NewReader(out)
}

// countForEver sets entries to ever higher numbers, and says each number when it
// is kept.
func countForEver(args []string) error {
	b, err := Open(context.Background(), args[0], secret.New(passphrase))
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		value := secret.New(strings.Repeat(fmt.Sprintf("%08d", n), 100))
		if err := b.SetAll(context.Background(), map[secret.Name]secret.Text{"a": value, "b": value}); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// addEntries sets 25 entries of its own, and deletes every fifth.
func addEntries(args []string) error {
	b, err := Open(context.Background(), args[0], secret.New(passphrase))
	if err != nil {
		return err
	}
	for n := range 25 {
		name := secret.Name(fmt.Sprintf("%s/%d", args[1], n))
		if err := b.Set(context.Background(), name, secret.New(args[1])); err != nil {
			return err
		}
		if n%5 == 0 {
			if err := b.Delete(context.Background(), name); err != nil {
				return err
			}
		}
	}
	return nil
}

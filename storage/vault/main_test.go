package vault_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// childMode is the variable that makes the test binary play another program
// that uses the vault at childPath; its key comes on the standard input.
const (
	childMode = "BANKBOOK_VAULT_TEST_CHILD"
	childPath = "BANKBOOK_VAULT_TEST_PATH"
)

// torture makes the tests that break things do it as often as SECURITY §7 says.
var torture = flag.Bool("torture", false, "kill, cut and damage as often as make torture does")

func TestMain(m *testing.M) {
	if handled, code := vault.Serve(os.Args[1:], os.Stdin, os.Stdout); handled {
		os.Exit(code)
	}
	switch os.Getenv(childMode) {
	case "open":
		os.Exit(childOpen())
	case "rotate":
		os.Exit(childRotate())
	case "migrate":
		os.Exit(childMigrate())
	case "full", "full snapshot":
		os.Exit(childFull(os.Getenv(childMode)))
	case "recover", "snapshot":
		os.Exit(childSafety(os.Getenv(childMode)))
	}
	os.Exit(m.Run())
}

// child prepares the test binary to play a part.
func child(t *testing.T, mode, path string, key secret.Text) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childMode+"="+mode, childPath+"="+path)
	cmd.Stdin = strings.NewReader(key.Reveal() + "\n")
	cmd.Stderr = os.Stderr
	return cmd
}

func childVault() (*vault.Vault, error) {
	opts, err := childOptions()
	if err != nil {
		return nil, err
	}
	return vault.Open(context.Background(), opts)
}

func childOptions() (vault.Options, error) {
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		return vault.Options{}, err
	}
	return vault.Options{
		Path: os.Getenv(childPath), Env: core.Practice,
		Key: func(context.Context, vault.Info) (secret.Text, error) {
			return secret.New(strings.TrimSpace(line)), nil
		},
	}, nil
}

// childOpen plays a second instance: it tells the kind of its error.
func childOpen() int {
	start := time.Now()
	v, err := childVault()
	fmt.Println(fault.KindOf(err), time.Since(start).Round(time.Millisecond))
	if err == nil {
		_ = v.Close()
	}
	return 0
}

// childSafety plays a program that recovers its vault, or takes a snapshot.
func childSafety(what string) int {
	opts, err := childOptions()
	if err == nil && what == "recover" {
		_, err = vault.Recover(context.Background(), opts)
	} else if err == nil {
		var v *vault.Vault
		if v, err = vault.Open(context.Background(), opts); err == nil {
			_, err = v.TakeSnapshot(context.Background(), vault.Daily)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

package boot

import (
	"fmt"
	"os"
	"testing"
)

// TestMain lets the test binary be the vault's child, as main does, and a program
// that restores, changes the protector or backs up.
func TestMain(m *testing.M) {
	if code, handled := ServeChild(os.Args[1:], os.Stdin, os.Stdout); handled {
		os.Exit(code)
	}
	for variable, child := range map[string]func(order string) error{
		restoreChild: childRestore, switchChild: childSwitch, backupChild: childBackUp, deedsChild: childDeeds,
	} {
		if order := os.Getenv(variable); order != "" {
			os.Exit(obey(child, order))
		}
	}
	os.Exit(m.Run())
}

// obey does as a child what its variable says, and returns its exit code.
func obey(child func(order string) error, order string) int {
	if err := child(order); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

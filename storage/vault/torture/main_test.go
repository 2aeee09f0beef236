package torture

import (
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"

	"bankbook/storage/vault"
)

// long says that each test runs at the length that the project's figures ask
// for (SECURITY §7).
var long = flag.Bool("torture", false, "run every test of this package at full length")

// results is the table that is printed at the end.
var results table

func TestMain(m *testing.M) {
	if handled, code := vault.Serve(os.Args[1:], os.Stdin, os.Stdout); handled {
		os.Exit(code)
	}
	if mode := os.Getenv(childMode); mode != "" {
		os.Exit(playChild(mode))
	}
	code := m.Run()
	results.print()
	os.Exit(code)
}

// times is short in `go test`, and full in `make torture`.
func times(short, full int) int {
	if *long {
		return full
	}
	return short
}

// table collects what the tests have come to.
type table struct {
	mu   sync.Mutex
	rows []result
}

type result struct {
	test               string
	number, violations int
	note               string
}

func (t *table) add(r result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, r)
}

func (t *table) print() {
	if len(t.rows) == 0 || !(*long || testing.Verbose()) {
		return
	}
	fmt.Printf("\n%-44s %8s %10s\n", "test", "number", "violations")
	for _, r := range t.rows {
		fmt.Printf("%-44s %8d %10d  %s\n", r.test, r.number, r.violations, r.note)
	}
}

package cli

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// operation is one thing that the product documents behind Bankbook describe.
type operation struct {
	does   string
	window string // where it is in the window
	// command is what does it in a terminal, without the program's name; flags stand
	// behind it and are looked up too.
	command string
	// tests show it, as folder.Name; the first through the real services.
	tests string
}

// document is the part of a product document that has operations.
type document struct {
	about      string
	operations []operation
}

var writeTable = flag.Bool("operations", false, "write the table of operations anew")

const tableFile = "operations.md"

// TestOperations holds the table of operations to what there is: the table is the one
// in operations.md, every command in it can be called, and every test in it is there.
func TestOperations(t *testing.T) {
	table := operationsTable(documents())
	if *writeTable {
		if err := os.WriteFile(tableFile, []byte(table), 0o644); err != nil { //nolint:gosec // it is no secret
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(tableFile)
	if err != nil || string(kept) != table {
		t.Errorf("%s is not the table of today (go test ./ui/cli -run TestOperations -args -operations): %v", tableFile, err)
	}
	t.Log("\n" + table)
	tests := allTests(t)
	for _, d := range documents() {
		for _, o := range d.operations {
			checkCommand(t, o)
			for name := range strings.FieldsSeq(o.tests) {
				if !tests[name] {
					t.Errorf("%s: there is no test %s", o.does, name)
				}
			}
			if o.window == "" || o.tests == "" {
				t.Errorf("%s: it is not said where it is or what shows it", o.does)
			}
		}
	}
}

// checkCommand finds a command and its flags.
func checkCommand(t *testing.T, o operation) {
	t.Helper()
	for line := range strings.SplitSeq(o.command, ";") {
		if words := strings.Fields(line); len(words) > 0 {
			checkLine(t, o.does, words)
		}
	}
}

func checkLine(t *testing.T, does string, words []string) {
	t.Helper()
	root := (&command{}).root()
	var args []string
	for _, w := range words {
		if !strings.HasPrefix(w, "-") && strings.ToLower(w) == w {
			args = append(args, w)
		}
	}
	found, left, err := root.Find(args)
	if err != nil || len(left) > 0 || found == root {
		t.Errorf("%s: there is no command %q: %v", does, words, err)
		return
	}
	for _, w := range words {
		name, isFlag := strings.CutPrefix(w, "--")
		if isFlag && found.Flag(name) == nil && root.PersistentFlags().Lookup(name) == nil {
			t.Errorf("%s: %q has no --%s", does, found.CommandPath(), name)
		}
	}
}

// allTests lists the tests of the whole program as folder.Name.
func allTests(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	test := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	for _, part := range []string{"core", "storage", "ui"} {
		err := filepath.WalkDir(filepath.Join("..", "..", part), func(path string, _ os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, m := range test.FindAllSubmatch(text, -1) {
				folder, _ := filepath.Rel(filepath.Join("..", ".."), filepath.Dir(path))
				found[filepath.ToSlash(folder)+"."+string(m[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func operationsTable(documents []document) string {
	var b strings.Builder
	b.WriteString("# What there is to do with banks and accounts, and where\n\n")
	b.WriteString("Written by a test (TestOperations), which also makes sure that every command and every test in it exists.\n")
	for _, d := range documents {
		fmt.Fprintf(&b, "\n## %s\n\n| operation | in the window | in a terminal: `bankbook …` | shown by |\n|---|---|---|---|\n", d.about)
		for _, o := range d.operations {
			command := "—"
			if o.command != "" {
				command = "`" + strings.ReplaceAll(o.command, "; ", "`, `") + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", o.does, o.window, command, strings.Join(strings.Fields(o.tests), ", "))
		}
	}
	return b.String()
}

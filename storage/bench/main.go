package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// settings are what the command line chooses.
type settings struct {
	sizes  []int
	peers  []string
	rounds int
	limit  time.Duration
	howeyc string
	// dir holds the files while they are measured.
	dir string
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == childVerb {
		os.Exit(child(os.Args[2:], os.Stdin, os.Stdout))
	}
	if err := run(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures what the arguments ask for and writes one table for each size.
func run(args []string, out io.Writer) error {
	set, err := parse(args)
	if err != nil {
		return err
	}
	if set.dir, err = os.MkdirTemp(set.dir, "bankbook-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(set.dir)
	fmt.Fprintln(out, machine())
	for _, hint := range missing(set) {
		fmt.Fprintln(out, hint)
	}
	for _, size := range set.sizes {
		w, err := measure(set, size)
		if err != nil {
			return fmt.Errorf("%s transactions: %w", short(size), err)
		}
		w.print(out)
	}
	return nil
}

func parse(args []string) (settings, error) {
	var set settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("sizes", "10k,100k,1M", "numbers of transactions")
	peers := flags.String("peers", strings.Join(peerNames(), ","), "other programs to measure, where they are installed")
	flags.IntVar(&set.rounds, "rounds", 5, "how often each operation is measured")
	flags.DurationVar(&set.limit, "limit", 30*time.Second, "how long another program may take for one answer")
	flags.StringVar(&set.howeyc, "howeyc", "", "path of howeyc's ledger; else where go install puts it")
	flags.StringVar(&set.dir, "dir", "", "folder for the files while they are measured; else the system's for temporary files")
	if err := flags.Parse(args); err != nil {
		return set, err
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := parseSize(s)
		if err != nil {
			return set, err
		}
		set.sizes = append(set.sizes, n)
	}
	for p := range strings.SplitSeq(*peers, ",") {
		if p != "" && !slices.Contains(peerNames(), p) {
			return set, fmt.Errorf("no such peer: %s", p)
		}
		set.peers = append(set.peers, p)
	}
	return set, nil
}

// parseSize reads a number such as 500, 10k or 1M.
func parseSize(s string) (int, error) {
	digits, unit := s, 1
	switch {
	case strings.HasSuffix(s, "k"):
		digits, unit = s[:len(s)-1], 1000
	case strings.HasSuffix(s, "M"):
		digits, unit = s[:len(s)-1], 1000_000
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("no size: %q", s)
	}
	return n * unit, nil
}

// short writes a size as parseSize reads it.
func short(n int) string {
	switch {
	case n%1000_000 == 0:
		return strconv.Itoa(n/1000_000) + "M"
	case n%1000 == 0:
		return strconv.Itoa(n/1000) + "k"
	}
	return strconv.Itoa(n)
}

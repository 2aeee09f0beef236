package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// errUnable says that a program has no such operation, or the system no way to
// measure it.
var errUnable = errors.New("cannot")

// errStopped says that an answer took too long.
var errStopped = errors.New("stopped")

// contender is a program that is measured.
type contender interface {
	name() string
	// run does an operation once. What it answers is nil where nothing is asked.
	run(o op) (time.Duration, answer, error)
	// memory is the most that it held so far, bytes its files take.
	memory() int64
	bytes() int64
	close() error
}

// The other programs.
const (
	sqliteName  = "sqlite3"
	ledgerName  = "ledger"
	hledgerName = "hledger"
	howeycName  = "howeyc"
)

func peerNames() []string { return []string{sqliteName, ledgerName, hledgerName, howeycName} }

// find returns the path of a program, or "".
func (set settings) find(peer string) string {
	if peer != howeycName {
		path, _ := exec.LookPath(peer)
		return path
	}
	if set.howeyc != "" {
		return set.howeyc
	}
	// Its program is called ledger too, so only where Go installs is looked.
	home, _ := os.UserHomeDir()
	for _, dir := range []string{os.Getenv("GOBIN"), filepath.Join(os.Getenv("GOPATH"), "bin"), filepath.Join(home, "go", "bin")} {
		if !filepath.IsAbs(dir) {
			continue
		}
		if path, err := exec.LookPath(filepath.Join(dir, "ledger")); err == nil {
			return path
		}
	}
	return ""
}

// missing says how to install the programs that are asked for and not there.
func missing(set settings) []string {
	var hints []string
	for _, p := range set.peers {
		if p == "" || set.find(p) != "" {
			continue
		}
		how := "apt install " + p + " (Debian, Ubuntu), brew install " + strings.TrimSuffix(p, "3")
		if p == howeycName {
			how = "go install github.com/howeyc/ledger/ledger@latest"
		}
		hints = append(hints, fmt.Sprintf("%s is not installed: %s", p, how))
	}
	return hints
}

// version asks a program what it is.
func (set settings) version(peer string) string {
	arg := "--version"
	if peer == howeycName {
		arg = "version"
	}
	out, err := exec.Command(set.find(peer), arg).Output()
	line, _, _ := strings.Cut(string(out), "\n")
	fields := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' })
	if i := slices.IndexFunc(fields, func(s string) bool { return s[0] >= '0' && s[0] <= '9' }); err == nil && i >= 0 {
		return peer + " " + fields[i]
	}
	return peer
}

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// schema has the columns and indexes that matter of Actual Budget's. The rows
// are loaded before the indexes are built, which makes the smallest file.
const schema = `
PRAGMA page_size=4096;
CREATE TABLE transactions (
  id TEXT PRIMARY KEY, acct TEXT, category TEXT, amount INTEGER, description TEXT, notes TEXT, date INTEGER,
  imported_description TEXT, starting_balance_flag INTEGER, sort_order REAL, tombstone INTEGER, cleared INTEGER, pending INTEGER
);
CREATE TABLE payees (id TEXT PRIMARY KEY, name TEXT);
CREATE TABLE categories (id TEXT PRIMARY KEY, name TEXT);
`

const indexes = `
CREATE INDEX trans_category ON transactions(category);
CREATE INDEX trans_category_date ON transactions(category, date);
CREATE INDEX trans_account ON transactions(acct);
CREATE INDEX trans_date ON transactions(date);
CREATE INDEX trans_sorted ON transactions(date DESC, starting_balance_flag, sort_order DESC, id);
CREATE TEMP TABLE incoming AS SELECT * FROM transactions LIMIT 0;
`

// endMark ends the answer to a statement.
const endMark = "--end--"

// sqlite is a running shell of SQLite.
type sqlite struct {
	program, path, output string
	limit                 time.Duration
	cmd                   *exec.Cmd
	in                    io.WriteCloser
	out                   *bufio.Scanner
	// idle is what an empty statement takes.
	idle    time.Duration
	changes *changes
}

// newSQLite makes a file of n transactions and opens it.
func newSQLite(set settings, dir string, n int, c *changes) (*sqlite, error) {
	s := &sqlite{
		program: set.find(sqliteName), path: filepath.Join(dir, "actual.sqlite"),
		output: filepath.Join(dir, "sqlite.csv"), limit: set.limit, changes: c,
	}
	rows := filepath.Join(dir, "rows.csv")
	names, err := writeRows(rows, n)
	if err != nil {
		return nil, err
	}
	defer os.Remove(rows)
	s.cmd = exec.Command(s.program, "-batch", "-noheader", "-list", s.path)
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.cmd.Stderr = s.cmd.Stdout
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.out = bufio.NewScanner(out)
	for _, statement := range []string{
		schema + ".import --csv '" + rows + "' transactions", names, indexes,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; ANALYZE;",
	} {
		if _, _, err := s.ask(statement); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	if err := s.settle(); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// settle finds out what an empty statement takes.
func (s *sqlite) settle() error {
	var list sample
	for range 21 {
		took, _, err := s.ask("SELECT 1;")
		if err != nil {
			return err
		}
		list.add(took)
	}
	s.idle = list.median()
	return nil
}

// ask gives the shell a statement and waits for all of its answer.
func (s *sqlite) ask(statement string) (time.Duration, []string, error) {
	begun := time.Now()
	if _, err := io.WriteString(s.in, statement+"\n.print "+endMark+"\n"); err != nil {
		return 0, nil, err
	}
	var lines []string
	for s.out.Scan() {
		line := s.out.Text()
		if line == endMark {
			return max(time.Since(begun)-s.idle, 0), lines, nil
		}
		if strings.Contains(line, "rror") { // Error:, Parse error, Runtime error
			return 0, nil, fmt.Errorf("sqlite3: %.300s", line)
		}
		lines = append(lines, line)
	}
	return 0, nil, fmt.Errorf("sqlite3 ended: %w", errors.Join(s.out.Err(), io.ErrUnexpectedEOF))
}

func (s *sqlite) name() string { return sqliteName }

// total is what all rows come to now.
func (s *sqlite) total() (string, error) {
	_, lines, err := s.ask("SELECT " + sums + " FROM transactions WHERE tombstone=0;")
	return strings.Join(lines, "\n"), err
}

func (s *sqlite) memory() int64 { return memoryOf(s.cmd.Process.Pid).Peak }

func (s *sqlite) bytes() int64 { return fileSize(s.path) }

func (s *sqlite) close() error {
	return errors.Join(s.in.Close(), s.cmd.Wait())
}

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"bankbook/core/money"
)

// readOutput reads an answer from the file that a program wrote, and removes it.
func readOutput(path string, read func(io.Reader) ([]string, error)) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	lines, err := read(f)
	return lines, errors.Join(err, f.Close(), os.Remove(path))
}

// eachLine calls fn with the fields of every line that has some.
func eachLine(r io.Reader, fn func(fields []string)) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) > 0 {
			fn(fields)
		}
	}
	return lines.Err()
}

// cents reads an amount as these programs print it.
func cents(s string) (string, error) {
	a, err := money.Parse(s, money.USD)
	return fmt.Sprint(a.Minor), err
}

// firstOfLast reads the first field of the last line; no line means nothing.
func firstOfLast(r io.Reader) ([]string, error) {
	return oneOf(r, func(fields []string) string { return fields[0] })
}

// lastOfLast reads the last field of the last line, the running total.
func lastOfLast(r io.Reader) ([]string, error) {
	return oneOf(r, func(fields []string) string { return fields[len(fields)-1] })
}

func oneOf(r io.Reader, pick func(fields []string) string) ([]string, error) {
	last := "0"
	if err := eachLine(r, func(fields []string) { last = pick(fields) }); err != nil {
		return nil, err
	}
	line, err := cents(last)
	return []string{line}, err
}

// months reads lines that have a month and its sum; those with no month are
// passed over.
func months(split func(fields []string) (month, amount string)) func(io.Reader) ([]string, error) {
	return func(r io.Reader) (list []string, err error) {
		failed := eachLine(r, func(fields []string) {
			if month, amount := split(fields); month != "" {
				line, wrong := cents(amount)
				err = errors.Join(err, wrong)
				list = append(list, month+"|"+line)
			}
		})
		return list, errors.Join(err, failed)
	}
}

// periods reads howeyc's months: a head with the days, and a register whose
// last running total is the sum.
func periods(r io.Reader) (list []string, err error) {
	month, total := "", ""
	flush := func() {
		if month == "" || total == "" {
			return
		}
		line, wrong := cents(total)
		err = errors.Join(err, wrong)
		list = append(list, month+"|"+line)
	}
	failed := eachLine(r, func(fields []string) {
		switch {
		case len(fields) == 3 && fields[1] == "-":
			flush()
			month, total = strings.ReplaceAll(fields[0][:7], "/", "-"), ""
		case len(fields) > 3:
			total = fields[len(fields)-1]
		}
	})
	flush()
	return list, errors.Join(err, failed)
}

// lineCount counts the lines that are no head.
func lineCount(heads int) func(io.Reader) ([]string, error) {
	return func(r io.Reader) ([]string, error) {
		n := -heads
		err := eachLine(r, func([]string) { n++ })
		return []string{fmt.Sprint(n)}, err
	}
}

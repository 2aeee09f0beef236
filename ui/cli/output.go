package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"bankbook/core/fault"
)

// output prints results in one of two forms: a table for people, JSON for
// machines.
type output struct {
	out    io.Writer
	asJSON bool
}

// table is a result for people. Right names the columns that hold figures.
type table struct {
	head  []string
	right map[int]bool
	rows  [][]string
	// empty is printed instead of a table without rows.
	empty string
}

// print prints records as JSON, or the table.
func (o output) print(records any, t table) error {
	if o.asJSON {
		enc := json.NewEncoder(o.out)
		enc.SetIndent("", "  ")
		return written(enc.Encode(records))
	}
	if len(t.rows) == 0 {
		_, err := fmt.Fprintln(o.out, t.empty)
		return written(err)
	}
	return written(t.write(o.out))
}

// written sorts a failure to print, such as a closed pipe.
func written(err error) error {
	if err != nil {
		return fault.New("print", fault.Unreadable, err)
	}
	return nil
}

func (t table) write(out io.Writer) error {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.head}, t.rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			if t.right[i] {
				cell = strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)) + cell
			}
			cells[i] = cell
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "\t"), "\t ")); err != nil {
			return err
		}
	}
	return w.Flush()
}

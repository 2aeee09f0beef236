package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// machine is a line on what the figures were measured on.
func machine() string {
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	model := ""
	data, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value) + ", "
			break
		}
	}
	return fmt.Sprintf("Measured on %s%d cores, %s/%s %s, %s.", model, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, strings.TrimSpace(string(kernel)), runtime.Version())
}

// print writes the table of one size.
func (w *world) print(out io.Writer) {
	fmt.Fprintf(out, "\n## %s transactions\n\n", short(w.size))
	fmt.Fprintf(out, "Vault built in %s by pages of %d rows. ", words(w.built), pageRows)
	if len(w.versions) > 0 {
		fmt.Fprintf(out, "Beside %s.", strings.Join(w.versions, ", "))
	}
	head := []string{"", "Bankbook", "target at 1M"}
	for _, c := range w.all[1:] {
		head = append(head, c.name())
	}
	fmt.Fprintf(out, "\n\n")
	row(out, head)
	row(out, strings.Split(strings.Repeat("---,", len(head)-1)+"---", ","))
	for _, phase := range [][]op{readings(), writings(), upkeep()} {
		for _, o := range phase {
			row(out, w.times(o))
		}
	}
	row(out, w.line("bytes a transaction", "140", func(c contender) string { return fmt.Sprint(w.sizes[c.name()] / int64(w.size)) }))
	row(out, w.line("peak memory of the process", "350 MiB with the window", func(c contender) string {
		if c == contender(w.ours) {
			return fmt.Sprintf("%s, of which %s are not the file's", mebibytes(w.holds.Peak), mebibytes(w.holds.Anonymous))
		}
		return mebibytes(w.peaks[c.name()])
	}))
}

func row(out io.Writer, cells []string) { fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | ")) }

func (w *world) line(name, target string, cell func(contender) string) []string {
	cells := []string{name, cell(w.ours), target}
	for _, c := range w.all[1:] {
		cells = append(cells, cell(c))
	}
	return cells
}

// times writes the line of an operation.
func (w *world) times(o op) []string {
	ours := w.samples[o][w.ours.name()]
	return w.line(o.name, o.target, func(c contender) string {
		s := w.samples[o][c.name()]
		switch {
		case s.stopped:
			return "stopped after " + words(w.limit)
		case len(s.took) == 0:
			return "–"
		case c == contender(w.ours):
			return w.ourCell(o, s)
		}
		cell := words(s.median())
		if o.rounds == insert.rounds {
			cell += ", p95 " + words(s.at(95))
		}
		if len(ours.took) > 0 && ours.median() > 0 {
			cell += " (" + times(float64(s.median())/float64(ours.median())) + ")"
		}
		return cell
	})
}

// ourCell tells too whether a target is missed, which is one for a million
// rows.
func (w *world) ourCell(o op, s *sample) string {
	cell := "**" + words(s.median()) + "**"
	if o.rounds == insert.rounds {
		cell += ", p95 " + words(s.at(95))
	}
	if w.size == 1000_000 && o.max > 0 && s.median() > time.Duration(o.max*float64(time.Millisecond)) {
		cell += " missed"
	}
	return cell
}

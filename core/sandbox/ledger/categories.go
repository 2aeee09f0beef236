package ledger

import (
	"iter"
	"strings"
)

// The groups of Plaid's older categories.
const (
	placeGroup   = "place"
	specialGroup = "special"
)

// Categories returns Plaid's older categories in order, each with its group:
// "place" for what happens at a place, "special" for the rest.
func Categories() iter.Seq2[Legacy, string] {
	return func(yield func(Legacy, string) bool) {
		for _, top := range legacyTree {
			var path [3]string
			for line := range strings.Lines(top.lines) {
				number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
				if number == "" {
					continue
				}
				level := levelOf(number)
				path[level] = name
				if !yield(Legacy{top.number + number, strings.Join(path[:level+1], levelMark)}, top.group) {
					return
				}
			}
		}
	}
}

// levelOf returns how deep a category lies, by the six digits after those of its
// top: three for the second level and three for the third.
func levelOf(number string) int {
	switch {
	case number == "000000":
		return 0
	case strings.HasSuffix(number, "000"):
		return 1
	}
	return 2
}

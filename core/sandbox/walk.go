package sandbox

import (
	"iter"
	"maps"
	"math"
	"slices"

	"bankbook/core/sandbox/ledger"
)

// change is one difference between two views. A row that was there and is gone
// has no after.
type change struct {
	before, after *ledger.Row
	// turn is the one of the account of a row that is gone.
	turn int
}

// walk goes through the changes that lead from one view of an Item to another,
// the newest part of its history first. Only those parts are looked at in which
// something can have changed.
type walk struct {
	sources       []ledger.Source
	before, after view
}

// place is how far a walk has come: a part of a source, and how many of its
// changes have been passed.
type place struct{ source, part, index int }

// beginning is the place before all changes.
func beginning() place { return place{part: math.MaxInt32} }

// difference returns the walk from one view of the Item to another.
func (s *Server) difference(it *item, before, after view) *walk {
	return &walk{s.sources(it), before, after}
}

// page returns so many changes from a place on, and the place behind them if
// there are more.
func (w *walk) page(from place, count int) (page []change, next place, more bool) {
	for source := from.source; source < len(w.sources); source++ {
		for part := range w.parts(source) {
			at := place{source: source, part: part}
			if source == from.source && part >= from.part {
				if part > from.part {
					continue
				}
				at.index = from.index
			}
			for _, c := range skip(w.changes(at), at.index) {
				if len(page) == count {
					return page, at, true
				}
				page = append(page, c)
				at.index++
			}
		}
	}
	return page, place{}, false
}

// all returns all changes.
func (w *walk) all() []change {
	changes, _, _ := w.page(beginning(), math.MaxInt)
	return changes
}

func skip(list []change, n int) []change { return list[min(n, len(list)):] }

// changes returns the changes within the part of a place, the newest first. A
// row that takes another's place comes before the other goes. The rows of an account
// that has got another id are others.
func (w *walk) changes(at place) []change {
	movements := w.sources[at.source].Part(at.part)
	out, rows := make([]change, 0, len(movements)), make([]ledger.Row, 2*len(movements))
	for i, m := range slices.Backward(movements) {
		before, after := &rows[2*i], &rows[2*i+1]
		was, is := w.before.row(m, before), w.after.row(m, after)
		switch {
		case was && is && before.Stage == after.Stage && w.before.turn(m) == w.after.turn(m):
			if !before.Same(*after) {
				out = append(out, change{before: before, after: after})
			}
			continue
		case is:
			out = append(out, change{after: after})
		}
		if was {
			out = append(out, change{before: before, turn: w.before.turn(m)})
		}
	}
	return out
}

// days is a range of days, both ends included.
type days struct{ first, last ledger.Day }

// news returns when something happened that one of the views shows and the other
// does not, the newest days first.
func (w *walk) news() []days {
	b, a := &w.before, &w.after
	then, now := ledger.DayOf(b.now.At), ledger.DayOf(a.now.At)
	if !b.ready {
		return []days{{a.first, now}}
	}
	if !slices.Equal(b.accounts, a.accounts) || !maps.Equal(b.turns, a.turns) {
		return []days{{min(a.first, b.first), max(then, now)}}
	}
	out := []days{{min(then, now), max(then, now)}}
	if b.first != a.first {
		out = append(out, days{min(a.first, b.first), max(a.first, b.first) - 1})
	}
	return out
}

// parts returns the parts of a source in which something happened, the newest
// first and each once.
func (w *walk) parts(source int) iter.Seq[int] {
	return func(yield func(int) bool) {
		below := math.MaxInt
		for _, d := range w.news() {
			first, last := w.sources[source].Parts(d.first, d.last)
			for part := min(last, below-1); part >= first; part-- {
				if !yield(part) {
					return
				}
				below = part
			}
		}
	}
}

// rows returns what the Item shows at a moment.
func (s *Server) rows(it *item, m moment) iter.Seq[ledger.Row] {
	return func(yield func(ledger.Row) bool) {
		w := s.difference(it, view{}, s.view(it, m, ""))
		for source := range w.sources {
			for part := range w.parts(source) {
				for _, c := range w.changes(place{source: source, part: part}) {
					if !yield(*c.after) {
						return
					}
				}
			}
		}
	}
}

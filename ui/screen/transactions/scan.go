package transactions

import (
	"context"

	"bankbook/core"
)

// scanStep is after how many rows a scan tells how far it is.
const scanStep = 20_000

// keptRows is how many of the found rows a scan keeps, so that a filter that
// finds few in many months needs no month read again.
const keptRows = 5_000

// found is what a scan has found so far. The slices only ever grow behind what
// an earlier found shows, so the UI thread can read it while the scan goes on.
type found struct {
	refs []ref
	// rows holds the first keptRows of the rows at refs.
	rows []core.Transaction
	sums []Sum
	// textOnly counts the rows that pass the text, whatever the other filters
	// say of them.
	textOnly int
	scanned  int
}

// scanner walks the months of a source, newest first.
type scanner struct {
	source  Rows
	months  []core.MonthCount
	matcher matcher
	tell    func(found)

	found found
	sums  sums
	told  int
}

// run returns what was found; it is not complete if ctx ended.
func (s *scanner) run(ctx context.Context) (found, error) {
	s.sums = sums{}
	for _, m := range s.months {
		if ctx.Err() != nil {
			break
		}
		rows, err := s.source.Month(m.Month)
		if err != nil {
			return s.found, err
		}
		for i, t := range rows {
			s.look(ref{month: m.Month, index: int32(i)}, t)
		}
		s.found.scanned += len(rows)
		if s.found.scanned-s.told >= scanStep {
			s.told = s.found.scanned
			s.tell(s.snapshot())
		}
	}
	return s.snapshot(), nil
}

func (s *scanner) look(r ref, t core.Transaction) {
	if !s.matcher.text(t) {
		return
	}
	s.found.textOnly++
	if !s.matcher.rest(t) {
		return
	}
	s.found.refs = append(s.found.refs, r)
	if len(s.found.rows) < keptRows {
		s.found.rows = append(s.found.rows, t)
	}
	s.sums.addRow(t)
}

func (s *scanner) snapshot() found {
	f := s.found
	f.sums = s.sums.list()
	return f
}

package review

import (
	"bankbook/core"
	"bankbook/core/money"
)

// maxRows is how many rows a segment has at most, so that row numbers and
// codes have 16 bits.
const maxRows = 1 << 16

// fieldEnd stands between the texts of one row, and textEnd behind them. Valid
// UTF-8, which all folded texts are, has neither; so nothing is found across
// them.
const (
	fieldEnd = 0xFF
	textEnd  = 0xFE
)

// month is what the index holds of a month. It never changes.
type month struct {
	Stamp
	chunks   []chunkPlace
	segments []*segment
}

// chunkPlace says where the rows of a chunk begin in the order of scanning.
type chunkPlace struct {
	number uint32
	stamp  uint64
	first  uint32
}

// segment is some rows of a month, column by column, in the default order.
// The codes in account, category, state, title and text are positions in the
// lists below them.
type segment struct {
	of    *month
	days  []dayRun
	minor []int64

	account, category, state, title, text []uint16
	// at is a row's position in the order of scanning, id a hash of its id.
	at, id []uint32

	accounts   []accountKey
	categories []core.Category
	states     []stateKey
	titles     []string
	// blob holds the folded texts: text n ends before ends[n].
	blob []byte
	ends []uint32

	// whole are the sums of all rows, by account code.
	whole []cell
	// most is the largest amount without its sign.
	most uint64
}

// dayRun says where the rows of a day begin; they end where the next begins.
type dayRun struct {
	date  core.Date
	start int
}

// accountKey is what rows of one account have in common. An account has more
// than one if it has more than one currency.
type accountKey struct {
	item     core.ItemID
	account  core.AccountID
	currency money.Currency
}

// stateKey is what else can be asked of a row.
type stateKey struct {
	pending, reviewed bool
	// tags are folded, each between two fieldEnds.
	tags string
}

func (s *segment) len() int { return len(s.minor) }

// textOf returns the folded texts of a row.
func (s *segment) textOf(n uint16) []byte {
	if n == 0 {
		return s.blob[:s.ends[0]]
	}
	return s.blob[s.ends[n-1]:s.ends[n]]
}

// rows returns which rows are of the days from..to; days run backwards.
func (s *segment) rows(from, to core.Date) (lo, hi int) {
	hi = s.len()
	for i := len(s.days) - 1; i >= 0 && s.days[i].date < from; i-- {
		hi = s.days[i].start
	}
	lo = hi
	for _, d := range s.days {
		if d.date <= to {
			lo = min(d.start, hi)
			break
		}
	}
	return lo, hi
}

// date returns the day of a row.
func (s *segment) date(i int) core.Date {
	lo, hi := 0, len(s.days)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; s.days[mid].start <= i {
			lo = mid
		} else {
			hi = mid
		}
	}
	return s.days[lo].date
}

// ref returns the place of a row in the source.
func (s *segment) ref(i int) Ref {
	at, chunks := s.at[i], s.of.chunks
	lo, hi := 0, len(chunks)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; chunks[mid].first <= at {
			lo = mid
		} else {
			hi = mid
		}
	}
	c := chunks[lo]
	return Ref{Month: s.of.Month, Chunk: c.number, Stamp: c.stamp, Index: int(at - c.first)}
}

// bytes returns about how much memory the segment takes.
func (s *segment) bytes() int {
	n := 8*cap(s.minor) + 2*5*cap(s.text) + 4*2*cap(s.at) + cap(s.blob) + 4*cap(s.ends) + 48*len(s.accounts) + 32*len(s.categories) + 24*len(s.whole)
	for _, t := range s.titles {
		n += 16 + len(t)
	}
	return n
}

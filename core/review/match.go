package review

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/money"
)

// part is the rows of a segment that a query asks for: those in sel, or if
// that is nil all from lo up to hi.
type part struct {
	seg    *segment
	lo, hi int
	sel    []uint16
}

func (p part) len() int {
	if p.sel != nil {
		return len(p.sel)
	}
	return p.hi - p.lo
}

// row returns which row of the segment is the n-th of the part.
func (p part) row(n int) int {
	if p.sel != nil {
		return int(p.sel[n])
	}
	return p.lo + n
}

// matcher is a query made ready for many segments.
type matcher struct {
	query    Query
	from, to core.Date
	owners   owners
	words    func(category string) string
	// limits are the amounts by currency; typed are the amounts that begin with
	// a word, by word and currency. Both are filled as currencies come up.
	limits map[money.Currency][]limit
	typed  map[money.Currency][][]money.Range
	// categories are the words of the categories met so far.
	categories map[string]string
}

// limit is an Amount in the minor units of one currency: a row has it if its
// amount, with the sign that mask gives it, lies span or less above min.
type limit struct {
	// always and ifNegative are what mask is made of: -1 turns the sign round.
	always, ifNegative int64
	min, span          uint64
	not                int
}

func newMatcher(q Query, today core.Date, o owners, words func(string) string) *matcher {
	m := &matcher{
		query: q, words: words, owners: o,
		limits: map[money.Currency][]limit{}, typed: map[money.Currency][][]money.Range{},
		categories: map[string]string{},
	}
	m.from, m.to = q.Dates.span(today)
	return m
}

// match returns the rows of a segment that the query asks for.
func (m *matcher) match(s *segment) part {
	p := part{seg: s}
	p.lo, p.hi = s.rows(m.from, m.to)
	if p.lo == p.hi {
		return p
	}
	q := &m.query
	p = p.keep(s.account, table(s.accounts, func(k accountKey) bool {
		return m.owners.shows(k, q.Accounts) && q.Banks.Has(k.item) && q.Currencies.Has(k.currency) && q.Profiles.Has(m.owners.profile(k))
	}))
	p = p.keep(s.category, table(s.categories, func(c core.Category) bool { return hasCategory(q.Categories, c) }))
	p = p.keep(s.state, table(s.states, m.state))
	for i := range q.Amounts {
		p = m.keepAmount(p, i)
	}
	for i := range q.Words {
		p = m.keepWord(p, i)
	}
	return p
}

func hasCategory(s Set[string], c core.Category) bool {
	in := func(list []string) bool { return slices.Contains(list, c.Primary) || slices.Contains(list, c.Detailed) }
	return (len(s.In) == 0 || in(s.In)) && !in(s.Not)
}

func (m *matcher) state(k stateKey) bool {
	q := &m.query
	switch {
	case q.Status == Pending && !k.pending, q.Status == Posted && k.pending:
		return false
	case q.Reviewed == IsReviewed && !k.reviewed, q.Reviewed == NotReviewed && k.reviewed:
		return false
	}
	has := func(tag string) bool { return strings.Contains(k.tags, tagText([]string{tag})) }
	return (len(q.Tags.In) == 0 || slices.ContainsFunc(q.Tags.In, has)) && !slices.ContainsFunc(q.Tags.Not, has)
}

// table asks a condition of everything in a list; nil means that all fulfil it.
func table[T any](list []T, ok func(T) bool) []uint8 {
	t := make([]uint8, len(list))
	all := true
	for i, v := range list {
		if ok(v) {
			t[i] = 1
		} else {
			all = false
		}
	}
	if all {
		return nil
	}
	return t
}

// keep leaves the rows whose code has a 1 in the table. The loops have no
// branch that depends on the data.
func (p part) keep(codes []uint16, ok []uint8) part {
	if ok == nil || p.len() == 0 {
		return p
	}
	n := 0
	if p.sel == nil {
		p.sel = make([]uint16, p.hi-p.lo)
		for i, code := range codes[p.lo:p.hi] {
			p.sel[n] = uint16(p.lo + i)
			n += int(ok[code])
		}
	} else {
		for _, row := range p.sel {
			p.sel[n] = row
			n += int(ok[codes[row]])
		}
	}
	p.sel = p.sel[:n]
	return p
}

// all makes the rows of a part explicit.
func (p part) all() part {
	if p.sel == nil {
		p.sel = make([]uint16, p.hi-p.lo)
		for i := range p.sel {
			p.sel[i] = uint16(p.lo + i)
		}
	}
	return p
}

// keepAmount leaves the rows that fulfil one condition on amounts.
func (m *matcher) keepAmount(p part, which int) part {
	s := p.seg
	limits := make([]limit, len(s.accounts))
	for i, a := range s.accounts {
		limits[i] = m.limitsOf(a.currency)[which]
	}
	p = p.all()
	n := 0
	for _, row := range p.sel {
		p.sel[n] = row
		n += limits[s.account[row]].has(s.minor[row])
	}
	p.sel = p.sel[:n]
	return p
}

func (m *matcher) limitsOf(c money.Currency) []limit {
	list, ok := m.limits[c]
	if !ok {
		for _, a := range m.query.Amounts {
			list = append(list, newLimit(a, c))
		}
		m.limits[c] = list
	}
	return list
}

func newLimit(a Amount, c money.Currency) limit {
	low, high := uint64(0), uint64(1)<<63
	never := false
	if a.Min != "" {
		minor, exact := a.Min.In(c)
		low = uint64(minor)
		if !exact || a.Above {
			low++
		}
		never = beyond(minor, exact)
	}
	if a.Max != "" {
		minor, exact := a.Max.In(c)
		if !beyond(minor, exact) {
			high = uint64(minor)
		}
		if exact && a.Below {
			never = never || high == 0
			high--
		}
	}
	l := limit{min: low, ifNegative: -1}
	switch {
	case a.Sign > 0:
		l.min, high, l.ifNegative = max(low, 1), min(high, math.MaxInt64), 0
	case a.Sign < 0:
		l.min, l.always = max(low, 1), -1
	}
	if a.Not {
		l.not = 1
	}
	if never || l.min > high {
		return limit{min: math.MaxUint64, ifNegative: -1, not: l.not}
	}
	l.span = high - l.min
	return l
}

// beyond reports whether money.Decimal.In has met a number that no amount
// reaches.
func beyond(minor int64, exact bool) bool { return minor == math.MaxInt64 && !exact }

// has is 1 if an amount fulfils the condition, and 0 if not.
func (l *limit) has(minor int64) int {
	mask := minor>>63&l.ifNegative | l.always
	in := 0
	if uint64((minor^mask)-mask)-l.min <= l.span {
		in = 1
	}
	return in ^ l.not
}

// keepWord leaves the rows in which a word occurs, or does not.
func (m *matcher) keepWord(p part, which int) part {
	if p.len() == 0 {
		return p
	}
	s, w := p.seg, m.query.Words[which]
	texts := s.find([]byte(w.Text), p)
	categories := make([]uint8, len(s.categories))
	for i, c := range s.categories {
		if strings.Contains(m.folded(c.Primary), w.Text) {
			categories[i] = 1
		}
	}
	not := uint8(0)
	if w.Not {
		not = 1
	}
	p = p.all()
	n := 0
	if typed, any := m.typedIn(s, which); any {
		for _, row := range p.sel {
			found := texts[s.text[row]] | categories[s.category[row]] | inRanges(typed[s.account[row]], s.minor[row])
			p.sel[n] = row
			n += int(found ^ not)
		}
	} else {
		for _, row := range p.sel {
			p.sel[n] = row
			n += int((texts[s.text[row]] | categories[s.category[row]]) ^ not)
		}
	}
	p.sel = p.sel[:n]
	return p
}

// folded returns the words of a category as they are searched.
func (m *matcher) folded(category string) string {
	words, ok := m.categories[category]
	if !ok {
		words = Fold(m.words(category))
		m.categories[category] = words
	}
	return words
}

// typedIn returns, by account code, the amounts that begin with a word, and
// whether there are any.
func (m *matcher) typedIn(s *segment, which int) (typed [][]money.Range, any bool) {
	typed = make([][]money.Range, len(s.accounts))
	for i, a := range s.accounts {
		typed[i] = m.typedOf(a.currency)[which]
		any = any || len(typed[i]) > 0
	}
	return typed, any
}

// inRanges is 1 if an amount without its sign lies in one of the ranges.
func inRanges(ranges []money.Range, minor int64) uint8 {
	size := magnitude(minor)
	for _, r := range ranges {
		if size < uint64(r.Min) {
			return 0
		}
		if size <= uint64(r.Max) {
			return 1
		}
	}
	return 0
}

// typedOf returns for every word the amounts that begin with it.
func (m *matcher) typedOf(c money.Currency) [][]money.Range {
	list, ok := m.typed[c]
	if !ok {
		for _, w := range m.query.Words {
			list = append(list, c.Beginning(amountDigits(w.Text)))
		}
		m.typed[c] = list
	}
	return list
}

// amountDigits returns the plain number in "–$1,284.50".
func amountDigits(word string) string {
	return strings.ReplaceAll(strings.TrimLeft(word, "+-–$€£¥"), ",", "")
}

// find marks the texts in which a word occurs. Of few rows it looks at their
// texts, of many through all texts at once.
func (s *segment) find(word []byte, p part) []uint8 {
	found := make([]uint8, len(s.ends))
	if p.sel != nil && len(p.sel) < len(s.ends)/4 {
		for _, row := range p.sel {
			if bytes.Contains(s.textOf(s.text[row]), word) {
				found[s.text[row]] = 1
			}
		}
		return found
	}
	text := 0
	for at := 0; at < len(s.blob); {
		hit := bytes.Index(s.blob[at:], word)
		if hit < 0 {
			break
		}
		text = s.textAt(uint32(at+hit), text)
		found[text] = 1
		at = int(s.ends[text])
	}
	return found
}

// textAt returns which text a place in the blob belongs to, being no earlier
// one than from: most hits are near the last.
func (s *segment) textAt(at uint32, from int) int {
	step := 1
	hi := from
	for hi < len(s.ends) && s.ends[hi] <= at {
		from = hi + 1
		hi += step
		step *= 2
	}
	n, _ := slices.BinarySearch(s.ends[from:min(hi+1, len(s.ends))], at+1)
	return from + n
}

package review

import (
	"strconv"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/money"
)

// Problem is a term of a search line that is not understood. It is searched for
// as text.
type Problem struct {
	// Term is the term as it stands in the line.
	Term string
	Why  Why
}

// Why says what is wrong with a term.
type Why string

// The reasons.
const (
	// UnknownKey is for a word before a colon that means nothing.
	UnknownKey Why = "key"
	// NoSuchName is for a bank, account, profile or category that is not there.
	NoSuchName Why = "name"
	// NotADate is for what is neither a day, a month, a year nor a preset.
	NotADate Why = "date"
	// NotAnAmount is for what is not a number, a limit or a range.
	NotAnAmount Why = "amount"
	// NotAState is for what nothing can be, as in "is:blue".
	NotAState Why = "state"
	// NotANumber is for a number of rows that is none.
	NotANumber Why = "number"
	// NotAColumn is for what rows cannot be sorted by.
	NotAColumn Why = "column"
	// NotNegatable is for a condition that cannot be turned round.
	NotNegatable Why = "not"
)

// Parse reads a search line such as
//
//	coffee account:checking amount:>20 -pending before:2026-03 "two words"
//
// Words have to occur, and with a minus before them must not. Conditions have a
// key: date, before, after, since, until, account, bank, profile, category,
// tag, currency, amount, is, sort, offset and limit. Names may be parts of
// names; behind "=" stands an id. Parse understands any line: what is no
// condition is text, and Problems say which conditions that befell.
func Parse(line string, names Names, today core.Date) (Query, []Problem) {
	p := parser{names: names, today: today}
	for _, t := range lex(line) {
		if why := p.term(t); why != "" {
			p.problems = append(p.problems, Problem{Term: t.raw, Why: why})
			p.word(strings.TrimPrefix(t.raw, "-"), t.not)
		}
	}
	return p.query, p.problems
}

type parser struct {
	names    Names
	today    core.Date
	query    Query
	problems []Problem
}

func (p *parser) word(text string, not bool) {
	if text = Fold(text); text != "" {
		p.query.Words = append(p.query.Words, Word{Text: text, Not: not})
	}
}

// isState reports whether a bare word is a condition.
func isState(word string) bool {
	switch word {
	case "pending", "posted", "reviewed", "unreviewed":
		return true
	}
	return false
}

// term takes a term in, or says why it cannot.
func (p *parser) term(t term) Why {
	q := &p.query
	switch t.key {
	case "":
		if !t.quoted && isState(Fold(t.value)) {
			return p.state(t)
		}
		p.word(t.value, t.not)
		return ""
	case "date", "before", "after", "since", "until":
		return p.date(t)
	case "amount":
		return p.amount(t)
	case "is":
		return p.state(t)
	case "account":
		return add(&q.Accounts, p.names.accounts(t.value), t.not)
	case "bank":
		return add(&q.Banks, p.names.banks(t.value), t.not)
	case "profile":
		return add(&q.Profiles, p.names.profiles(t.value), t.not)
	case "category":
		return add(&q.Categories, p.names.categories(t.value), t.not)
	case "tag":
		return add(&q.Tags, literal(Fold(t.value)), t.not)
	case "currency":
		return add(&q.Currencies, literal(money.Currency(strings.ToUpper(t.value))), t.not)
	case "sort", "offset", "limit":
		return p.listing(t)
	}
	return UnknownKey
}

// literal is one value, or none if it is empty.
func literal[T ~string](value T) []T {
	if value == "" {
		return nil
	}
	return []T{value}
}

func add[T ~string](set *Set[T], values []T, not bool) Why {
	side := &set.In
	if not {
		side = &set.Not
	}
	if len(values) == 0 {
		return NoSuchName
	}
	*side = union(*side, values)
	return ""
}

func (p *parser) state(t term) Why {
	q := &p.query
	status, reviewed := Pending, IsReviewed
	if t.not {
		status, reviewed = Posted, NotReviewed
	}
	switch Fold(t.value) {
	case "pending":
		q.Status = status
	case "posted":
		q.Status = Pending + Posted - status
	case "reviewed":
		q.Reviewed = reviewed
	case "unreviewed":
		q.Reviewed = IsReviewed + NotReviewed - reviewed
	case "in":
		q.Amounts = append(q.Amounts, Amount{Sign: 1, Not: t.not})
	case "out":
		q.Amounts = append(q.Amounts, Amount{Sign: -1, Not: t.not})
	default:
		return NotAState
	}
	return ""
}

// amount reads ">20", ">=20", "<20", "<=20", "20", "20..50", "20..", "..50",
// each with + or - before it for money in or out.
func (p *parser) amount(t term) Why {
	a := Amount{Not: t.not}
	rest := t.value
	if cut, ok := strings.CutPrefix(rest, "+"); ok {
		a.Sign, rest = 1, cut
	} else if cut, ok := strings.CutPrefix(rest, "-"); ok {
		a.Sign, rest = -1, cut
	}
	low, high, isRange := strings.Cut(rest, "..")
	limit := strings.TrimLeft(rest, "<>=")
	switch rest[:len(rest)-len(limit)] {
	case ">":
		low, high, a.Above = limit, "", true
	case ">=":
		low, high = limit, ""
	case "<":
		low, high, a.Below = "", limit, true
	case "<=":
		low, high = "", limit
	case "", "=":
		if !isRange {
			low, high = limit, limit
		}
	default:
		return NotAnAmount
	}
	var okLow, okHigh bool
	a.Min, okLow = number(low)
	a.Max, okHigh = number(high)
	if !okLow || !okHigh || a.Min == "" && a.Max == "" {
		return NotAnAmount
	}
	p.query.Amounts = append(p.query.Amounts, a)
	return ""
}

// number reads "$1,284.50"; "" is no limit.
func number(s string) (d money.Decimal, ok bool) {
	if s == "" {
		return "", true
	}
	d, err := money.ParseDecimal(strings.ReplaceAll(strings.TrimLeft(s, "$€£¥"), ",", ""))
	return d, err == nil
}

// date reads a preset, a day, a month, a year, or a range of those.
func (p *parser) date(t term) Why {
	if t.not {
		return NotNegatable
	}
	value := strings.ToLower(t.value)
	if t.key == "date" && isPreset(value) {
		p.query.Dates.Preset = Preset(value)
		return ""
	}
	d, ok := dates(t.key, value)
	if !ok || d == (Dates{}) || !writable(d.From) || !writable(d.To) {
		return NotADate
	}
	p.query.Dates = p.query.Dates.with(d)
	return ""
}

// dates reads what stands behind one of the keys for dates.
func dates(key, value string) (d Dates, ok bool) {
	if low, high, isRange := strings.Cut(value, ".."); key == "date" && isRange {
		from, _, okFrom := days(low)
		_, to, okTo := days(high)
		return Dates{From: from, To: to}, (okFrom || low == "") && (okTo || high == "")
	}
	first, last, ok := days(value)
	switch key {
	case "before":
		return Dates{To: first.AddDays(-1)}, ok
	case "after":
		return Dates{From: last.AddDays(1)}, ok
	case "since":
		return Dates{From: first}, ok
	case "until":
		return Dates{To: last}, ok
	}
	return Dates{From: first, To: last}, ok
}

// writable reports whether a day has a year of four digits.
func writable(d core.Date) bool {
	year := d.Time().Year()
	return year >= 0 && year <= 9999
}

// days reads a day, a month or a year, and returns its first and last day.
func days(s string) (first, last core.Date, ok bool) {
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return core.DateOf(t), core.DateOf(t), true
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		m := core.DateOf(t).Month()
		return m.First(), m.Last(), true
	}
	if t, err := time.Parse("2006", s); err == nil {
		first, last = yearRange(t.Year())
		return first, last, true
	}
	return 0, 0, false
}

// listing reads what part of the rows is asked for, and in which order.
func (p *parser) listing(t term) Why {
	q := &p.query
	if t.not {
		return NotNegatable
	}
	if t.key == "sort" {
		by, reverse := strings.CutPrefix(strings.ToLower(t.value), "-")
		if by == "date" {
			by = string(ByDate)
		} else if !isColumn(Column(by)) {
			return NotAColumn
		}
		q.Sort = Sort{By: Column(by), Reverse: reverse}
		return ""
	}
	n, err := strconv.ParseInt(t.value, 10, 32)
	if err != nil || n < 0 {
		return NotANumber
	}
	if t.key == "offset" {
		q.Offset = int(n)
	} else {
		q.Limit = int(n)
	}
	return ""
}

// isColumn reports whether rows can be sorted by a column, other than by date.
func isColumn(c Column) bool {
	switch c {
	case ByName, ByAccount, ByCategory, ByStatus, ByAmount:
		return true
	}
	return false
}

package review

import (
	"cmp"
	"slices"

	"bankbook/core"
)

// Grouping is what rows can be put together by.
type Grouping string

// The groupings.
const (
	PerMonth    Grouping = "month"
	PerWeek     Grouping = "week"
	PerCategory Grouping = "category"
	PerMerchant Grouping = "merchant"
	PerAccount  Grouping = "account"
	PerProfile  Grouping = "profile"
	PerBank     Grouping = "bank"
)

// Groupings lists all groupings.
func Groupings() []Grouping {
	return []Grouping{PerMonth, PerWeek, PerCategory, PerMerchant, PerAccount, PerBank, PerProfile}
}

// Group is the rows that have something in common.
type Group struct {
	// Key is the month as 2006-01, the Monday of the week as 2006-01-02, the code
	// of the primary category, the name that is shown first (core.Transaction.
	// Title), or the id of the account, bank or profile.
	Key  string
	Rows int
	// Sums has the currency with the most rows first.
	Sums []Sum
}

// Groups puts the rows together. Months and weeks come newest first, the
// others by their number of rows.
func (r *Result) Groups(by Grouping) []Group {
	g := grouper{tallies: map[string]tally{}}
	for _, p := range r.parts {
		s := p.seg
		switch by {
		case PerMonth:
			g.byAccount(p, func(accountKey) string { return s.of.Month.String() })
		case PerAccount:
			g.byAccount(p, func(k accountKey) string { return string(k.account) })
		case PerBank:
			g.byAccount(p, func(k accountKey) string { return string(k.item) })
		case PerProfile:
			g.byAccount(p, func(k accountKey) string { return string(r.snapshot.owners.profile(k)) })
		case PerWeek:
			g.byWeek(p)
		case PerCategory:
			byCode(g, p, s.category, s.categories, func(c core.Category) string { return c.Primary })
		case PerMerchant:
			byCode(g, p, s.title, s.titles, func(t string) string { return t })
		}
	}
	return g.list(by == PerMonth || by == PerWeek)
}

type grouper struct{ tallies map[string]tally }

func (g grouper) add(key string, a accountKey, c cell) {
	if c.rows == 0 {
		return
	}
	t := g.tallies[key]
	if t == nil {
		t = tally{}
		g.tallies[key] = t
	}
	t.add(a.currency, c)
}

func (g grouper) byAccount(p part, key func(accountKey) string) {
	cells := p.seg.whole
	if p.len() < p.seg.len() {
		cells = p.seg.sum(p, p.seg.account, len(p.seg.accounts))
	}
	for i, c := range cells {
		g.add(key(p.seg.accounts[i]), p.seg.accounts[i], c)
	}
}

// byWeek cuts the part at Mondays.
func (g grouper) byWeek(p part) {
	s := p.seg
	n := 0
	for n < p.len() {
		monday := Monday(s.date(p.row(n)))
		_, end := s.rows(monday, monday.AddDays(6))
		week := part{seg: s, lo: p.row(n), hi: min(end, p.hi)}
		last := n + week.hi - week.lo
		if p.sel != nil {
			last, _ = slices.BinarySearchFunc(p.sel, end, func(row uint16, end int) int { return cmp.Compare(int(row), end) })
			week.sel = p.sel[n:last]
		}
		for i, c := range s.sum(week, s.account, len(s.accounts)) {
			g.add(monday.String(), s.accounts[i], c)
		}
		n = last
	}
}

// byCode adds up by code and currency.
func byCode[T any](g grouper, p part, codes []uint16, list []T, key func(T) string) {
	s := p.seg
	if len(s.accounts) == 1 || oneCurrency(s) {
		for code, c := range s.sum(p, codes, len(list)) {
			g.add(key(list[code]), s.accounts[0], c)
		}
		return
	}
	// Rows of each currency for themselves; few segments have more than one.
	for _, a := range currenciesOf(s) {
		only := p.clone().keep(s.account, table(s.accounts, func(k accountKey) bool { return k.currency == a.currency }))
		for code, c := range s.sum(only, codes, len(list)) {
			g.add(key(list[code]), a, c)
		}
	}
}

func oneCurrency(s *segment) bool { return len(currenciesOf(s)) == 1 }

// currenciesOf returns one account for each currency of a segment.
func currenciesOf(s *segment) []accountKey {
	var list []accountKey
	for _, a := range s.accounts {
		if !slices.ContainsFunc(list, func(b accountKey) bool { return b.currency == a.currency }) {
			list = append(list, a)
		}
	}
	return list
}

// clone returns a part that keep can change.
func (p part) clone() part {
	p.sel = slices.Clone(p.sel)
	return p
}

func (g grouper) list(byTime bool) []Group {
	list := make([]Group, 0, len(g.tallies))
	for key, t := range g.tallies {
		group := Group{Key: key, Sums: t.list()}
		for _, s := range group.Sums {
			group.Rows += s.Rows
		}
		list = append(list, group)
	}
	slices.SortFunc(list, func(a, b Group) int {
		if byTime {
			return cmp.Compare(b.Key, a.Key)
		}
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Key, b.Key))
	})
	return list
}

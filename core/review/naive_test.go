package review_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/core/review/reviewtest"
)

// naive answers queries row by row, in the plainest way.
type naive struct {
	rows     []reviewtest.Row // in the default order
	items    []core.Item
	accounts []core.Account
	today    core.Date
	// within is the one profile that there is; "" is all.
	within core.ProfileID
}

// profile returns whose a row is.
func (n naive) profile(r reviewtest.Row) core.ProfileID {
	for _, a := range n.accounts {
		if a.ID == r.Account && a.Choices.Profile != "" {
			return a.Choices.Profile
		}
	}
	for _, i := range n.items {
		if i.ID == r.Item {
			return i.Profile
		}
	}
	return ""
}

// shown reports whether a row is not of a hidden account, or is asked for.
func (n naive) shown(r reviewtest.Row, q review.Query) bool {
	if n.within != "" && n.profile(r) != n.within {
		return false
	}
	hidden := slices.ContainsFunc(n.accounts, func(a core.Account) bool { return a.ID == r.Account && a.Choices.Hidden })
	return !hidden || len(q.Accounts.In) > 0
}

// words are the categories' words of the tests.
func words(category string) string {
	if category == "" {
		return "Uncategorized"
	}
	return strings.ReplaceAll(category, "_", " ")
}

func (n naive) find(q review.Query) []reviewtest.Row {
	var found []reviewtest.Row
	for _, r := range n.rows {
		if n.matches(r, q) {
			found = append(found, r)
		}
	}
	less := n.order(q.Sort.By)
	slices.SortStableFunc(found, func(a, b reviewtest.Row) int {
		if q.Sort.Reverse {
			return less(b, a)
		}
		return less(a, b)
	})
	return found
}

func (n naive) matches(r reviewtest.Row, q review.Query) bool {
	var note review.Annotation
	if r.Note != nil {
		note = *r.Note
	}
	category := r.Category
	if note.Category != "" {
		category = core.Category{Primary: note.Category}
	}
	var tags []string
	for _, t := range note.Tags {
		tags = append(tags, strings.ToLower(t))
	}
	ok := n.shown(r, q) && n.inDates(r.Date, q.Dates) &&
		one(q.Profiles, n.profile(r)) && one(q.Banks, r.Item) && one(q.Accounts, r.Account) && one(q.Currencies, r.Amount.Currency) &&
		one(q.Categories, category.Primary, category.Detailed) && one(q.Tags, tags...)
	switch q.Status {
	case review.Pending:
		ok = ok && r.Pending
	case review.Posted:
		ok = ok && !r.Pending
	}
	switch q.Reviewed {
	case review.IsReviewed:
		ok = ok && note.Reviewed
	case review.NotReviewed:
		ok = ok && !note.Reviewed
	}
	for _, a := range q.Amounts {
		ok = ok && hasAmount(r.Amount, a) != a.Not
	}
	for _, w := range q.Words {
		ok = ok && hasWord(r.Transaction, note.Note, words(category.Primary), w.Text) != w.Not
	}
	return ok
}

// one is whether one of the values is asked for, and none is excluded.
func one[T ~string](s review.Set[T], values ...T) bool {
	in := len(s.In) == 0
	for _, v := range values {
		in = in || slices.Contains(s.In, v)
		if slices.Contains(s.Not, v) {
			return false
		}
	}
	return in
}

func (n naive) inDates(d core.Date, q review.Dates) bool {
	if !q.From.IsZero() && d < q.From || !q.To.IsZero() && d > q.To {
		return false
	}
	day, today := d.Time(), n.today.Time()
	year, month, _ := today.Date()
	monday := today
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, -1)
	}
	between := func(from, to time.Time) bool { return !day.Before(from) && !day.After(to) }
	date := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	back := func(days int) bool { return between(today.AddDate(0, 0, -days+1), today) }
	switch q.Preset {
	case review.Today:
		return day.Equal(today)
	case review.Yesterday:
		return day.Equal(today.AddDate(0, 0, -1))
	case review.ThisWeek:
		return between(monday, monday.AddDate(0, 0, 6))
	case review.LastWeek:
		return between(monday.AddDate(0, 0, -7), monday.AddDate(0, 0, -1))
	case review.ThisMonth:
		return between(date(year, month, 1), date(year, month+1, 0))
	case review.LastMonth:
		return between(date(year, month-1, 1), date(year, month, 0))
	case review.ThisYear:
		return day.Year() == year
	case review.LastYear:
		return day.Year() == year-1
	case review.Last7Days:
		return back(7)
	case review.Last30Days:
		return back(30)
	case review.Last90Days:
		return back(90)
	case review.Last365Days:
		return back(365)
	}
	return true
}

// value is an amount as an exact number.
func value(a money.Amount) *big.Rat {
	r := new(big.Rat).SetInt64(a.Minor)
	for range a.Currency.Exponent() {
		r.Quo(r, big.NewRat(10, 1))
	}
	return r
}

func hasAmount(amount money.Amount, a review.Amount) bool {
	size := new(big.Rat).Abs(value(amount))
	if a.Sign != 0 && amount.Sign() != a.Sign {
		return false
	}
	if a.Min != "" {
		limit, _ := new(big.Rat).SetString(string(a.Min))
		if c := size.Cmp(limit); c < 0 || a.Above && c == 0 {
			return false
		}
	}
	if a.Max != "" {
		limit, _ := new(big.Rat).SetString(string(a.Max))
		if c := size.Cmp(limit); c > 0 || a.Below && c == 0 {
			return false
		}
	}
	return true
}

func hasWord(t core.Transaction, note, category, word string) bool {
	for _, s := range []string{t.Name, t.Merchant, t.Original, t.Counterparty, note, category} {
		if strings.Contains(strings.ToLower(s), word) {
			return true
		}
	}
	digits := strings.ReplaceAll(strings.TrimLeft(word, "+-–$€£¥"), ",", "")
	return digits != "" && strings.HasPrefix(strings.TrimPrefix(t.Amount.Decimal(), "-"), digits)
}

func (n naive) order(by review.Column) func(a, b reviewtest.Row) int {
	return func(a, b reviewtest.Row) int {
		switch by {
		case review.ByName:
			return strings.Compare(strings.ToLower(a.Title()), strings.ToLower(b.Title()))
		case review.ByAccount:
			return strings.Compare(n.accountName(a.Account), n.accountName(b.Account))
		case review.ByCategory:
			return strings.Compare(categoryWords(a), categoryWords(b))
		case review.ByStatus:
			return cmp.Compare(fmt.Sprint(!a.Pending), fmt.Sprint(!b.Pending))
		case review.ByAmount:
			return value(a.Amount).Cmp(value(b.Amount))
		}
		return cmp.Compare(b.Date, a.Date)
	}
}

func (n naive) accountName(id core.AccountID) string {
	for _, a := range n.accounts {
		if a.ID == id {
			return strings.ToLower(a.Name + " " + a.Mask)
		}
	}
	return string(id)
}

func effective(r reviewtest.Row) string {
	if r.Note != nil && r.Note.Category != "" {
		return r.Note.Category
	}
	return r.Category.Primary
}

func categoryWords(r reviewtest.Row) string { return strings.ToLower(words(effective(r))) }

// naiveSum adds up in unlimited arithmetic.
type naiveSum struct {
	rows    int
	in, out *big.Int
}

func naiveSums(rows []reviewtest.Row) map[money.Currency]*naiveSum {
	sums := map[money.Currency]*naiveSum{}
	for _, r := range rows {
		s := sums[r.Amount.Currency]
		if s == nil {
			s = &naiveSum{in: new(big.Int), out: new(big.Int)}
			sums[r.Amount.Currency] = s
		}
		s.rows++
		side := s.out
		if r.Amount.Minor > 0 {
			side = s.in
		}
		side.Add(side, big.NewInt(r.Amount.Minor))
	}
	return sums
}

// sameSums compares the sums of a result with those of rows, and says what
// differs.
func sameSums(got []review.Sum, rows []reviewtest.Row) error {
	want := naiveSums(rows)
	if len(got) != len(want) {
		return fmt.Errorf("%d currencies, want %d", len(got), len(want))
	}
	for i, s := range got {
		w := want[s.Currency]
		if w == nil || s.Rows != w.rows {
			return fmt.Errorf("%s has %d rows", s.Currency, s.Rows)
		}
		if i > 0 && (got[i-1].Rows < s.Rows || got[i-1].Rows == s.Rows && got[i-1].Currency > s.Currency) {
			return fmt.Errorf("%s stands behind %s", s.Currency, got[i-1].Currency)
		}
		for _, pair := range []struct {
			got  money.Optional
			want *big.Int
		}{{s.Credits, w.in}, {s.Debits, w.out}, {s.Net(), new(big.Int).Add(w.in, w.out)}} {
			fits := pair.want.IsInt64() && new(big.Int).Abs(pair.want).IsInt64()
			if pair.want == w.in || pair.want == w.out {
				if pair.got.Known != fits {
					return fmt.Errorf("%s of %s known: %v", pair.want, s.Currency, pair.got.Known)
				}
			} else if pair.got.Known != (s.Credits.Known && s.Debits.Known) {
				return fmt.Errorf("net of %s known: %v", s.Currency, pair.got.Known)
			}
			if pair.got.Known && (pair.got.Amount.Currency != s.Currency || pair.got.Amount.Minor != pair.want.Int64()) {
				return fmt.Errorf("got %v, want %s", pair.got.Amount, pair.want)
			}
		}
	}
	return nil
}

func (n naive) groups(by review.Grouping, rows []reviewtest.Row) map[string][]reviewtest.Row {
	groups := map[string][]reviewtest.Row{}
	for _, r := range rows {
		key := ""
		switch by {
		case review.PerMonth:
			key = r.Date.Time().Format("2006-01")
		case review.PerWeek:
			day := r.Date.Time()
			for day.Weekday() != time.Monday {
				day = day.AddDate(0, 0, -1)
			}
			key = day.Format(time.DateOnly)
		case review.PerCategory:
			key = effective(r)
		case review.PerMerchant:
			key = r.Title()
		case review.PerAccount:
			key = string(r.Account)
		case review.PerBank:
			key = string(r.Item)
		case review.PerProfile:
			key = string(n.profile(r))
		}
		groups[key] = append(groups[key], r)
	}
	return groups
}

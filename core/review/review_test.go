package review_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/core/review/reviewtest"
)

var today = core.NewDate(2026, time.March, 18)

func must(t interface{ Fatal(args ...any) }, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// The world of the tests: few values, so that they meet.
var (
	profiles = []core.Profile{{ID: "me", Name: "Household"}, {ID: "shop", Name: "Juniper Bakery"}}
	items    = []core.Item{
		{ID: "item-1", Profile: "me", Institution: core.Institution{Name: "First Bank"}},
		{ID: "item-2", Profile: "shop", Institution: core.Institution{Name: "Tartan Bank"}},
	}
	accounts = []core.Account{
		{ID: "a1", Item: "item-1", Name: "checking", Mask: "0000"},
		{ID: "a2", Item: "item-1", Name: "Card", Mask: "3333"},
		{ID: "a3", Item: "item-2", Name: "Checking", Mask: "0000"},
	}
)

// someChoices are accounts of which some are hidden, and some another profile's.
func someChoices(t *rapid.T) []core.Account {
	list := slices.Clone(accounts)
	for i := range list {
		list[i].Choices.Hidden = oneOf(t, "hidden", false, false, true)
		list[i].Choices.Profile = oneOf[core.ProfileID](t, "owner", "", "", "me", "shop")
	}
	return list
}

func oneOf[T any](t *rapid.T, name string, values ...T) T {
	return rapid.SampledFrom(values).Draw(t, name)
}

func someText(t *rapid.T, name string) string {
	return oneOf(t, name, "", "Coffee", "COFFEE Shop", "coffee shop #12", "Döner", "DÖNER HAUS", "24", "İstanbul", "a\xffb", "two\nlines", "Rent", "\"quoted\"", "ﬀ")
}

func someAmount(t *rapid.T) money.Amount {
	minor := rapid.OneOf(
		rapid.Int64Range(-300, 300), rapid.SampledFrom([]int64{0, 2000, -2000, 2001, -2400, 128450, math.MaxInt64, -math.MaxInt64, math.MinInt64}), rapid.Int64(),
	).Draw(t, "minor")
	return money.Of(minor, oneOf[money.Currency](t, "currency", "USD", "USD", "EUR", "JPY", "BTC", ""))
}

func someRow(t *rapid.T, id int) reviewtest.Row {
	r := reviewtest.Row{Item: oneOf[core.ItemID](t, "item", "item-1", "item-1", "item-2", "item-3")}
	r.ID = core.TransactionID(fmt.Sprintf("%s-%03d", oneOf(t, "prefix", "tx", "transaction", ""), id))
	r.Account = oneOf[core.AccountID](t, "account", "a1", "a2", "a3", "a4")
	r.Date = today.AddDays(-rapid.OneOf(rapid.IntRange(-3, 40), rapid.IntRange(0, 500)).Draw(t, "days"))
	r.Amount = someAmount(t)
	r.Pending = rapid.Bool().Draw(t, "pending")
	r.Name, r.Merchant = someText(t, "name"), someText(t, "merchant")
	r.Original, r.Counterparty = someText(t, "original"), someText(t, "counterparty")
	r.Category = core.Category{
		Primary:  oneOf(t, "primary", "", "FOOD_AND_DRINK", "TRAVEL", "RENT"),
		Detailed: oneOf(t, "detailed", "", "FOOD_AND_DRINK_COFFEE", "TRAVEL"),
	}
	if rapid.IntRange(0, 2).Draw(t, "noted") == 0 {
		r.Note = &review.Annotation{
			Category: oneOf(t, "own category", "", "Meals", "TRAVEL"), Reviewed: rapid.Bool().Draw(t, "reviewed"),
			Tags: rapid.SliceOfN(rapid.SampledFrom([]string{"tax", "Tax", "lunch", "a b", "x"}), 0, 3).Draw(t, "tags"),
			Note: someText(t, "note"),
		}
	}
	return r
}

func someSet[T ~string](t *rapid.T, name string, values ...T) review.Set[T] {
	if rapid.IntRange(0, 3).Draw(t, name+" asked") > 0 {
		return review.Set[T]{}
	}
	pick := func(which string) []T {
		list := rapid.SliceOfN(rapid.SampledFrom(values), 0, 2).Draw(t, name+which)
		slices.Sort(list)
		if list = slices.Compact(list); len(list) == 0 {
			return nil
		}
		return list
	}
	return review.Set[T]{In: pick(" in"), Not: pick(" not")}
}

func someLimit(t *rapid.T, name string) money.Decimal {
	return oneOf[money.Decimal](t, name, "", "0", "20", "20.01", "0.5", "1.2345", "92233720368547758.07", "9223372036854775807", "99999999999999999999")
}

func someAmountTerm(t *rapid.T) review.Amount {
	a := review.Amount{Not: rapid.Bool().Draw(t, "not"), Sign: rapid.IntRange(-1, 1).Draw(t, "sign"), Min: someLimit(t, "min"), Max: someLimit(t, "max")}
	switch {
	case a.Min == "" && a.Max == "" && a.Sign == 0:
		a.Sign = 1
	case a.Max == "" && a.Min != "":
		a.Above = rapid.Bool().Draw(t, "above")
	case a.Min == "" && a.Max != "":
		a.Below = rapid.Bool().Draw(t, "below")
	}
	return a
}

func someQuery(t *rapid.T) review.Query {
	q := review.Query{
		Profiles: someSet[core.ProfileID](t, "profiles", "me", "shop", ""), Banks: someSet[core.ItemID](t, "banks", "item-1", "item-2", "item-3"),
		Accounts: someSet[core.AccountID](t, "accounts", "a1", "a2", "a3", "a4", `odd "id" x`), Currencies: someSet[money.Currency](t, "currencies", "USD", "EUR", "BTC"),
		Categories: someSet(t, "categories", "", "FOOD_AND_DRINK", "TRAVEL", "Meals", "FOOD_AND_DRINK_COFFEE"), Tags: someSet(t, "tags", "tax", "a b", "x", "none"),
		Status: review.Status(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "status")), Reviewed: review.Reviewed(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "reviewed")),
		Sort:  review.Sort{By: oneOf(t, "by", review.ByDate, review.ByName, review.ByAccount, review.ByCategory, review.ByStatus, review.ByAmount), Reverse: rapid.Bool().Draw(t, "reverse")},
		Limit: rapid.SampledFrom([]int{0, 0, 1, 7}).Draw(t, "limit"), Offset: rapid.SampledFrom([]int{0, 0, 1, 30}).Draw(t, "offset"),
	}
	if rapid.IntRange(0, 2).Draw(t, "dated") == 0 {
		q.Dates.Preset = oneOf(t, "preset", append(review.Presets(), "")...)
		q.Dates.From = oneOf(t, "from", 0, today.AddDays(-30), today.AddDays(-365))
		q.Dates.To = oneOf(t, "to", 0, today, today.AddDays(-7))
	}
	if rapid.IntRange(0, 2).Draw(t, "amounts") == 0 {
		q.Amounts = []review.Amount{someAmountTerm(t)}
	}
	if rapid.Bool().Draw(t, "worded") {
		for range rapid.IntRange(1, 2).Draw(t, "words") {
			text := oneOf(t, "word", "coffee", "döner", "2", "24", "20.0", "$1,284.5", "food", "o", "pending", "-", "-20", "two lines", "i̇", "istanbul", "�", "a:b", "\"", "\\", "zzz", "drink c", "shop #1", "+")
			q.Words = append(q.Words, review.Word{Text: review.Fold(text), Not: rapid.IntRange(0, 3).Draw(t, "not") == 0})
		}
	}
	return q
}

// Whatever is asked of whatever rows, and after whatever changes, the index
// answers as looking at every row would; and so does one that is made anew.
func TestAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := &reviewtest.Source{}
		accounts := someChoices(t)
		src.Set(profiles, items, accounts)
		x := review.New(src, words)
		for range rapid.IntRange(1, 3).Draw(t, "commits") {
			var rows []reviewtest.Row
			for range rapid.IntRange(0, 60).Draw(t, "rows") {
				rows = append(rows, someRow(t, rapid.IntRange(0, 150).Draw(t, "id")))
			}
			src.Put(rows...)
			if all := src.All(); len(all) > 0 && rapid.Bool().Draw(t, "remove") {
				src.Remove(all[rapid.IntRange(0, len(all)-1).Draw(t, "which")].ID)
			}
			must(t, x.Refresh(t.Context()))
			n := naive{rows: src.All(), items: items, accounts: accounts, today: today}
			q := someQuery(t)
			compare(t, src, x.Snapshot(), n, q)
			anew := review.New(src, words)
			must(t, anew.Refresh(t.Context()))
			compare(t, src, anew.Snapshot(), n, q)
			compareFirst(t, src, n, q)
			n.within = oneOf[core.ProfileID](t, "within", "me", "shop", "nobody", "")
			compare(t, src, x.Snapshot().Within(n.within), n, q)
		}
	})
}

func compare(t *rapid.T, src *reviewtest.Source, s *review.Snapshot, n naive, q review.Query) {
	if all := len(n.find(review.Query{})); s.Rows() != all {
		t.Fatalf("%d rows, want %d", s.Rows(), all)
	}
	r, want := s.Find(q, n.today), n.find(q)
	if r.Len() != len(want) {
		t.Fatalf("%q: %d rows, want %d", q, r.Len(), len(want))
	}
	got, err := src.Rows(r.Refs(0, r.Len()))
	must(t, err)
	for i := range want {
		if got[i] != want[i].Transaction {
			t.Fatalf("%q: row %d is %+v, want %+v", q, i, got[i], want[i].Transaction)
		}
	}
	page := want[min(q.Offset, len(want)):]
	if q.Limit > 0 {
		page = page[:min(q.Limit, len(page))]
	}
	at := 0
	for row, err := range r.Each(src) {
		must(t, err)
		if at >= len(page) || row != page[at].Transaction {
			t.Fatalf("%q: row %d of the page is %+v", q, at, row)
		}
		at++
	}
	if refs := r.Page(); at != len(page) || len(refs) != len(page) {
		t.Fatalf("%q: a page of %d rows and %d places, want %d", q, at, len(refs), len(page))
	}
	if err := sameSums(r.Sums(), want); err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	for _, by := range review.Groupings() {
		compareGroups(t, r.Groups(by), n.groups(by, want), by)
	}
	if len(want) > 0 {
		i := rapid.IntRange(0, len(want)-1).Draw(t, "look up")
		if at, err := r.Position(src, want[i].ID); err != nil || at != i {
			t.Fatalf("%s stands in row %d, %v; want %d", want[i].ID, at, err, i)
		}
	}
	if at, err := r.Position(src, "nobody"); err != nil || at != -1 {
		t.Fatalf("nobody stands in row %d, %v", at, err)
	}
}

func compareGroups(t *rapid.T, got []review.Group, want map[string][]reviewtest.Row, by review.Grouping) {
	if len(got) != len(want) {
		t.Fatalf("by %s: %d groups, want %d", by, len(got), len(want))
	}
	for i, g := range got {
		if g.Rows != len(want[g.Key]) {
			t.Fatalf("by %s: %q has %d rows, want %d", by, g.Key, g.Rows, len(want[g.Key]))
		}
		if err := sameSums(g.Sums, want[g.Key]); err != nil {
			t.Fatalf("by %s: %q: %v", by, g.Key, err)
		}
		if i == 0 {
			continue
		}
		before := got[i-1]
		if by == review.PerMonth || by == review.PerWeek {
			if before.Key <= g.Key {
				t.Fatalf("%s stands behind %s", g.Key, before.Key)
			}
		} else if before.Rows < g.Rows || before.Rows == g.Rows && before.Key >= g.Key {
			t.Fatalf("by %s: %q stands behind %q", by, g.Key, before.Key)
		}
	}
}

func compareFirst(t *rapid.T, src *reviewtest.Source, n naive, q review.Query) {
	q.Sort, q.Offset = review.Sort{}, 0
	count := rapid.IntRange(0, 20).Draw(t, "first")
	got, err := review.First(src, q, n.today, count, words)
	must(t, err)
	want := n.find(q)
	want = want[:min(count, len(want))]
	if len(got) != len(want) {
		t.Fatalf("%q: the first %d are %d rows, want %d", q, count, len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i].Transaction {
			t.Fatalf("%q: row %d of the first is %+v, want %+v", q, i, got[i], want[i].Transaction)
		}
	}
}

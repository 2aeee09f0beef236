package review_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
)

var names = review.Names{
	Profiles: profiles, Items: items, Accounts: accounts,
	Categories: []string{"FOOD_AND_DRINK", "TRAVEL"}, Words: words,
}

func in[T ~string](values ...T) review.Set[T]    { return review.Set[T]{In: values} }
func notIn[T ~string](values ...T) review.Set[T] { return review.Set[T]{Not: values} }
func word(text string) []review.Word             { return []review.Word{{Text: text}} }

func TestParse(t *testing.T) {
	day := func(y int, m time.Month, d int) core.Date { return core.NewDate(y, m, d) }
	amount := func(a review.Amount) review.Query { return review.Query{Amounts: []review.Amount{a}} }
	dates := func(from, to core.Date) review.Query { return review.Query{Dates: review.Dates{From: from, To: to}} }
	for line, want := range map[string]review.Query{
		"":               {},
		"  coffee":       {Words: word("coffee")},
		"COFFEE Döner":   {Words: []review.Word{{Text: "coffee"}, {Text: "döner"}}},
		`"Two words`:     {Words: word("two words")},
		`"a \"b\" \\ c"`: {Words: word(`a "b" \ c`)},
		`""`:             {},
		"-":              {Words: word("-")},
		"-coffee":        {Words: []review.Word{{Text: "coffee", Not: true}}},
		`-"two words"`:   {Words: []review.Word{{Text: "two words", Not: true}}},
		"-24.00":         {Words: word("-24.00")},
		"$1,284.50":      {Words: word("$1,284.50")},
		"rosa's 12:30":   {Words: []review.Word{{Text: "rosa's"}, {Text: "12:30"}}},

		"account:card":               {Accounts: in[core.AccountID]("a2")},
		"account:checking":           {Accounts: in[core.AccountID]("a1", "a3")},
		"account:3333":               {Accounts: in[core.AccountID]("a2")},
		"account:a3":                 {Accounts: in[core.AccountID]("a3")},
		"account:card account:a1":    {Accounts: in[core.AccountID]("a1", "a2")},
		`account:"checking 00"`:      {Accounts: in[core.AccountID]("a1", "a3")},
		"account:=gone":              {Accounts: in[core.AccountID]("gone")},
		"-bank:TARTAN":               {Banks: notIn[core.ItemID]("item-2")},
		"profile:bakery":             {Profiles: in[core.ProfileID]("shop")},
		"-category:travel":           {Categories: notIn("TRAVEL")},
		`category:"food and"`:        {Categories: in("FOOD_AND_DRINK")},
		"category:=":                 {Categories: in("")},
		"tag:Tax currency:eur":       {Tags: in("tax"), Currencies: in[money.Currency]("EUR")},
		"is:pending is:reviewed":     {Status: review.Pending, Reviewed: review.IsReviewed},
		"pending":                    {Status: review.Pending},
		"-pending -reviewed":         {Status: review.Posted, Reviewed: review.NotReviewed},
		"-is:posted is:unreviewed":   {Status: review.Pending, Reviewed: review.NotReviewed},
		`"pending"`:                  {Words: word("pending")},
		"is:in":                      amount(review.Amount{Sign: 1}),
		"-is:out":                    amount(review.Amount{Sign: -1, Not: true}),
		"amount:>20":                 amount(review.Amount{Min: "20", Above: true}),
		"amount:>=$1,020.50":         amount(review.Amount{Min: "1020.5"}),
		"-amount:<20":                amount(review.Amount{Max: "20", Below: true, Not: true}),
		"amount:<=20":                amount(review.Amount{Max: "20"}),
		"amount:20":                  amount(review.Amount{Min: "20", Max: "20"}),
		"amount:-20..50":             amount(review.Amount{Sign: -1, Min: "20", Max: "50"}),
		"amount:+>20":                amount(review.Amount{Sign: 1, Min: "20", Above: true}),
		"date:this-month":            {Dates: review.Dates{Preset: review.ThisMonth}},
		"date:2026-03":               dates(day(2026, 3, 1), day(2026, 3, 31)),
		"date:2025":                  dates(day(2025, 1, 1), day(2025, 12, 31)),
		"date:2026-03-04":            dates(day(2026, 3, 4), day(2026, 3, 4)),
		"date:2025-11..2026-03-04":   dates(day(2025, 11, 1), day(2026, 3, 4)),
		"date:..2025":                dates(0, day(2025, 12, 31)),
		"before:2026-03":             dates(0, day(2026, 2, 28)),
		"after:2026-03":              dates(day(2026, 4, 1), 0),
		"since:2026-03 until:2026":   dates(day(2026, 3, 1), day(2026, 12, 31)),
		"since:2025 since:2026-03":   dates(day(2026, 3, 1), 0),
		"sort:-amount limit:50":      {Sort: review.Sort{By: review.ByAmount, Reverse: true}, Limit: 50},
		"SORT:Name offset:3":         {Sort: review.Sort{By: review.ByName}, Offset: 3},
		"sort:-date":                 {Sort: review.Sort{Reverse: true}},
		"Account:CARD is:Pending":    {Accounts: in[core.AccountID]("a2"), Status: review.Pending},
		"amount:>20\u00a0\tcoffee\n": {Amounts: []review.Amount{{Min: "20", Above: true}}, Words: word("coffee")},
	} {
		got, problems := review.Parse(line, names, today)
		if !reflect.DeepEqual(got, want) || len(problems) > 0 {
			t.Errorf("%q:\n got %#v %v\nwant %#v", line, got, problems, want)
		}
	}
}

func TestWhatIsNotUnderstoodIsText(t *testing.T) {
	for line, why := range map[string]review.Why{
		"colour:blue": review.UnknownKey, "account:savings": review.NoSuchName, "bank:": review.NoSuchName, "tag:": review.NoSuchName,
		"before:tomorrow": review.NotADate, "date:2026-13": review.NotADate, "date:..": review.NotADate, "date:0001-01-01": review.NotADate,
		"after:9999": review.NotADate, "amount:many": review.NotAnAmount, "amount:": review.NotAnAmount, "amount:>": review.NotAnAmount,
		"amount:=>2": review.NotAnAmount, "amount:1..x": review.NotAnAmount, "is:blue": review.NotAState, "limit:-1": review.NotANumber,
		"offset:x": review.NotANumber, "sort:colour": review.NotAColumn, "-sort:name": review.NotNegatable, "-date:2026": review.NotNegatable,
	} {
		got, problems := review.Parse("coffee "+line, names, today)
		if len(problems) != 1 || problems[0] != (review.Problem{Term: line, Why: why}) {
			t.Errorf("%q: problems %v, want %s", line, problems, why)
		}
		if len(got.Words) != 2 {
			t.Errorf("%q: words %v", line, got.Words)
		}
	}
}

// The line that a Query writes is read as the same Query, whoever reads it.
func TestStringRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := someQuery(t)
		for range rapid.IntRange(0, 2).Draw(t, "more words") {
			if text := review.Fold(rapid.String().Draw(t, "text")); text != "" {
				q.Words = append(q.Words, review.Word{Text: text, Not: rapid.Bool().Draw(t, "not")})
			}
		}
		for _, n := range []review.Names{{}, names} {
			got, problems := review.Parse(q.String(), n, today)
			if !reflect.DeepEqual(got, q) || len(problems) > 0 {
				t.Fatalf("%s\nis read as %#v, %v\n     want %#v", q, got, problems, q)
			}
		}
	})
}

// With is what two lines are that stand one behind the other.
func TestWith(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someQuery(t), someQuery(t)
		want, _ := review.Parse(a.String()+" "+b.String(), names, today)
		if got := a.With(b); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s\nwith %s\n  is %s\nwant %s", a, b, got, want)
		}
	})
}

// FuzzParse reads any line, and reads back what it writes of it.
func FuzzParse(f *testing.F) {
	for _, line := range []string{
		`coffee account:checking amount:>20 -pending before:2026-03 "two words" -category:travel bank:chase tag:x is:reviewed`,
		"sort:-amount limit:50 date:2025..2026", `-"a\"b\\`, "-24 -$3 --x", "İı\u00a0ﬀ\xff", "amount:+1..2 -amount:<=0.00 :x x: account:=\"",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, problems := review.Parse(line, names, today)
		again, more := review.Parse(q.String(), names, today)
		if !reflect.DeepEqual(q, again) || len(more) > 0 {
			t.Fatalf("%q is %#v, %v\nwritten as %q\nread as %#v, %v", line, q, problems, q.String(), again, more)
		}
	})
}

func TestIsZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := someQuery(t)
		bare := review.Query{Sort: q.Sort, Offset: q.Offset, Limit: q.Limit}
		if q.IsZero() != reflect.DeepEqual(q, bare) {
			t.Fatalf("%q is zero: %v", q, q.IsZero())
		}
	})
}

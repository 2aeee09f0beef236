package ledger

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	firstDay = DayOf(time.Date(2024, time.November, 21, 0, 0, 0, 0, time.UTC))
	lastDay  = DayOf(time.Date(2026, time.November, 21, 0, 0, 0, 0, time.UTC))
)

func testBook() Book { return Book{Seed: 7, Bank: "ins_109508", Currency: "USD"} }

// byKey checks that keys are unique.
func byKey(t *rapid.T, list []*Movement) map[string]*Movement {
	out := map[string]*Movement{}
	for _, m := range list {
		if out[m.Key] != nil {
			t.Fatalf("two movements are called %s", m.Key)
		}
		out[m.Key] = m
	}
	return out
}

func TestHistoryDoesNotDependOnWhoAsks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := firstDay + Day(rapid.IntRange(0, 600).Draw(t, "from"))
		to := from + Day(rapid.IntRange(0, 120).Draw(t, "length"))
		cut := from + Day(rapid.IntRange(0, int(to-from)).Draw(t, "cut"))
		whole := byKey(t, testBook().Movements(from, to))
		pieces := byKey(t, append(testBook().Movements(from, cut), testBook().Movements(cut+1, to)...))
		if !reflect.DeepEqual(whole, pieces) {
			t.Fatalf("%d movements at once, %d in pieces", len(whole), len(pieces))
		}
	})
}

func TestBooksDiffer(t *testing.T) {
	amounts := func(b Book) string {
		var out strings.Builder
		for _, m := range b.Movements(lastDay-30, lastDay) {
			fmt.Fprintln(&out, m.Key, m.Final)
		}
		return out.String()
	}
	mine := amounts(testBook())
	if mine != amounts(testBook()) {
		t.Error("the same book reads differently")
	}
	if mine == amounts(Book{Seed: 8, Bank: "ins_109508", Currency: "USD"}) || mine == amounts(Book{Seed: 7, Bank: "ins_109511", Currency: "USD"}) {
		t.Error("another book reads the same")
	}
}

func TestVolume(t *testing.T) {
	for seed := range int64(20) {
		b := Book{Seed: seed, Bank: "ins_109508", Currency: "USD"}
		all := b.Movements(firstDay, lastDay)
		if len(all) < 1200 || len(all) > 2100 {
			t.Errorf("seed %d: %d movements in two years", seed, len(all))
		}
		months := map[month]int{}
		for _, m := range all {
			if m.Account == Checking || m.Account == CreditCard {
				months[DayOf(m.Paid).month()]++
			}
		}
		delete(months, firstDay.month())
		delete(months, lastDay.month())
		for m, n := range months {
			if n < 35 || n > 85 {
				t.Errorf("seed %d: %d movements in %d-%02d", seed, n, m.year(), m.calendar())
			}
		}
	}
}

func TestTransfersShowOnBothSides(t *testing.T) {
	all := testBook().Movements(firstDay, lastDay)
	sides := map[string][]*Movement{}
	for _, m := range all {
		if key, far := strings.CutSuffix(m.Key, ".far"); far {
			sides[key] = append(sides[key], m)
		}
	}
	for _, m := range all {
		if sides[m.Key] != nil {
			sides[m.Key] = append(sides[m.Key], m)
		}
	}
	if len(sides) < 6*23 {
		t.Errorf("only %d transfers in two years", len(sides))
	}
	for key, pair := range sides {
		if len(pair) != 2 || pair[0].Final.Minor+pair[1].Final.Minor != 0 || pair[0].Account == pair[1].Account || !pair[0].Settled.Equal(pair[1].Settled) {
			t.Errorf("%s does not balance: %v", key, pair)
		}
	}
}

func TestSigns(t *testing.T) {
	income := map[string]bool{"INCOME": true, "TRANSFER_IN": true}
	for _, m := range testBook().Movements(firstDay, lastDay) {
		primary := primaryOf(m.Payee)
		in := m.Final.Minor < 0
		switch {
		case primary == "":
			t.Errorf("%s has the unknown category %s", m.Key, m.Payee.Detailed)
		case m.Account == CD: // Plaid's sandbox writes a deposit as positive
		case income[primary] && !in:
			t.Errorf("%s is income, but positive", m.Key)
		case !income[primary] && in && !strings.HasSuffix(m.Key, ".refund") && !strings.HasPrefix(m.Key, "airback") && primary != "LOAN_PAYMENTS":
			t.Errorf("%s is spent, but negative", m.Key)
		case m.Final.Minor == 0:
			t.Errorf("%s is of nothing", m.Key)
		}
	}
}

func primaryOf(p *Payee) string {
	primary, _ := p.Category(false)
	return primary
}

func TestVariety(t *testing.T) {
	seen := map[string]int{}
	for _, m := range testBook().Movements(firstDay, lastDay) {
		seen["currency "+m.Final.Currency]++
		seen["account "+string(m.Account)]++
		seen["channel "+string(m.Payee.Channel)]++
		count := func(name string, is bool) {
			if is {
				seen[name]++
			}
		}
		count("never pending", m.AtOnce)
		count("posts under another amount", m.Hold != m.Final)
		count("vanishes", !m.Dropped.IsZero())
		count("corrected", !m.Corrected.IsZero())
		count("refund", strings.HasSuffix(m.Key, ".refund"))
		count("cheque", m.Check != "")
		for _, known := range []plaidDefault{
			{"McDonald's", 1200},
			{"Starbucks", 433},
			{"SparkFun", 8940},
			{"United Airlines", 50000},
			{"United Airlines", -50000},
			{"Uber", 633},
			{"Uber", 540},
			{"INTRST PYMNT", -422},
			{"Touchstone Climbing", 7850},
			{"CD DEPOSIT .INITIAL.", 100000},
		} {
			count(fmt.Sprint("default ", known), strings.HasPrefix(m.Payee.Name, known.name) && m.Final.Minor == known.cents)
		}
	}
	t.Log(slices.Sorted(maps.Keys(seen)))
	const kinds = 4 + 10 + 3 + 6 + 10
	if len(seen) != kinds {
		t.Errorf("%d kinds of movement, want %d", len(seen), kinds)
	}
}

// plaidDefault is one of the transactions of Plaid's own sandbox (PLAID §5).
type plaidDefault struct {
	name  string
	cents int64
}

func TestLife(t *testing.T) {
	noon := lastDay.At(12 * 60)
	m := Movement{
		Key: "a", Paid: noon, Shown: noon.Add(time.Hour), Settled: noon.Add(72 * time.Hour), Corrected: noon.Add(96 * time.Hour),
		Hold: Money{100, "USD"}, Final: Money{120, "USD"},
	}
	dropped := m
	dropped.Settled, dropped.Dropped = time.Time{}, noon.Add(72*time.Hour)
	early := []time.Time{noon.Add(2 * time.Hour), noon.Add(30 * time.Hour)}
	for _, c := range []struct {
		name      string
		m         Movement
		after     time.Duration
		refreshes []time.Time
		want      string
	}{
		{"before it is shown", m, 59 * time.Minute, nil, "-"},
		{"pending", m, time.Hour, nil, "pending 100 +0 raw"},
		{"just before it posts", m, 72*time.Hour - 1, nil, "pending 100 +0 raw"},
		{"posted", m, 72 * time.Hour, nil, "posted 120 +3 raw"},
		{"corrected", m, 96 * time.Hour, nil, "posted 120 +3"},
		{"a refresh too early", m, 29 * time.Hour, early, "pending 100 +0 raw"},
		{"a refresh that posts", m, 30 * time.Hour, early, "posted 120 +1 raw"},
		{"dropped, before", dropped, 71 * time.Hour, early, "pending 100 +0 raw"},
		{"dropped", dropped, 72 * time.Hour, early, "-"},
	} {
		got := "-"
		if row, ok := c.m.At(Moment{At: noon.Add(c.after), Refreshes: c.refreshes}); ok {
			got = fmt.Sprintf("%s %d +%d", row.Stage, row.Amount.Minor, row.Date-lastDay)
			if row.Raw {
				got += " raw"
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLateDaysAreEnough(t *testing.T) {
	for _, m := range testBook().Movements(firstDay, lastDay) {
		if late := DayOf(m.Settled) - DayOf(m.Paid); !m.Settled.IsZero() && (late < 0 || late > 5) {
			t.Errorf("%s posts %d days after it was paid", m.Key, late)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), "1969-12-31"},
		{time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), "1970-01-01"},
		{time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC), "2024-02-29"},
	} {
		if got := DayOf(c.at).String(); got != c.want {
			t.Errorf("%v is %s, want %s", c.at, got, c.want)
		}
	}
	february := DayOf(time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)).month()
	if got := february.day(31).String(); got != "2025-02-28" {
		t.Errorf("31 February is %s", got)
	}
	if got := DayOf(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)).banking().String(); got != "2026-11-23" {
		t.Errorf("the banking day after Saturday is %s", got)
	}
}

func BenchmarkTwoYears(b *testing.B) {
	for b.Loop() {
		testBook().Movements(firstDay, lastDay)
	}
}

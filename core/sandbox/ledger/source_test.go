package ledger

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var opened = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

// every is a source of each kind.
func every() map[string]Source {
	out := map[string]Source{
		"refreshes": Refreshes{testBook(), slices.Repeat([]time.Time{opened, opened.AddDate(0, 0, 3)}, 40)[:3]},
		"entries":   Entries{{Account: Checking, Transacted: lastDay - 300, Posted: lastDay, Amount: Money{100, "USD"}}},
		"written":   Written{{Account: Checking, Shown: opened, Transacted: lastDay, Posted: lastDay}},
		"inflows": Inflows{
			{Account: Checking, Kind: FixedSum, Amount: Money{-300_000, "USD"}},
			{Account: CreditCard, Kind: InterestOnly, Day: 28, Owed: Money{120_000, "USD"}},
		},
	}
	for _, life := range []Life{GoodLife, DynamicLife, YuppieLife, SmallBusinessLife, EWALife, BankIncomeLife, ScaleLife(3), ScaleLife(700), ScaleLife(40_000)} {
		b := Book{Seed: 7, Bank: "ins_109508", Currency: "USD", Life: life, Opened: opened, Days: 400}
		for i, s := range b.Sources() {
			out[string(life)+" "+string(rune('0'+i))] = s
		}
	}
	return out
}

// changes are the days on which something happens to m.
func (m *Movement) changes() []Day {
	days := []Day{DayOf(m.Shown), DayOf(m.Settled)}
	for _, t := range []time.Time{m.Dropped, m.Corrected} {
		if !t.IsZero() {
			days = append(days, DayOf(t))
		}
	}
	return days
}

// Whoever asks for some days gets every part in which something happens on them,
// and a movement is in one part alone.
func TestPartsHoldWhatHappens(t *testing.T) {
	for name, s := range every() {
		t.Run(name, func(t *testing.T) {
			first, last := s.Parts(lastDay-800, lastDay+40)
			home := map[string]int{}
			for n := first; n <= last; n++ {
				for _, m := range s.Part(n) {
					if other, twice := home[m.Key]; twice {
						t.Fatalf("%s is in the parts %d and %d", m.Key, other, n)
					}
					home[m.Key] = n
				}
			}
			rapid.Check(t, func(t *rapid.T) {
				from := lastDay + Day(rapid.IntRange(-500, 20).Draw(t, "from"))
				to := from + Day(rapid.IntRange(0, 15).Draw(t, "length"))
				n := rapid.IntRange(first, last).Draw(t, "part")
				lo, hi := s.Parts(from, to)
				for _, m := range s.Part(n) {
					within := func(d Day) bool { return d >= from && d <= to }
					if slices.ContainsFunc(m.changes(), within) && (n < lo || n > hi) {
						t.Fatalf("something happens to %s of part %d, but the parts are %d to %d", m.Key, n, lo, hi)
					}
				}
			})
		})
	}
}

func TestPartsAreAlwaysTheSame(t *testing.T) {
	one, other := every(), every()
	for name, s := range one {
		first, last := s.Parts(lastDay-60, lastDay)
		for n := first; n <= last; n++ {
			if !reflect.DeepEqual(s.Part(n), other[name].Part(n)) {
				t.Errorf("%s: part %d is another the second time", name, n)
			}
		}
	}
}

func TestScaleIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.OneOf(rapid.IntRange(1, 2000), rapid.IntRange(1, MaxScale)).Draw(t, "count")
		days := rapid.IntRange(1, 730).Draw(t, "days")
		s := newScaled(Book{Opened: opened, Days: days}, count)
		first, last := s.Parts(lastDay-Day(days)-10, lastDay)
		if got := last*scaledPart + len(s.Part(last)); first != 0 || got != count {
			t.Fatalf("%d movements in the parts %d to %d, want %d", got, first, last, count)
		}
		for _, n := range []int{first, last} {
			for _, m := range s.Part(n) {
				if d := DayOf(m.Paid); d < lastDay-Day(days) || d >= lastDay || m.Final.Minor == 0 {
					t.Fatalf("%s is of %v: %v", m.Key, d, m.Final)
				}
			}
		}
	})
	for _, l := range []Life{"scale:0", "scale:1000001", "scale:x", "scale:", "scale", GoodLife} {
		if n, scale := l.scale(); scale {
			t.Errorf("%q has %d transactions", l, n)
		}
	}
}

func TestBooksThatAreTheSame(t *testing.T) {
	for life, same := range map[Life]bool{GoodLife: true, BankIncomeLife: true, DynamicLife: false, YuppieLife: false, ScaleLife(7): false} {
		a := Book{Seed: 7, Bank: "ins_109508", Currency: "USD", Life: life, Opened: opened, Days: 90}
		b := a
		b.Opened, b.Days = opened.AddDate(0, 0, -9), 60
		if got := a.Same() == b.Same(); got != same {
			t.Errorf("%q: two books are the same: %v, want %v", life, got, same)
		}
	}
}

func TestInflows(t *testing.T) {
	in := Inflows{
		{Account: Checking, Kind: FixedSum, Day: 15, Amount: Money{-300_000, "USD"}, Name: "INCOME"},
		{Account: CreditCard, Kind: WholeBalance, Day: 0, Owed: Money{41_000, "USD"}, Name: "PAID OFF"},
		{Account: StudentLoan, Kind: InterestOnly, Day: 5, Owed: Money{1_000_000, "USD"}, Rate: 600, Name: "INTEREST PAID"},
	}
	february := DayOf(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)).month()
	want := []struct {
		day   string
		minor int64
	}{{"2026-02-15", -300_000}, {"2026-02-28", -41_000}, {"2026-02-05", -5_000}}
	for i, m := range in.Part(int(february)) {
		if got := DayOf(m.Paid).String(); got != want[i].day || m.Final.Minor != want[i].minor {
			t.Errorf("inflow %d: %s %d, want %v", i, got, m.Final.Minor, want[i])
		}
	}
}

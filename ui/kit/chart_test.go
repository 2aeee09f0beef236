package kit

import (
	"fmt"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bankbook/core/money"
	"bankbook/ui/uitest"
)

func TestFlowChartShowsMonthsScaleAndValues(t *testing.T) {
	chart := NewFlowChart(160)
	c := stage(t, chart, 600, 160)
	usd := func(dollars int64) money.Amount { return money.Of(dollars*100, money.USD) }
	chart.Set([]FlowMonth{
		{Label: "Oct", In: usd(58600), Out: usd(47000), Net: usd(11600), Hover: []string{"October", "In $58,600"}},
		{Label: "Nov", In: usd(30000), Out: usd(32000), Net: usd(-2000), Current: true, Hover: []string{"November"}},
	}, false)
	uitest.MustShow(t, c, "Oct", "Nov", "$0", "$20k", "$40k", "$60k")
	test.MoveMouse(c, fyne.NewPos(120, 60))
	uitest.MustShow(t, c, "October", "In $58,600")
	chart.MouseOut()
	if uitest.Shows(c, "October") {
		t.Error("the values stay without the pointer")
	}
	chart.Set([]FlowMonth{{Label: "Nov", In: usd(1), Out: usd(1), Net: usd(0)}}, true)
	if uitest.Shows(c, "$") {
		t.Errorf("hidden amounts show %q", uitest.Texts(c))
	}
	chart.Set(nil, false)
	if len(uitest.Texts(c)) != 0 {
		t.Error("a chart without months shows something")
	}
}

func TestNiceTick(t *testing.T) {
	for high, want := range map[int64]int64{0: 100, 100: 100, 5_860_000: 2_000_000, 99_900: 50_000, 10_000_000: 5_000_000} {
		if got := niceTick(high, money.USD); got != want {
			t.Errorf("tick for %d is %d, want %d", high, got, want)
		}
	}
	if got := niceTick(300, "JPY"); got != 100 {
		t.Errorf("tick for 300 yen is %d", got)
	}
	const most = math.MaxInt64
	for high, want := range map[int64]int64{most: 5e18, most - 1: 5e18, 8e18: 2e18, 8e18 + 1: 5e18, most / 4: 1e18, -1: 1} {
		if got := niceTick(high, "JPY"); got != want {
			t.Errorf("tick for %d is %d, want %d", high, got, want)
		}
	}
}

func TestUpToAWholeNumberOfTicks(t *testing.T) {
	for high, want := range map[int64]int64{0: 0, 1: 500, 500: 500, 501: 1000, -1: -1, math.MaxInt64: math.MaxInt64} {
		if got := upTo(high, 500); got != want {
			t.Errorf("%d goes up to %d, want %d", high, got, want)
		}
	}
}

// TestAChartOfTheHighestAmounts is drawn, and ends.
func TestAChartOfTheHighestAmounts(t *testing.T) {
	for _, high := range []int64{math.MaxInt64, 6e18, 5e18} {
		chart := NewFlowChart(230)
		c := stage(t, chart, 700, 230)
		chart.Set([]FlowMonth{
			{Label: "Oct", In: money.Of(high, "JPY"), Out: money.Of(0, "JPY"), Net: money.Of(math.MinInt64, "JPY")},
			{Label: "Nov", In: money.Of(1, "JPY"), Out: money.Of(high, "JPY"), Net: money.Of(1-high, "JPY")},
		}, false)
		uitest.MustShow(t, c, "Oct", "Nov")
		for _, o := range test.WidgetRenderer(chart).Objects() {
			if at := o.Position().Y; at < -20 || at > 240 {
				t.Errorf("of up to %d something stands at %v", high, at)
			}
		}
	}
}

func TestSparklineOfEqualValuesIsFlat(t *testing.T) {
	s := NewSparkline([]int64{5, 5, 5})
	stage(t, s, 56, 20)
	for _, o := range test.WidgetRenderer(s).Objects() {
		if line, ok := o.(*canvas.Line); !ok || line.Position1.Y != line.Position2.Y {
			t.Errorf("a line of equal values rises: %v", o)
		}
	}
}

func TestBalanceChartShowsDaysScaleAndValues(t *testing.T) {
	chart := NewBalanceChart(160)
	c := stage(t, chart, 600, 160)
	point := func(day int, dollars int64) BalancePoint {
		return BalancePoint{Day: day, Label: fmt.Sprintf("Nov %d", day), Amount: money.Of(dollars*100, money.USD), Hover: []string{fmt.Sprintf("day %d", day), "worked out"}}
	}
	chart.Set([]BalancePoint{point(1, 12_000), point(2, 12_000), point(3, 5_000), point(20, -3_000)})
	uitest.MustShow(t, c, "Nov 1", "Nov 20", "$0", "$10k", "–$5k")
	test.MoveMouse(c, fyne.NewPos(590, 60))
	uitest.MustShow(t, c, "day 20", "worked out")
	test.MoveMouse(c, fyne.NewPos(46, 60))
	uitest.MustShow(t, c, "day 1")
	chart.MouseOut()
	if uitest.Shows(c, "worked out") {
		t.Error("the values stay without the pointer")
	}
	for _, points := range [][]BalancePoint{nil, {point(1, 0)}, {point(1, 0), point(2, 0)}} {
		chart.Set(points)
		if shown := len(uitest.Texts(c)) > 0; shown != (len(points) > 0) {
			t.Errorf("%d points show %q", len(points), uitest.Texts(c))
		}
	}
	// The whole range of amounts has a scale that fits.
	chart.Set([]BalancePoint{
		{Day: 1, Amount: money.Of(1<<62, money.USD)}, {Day: 2, Amount: money.Of(-(1 << 62), money.USD)},
	})
	if len(uitest.Texts(c)) == 0 || len(uitest.Texts(c)) > 20 {
		t.Errorf("%d texts", len(uitest.Texts(c)))
	}
}

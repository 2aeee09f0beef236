package money_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bankbook/core/money"
)

func anyCurrency(t *rapid.T) money.Currency {
	return rapid.SampledFrom([]money.Currency{"USD", "EUR", "JPY", "KWD", "CLF", "USDT", "BTC", "XXX"}).Draw(t, "currency")
}

func TestExponent(t *testing.T) {
	for c, want := range map[money.Currency]int{"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3, "CLF": 4, "USDT": 6, "BTC": 8, "": 2, "usd": 2, "???": 2} {
		if got := c.Exponent(); got != want {
			t.Errorf("%q has exponent %d, want %d", c, got, want)
		}
	}
}

// Every amount but the smallest int64 is formatted in a form that reads back
// as itself.
func TestDecimalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Of(rapid.Int64Min(math.MinInt64+1).Draw(t, "minor"), anyCurrency(t))
		got, err := money.Parse(a.Decimal(), a.Currency)
		if err != nil || got != a {
			t.Fatalf("%s reads as %v, %v", a.Decimal(), got, err)
		}
	})
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		minor                          int64
		currency                       money.Currency
		decimal, text, signed, rounded string
	}{
		{0, "USD", "0.00", "$0.00", "$0.00", "$0"},
		{5, "USD", "0.05", "$0.05", "+$0.05", "$0"},
		{-5, "USD", "-0.05", "–$0.05", "–$0.05", "–$0"},
		{-128450, "USD", "-1284.50", "–$1,284.50", "–$1,284.50", "–$1k"},
		{241635, "USD", "2416.35", "$2,416.35", "+$2,416.35", "$2k"},
		{99999, "USD", "999.99", "$999.99", "+$999.99", "$999"},
		{6_000_000, "USD", "60000.00", "$60,000.00", "+$60,000.00", "$60k"},
		{123456789012, "EUR", "1234567890.12", "€1,234,567,890.12", "+€1,234,567,890.12", "€1234M"},
		{1500, "JPY", "1500", "¥1,500", "+¥1,500", "¥1k"},
		{1500, "KWD", "1.500", "1.500 KWD", "+1.500 KWD", "1 KWD"},
		{1, "BTC", "0.00000001", "0.00000001 BTC", "+0.00000001 BTC", "0 BTC"},
		{-12, "GBP", "-0.12", "–£0.12", "–£0.12", "–£0"},
		{
			math.MinInt64, "USD", "-92233720368547758.08", "–$92,233,720,368,547,758.08",
			"–$92,233,720,368,547,758.08", "–$92233720368M",
		},
		{
			math.MinInt64, "JPY", "-9223372036854775808", "–¥9,223,372,036,854,775,808",
			"–¥9,223,372,036,854,775,808", "–¥9223372036854M",
		},
	} {
		a := money.Of(c.minor, c.currency)
		if got := a.Decimal(); got != c.decimal {
			t.Errorf("Decimal of %d %s is %s, want %s", c.minor, c.currency, got, c.decimal)
		}
		if got := a.Text(); got != c.text {
			t.Errorf("Text of %v is %s, want %s", a, got, c.text)
		}
		if got := a.Signed(); got != c.signed {
			t.Errorf("Signed of %v is %s, want %s", a, got, c.signed)
		}
		if got := a.Whole(); got != c.rounded {
			t.Errorf("Whole of %v is %s, want %s", a, got, c.rounded)
		}
		if got, want := a.String(), c.decimal+" "+string(c.currency); got != want {
			t.Errorf("String of %v is %s", a, got)
		}
	}
}

// Grouping changes nothing but the commas.
func TestTextIsDecimalWithCommas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Of(rapid.Int64().Draw(t, "minor"), "XXX")
		got := strings.TrimSuffix(strings.NewReplacer(",", "", "–", "-").Replace(a.Text()), " XXX")
		if got != a.Decimal() {
			t.Fatalf("%s is not %s", a.Text(), a.Decimal())
		}
		for i, group := range strings.Split(strings.TrimLeft(strings.Split(a.Text(), ".")[0], "–"), ",") {
			if len(group) > 3 || i > 0 && len(group) != 3 {
				t.Fatalf("%s is grouped wrongly", a.Text())
			}
		}
	})
}

func TestAddMinor(t *testing.T) {
	for _, c := range []struct {
		x, y, sum int64
		ok        bool
	}{
		{1, 2, 3, true},
		{-1, 1, 0, true},
		{0, 0, 0, true},
		{math.MaxInt64, 0, math.MaxInt64, true},
		{math.MaxInt64, 1, 0, false},
		{math.MaxInt64, math.MaxInt64, 0, false},
		{-math.MaxInt64, 0, -math.MaxInt64, true},
		{-math.MaxInt64, -1, 0, false},
		{math.MinInt64, -1, 0, false},
		{math.MinInt64, 0, 0, false},
		{math.MinInt64, math.MinInt64, 0, false},
		{math.MinInt64, 1, -math.MaxInt64, true},
		{math.MinInt64, math.MaxInt64, -1, true},
	} {
		sum, ok := money.AddMinor(c.x, c.y)
		if ok != c.ok || ok && sum != c.sum {
			t.Errorf("%d + %d = %d, %v; want %d, %v", c.x, c.y, sum, ok, c.sum, c.ok)
		}
	}
}

func TestAddMinorAgainstBigInt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64().Draw(t, "x"), rapid.Int64().Draw(t, "y")
		want := new(big.Int).Add(big.NewInt(x), big.NewInt(y))
		fits := want.IsInt64() && want.Int64() != math.MinInt64
		sum, ok := money.AddMinor(x, y)
		if ok != fits || ok && sum != want.Int64() {
			t.Fatalf("%d + %d = %d, %v; want %v, %v", x, y, sum, ok, want, fits)
		}
	})
}

func TestAddAndSub(t *testing.T) {
	usd, eur := money.Of(150, "USD"), money.Of(150, "EUR")
	if got, err := usd.Add(money.Of(-200, "USD")); err != nil || got != money.Of(-50, "USD") {
		t.Errorf("1.50 + -2.00 = %v, %v", got, err)
	}
	if got, err := usd.Sub(money.Of(200, "USD")); err != nil || got != money.Of(-50, "USD") {
		t.Errorf("1.50 - 2.00 = %v, %v", got, err)
	}
	for name, op := range map[string]func() (money.Amount, error){
		"add":      func() (money.Amount, error) { return usd.Add(eur) },
		"subtract": func() (money.Amount, error) { return usd.Sub(eur) },
	} {
		if _, err := op(); !errors.Is(err, money.ErrCurrency) {
			t.Errorf("%s of USD and EUR: %v", name, err)
		}
	}
	if _, err := money.Of(math.MaxInt64, "USD").Add(usd); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("sum beyond 64 bits: %v", err)
	}
}

func TestSubtractSmallest(t *testing.T) {
	if got, err := money.Of(5, "USD").Sub(money.Of(math.MinInt64, "USD")); !errors.Is(err, money.ErrOverflow) {
		t.Fatalf("5 less the smallest amount is %v, %v", got, err)
	}
}

func TestSignNegAbs(t *testing.T) {
	for minor, sign := range map[int64]int{-3: -1, 0: 0, 7: 1, math.MinInt64: -1} {
		a := money.Of(minor, "USD")
		if a.Sign() != sign || a.IsZero() != (sign == 0) {
			t.Errorf("sign of %d is %d", minor, a.Sign())
		}
	}
	if got := money.Of(-3, "USD").Neg(); got != money.Of(3, "USD") {
		t.Errorf("negative of -3 is %v", got)
	}
	for _, minor := range []int64{3, -3} {
		if got := money.Of(minor, "USD").Abs(); got != money.Of(3, "USD") {
			t.Errorf("absolute of %d is %v", minor, got)
		}
	}
	if known := money.Known(money.Of(0, "USD")); !known.Known || known == (money.Optional{}) {
		t.Error("a known zero is not the unknown amount")
	}
}

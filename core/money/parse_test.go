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

// parseCases are also the seeds of FuzzParse.
var parseCases = []struct {
	text     string
	currency money.Currency
	minor    int64
	err      error
}{
	{"0", "USD", 0, nil},
	{"-0", "USD", 0, nil},
	{"-0.00", "USD", 0, nil},
	{"12", "USD", 1200, nil},
	{"+12.5", "USD", 1250, nil},
	{"-1284.50", "USD", -128450, nil},
	{"575.67", "USD", 57567, nil},
	{"0.01", "USD", 1, nil},
	{"007.10", "USD", 710, nil},
	{"1.2300", "USD", 123, nil},
	{"1.230000000000000000000000", "USD", 123, nil},
	{"100", "JPY", 100, nil},
	{"100.0", "JPY", 100, nil},
	{"1.234", "KWD", 1234, nil},
	{"0.00000001", "BTC", 1, nil},
	{"92233720368547758.07", "USD", math.MaxInt64, nil},
	{"-92233720368547758.07", "USD", -math.MaxInt64, nil},
	{"9223372036854775807", "JPY", math.MaxInt64, nil},

	{"1.234", "USD", 0, money.ErrPrecision},
	{"0.5", "JPY", 0, money.ErrPrecision},
	{"0.0000000000000000000001", "USD", 0, money.ErrPrecision},
	{"92233720368547758.08", "USD", 0, money.ErrOverflow},
	{"-92233720368547758.08", "USD", 0, money.ErrOverflow},
	{"99999999999999999999999999", "USD", 0, money.ErrOverflow},
	{"92233720368547758.075", "USD", 0, money.ErrOverflow},

	{"", "USD", 0, money.ErrSyntax},
	{"-", "USD", 0, money.ErrSyntax},
	{".", "USD", 0, money.ErrSyntax},
	{".5", "USD", 0, money.ErrSyntax},
	{"5.", "USD", 0, money.ErrSyntax},
	{"--1", "USD", 0, money.ErrSyntax},
	{"+-1", "USD", 0, money.ErrSyntax},
	{"-+1", "USD", 0, money.ErrSyntax},
	{"1,000", "USD", 0, money.ErrSyntax},
	{"1e3", "USD", 0, money.ErrSyntax},
	{"1.2.3", "USD", 0, money.ErrSyntax},
	{" 1", "USD", 0, money.ErrSyntax},
	{"$1", "USD", 0, money.ErrSyntax},
	{"NaN", "USD", 0, money.ErrSyntax},
	{"0x10", "USD", 0, money.ErrSyntax},
	{"1_000", "USD", 0, money.ErrSyntax},
	{"١٢", "USD", 0, money.ErrSyntax},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		t.Run(c.text+string(c.currency), func(t *testing.T) {
			got, err := money.Parse(c.text, c.currency)
			if !errors.Is(err, c.err) {
				t.Fatalf("error is %v, want %v", err, c.err)
			}
			want := money.Amount{}
			if c.err == nil {
				want = money.Of(c.minor, c.currency)
			}
			if got != want {
				t.Fatalf("got %v, want %v", got, want)
			}
		})
	}
}

// An error of Parse must not carry the text: it can come from a bank's file.
func TestParseErrorHidesText(t *testing.T) {
	_, err := money.Parse("account 4111", "USD")
	if err == nil || strings.Contains(err.Error(), "4111") {
		t.Fatalf("error is %v", err)
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		text     string
		currency money.Currency
		minor    int64
	}{
		{"0.004", "USD", 0},
		{"0.005", "USD", 1},
		{"-0.004", "USD", 0},
		{"-0.005", "USD", -1},
		{"0.015", "USD", 2},
		{"0.025", "USD", 3},
		{"2.675", "USD", 268},
		{"-2.675", "USD", -268},
		{"23631.9805", "USD", 2363198},
		{"0.00499999999999999999999", "USD", 0},
		{"9.999", "USD", 1000},
		{"0.5", "JPY", 1},
		{"1.49", "JPY", 1},
		{"92233720368547758.074", "USD", math.MaxInt64},
	} {
		got, err := money.Round(c.text, c.currency)
		if err != nil || got.Minor != c.minor {
			t.Errorf("Round(%s %s) = %d, %v; want %d", c.text, c.currency, got.Minor, err, c.minor)
		}
	}
	for _, text := range []string{"92233720368547758.075", "-92233720368547758.075"} {
		if _, err := money.Round(text, "USD"); !errors.Is(err, money.ErrOverflow) {
			t.Errorf("Round(%s) fails with %v, want overflow", text, err)
		}
	}
}

func TestFromFloat(t *testing.T) {
	for f, want := range map[float64]int64{
		575.67: 57567, -575.67: -57567, 89.4: 8940, 4.35: 435, 1.005: 101, 23631.9805: 2363198,
		0.1 + 0.2: 30, 1e-9: 0, 1e15: 1e17,
	} {
		got, err := money.FromFloat(f, money.USD)
		if err != nil || got.Minor != want {
			t.Errorf("FromFloat(%v) = %d, %v; want %d", f, got.Minor, err, want)
		}
	}
	for f, want := range map[float64]error{
		math.NaN(): money.ErrSyntax, math.Inf(1): money.ErrSyntax, math.Inf(-1): money.ErrSyntax,
		1e17: money.ErrOverflow, -1e300: money.ErrOverflow,
	} {
		if _, err := money.FromFloat(f, money.USD); !errors.Is(err, want) {
			t.Errorf("FromFloat(%v) fails with %v, want %v", f, err, want)
		}
	}
}

// Every amount of cents that a bank could report survives a float64.
func TestFromFloatIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-1e14, 1e14).Draw(t, "minor")
		text := money.Of(minor, money.USD).Decimal()
		f, _ := new(big.Rat).SetString(text)
		float, _ := f.Float64()
		got, err := money.FromFloat(float, money.USD)
		if err != nil || got.Minor != minor {
			t.Fatalf("%s came back as %v, %v", text, got, err)
		}
	})
}

// Round agrees with exact arithmetic: the nearest unit, halves away from zero.
func TestRoundAgainstBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{1,9})?`).Draw(t, "text")
		c := anyCurrency(t)
		exact, _ := new(big.Rat).SetString(text)
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Exponent())), nil)
		exact.Mul(exact, new(big.Rat).SetInt(scale))
		half := big.NewRat(int64(exact.Sign()), 2)
		exact.Add(exact, half)
		want := new(big.Int).Quo(exact.Num(), exact.Denom())

		got, err := money.Round(text, c)
		if !want.IsInt64() {
			if !errors.Is(err, money.ErrOverflow) {
				t.Fatalf("%s %s: error is %v, want overflow", text, c, err)
			}
			return
		}
		if err != nil || got.Minor != want.Int64() {
			t.Fatalf("%s %s: got %d, %v; want %v", text, c, got.Minor, err, want)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(c.text, string(c.currency))
	}
	f.Fuzz(func(t *testing.T, text, currency string) {
		c := money.Currency(currency)
		got, err := money.Parse(text, c)
		rounded, roundErr := money.Round(text, c)
		if err != nil {
			if got != (money.Amount{}) {
				t.Fatalf("an error comes with %v", got)
			}
			if errors.Is(err, money.ErrSyntax) != errors.Is(roundErr, money.ErrSyntax) {
				t.Fatalf("Parse says %v, Round says %v", err, roundErr)
			}
			return
		}
		if got.Minor == math.MinInt64 {
			t.Fatal("the smallest int64 has no negative")
		}
		if roundErr != nil || rounded != got {
			t.Fatalf("Parse gives %v, Round gives %v, %v", got, rounded, roundErr)
		}
		again, err := money.Parse(got.Decimal(), c)
		if err != nil || again != got {
			t.Fatalf("%s reads as %v, %v", got.Decimal(), again, err)
		}
	})
}

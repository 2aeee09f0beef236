package money_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bankbook/core/money"
)

func TestParseDecimal(t *testing.T) {
	for in, want := range map[string]money.Decimal{
		"20": "20", "020.50": "20.5", "0": "0", "000": "0", "0.00": "0", "1.05": "1.05",
		"": "", "-1": "", "+1": "", ".5": "", "5.": "", "1,000": "", "1e3": "",
	} {
		got, err := money.ParseDecimal(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", in, got, err, want)
		}
	}
}

// In agrees with the same number in unlimited arithmetic.
func TestDecimalInMinorUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9]{1,22}(\.[0-9]{1,10})?`).Draw(t, "text")
		c := anyCurrency(t)
		d, err := money.ParseDecimal(text)
		if err != nil {
			t.Fatal(err)
		}
		value, _ := new(big.Rat).SetString(text)
		value.Mul(value, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Exponent())), nil)))
		whole := new(big.Int).Quo(value.Num(), value.Denom())
		minor, exact := d.In(c)
		if !whole.IsInt64() {
			if minor != math.MaxInt64 || exact {
				t.Fatalf("%s is %d, %v", text, minor, exact)
			}
			return
		}
		if minor != whole.Int64() || exact != value.IsInt() {
			t.Fatalf("%s %s is %d, %v; want %s, %v", text, c, minor, exact, whole, value.IsInt())
		}
	})
}

// An amount lies in one of the ranges if its decimal number begins so.
func TestBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCurrency(t)
		minor := rapid.OneOf(rapid.Int64Range(0, 100_000), rapid.Int64Range(0, math.MaxInt64)).Draw(t, "minor")
		decimal := money.Of(minor, c).Decimal()
		typed := rapid.OneOf(
			rapid.StringMatching(`[0-9]{0,3}\.?[0-9]{0,3}`),
			rapid.Custom(func(t *rapid.T) string { return decimal[:rapid.IntRange(0, len(decimal)).Draw(t, "length")] }),
		).Draw(t, "typed")
		in := false
		for _, r := range c.Beginning(typed) {
			in = in || r.Min <= minor && minor <= r.Max
		}
		if want := typed != "" && strings.HasPrefix(decimal, typed); in != want {
			t.Fatalf("%s begins with %q: %v, want %v (%v)", decimal, typed, in, want, c.Beginning(typed))
		}
	})
}

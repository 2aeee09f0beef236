package money

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Parse reads a decimal number such as "-1284.50" exactly. It refuses a number
// with more decimal places than the currency has, unless they are zeros.
func Parse(s string, c Currency) (Amount, error) {
	minor, exact, err := scan(s, c.Exponent())
	if err != nil {
		return Amount{}, fmt.Errorf("parse amount: %w", err)
	}
	if !exact {
		return Amount{}, fmt.Errorf("parse amount: %w", ErrPrecision)
	}
	return Amount{Minor: minor, Currency: c}, nil
}

// Round reads a decimal number and rounds it to the currency's minor unit,
// halves away from zero. Plaid sends balances with four decimal places.
func Round(s string, c Currency) (Amount, error) {
	minor, _, err := scan(s, c.Exponent())
	if err != nil {
		return Amount{}, fmt.Errorf("round amount: %w", err)
	}
	return Amount{Minor: minor, Currency: c}, nil
}

// FromFloat rounds a JSON number that was already decoded into a float64. The
// shortest decimal text that gives the same float64 is the text that was sent,
// for any number of up to 15 digits; that text is what is rounded, so 575.67
// does not become 575.66.
func FromFloat(f float64, c Currency) (Amount, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Amount{}, fmt.Errorf("round amount: %w", ErrSyntax)
	}
	return Round(strconv.FormatFloat(f, 'f', -1, 64), c)
}

// scan reads s as a number of units of 10^-places, rounding halves away from
// zero. exact is false if digits other than zero were rounded off.
func scan(s string, places int) (minor int64, exact bool, err error) {
	digits, negative := strings.CutPrefix(s, "-")
	if !negative {
		digits = strings.TrimPrefix(s, "+")
	}
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	if whole == "" || hasPoint && fraction == "" || !allDigits(whole) || !allDigits(fraction) {
		return 0, false, ErrSyntax
	}
	rest := ""
	if len(fraction) > places {
		fraction, rest = fraction[:places], fraction[places:]
	}
	fraction += strings.Repeat("0", places-len(fraction))
	minor, err = strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil {
		return 0, false, ErrOverflow
	}
	if rest != "" && rest[0] >= '5' {
		if minor == math.MaxInt64 {
			return 0, false, ErrOverflow
		}
		minor++
	}
	if negative {
		minor = -minor
	}
	return minor, strings.Trim(rest, "0") == "", nil
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

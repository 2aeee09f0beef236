package money

import (
	"fmt"
	"math"
	"strings"
)

// Decimal is a number of zero or more without a currency, as a person asks for
// it: "20", "20.5". It has no needless zeros, so that equal numbers are equal
// texts. "" is no number.
type Decimal string

// ParseDecimal reads a decimal number without a sign.
func ParseDecimal(s string) (Decimal, error) {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if whole == "" || hasPoint && fraction == "" || !allDigits(whole) || !allDigits(fraction) {
		return "", fmt.Errorf("parse number: %w", ErrSyntax)
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return Decimal(whole), nil
	}
	return Decimal(whole + "." + fraction), nil
}

// In returns the number in minor units of a currency, cut to whole ones; exact
// is false if something was cut off, or if the number is beyond 64 bits, in
// which case minor is the largest there is.
func (d Decimal) In(c Currency) (minor int64, exact bool) {
	whole, fraction, _ := strings.Cut(string(d), ".")
	places := c.Exponent()
	cut := fraction[:min(places, len(fraction))]
	minor, ok := number(whole+cut, places-len(cut))
	return minor, ok && len(cut) == len(fraction)
}

// number returns digits followed by some zeros as a number; ok is false if it
// is beyond 64 bits.
func number(digits string, zeros int) (n int64, ok bool) {
	for _, r := range digits + strings.Repeat("0", zeros) {
		digit := int64(r - '0')
		if n > (math.MaxInt64-digit)/10 {
			return math.MaxInt64, false
		}
		n = n*10 + digit
	}
	return n, true
}

// Range is the minor units from Min to Max, both included.
type Range struct{ Min, Max int64 }

// Beginning returns the ranges of minor units, rising, whose decimal number
// begins with what has been typed so far: "24" stands for 24.00 and 241.63, and
// "24." for the first of them alone. Zeros before a number are not written, so
// "007" begins none.
func (c Currency) Beginning(typed string) []Range {
	places := c.Exponent()
	whole, fraction, hasPoint := strings.Cut(typed, ".")
	zero := whole == "0"
	switch {
	case whole == "" || !allDigits(whole) || !allDigits(fraction), whole[0] == '0' && !zero:
		return nil
	case hasPoint && (places == 0 || len(fraction) > places):
		return nil
	case hasPoint:
		return appendRange(nil, whole+fraction, places-len(fraction))
	case zero:
		return appendRange(nil, "0", places)
	}
	var list []Range
	for zeros, n := places, -1; len(list) > n; zeros++ {
		n = len(list)
		list = appendRange(list, whole, zeros)
	}
	return list
}

// appendRange adds the numbers that are digits followed by so many more.
func appendRange(list []Range, digits string, more int) []Range {
	low, ok := number(digits, more)
	if !ok {
		return list
	}
	width, _ := number("1", more)
	return append(list, Range{Min: low, Max: low + min(width-1, math.MaxInt64-low)})
}

package money

import (
	"math"
	"strconv"
	"strings"
)

// minus is the sign of amounts on screen: U+2013, because the bundled typeface
// has no U+2212.
const minus = "–"

// Decimal returns the amount as a plain decimal number, such as "-1284.50",
// for machines: an ASCII minus, no grouping, no currency.
func (a Amount) Decimal() string {
	digits, negative := a.digits("")
	if negative {
		return "-" + digits
	}
	return digits
}

// String returns the plain decimal number and the currency: "-1284.50 USD".
func (a Amount) String() string { return a.Decimal() + " " + string(a.Currency) }

// Text returns the amount for a person to read: "–$1,284.50". It is the form
// for balances and totals.
func (a Amount) Text() string { return a.text("") }

// Signed returns the amount for a person to read, with a plus where money came
// in: "+$2,416.35".
func (a Amount) Signed() string { return a.text("+") }

// Whole returns the amount without its minor digits, cut towards zero and
// shortened above a thousand, for the axis of a chart: "$60k".
func (a Amount) Whole() string {
	scale := int64(1)
	for range a.Currency.Exponent() {
		scale *= 10
	}
	// The smallest int64 has no positive counterpart.
	units, suffix := max(a.Minor/scale, -math.MaxInt64), ""
	if units < 0 {
		units = -units
	}
	switch {
	case units >= 1_000_000:
		suffix = "M"
		units /= 1_000_000
	case units >= 1_000:
		suffix = "k"
		units /= 1_000
	}
	return a.dress(strconv.FormatInt(units, 10)+suffix, a.Minor < 0, "")
}

func (a Amount) text(plus string) string {
	digits, negative := a.digits(",")
	return a.dress(digits, negative, plus)
}

// dress puts sign and currency around digits.
func (a Amount) dress(digits string, negative bool, plus string) string {
	sign := ""
	if negative {
		sign = minus
	} else if a.Minor > 0 {
		sign = plus
	}
	if symbol := a.Currency.symbol(); symbol != "" {
		return sign + symbol + digits
	}
	return sign + digits + " " + string(a.Currency)
}

// digits returns the amount without sign, its whole part grouped by sep.
func (a Amount) digits(sep string) (text string, negative bool) {
	text = strconv.FormatInt(a.Minor, 10)
	text, negative = strings.CutPrefix(text, "-")
	places := a.Currency.Exponent()
	if short := places + 1 - len(text); short > 0 {
		text = strings.Repeat("0", short) + text
	}
	whole, fraction := text[:len(text)-places], text[len(text)-places:]
	if sep != "" {
		whole = group(whole, sep)
	}
	if places == 0 {
		return whole, negative
	}
	return whole + "." + fraction, negative
}

func group(whole, sep string) string {
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}

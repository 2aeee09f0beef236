package transfer

import (
	"fmt"
	"strconv"
	"strings"
)

// Cents is an amount of US dollars.
type Cents int64

// maxWhole is how many digits before the point an amount may have.
const maxWhole = 12

// ParseAmount reads an amount as Plaid wants it: a decimal string with two digits
// of precision, without a sign.
func ParseAmount(s string) (Cents, bool) {
	whole, part, found := strings.Cut(s, ".")
	if !found || len(part) != 2 || whole == "" || len(whole) > maxWhole || len(whole) > 1 && whole[0] == '0' {
		return 0, false
	}
	if strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part, 10, 64)
	return Cents(n), err == nil
}

// String writes the amount with two digits of precision.
func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}

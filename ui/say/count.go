package say

import "strconv"

// NoValue stands where there is nothing to show.
const NoValue = "—"

// Noun is a thing that is counted, in the singular.
type Noun string

// The things that are counted.
const (
	Transaction Noun = "transaction"
	Account     Noun = "account"
	Bank        Noun = "bank"
	Card        Noun = "card"
	Loan        Noun = "loan"
	Balance     Noun = "balance"
	DayNoun     Noun = "day"
	MonthNoun   Noun = "month"
	HourNoun    Noun = "hour"
	MinuteNoun  Noun = "minute"

	ProfileNoun  Noun = "profile"
	SnapshotNoun Noun = "snapshot"
	FieldNoun    Noun = "field"

	HiddenAccount Noun = "hidden account"
	Row           Noun = "row"
	Entry         Noun = "entry"
)

// Plural returns the noun for more than one thing.
func (n Noun) Plural() string {
	if n == Entry {
		return "entries"
	}
	return string(n) + "s"
}

// For returns the noun for a number of things.
func (n Noun) For(count int) string {
	if count == 1 || count == -1 {
		return string(n)
	}
	return n.Plural()
}

// Count returns a number and its noun: "1 bank", "1,240 transactions".
func Count(n int, noun Noun) string { return Number(n) + " " + noun.For(n) }

// Number returns a whole number with its thousands grouped: "1,240".
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "–", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// List joins things as a sentence does: "a", "a and b", "a, b and c".
func List(things ...string) string {
	switch len(things) {
	case 0:
		return ""
	case 1:
		return things[0]
	}
	text := things[0]
	for _, t := range things[1 : len(things)-1] {
		text += ", " + t
	}
	return text + " and " + things[len(things)-1]
}

package ach

import (
	"strings"

	"bankbook/core"
	"bankbook/core/input"
	"bankbook/core/secret"
)

// State is what a field says while somebody types.
type State int

// The states of a field.
const (
	// Empty means that nothing has been typed.
	Empty State = iota
	// Typing means that what is there can be the beginning of the right thing.
	Typing
	// Wrong means that it cannot be right, whatever comes behind it.
	Wrong
	// Right means that it can be used as it is.
	Right
)

const (
	routingDigits           = 9
	leastDigits, mostDigits = 5, 17
	districtDigits          = 2
	zeroRouting             = "000000000"
)

// Routing tells at each key what is to be said of a routing number: nine digits, of
// which the first two are assigned and the last one checks the others. The blanks
// and dashes that people put in do not count.
func Routing(typed string) (State, input.Flaw) {
	digits := Tidy(typed)
	switch {
	case digits == "":
		return Empty, ""
	case !allDigits(digits):
		return Wrong, input.NotDigits
	case len(digits) > routingDigits:
		return Wrong, input.TooLong
	case len(digits) >= districtDigits && !assigned(digits[:districtDigits]), digits == zeroRouting:
		return Wrong, input.Unassigned
	case len(digits) < routingDigits:
		return Typing, ""
	case !checks(digits):
		return Wrong, input.CheckDigit
	}
	return Right, ""
}

// Number tells at each key what is to be said of an account number: five to
// seventeen digits, as ACH files have room for.
func Number(typed string) (State, input.Flaw) {
	digits := Tidy(typed)
	switch {
	case digits == "":
		return Empty, ""
	case !allDigits(digits):
		return Wrong, input.NotDigits
	case len(digits) > mostDigits:
		return Wrong, input.TooLong
	case len(digits) < leastDigits:
		return Typing, ""
	}
	return Right, ""
}

// Tidy takes out the blanks and dashes that people put between digits.
func Tidy(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '-', '\u2010', '\u2011', '\u2013':
			return -1
		}
		return r
	}, typed)
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// assigned reports whether the first two digits of a routing number are given to
// anybody: 00 is the United States government, 01-12 are the Federal Reserve
// districts, 21-32 thrift institutions, 61-72 electronic transactions, and 80
// travellers' cheques (ABA Routing Number Policy, "Routing number structure").
func assigned(first string) bool {
	n := int(first[0]-'0')*10 + int(first[1]-'0')
	return n <= 12 || n >= 21 && n <= 32 || n >= 61 && n <= 72 || n == 80
}

// checks reports whether nine digits belong together: weighted 3, 7, 1 and so on,
// they add up to a multiple of ten (the same policy, "Check digit").
func checks(digits string) bool {
	weights := [3]int{3, 7, 1}
	sum := 0
	for i := range len(digits) {
		sum += int(digits[i]-'0') * weights[i%len(weights)]
	}
	return sum%10 == 0
}

// Pair is a routing and an account number.
type Pair struct{ Routing, Number secret.Text }

// IsEmpty reports whether neither is there.
func (p Pair) IsEmpty() bool { return p.Routing.IsEmpty() && p.Number.IsEmpty() }

// check returns the pair without blanks and dashes, and notes what is wrong.
func (p Pair) check(form *input.Form) Pair {
	form.Refuse(RoutingField, flawOf(Routing(p.Routing.Reveal())))
	form.Refuse(NumberField, flawOf(Number(p.Number.Reveal())))
	return Pair{secret.New(Tidy(p.Routing.Reveal())), secret.New(Tidy(p.Number.Reveal()))}
}

// flawOf is what is wrong with a field that nobody types in any more.
func flawOf(s State, flaw input.Flaw) input.Flaw {
	switch s {
	case Empty:
		return input.Missing
	case Typing:
		return input.TooShort
	}
	return flaw
}

func checkKind(form *input.Form, k core.ACHKind) {
	if k != core.Checking && k != core.Savings {
		form.Refuse(KindField, input.Unknown)
	}
}

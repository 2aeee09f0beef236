// Package input tells which fields of what a person has entered cannot be used,
// and why: the window says it at each field, and a command in a line for each.
// There are no words here, and nothing of what was entered.
package input

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"bankbook/core/fault"
)

// Field names what was entered.
type Field string

// Flaw is why a field cannot be used.
type Flaw string

// The flaws.
const (
	// Missing means that there has to be something.
	Missing Flaw = "missing"
	// TooLong means more characters than the field takes.
	TooLong Flaw = "too_long"
	// TooShort means fewer characters than the field takes.
	TooShort Flaw = "too_short"
	// Unprintable means characters that cannot be seen, such as line ends.
	Unprintable Flaw = "unprintable"
	// NotDigits means something else than digits.
	NotDigits Flaw = "not_digits"
	// CheckDigit means that the digits do not belong together.
	CheckDigit Flaw = "check_digit"
	// Unassigned means a number that is given to nobody.
	Unassigned Flaw = "unassigned"
	// Unknown means something that is not there, or not among the choices.
	Unknown Flaw = "unknown"
	// NotAllowed means something that is there and must not be chosen here.
	NotAllowed Flaw = "not_allowed"
	// NotAmount means a text that is no amount of the currency.
	NotAmount Flaw = "not_amount"
)

// Flaws lists every flaw, so that a test can see that each has its words.
func Flaws() []Flaw {
	return []Flaw{Missing, TooLong, TooShort, Unprintable, NotDigits, CheckDigit, Unassigned, Unknown, NotAllowed, NotAmount}
}

// Problem is a field that cannot be used.
type Problem struct {
	Field Field
	Flaw  Flaw
}

// Error is the cause of a fault.Invalid: every field that cannot be used.
type Error struct{ Problems []Problem }

// Error names fields and flaws, for developers.
func (e *Error) Error() string {
	var parts []string
	for _, p := range e.Problems {
		parts = append(parts, string(p.Field)+" "+string(p.Flaw))
	}
	return strings.Join(parts, ", ")
}

// Problems returns the fields that err is about, none if it is about none.
func Problems(err error) []Problem {
	var e *Error
	if errors.As(err, &e) {
		return e.Problems
	}
	return nil
}

// Form collects what is wrong with the fields of one form. The zero Form is one
// with nothing wrong.
type Form struct{ problems []Problem }

// Refuse notes that a field cannot be used; "" is no flaw.
func (f *Form) Refuse(field Field, flaw Flaw) {
	if flaw != "" {
		f.problems = append(f.problems, Problem{field, flaw})
	}
}

// Text takes a line of text in, without the blanks around it. most is how many
// characters it may have.
func (f *Form) Text(field Field, text string, most int) string {
	text, flaw := Line(text, most)
	f.Refuse(field, flaw)
	return text
}

// Required is Text of a field that has to be filled in.
func (f *Form) Required(field Field, text string, most int) string {
	text, flaw := Line(text, most)
	if text == "" {
		flaw = Missing
	}
	f.Refuse(field, flaw)
	return text
}

// Err returns a fault of kind Invalid if any field cannot be used, and else nil.
func (f *Form) Err(op string) error {
	if len(f.problems) == 0 {
		return nil
	}
	return fault.New(op, fault.Invalid, &Error{f.problems})
}

// Refused returns the fault of one field that cannot be used.
func Refused(op string, field Field, flaw Flaw) error {
	return fault.New(op, fault.Invalid, &Error{[]Problem{{field, flaw}}})
}

// Line returns a line of text without the blanks around it, and what is wrong
// with it.
func Line(text string, most int) (string, Flaw) {
	text = strings.TrimSpace(text)
	switch {
	case !utf8.ValidString(text), strings.ContainsFunc(text, hidden):
		return text, Unprintable
	case utf8.RuneCountInString(text) > most:
		return text, TooLong
	}
	return text, ""
}

// hidden reports whether a character cannot be seen and changes what can be:
// control characters, line ends, and what turns the direction of writing.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

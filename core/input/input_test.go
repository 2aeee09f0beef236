package input_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/input"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		text, want string
		flaw       input.Flaw
	}{
		{"", "", ""},
		{"  Rainy day\t", "Rainy day", ""},
		{"Účet č. 1", "Účet č. 1", ""},
		{"日本の口座", "日本の口座", ""},
		{strings.Repeat("ž", 10), strings.Repeat("ž", 10), ""},
		{strings.Repeat("ž", 11), strings.Repeat("ž", 11), input.TooLong},
		{"a\nb", "a\nb", input.Unprintable},
		{"a\x00b", "a\x00b", input.Unprintable},
		{"a\u202eb", "a\u202eb", input.Unprintable},
		{"a\xffb", "a\xffb", input.Unprintable},
	} {
		if got, flaw := input.Line(c.text, 10); got != c.want || flaw != c.flaw {
			t.Errorf("%q: %q, %q", c.text, got, flaw)
		}
	}
}

func TestAFormTellsOfEveryField(t *testing.T) {
	var f input.Form
	if f.Err("op") != nil {
		t.Error("a form with nothing wrong is refused")
	}
	if got := f.Required("name", " Cash ", 10); got != "Cash" || f.Err("op") != nil {
		t.Errorf("%q, %v", got, f.Err("op"))
	}
	f.Required("bank", "  ", 10)
	f.Text("nickname", "\x1b[2J", 10)
	f.Refuse("kind", "")
	err := fmt.Errorf("outer: %w", f.Err("op"))
	want := []input.Problem{{Field: "bank", Flaw: input.Missing}, {Field: "nickname", Flaw: input.Unprintable}}
	if !fault.Is(err, fault.Invalid) || !slices.Equal(input.Problems(err), want) {
		t.Errorf("%v", err)
	}
	if strings.Contains(err.Error(), "\x1b") {
		t.Error("the error holds what was entered")
	}
}

func TestOtherErrorsAreAboutNoField(t *testing.T) {
	for _, err := range []error{nil, errors.New("disk"), fault.New("op", fault.Invalid, nil)} {
		if got := input.Problems(err); got != nil {
			t.Errorf("%v: %v", err, got)
		}
	}
}

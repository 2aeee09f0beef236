package ach_test

import (
	"strings"
	"testing"

	"bankbook/core/ach"
	"bankbook/core/input"
)

func TestRoutingAtEachKey(t *testing.T) {
	for _, c := range []struct {
		typed string
		state ach.State
		flaw  input.Flaw
	}{
		{"", ach.Empty, ""},
		{"  -", ach.Empty, ""},
		{"0", ach.Typing, ""},
		{"02", ach.Typing, ""},
		{"02100002", ach.Typing, ""},
		{"021000021", ach.Right, ""},
		{"011401533", ach.Right, ""},
		{"0210-0002 1", ach.Right, ""},
		{"322271627", ach.Right, ""},
		{"021000012", ach.Wrong, input.CheckDigit},
		{"021000022", ach.Wrong, input.CheckDigit},
		{"012000021", ach.Wrong, input.CheckDigit},
		{"0210000211", ach.Wrong, input.TooLong},
		{"02100002x", ach.Wrong, input.NotDigits},
		{"x", ach.Wrong, input.NotDigits},
		{"٠٢١", ach.Wrong, input.NotDigits},
		{"000000000", ach.Wrong, input.Unassigned},
	} {
		if state, flaw := ach.Routing(c.typed); state != c.state || flaw != c.flaw {
			t.Errorf("%q: %v, %q", c.typed, state, flaw)
		}
	}
}

// TestEveryBeginningOfARoutingNumber compares with the ranges of the policy.
func TestEveryBeginningOfARoutingNumber(t *testing.T) {
	ranges := [][2]int{{0, 12}, {21, 32}, {61, 72}, {80, 80}}
	for n := range 100 {
		assigned := false
		for _, r := range ranges {
			assigned = assigned || n >= r[0] && n <= r[1]
		}
		state, flaw := ach.Routing(string([]byte{byte('0' + n/10), byte('0' + n%10)}))
		if assigned != (state == ach.Typing) || !assigned && flaw != input.Unassigned {
			t.Errorf("%02d: %v, %q", n, state, flaw)
		}
	}
}

// TestOneWrongDigitIsFound: the check digit finds any one digit that is wrong, and
// neighbours that are swapped unless they differ by five.
func TestOneWrongDigitIsFound(t *testing.T) {
	const right = "021000021"
	for i := range right {
		for d := byte('0'); d <= '9'; d++ {
			wrong := right[:i] + string(d) + right[i+1:]
			if state, _ := ach.Routing(wrong); (state == ach.Right) != (wrong == right) {
				t.Errorf("%s: %v", wrong, state)
			}
		}
	}
}

func TestNumberAtEachKey(t *testing.T) {
	for _, c := range []struct {
		typed string
		state ach.State
		flaw  input.Flaw
	}{
		{"", ach.Empty, ""},
		{"1234", ach.Typing, ""},
		{"12345", ach.Right, ""},
		{"12-34 5", ach.Right, ""},
		{strings.Repeat("1", 17), ach.Right, ""},
		{strings.Repeat("1", 18), ach.Wrong, input.TooLong},
		{"1234a", ach.Wrong, input.NotDigits},
		{"١٢٣٤٥", ach.Wrong, input.NotDigits},
	} {
		if state, flaw := ach.Number(c.typed); state != c.state || flaw != c.flaw {
			t.Errorf("%q: %v, %q", c.typed, state, flaw)
		}
	}
}

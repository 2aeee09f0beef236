package match

import (
	"testing"

	"pgregory.net/rapid"
)

// The pairs are Plaid's, from its page on Identity, and some of our own.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		given, known   string
		low, high      int
		part, nick, co bool
	}{
		{"Andrew Smith", "Andrew Smith", 100, 100, true, false, false},
		{"andrew  SMITH", "Andrew Smith", 100, 100, true, false, false},
		{"Andrew Smith", "Andrew Simth", 85, 99, true, false, false},
		{"Alberta Charleson", "Alberta Bobbeth Charleson", 85, 99, true, false, false},
		{"Charleson, Alberta Bobbeth", "Alberta Bobbeth Charleson", 85, 99, false, false, false},
		{"Dr. Alberta Bobbeth Charleson", "Alberta Bobbeth Charleson", 100, 100, true, false, false},
		{"Andy Smith", "Andrew Smith", 85, 99, true, true, false},
		{"Andrew Smith", "Andy Simth", 70, 84, false, true, false},
		{"Betty Smith", "Andrew Smith", 50, 69, true, false, false},
		{"Ray Charles", "Andrew Smith", 0, 49, false, false, false},
		{"John Smith", "Alberta Bobbeth Charleson", 0, 0, false, false, false},
		{"Vega Plumbing LLC", "Marisol Vega", 0, 49, false, false, true},
		{"", "Andrew Smith", 0, 0, false, false, false},
	} {
		n := Names(c.given, c.known)
		if n.Score < c.low || n.Score > c.high || n.Part != c.part || n.Nick != c.nick || n.Business != c.co {
			t.Errorf("%q, %q: %+v, want %d to %d %v %v %v", c.given, c.known, n, c.low, c.high, c.part, c.nick, c.co)
		}
	}
}

func TestContacts(t *testing.T) {
	for _, c := range []struct {
		given, known string
		low, high    int
	}{
		{"+1-555-867-5309", "+1-555-867-5309", 100, 100},
		{"1112223333", "1112223333", 100, 100},
		{"+1-555-867-5309", "1 (555)-867-5309", 90, 99},
		{"+1-555-867-5309", "5558675309", 70, 89},
		{"+1-555-867-5309", "555-867-5302", 0, 69},
		{"", "555-867-5302", 0, 0},
	} {
		if got := Phones(c.given, c.known); got < c.low || got > c.high {
			t.Errorf("%s, %s: %d", c.given, c.known, got)
		}
	}
	for _, c := range []struct {
		given, known string
		low, high    int
	}{
		{"a@example.com", "A@Example.com", 100, 100},
		{"a+bank@example.com", "a@example.com", 70, 99},
		{"b@example.com", "a@example.com", 0, 69},
		{"", "", 0, 0},
	} {
		if got := Emails(c.given, c.known); got < c.low || got > c.high {
			t.Errorf("%s, %s: %d", c.given, c.known, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	home := Place{"2992 Cameron Road", "Malakoff", "NY", "14236", "US"}
	for _, c := range []struct {
		given     Place
		low, high int
		postal    bool
	}{
		{home, 100, 100, true},
		{Place{"2992 cameron rd.", "Malakoff", "NY", "14236-1234", "US"}, 100, 100, true},
		{Place{"2992 Cameron Road", "", "", "", ""}, 90, 100, false},
		{Place{"2992 Cameron Road Apt 4", "Malakoff", "NY", "14236", "US"}, 90, 99, true},
		{Place{"2992 Cameron Road", "Albany", "NY", "12207", "US"}, 70, 89, false},
		{Place{"1 Other Way", "Malakoff", "NY", "14236", "US"}, 1, 69, true},
		{Place{"123 Main Street", "Anytown", "CA", "90210", "US"}, 0, 0, false},
		{Place{}, 0, 0, false},
	} {
		if got := Addresses(c.given, home); got.Score < c.low || got.Score > c.high || got.Postal != c.postal {
			t.Errorf("%+v: %+v", c.given, got)
		}
	}
}

func TestScoresStayInRangeAndKnowThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		p := Place{a, b, a, b, a}
		for _, got := range []int{Names(a, b).Score, Phones(a, b), Emails(a, b), Addresses(p, Place{b, a, b, a, b}).Score} {
			if got < 0 || got > 100 {
				t.Fatalf("%q, %q: %d", a, b, got)
			}
		}
		if len(words(a)) > 0 && Names(a, a).Score != same {
			t.Fatalf("%q is not itself", a)
		}
	})
}

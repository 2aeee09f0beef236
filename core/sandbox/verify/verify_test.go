package verify

import (
	"testing"
	"time"

	"bankbook/core/sandbox/people"
)

var start = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

func typed(t *testing.T, m Method, routing, account string) *State {
	t.Helper()
	s, err := Typed(m, Numbers{Routing: routing, Account: account}, start)
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	return s
}

func TestSameDayWaitsForItsCode(t *testing.T) {
	for codes, want := range map[string]Status{
		"ABC": ManuallyDone, "abc": ManuallyDone, "XYZ,ABC": ManuallyDone, "XYZ,,ABC": ManuallyDone, "X": PendingManual,
		"1,2,3": Failed, "1,2,3,ABC": Failed,
	} {
		s := typed(t, SameDay, "110000000", "1111222233330000")
		if got := s.Status(start.AddDate(1, 0, 0)); got != PendingManual || s.Ready(start) {
			t.Errorf("at first: %s", got)
		}
		for _, c := range split(codes) {
			err := s.Submit(c, start)
			if right := c == "ABC" || c == "abc"; (err == nil) != (right && s.Set == ManuallyDone) {
				t.Errorf("%s: %s gives %v", codes, c, err)
			}
		}
		if got := s.Status(start); got != want || s.Ready(start) != (want == ManuallyDone) {
			t.Errorf("%s ends %s, want %s", codes, got, want)
		}
	}
	s := typed(t, SameDay, "110000000", "1111222233330000")
	for range 3 {
		_ = s.Submit("X", start)
	}
	if err := s.Submit("ABC", start); err == nil || err.Code != "TOO_MANY_VERIFICATION_ATTEMPTS" {
		t.Errorf("a fourth code: %v", err)
	}
}

func split(s string) []string {
	var out []string
	for s != "" {
		i := 0
		for i < len(s) && s[i] != ',' {
			i++
		}
		out = append(out, s[:i])
		s = s[min(i+1, len(s)):]
	}
	return out
}

func TestInstantMicroDeposits(t *testing.T) {
	for _, m := range []Method{SameDay, InstantMicro} {
		s := typed(t, m, InstantRouting, "1111222233330000")
		if s.Method != InstantMicro {
			t.Errorf("%s at a bank that can do more is %s", m, s.Method)
		}
		if err := s.Submit("ABC", start); err != nil || s.Status(start) != ManuallyDone {
			t.Errorf("%s: %v", m, err)
		}
		if err := s.Submit("ABC", start); err == nil {
			t.Error("a second code is taken")
		}
	}
	if _, err := Typed(InstantMicro, Numbers{Routing: "110000000", Account: "1111222233330000"}, start); err == nil {
		t.Error("a bank that cannot do it")
	}
}

func TestDatabase(t *testing.T) {
	for account, want := range map[string]Status{
		"1111222233331111": DatabasePassed, "1111222233333333": DatabaseCautioned, "1111222233332222": DatabaseFailed, "5555": DatabaseFailed,
	} {
		s := typed(t, Database, "110000000", account)
		if got := s.Status(start); got != want || !s.Ready(start) || s.Account != HandCode || s.Mask != account[len(account)-4:] {
			t.Errorf("%s: %+v", account, s)
		}
		if err := s.Submit("ABC", start); err == nil {
			t.Error("a code for what has none")
		}
	}
}

func TestWrongNumbers(t *testing.T) {
	for _, n := range []Numbers{
		{"", "1111222233330000", "", ""},
		{"123456789", "1111222233330000", "", ""},
		{"110000000", "", "", ""},
		{"110000000", "12", "", ""},
		{"110000000", "11112222333300001", "", ""},
		{"110000000", "1111 2222", "", ""},
		{"11000000a", "1111222233330000", "", ""},
	} {
		if n.Account == "11112222333300001" {
			n.Account += "8"
		}
		if s, err := Typed(SameDay, n, start); err == nil || err.Display == nil || s != nil {
			t.Errorf("%+v: %v", n, err)
		}
	}
}

func TestInstantMatch(t *testing.T) {
	a, banks := &people.Account{Code: "savings", Mask: "1111"}, []string{"021000021"}
	s, err := Known(InstantMatch, Numbers{Routing: "021000021", Account: "1111222233331111"}, a, banks, start)
	if err != nil || s.Status(start) != NotNeeded || !s.Ready(start) || s.Account != "savings" {
		t.Errorf("%+v %v", s, err)
	}
	for _, n := range []Numbers{{Routing: "011401533", Account: "1111222233331111"}, {Routing: "021000021", Account: "2222222233331111"}} {
		if _, err := Known(InstantMatch, n, a, banks, start); err == nil || err.Code != "INSTANT_MATCH_FAILED" {
			t.Errorf("%+v: %v", n, err)
		}
	}
}

func TestAutomated(t *testing.T) {
	a, banks := &people.Account{Code: "checking", Mask: "0000"}, []string{"021000021"}
	begin := func(account string) *State {
		t.Helper()
		s, err := Known(Automated, Numbers{Routing: "021000021", Account: account}, a, banks, start)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, c := range []struct {
		account string
		after   time.Duration
		want    Status
	}{
		{"1111222233330000", 0, PendingAutomatic},
		{"1111222233330000", Arrival - 1, PendingAutomatic},
		{"1111222233330000", Arrival, AutomaticallyDone},
		{"1111222233330000", 30 * Arrival, AutomaticallyDone},
		{"9999222233330000", Arrival, PendingAutomatic},
		{"9999222233330000", Patience - 1, PendingAutomatic},
		{"9999222233330000", Patience, Expired},
	} {
		if got := begin(c.account).Status(start.Add(c.after)); got != c.want {
			t.Errorf("%s after %v: %s, want %s", c.account, c.after, got, c.want)
		}
	}
	for account, want := range map[string]time.Duration{"1111222233330000": Arrival, "9999222233330000": Patience} {
		s := begin(account)
		if got := s.Ends().Sub(start); got != want || s.Status(s.Ends()) == PendingAutomatic || s.Status(s.Ends().Add(-1)) != PendingAutomatic {
			t.Errorf("%s ends after %v", account, got)
		}
		if s.Settle(Expired); !s.Ends().IsZero() {
			t.Error("it ends twice")
		}
	}
	if _, err := Known(Automated, Numbers{Routing: "021000021", Account: "1111222233331111"}, a, banks, start); err == nil {
		t.Error("the number of another account")
	}
	for _, to := range []Status{AutomaticallyDone, Expired} {
		s := begin("1111222233330000")
		if !s.Settle(to) || s.Status(start) != to || s.Settle(to) {
			t.Errorf("set to %s: %+v", to, s)
		}
	}
	if s := begin("1111222233330000"); s.Settle(ManuallyDone) {
		t.Error("set to what cannot be set")
	}
	if s := typed(t, SameDay, "110000000", "1111222233330000"); s.Settle(Expired) {
		t.Error("set for a same-day deposit")
	}
	if err := begin("1111222233330000").Submit("ABC", start); err == nil {
		t.Error("a code for an automated deposit")
	}
}

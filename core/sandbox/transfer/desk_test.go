package transfer

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAmountsHaveTwoDigits(t *testing.T) {
	for text, want := range map[string]Cents{"0.00": 0, "0.01": 1, "12.34": 12_34, "999999999999.99": 999_999_999_999_99} {
		if got, ok := ParseAmount(text); !ok || got != want || got.String() != text {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", ".", "1", "1.", ".10", "1.1", "1.234", "-1.00", "+1.00", "1,00", " 1.00", "01.00", "1e2.00", "9999999999999.00", "1.0o"} {
		if got, ok := ParseAmount(text); ok {
			t.Errorf("%q is read as %s", text, got)
		}
	}
	if got := Cents(-5).String(); got != "-0.05" {
		t.Errorf("minus five cents: %s", got)
	}
}

func TestAmountsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cents(rapid.Int64Range(0, 999_999_999_999_99).Draw(t, "cents"))
		if got, ok := ParseAmount(c.String()); !ok || got != c {
			t.Fatalf("%s is read as %s", c, got)
		}
	})
}

// desk returns one where an account is as told.
func desk(facts Facts) *Desk {
	return New(start).At(World{Now: start, Limits: Standard(), Facts: func(Account, time.Time) Facts { return facts }})
}

func debit(amount Cents) Proposal {
	return Proposal{Account: Account{"item", "account"}, Kind: Debit, Network: ACH, Amount: amount, Class: "ppd", User: User{Name: "A"}}
}

func TestDecisionsByWhatIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		facts    Facts
		decision Decision
		code     string
	}{
		"enough":                   {Facts{Balance: 20_00}, Approved, ""},
		"just enough":              {Facts{Balance: 10_00}, Approved, ""},
		"too little":               {Facts{Balance: 9_99}, Declined, "NSF"},
		"overdrawn":                {Facts{Balance: -1}, Declined, "NSF"},
		"empty":                    {Facts{}, Declined, "RISK"},
		"entered by hand":          {Facts{Manual: true}, Approved, "MANUALLY_VERIFIED_ITEM"},
		"brought along":            {Facts{Migrated: true}, Approved, "MIGRATED_ACCOUNT_ITEM"},
		"to be repaired":           {Facts{LoginRequired: true, Balance: 20_00}, ActionRequired, "ITEM_LOGIN_REQUIRED"},
		"by hand and to be signed": {Facts{LoginRequired: true, Manual: true}, ActionRequired, "ITEM_LOGIN_REQUIRED"},
	} {
		a, err := desk(c.facts).Authorize(debit(10_00), "", KeyUse{})
		if err != nil || a.Decision != c.decision || a.Code != c.code {
			t.Errorf("%s: %v %v, want %s %s", name, a.Verdict, err, c.decision, c.code)
		}
	}
}

// wantLimit authorizes a debit and tells the limit that stands against it, or "".
func wantLimit(t *testing.T, d *Desk, amount Cents, want string) *Authorization {
	t.Helper()
	a, err := d.Authorize(debit(amount), "", KeyUse{})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Code == "TRANSFER_LIMIT_REACHED"; got != (want != "") || got && a.Text != "The "+want+" limit for debit transfers is reached." {
		t.Errorf("%s: %v, want the limit %q", amount, a.Verdict, want)
	}
	return a
}

func TestLimitsCountWhatIsAuthorized(t *testing.T) {
	d := desk(Facts{Balance: 1_000_000_00})
	wantLimit(t, d, 10_000_01, "single transfer")
	var last *Authorization
	for range 5 {
		last = wantLimit(t, d, 10_000_00, "")
	}
	wantLimit(t, d, 1, "daily")
	if err := d.CancelAuthorization(last.ID); err != nil {
		t.Fatal(err)
	}
	wantLimit(t, d, 10_000_00, "")
	d.Now = d.Now.Add(authorizationLife) // what was not used counts no more
	last = wantLimit(t, d, 10_000_00, "")
	part := Cents(1_00)
	if _, err := d.Create(Order{Account: last.Account, Authorization: last.ID, Amount: &part, Description: "part"}); err != nil {
		t.Fatal(err)
	}
	d.Now = d.Now.Add(authorizationLife) // of what was used counts what was made of it
	for range 4 {
		wantLimit(t, d, 10_000_00, "")
	}
	wantLimit(t, d, 9_999_01, "daily")
	wantLimit(t, d, 9_999_00, "")
}

func TestLimitsBeginAnewWithTheMonth(t *testing.T) {
	d := desk(Facts{Balance: 1_000_000_00})
	d.Limits.Monthly = 20_000_00
	for range 2 {
		a := wantLimit(t, d, 10_000_00, "")
		if _, err := d.Create(Order{Account: a.Account, Authorization: a.ID, Description: "rent"}); err != nil {
			t.Fatal(err)
		}
	}
	d.Now = d.Now.AddDate(0, 0, 9) // the last of November
	wantLimit(t, d, 1, "monthly")
	d.Now = d.Now.AddDate(0, 0, 1)
	wantLimit(t, d, 10_000_00, "")
}

func TestSchedules(t *testing.T) {
	for name, c := range map[string]struct {
		s    Schedule
		want []string
	}{
		"every week, from a later day of it":  {Schedule{Unit: "week", Count: 1, Day: 1, Start: day(t, "2026-11-17")}, []string{"2026-11-23", "2026-11-30", "2026-12-07"}},
		"every other week, from the day":      {Schedule{Unit: "week", Count: 2, Day: 5, Start: day(t, "2026-11-20")}, []string{"2026-11-20", "2026-12-04", "2026-12-18"}},
		"on a holiday":                        {Schedule{Unit: "week", Count: 1, Day: 4, Start: day(t, "2026-11-26")}, []string{"2026-11-27", "2026-12-03", "2026-12-10"}},
		"every month, from a later day of it": {Schedule{Unit: "month", Count: 1, Day: 15, Start: day(t, "2026-12-16")}, []string{"2027-01-15", "2027-02-16", "2027-03-15"}},
		"every third month, on its last day":  {Schedule{Unit: "month", Count: 3, Day: -1, Start: day(t, "2026-11-01")}, []string{"2026-11-30", "2027-03-01", "2027-06-01"}},
		"until an end":                        {Schedule{Unit: "week", Count: 1, Day: 1, Start: day(t, "2026-11-17"), End: day(t, "2026-11-30")}, []string{"2026-11-23", "2026-11-30", ""}},
		"until a holiday":                     {Schedule{Unit: "week", Count: 1, Day: 4, Start: day(t, "2026-11-19"), End: day(t, "2026-11-26")}, []string{"2026-11-19", "", ""}},
	} {
		for n, want := range c.want {
			got := ""
			if d := c.s.day(n); d != 0 {
				got = d.String()
			}
			if got != want {
				t.Errorf("%s: the %d-th is %q, want %q", name, n+1, got, want)
			}
		}
	}
}

func TestRefundWaitsForItsTransfer(t *testing.T) {
	d := desk(Facts{Balance: 1_000_00})
	a, err := d.Authorize(debit(50_00), "", KeyUse{})
	if err != nil {
		t.Fatal(err)
	}
	tr, err := d.Create(Order{Account: a.Account, Authorization: a.ID, Description: "rent"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.CreateRefund(tr.ID, 1_11, KeyUse{})
	if err != nil {
		t.Fatal(err)
	}
	d.Now = d.Now.Add(time.Hour)
	d.settle()
	if r.Status != Pending || d.Behind(d.World) {
		t.Fatalf("a refund that should wait is %s", r.Status)
	}
	for _, to := range []Status{Posted, Settled} {
		if err := d.Simulate(tr.ID, to, Failure{}, ""); err != nil {
			t.Fatal(err)
		}
	}
	d.settle()
	if last := d.Events[len(d.Events)-1]; r.Status != Settled || last.Type != "refund.settled" || last.At.Before(tr.SettledAt) {
		t.Fatalf("the refund is %s, told %s at %s", r.Status, last.Type, last.At)
	}
}

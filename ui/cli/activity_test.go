package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
)

// logged are services with a few entries in their log.
func logged(t *testing.T) *boot.Services {
	t.Helper()
	s := books(t)
	for _, a := range []core.Activity{
		{At: time.Date(2026, 3, 17, 12, 0, 0, 0, time.Local), Action: core.LinkedBank, Profile: s.Profile.ID, Item: "item", Subject: "First Bank", N: 2, RequestID: "req1"},
		{At: time.Date(2026, 3, 18, 12, 0, 0, 0, time.Local), Action: core.SyncedBank, Profile: s.Profile.ID, Item: "item", Subject: "First Bank", Trouble: core.Trouble{Kind: fault.SignIn}},
		{At: time.Date(2026, 3, 19, 12, 0, 0, 0, time.Local), Action: core.CheckedVault, Subject: "vault.db"},
	} {
		if _, err := s.Vault.AddActivity(a); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// told is what the command activity prints.
func told(t *testing.T, s *boot.Services, asJSON bool, h history) string {
	t.Helper()
	var o, e bytes.Buffer
	c := &command{program: Program{Out: &o, Err: &e}, asJSON: asJSON}
	if err := c.activity(t.Context(), s, h); err != nil {
		t.Fatal(err)
	}
	return o.String()
}

func TestActivityListed(t *testing.T) {
	s := logged(t)
	for name, c := range map[string]struct {
		history history
		want    string
	}{
		"all":        {history{}, "data.checked bank.synced bank.linked"},
		"limit":      {history{limit: 2}, "data.checked bank.synced"},
		"days":       {history{since: "2026-03-18", until: "2026-03-18"}, "bank.synced"},
		"action":     {history{action: "bank.linked"}, "bank.linked"},
		"all alike":  {history{action: "bank"}, "bank.synced bank.linked"},
		"outcome":    {history{outcome: "failed"}, "bank.synced"},
		"bank":       {history{bank: "item"}, "bank.synced bank.linked"},
		"words":      {history{line: "linked first"}, "bank.linked"},
		"request":    {history{line: "REQ1"}, "bank.linked"},
		"no entries": {history{line: "nothing like it"}, ""},
	} {
		var records []struct{ Action string }
		out := told(t, s, true, c.history)
		if err := json.Unmarshal([]byte(out), &records); err != nil {
			t.Fatalf("%s: %v in %s", name, err, out)
		}
		var got []string
		for _, r := range records {
			got = append(got, r.Action)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %s", name, got, c.want)
		}
	}
	if out := told(t, s, false, history{}); !strings.Contains(out, "Linked bank") || !strings.Contains(out, "First Bank, 2 accounts") ||
		!strings.Contains(out, "Sign-in needed") || !strings.Contains(out, "req1") {
		t.Errorf("printed\n%s", out)
	}
	if out := told(t, s, false, history{line: "nothing like it"}); out != "No activity.\n" {
		t.Errorf("of nothing: %q", out)
	}
}

func TestExportsAreWrittenDown(t *testing.T) {
	s := logged(t)
	out := told(t, s, false, history{csv: true})
	if rows, err := csv.NewReader(strings.NewReader(out)).ReadAll(); err != nil || len(rows) != 4 {
		t.Errorf("%v in\n%s", err, out)
	}
	printed(t, s, false, listing{csv: true})
	var records []struct {
		Subject string
		Count   int
	}
	if err := json.Unmarshal([]byte(told(t, s, true, history{action: "data.exported"})), &records); err != nil {
		t.Fatal(err)
	}
	if len(records) != 2 || records[0].Subject != "Transactions, CSV" || records[0].Count != 4 || records[1].Subject != "Activity, CSV" || records[1].Count != 3 {
		t.Errorf("written down: %+v", records)
	}
}

func TestActivityRefusesWhatNothingMatches(t *testing.T) {
	for _, args := range [][]string{
		{"--since", "March"}, {"--until", "2026-13-01"}, {"--outcome", "lost"}, {"--action", "bank.robbed"}, {"--limit", "-1"}, {"--profile", "nobody"},
	} {
		if o := run(t, append([]string{"activity"}, args...)...); o.code != exitUsage || o.out != "" || o.err == "" {
			t.Errorf("%q: %+v", args, o)
		}
	}
}

package export_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/export"
	"bankbook/core/fault"
)

// logged hands out entries, and then an error, if there is one.
func logged(err error, list ...core.Activity) iter.Seq2[core.Activity, error] {
	return func(yield func(core.Activity, error) bool) {
		for _, a := range list {
			if !yield(a, nil) {
				return
			}
		}
		if err != nil {
			yield(core.Activity{}, err)
		}
	}
}

func activityLabels() export.ActivityLabels {
	return export.ActivityLabels{
		Profile: func(id core.ProfileID) string { return strings.ToUpper(string(id)) },
		Action:  func(a core.Action) string { return "did " + string(a) },
		What:    func(a core.Activity) string { return a.Subject },
	}
}

func entries() []core.Activity {
	return []core.Activity{
		{
			Seq: 7, At: time.Date(2026, 11, 18, 9, 41, 0, 5, time.FixedZone("EST", -5*60*60)), Profile: "p", Action: core.SyncedBank,
			Item: "i", Subject: "=HYPERLINK(\"http://x\"), bank", Count: core.SyncCount{Added: 6, Modified: 2, Removed: 1},
			Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED"}, RequestID: "45QSn0v7hXz2k1L", Auto: true,
		},
		{Seq: 6, At: time.Date(2026, 11, 17, 9, 41, 0, 0, time.UTC), Action: core.ExportedRows, Subject: "@cmd", N: 847},
	}
}

func TestActivityCSV(t *testing.T) {
	var out strings.Builder
	if n, err := export.ActivityCSV(&out, logged(nil, entries()...), activityLabels()); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, want := range []string{
		"time|profile|action|object|outcome|added|modified|removed|count|fault|provider_code|request_id|automatic|action_code|item_id|account_id|number",
		`2026-11-18T14:41:00Z|P|did bank.synced|'=HYPERLINK("http://x"), bank|failed|6|2|1|0|sign_in|ITEM_LOGIN_REQUIRED|45QSn0v7hXz2k1L|true|bank.synced|i||7`,
		"2026-11-17T09:41:00Z||did data.exported|'@cmd|done|0|0|0|847||||false|data.exported|||6",
	} {
		if got := strings.Join(rows[i], "|"); got != want {
			t.Errorf("row %d is\n%s, want\n%s", i, got, want)
		}
	}
}

func TestActivityJSON(t *testing.T) {
	var out strings.Builder
	if n, err := export.ActivityJSON(&out, logged(nil, entries()...), activityLabels()); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	var got []map[string]any
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil || len(got) != 2 {
		t.Fatalf("%v: %s", err, out.String())
	}
	for key, want := range map[string]any{
		"number": 7.0, "time": "2026-11-18T14:41:00.000000005Z", "profile": "P", "action": "bank.synced", "outcome": "failed",
		"request_id": "45QSn0v7hXz2k1L", "fault": "sign_in", "provider_code": "ITEM_LOGIN_REQUIRED", "automatic": true,
	} {
		if got[0][key] != want {
			t.Errorf("%s is %v, want %v", key, got[0][key], want)
		}
	}
	if counts, _ := got[0]["counts"].(map[string]any); counts["added"] != 6.0 || got[1]["counts"] != nil || got[1]["count"] != 847.0 {
		t.Errorf("counts are in %v", got)
	}
	out.Reset()
	if n, err := export.ActivityJSON(&out, logged(nil), activityLabels()); n != 0 || err != nil || out.String() != "[]\n" {
		t.Errorf("of nothing: %q, %d, %v", out.String(), n, err)
	}
}

func TestActivityExportsTellWhatGoesWrong(t *testing.T) {
	broken := fault.New("log", fault.VaultDamaged, nil)
	for name, write := range map[string]func(iter.Seq2[core.Activity, error]) (int, error){
		"CSV": func(e iter.Seq2[core.Activity, error]) (int, error) {
			return export.ActivityCSV(&strings.Builder{}, e, activityLabels())
		},
		"JSON": func(e iter.Seq2[core.Activity, error]) (int, error) {
			return export.ActivityJSON(&strings.Builder{}, e, activityLabels())
		},
	} {
		if n, err := write(logged(broken, entries()...)); n != 2 || !errors.Is(err, broken) {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
	if _, err := export.ActivityCSV(full{broken}, logged(nil), activityLabels()); err == nil {
		t.Error("CSV says nothing of a full disk")
	}
	if _, err := export.ActivityJSON(full{broken}, logged(nil), activityLabels()); err == nil {
		t.Error("JSON says nothing of a full disk")
	}
}

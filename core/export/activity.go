package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
)

// ActivityLabels are the words for what entries of the activity log name by id or
// code.
type ActivityLabels struct {
	// Profile returns the name of a profile.
	Profile func(core.ProfileID) string
	// Action and What return in words what was done, and to what.
	Action func(core.Action) string
	What   func(core.Activity) string
}

// activityHead names the columns. New ones are only ever added at the end.
const activityHead = "time,profile,action,object,outcome,added,modified,removed,count,fault,provider_code,request_id,automatic,action_code,item_id,account_id,number\n"

// ActivityCSV writes entries of the activity log as CSV writes transactions, with
// times in UTC, and returns how many.
func ActivityCSV(w io.Writer, entries iter.Seq2[core.Activity, error], labels ActivityLabels) (n int, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	if _, err := out.WriteString(activityHead); err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	var line []byte
	for a, err := range entries {
		if err != nil {
			return n, err
		}
		line = append(appendActivity(line[:0], a, labels), '\n')
		if _, err := out.Write(line); err != nil {
			return n, fmt.Errorf("export: %w", err)
		}
		n++
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("export: %w", err)
	}
	return n, nil
}

func appendActivity(b []byte, a core.Activity, labels ActivityLabels) []byte {
	b = append(b, a.At.UTC().Format(time.RFC3339)...)
	for _, cell := range []string{
		labels.Profile(a.Profile), labels.Action(a.Action), labels.What(a), string(activity.OutcomeOf(a)),
	} {
		b = appendCell(append(b, ','), cell)
	}
	b = fmt.Appendf(b, ",%d,%d,%d,%d", a.Count.Added, a.Count.Modified, a.Count.Removed, a.N)
	for _, cell := range []string{string(a.Trouble.Kind), a.Trouble.Code, a.RequestID} {
		b = appendCell(append(b, ','), cell)
	}
	b = fmt.Appendf(b, ",%t", a.Auto)
	for _, cell := range []string{string(a.Action), string(a.Item), string(a.Account)} {
		b = appendCell(append(b, ','), cell)
	}
	return fmt.Appendf(b, ",%d", a.Seq)
}

// activityRecord is an entry in JSON. Fields are only ever added.
type activityRecord struct {
	Number    uint64           `json:"number"`
	Time      time.Time        `json:"time"`
	ProfileID core.ProfileID   `json:"profile_id,omitempty"`
	Profile   string           `json:"profile,omitempty"`
	Action    core.Action      `json:"action"`
	Words     string           `json:"words"`
	Subject   string           `json:"subject,omitempty"`
	Object    string           `json:"object,omitempty"`
	Outcome   activity.Outcome `json:"outcome"`
	Counts    *countRecord     `json:"counts,omitempty"`
	Count     int              `json:"count,omitempty"`
	Fault     string           `json:"fault,omitempty"`
	Code      string           `json:"provider_code,omitempty"`
	RequestID string           `json:"request_id,omitempty"`
	Automatic bool             `json:"automatic"`
	ItemID    core.ItemID      `json:"item_id,omitempty"`
	AccountID core.AccountID   `json:"account_id,omitempty"`
}

type countRecord struct {
	Added    int `json:"added"`
	Modified int `json:"modified"`
	Removed  int `json:"removed"`
}

func recordOf(a core.Activity, labels ActivityLabels) activityRecord {
	r := activityRecord{
		Number: a.Seq, Time: a.At.UTC(), ProfileID: a.Profile, Action: a.Action, Words: labels.Action(a.Action), Subject: a.Subject,
		Object: labels.What(a), Outcome: activity.OutcomeOf(a), Count: a.N, Fault: string(a.Trouble.Kind), Code: a.Trouble.Code,
		RequestID: a.RequestID, Automatic: a.Auto, ItemID: a.Item, AccountID: a.Account,
	}
	if a.Profile != "" {
		r.Profile = labels.Profile(a.Profile)
	}
	if a.Action == core.SyncedBank {
		r.Counts = &countRecord{a.Count.Added, a.Count.Modified, a.Count.Removed}
	}
	return r
}

// ActivityJSON writes entries of the activity log as one array in JSON, an entry to
// a line, and returns how many.
func ActivityJSON(w io.Writer, entries iter.Seq2[core.Activity, error], labels ActivityLabels) (n int, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	between := "[\n"
	for a, err := range entries {
		if err != nil {
			return n, err
		}
		line, err := json.Marshal(recordOf(a, labels))
		if err == nil {
			_, err = out.WriteString(between + string(line))
		}
		if err != nil {
			return n, fmt.Errorf("export: %w", err)
		}
		between = ",\n"
		n++
	}
	end := "\n]\n"
	if n == 0 {
		end = "[]\n"
	}
	if _, err := out.WriteString(end); err != nil {
		return n, fmt.Errorf("export: %w", err)
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("export: %w", err)
	}
	return n, nil
}

package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
)

// A record that is not of somebody at some bank is damaged.
func TestItemRecords(t *testing.T) {
	for record, want := range map[string]string{
		`{"institution":"ins_109508"}`:                                  "",
		`{"institution":"ins_109508","user":"user_yuppie"}`:             "",
		`{"institution":"ins_109508","user":"user_transactions_500"}`:   "",
		`{"institution":"ins_109508","user":"user_custom","custom":{}}`: "",
		`{"verification":{"method":"SAME_DAY_MICRODEPOSITS"}}`:          "",
		`{}`:                      "unknown institution",
		`{"institution":"ins_0"}`: "unknown institution",
		`{"institution":"ins_109508","user":"user_nobody"}`:                                     "unknown user",
		`{"institution":"ins_109508","user":"user_custom","custom":{"override_accounts":"no"}}`: "must be an array",
		`{"institution":7}`: "cannot unmarshal",
	} {
		var it item
		err := json.Unmarshal([]byte(record), &it)
		if want == "" && (err != nil || len(it.person().Accounts) == 0) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", record, err, want)
		}
	}
}

// What is kept of a custom user is what was given, and a copy of an Item has a
// verification of its own.
func TestItemsKeepTheirPerson(t *testing.T) {
	config := json.RawMessage(`{"override_accounts":[{"type":"depository","meta":{"name":"A < B"}}]}`)
	it := &item{Institution: "ins_43", User: "user_custom", Custom: config}
	raw, err := json.Marshal(it)
	if err != nil {
		t.Fatal(err)
	}
	var again item
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatal(err)
	}
	one, other := it.person(), again.person()
	if one.Accounts[0].Current != other.Accounts[0].Current || other.Accounts[0].Name != "A < B" || other.Inflows[0].Amount.Currency != "CAD" {
		t.Errorf("%+v, %+v", one.Accounts, other.Accounts)
	}
	if again.person() != other {
		t.Error("the configuration is read again")
	}
}

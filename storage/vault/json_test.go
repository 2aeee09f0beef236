package vault

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// jsonRecords has one record of each kind that is kept as JSON, every field
// filled.
type jsonRecords struct {
	Profile  core.Profile
	Item     core.Item
	Accounts []core.Account
	Session  sessionRecord
	Setting  setting
	Manifest manifest
	Activity core.Activity
	Balances balanceYear
}

func goldenRecords() jsonRecords {
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	bankOf := core.Institution{ID: "ins_1", Name: "Tartan Bank"}
	way := core.WayBack{RedirectURI: "https://example.org/back", AndroidPackage: "org.example.app"}
	trouble := core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "req-1"}
	return jsonRecords{
		Profile: core.Profile{ID: "p-1", Name: "Ada", Kind: core.Business, Archived: true, Leaving: at},
		Item: core.Item{
			ID: "item-1", Profile: "p-1", Connection: core.ByHand, Institution: bankOf, Products: []core.Product{core.Transactions},
			LinkedAt: at, HistoryDays: 730, Status: core.SignInNeeded, ConsentEnds: at,
			Leaving: core.Leaving{Since: at, Keep: true, Told: true, Trouble: trouble}, Rotating: at, Back: way,
			Sync: core.SyncState{Replay: true, Cursor: "cursor", Phase: core.HistoryDone, LastSuccess: at, LastTry: at, Trouble: trouble},
		},
		Accounts: []core.Account{{
			ID: "acc-1", Item: "item-1", Name: "Checking", OfficialName: "Gold Checking", Mask: "0000", Type: core.Depository,
			Subtype: "checking", PersistentID: "persistent", Unshared: true,
			Choices: core.AccountChoices{
				Nickname: "Everyday", Profile: "p-2", Status: core.Stopped, Hidden: true,
				Primary: core.Primary{Deposits: true, Withdrawals: true},
			},
			ACH: core.ACHAccount{
				Status: core.Verified, From: core.ByPlaid, Tokenized: true, Kind: core.Checking, RoutingLast4: "0021", NumberLast4: "1111",
				Owner: "Ada", Nickname: "Bills", Primary: true, Added: at, Changed: at,
			},
			Balance: core.Balance{
				Current: money.Known(money.Of(1, "USD")), Available: money.Known(money.Of(2, "EUR")),
				Limit: money.Known(money.Of(-3, "JPY")), At: at,
			},
		}},
		Session: recordOf(link.Session{
			ID: "link-1", Purpose: link.Repair, Stage: link.Deciding, Created: at, Updated: at,
			Options: link.Options{
				Profile: "p-1", Kinds: []core.AccountType{core.Credit}, HistoryDays: 90, Numbers: true, Deposits: true, Several: true,
				WayBack: way,
			},
			Token: secret.New("the token"), URL: "https://hosted.example", Expires: at,
			Found: []link.Candidate{{
				Public: secret.New("the public token"), Institution: bankOf, FoundAt: at, Twins: []core.AccountID{"acc-9"},
				Accounts: []bank.LinkAccount{{ID: "acc-1", Name: "Checking", Mask: "0000", Type: core.Depository, Subtype: "checking"}},
				Decided:  link.Second, Trouble: trouble,
			}},
			Next: 1, Repairs: "item-1", Adds: []core.Product{core.Auth}, Account: "acc-1", Before: []core.AccountID{"acc-1"},
			Moved: []link.Move{{Old: "acc-1", New: "acc-2"}}, Items: []core.ItemID{"item-2"}, Trouble: trouble, RequestID: "req-4", NoBrowser: true,
			Exit: bank.LinkExit{Status: "requires_credentials", Code: "X", Institution: bankOf, RequestID: "req-2"},
		}),
		Setting:  setting{Name: "profile", Value: "p-1"},
		Manifest: manifest{Commit: 7, At: at, Rows: 3, Accounts: 2, Buckets: map[bucket]sum{inItems: {Count: 1, Digest: hash{1, 255}}}},
		Activity: core.Activity{
			Seq: 3, At: at, Profile: "p-1", Action: core.SyncedBank, Item: "item-1", Account: "acc-1", Subject: "Tartan Bank",
			Count: core.SyncCount{Added: 1, Modified: 2, Removed: 3}, N: 4, Trouble: trouble, RequestID: "req-3", Auto: true,
		},
		Balances: balanceYear{Account: "acc-1", Days: []core.DayBalance{{
			Day: core.DateOf(at), Current: money.Known(money.Of(1, "USD")), Available: money.Known(money.Of(2, "EUR")),
		}}},
	}
}

// TestJSONRecords holds the fields of core and link to the names under which
// vaults have them: a field that is renamed would be lost from every vault. A
// new field belongs into the golden file as well.
func TestJSONRecords(t *testing.T) {
	golden, err := os.ReadFile(filepath.Join("testdata", "records.json"))
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.MarshalIndent(goldenRecords(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if string(encoded)+"\n" != string(golden) {
		t.Errorf("records are encoded as\n%s", encoded)
	}
	var got jsonRecords
	if err := json.Unmarshal(golden, &got); err != nil {
		t.Fatal(err)
	}
	if want := goldenRecords(); !reflect.DeepEqual(got.Session.session(), want.Session.session()) {
		t.Errorf("the session is decoded as %+v", got.Session.session())
	}
	want := goldenRecords()
	got.Session, want.Session = sessionRecord{}, sessionRecord{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("records are decoded as %+v", got)
	}
}

// An item without what came later is encoded as before, so that the format is the same.
func TestItemsWithoutAWayBack(t *testing.T) {
	item := goldenRecords().Item
	item.Back = core.WayBack{}
	encoded, err := json.Marshal(item)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(encoded, []byte("Back")) {
		t.Errorf("encoded as %s", encoded)
	}
}

// TestEveryFieldIsGolden fails when core or link has a field that the golden
// records leave empty.
func TestEveryFieldIsGolden(t *testing.T) {
	var check func(path string, v reflect.Value)
	check = func(path string, v reflect.Value) {
		if v.IsZero() {
			t.Errorf("%s is empty", path)
			return
		}
		switch {
		case v.Type() == reflect.TypeFor[time.Time]() || v.Type() == reflect.TypeFor[secret.Text]():
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				check(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case v.Kind() == reflect.Slice:
			check(path+"[]", v.Index(0))
		}
	}
	records := goldenRecords()
	check("Profile", reflect.ValueOf(records.Profile))
	check("Item", reflect.ValueOf(records.Item))
	check("Accounts", reflect.ValueOf(records.Accounts))
	check("Activity", reflect.ValueOf(records.Activity))
	check("Balances", reflect.ValueOf(records.Balances))
	check("Session", reflect.ValueOf(records.Session.session()))
	check("Row", reflect.ValueOf(withPending(goldenRows()[0])))
}

// withPending sets the one field that the first golden row leaves empty.
func withPending(r row) row {
	r.Pending = true
	return r
}

package plaid_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/core/secret"
)

func TestAccounts(t *testing.T) {
	const body = `{"accounts":[
		{"account_id":"Acc1","balances":{"available":100,"current":110,"limit":null,"iso_currency_code":"USD","unofficial_currency_code":null},
		 "mask":"0000","name":"Plaid Checking","official_name":"Plaid Gold Standard 0% Interest Checking","type":"depository","subtype":"checking",
		 "holder_category":"personal","persistent_account_id":"8cfb8beb"},
		{"account_id":"Acc2","balances":{"available":null,"current":23631.9805,"limit":null,"iso_currency_code":"USD","unofficial_currency_code":null,
		 "last_updated_datetime":"2026-02-20T08:00:00Z"},"mask":null,"name":"Plaid 401k","official_name":null,"type":"investment","subtype":"401k"},
		{"account_id":"Acc3","balances":{"available":1590.005,"current":410,"limit":2000,"iso_currency_code":null,"unofficial_currency_code":"BTC"},
		 "mask":"1111222233330000","name":"Card\u202e\n1","official_name":null,"type":"a type of tomorrow","subtype":null},
		{"account_id":"Acc4","balances":{"available":null,"current":null,"limit":null,"iso_currency_code":null,"unofficial_currency_code":null},
		 "mask":"12","name":"","official_name":null,"type":"credit","subtype":"credit card"}
		],"item":{"item_id":"Item1","institution_id":"ins_109508"},"request_id":"r1"}`
	usd := func(minor int64) money.Optional { return money.Known(money.Of(minor, "USD")) }
	btc := func(minor int64) money.Optional { return money.Known(money.Of(minor, "BTC")) }
	want := []core.Account{
		{
			ID: "Acc1", Item: "Item1", Name: "Plaid Checking", OfficialName: "Plaid Gold Standard 0% Interest Checking", Mask: "0000",
			Type: core.Depository, Subtype: "checking", PersistentID: "8cfb8beb",
			Balance: core.Balance{Current: usd(11000), Available: usd(10000), At: now},
		},
		{
			ID: "Acc2", Item: "Item1", Name: "Plaid 401k", Type: core.Investment, Subtype: "401k",
			Balance: core.Balance{Current: usd(2363198), At: time.Date(2026, 2, 20, 8, 0, 0, 0, time.UTC)},
		},
		{
			ID: "Acc3", Item: "Item1", Name: "Card 1", Mask: "0000", Type: "a type of tomorrow",
			Balance: core.Balance{Current: btc(41000000000), Available: btc(159000500000), Limit: btc(200000000000), At: now},
		},
		{ID: "Acc4", Item: "Item1", Mask: "12", Type: core.Credit, Subtype: "credit card", Balance: core.Balance{At: now}},
	}
	b := newBench(t, answer(200, body))
	for name, read := range map[string]func() ([]core.Account, error){
		"Accounts": func() ([]core.Account, error) { return b.Accounts(t.Context(), secret.New(accessToken)) },
		"Balances": func() ([]core.Account, error) { return b.Balances(t.Context(), secret.New(accessToken)) },
	} {
		got, err := read()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, err, got, want)
		}
	}
}

// How far a verification is stands in an account, and null says nothing of it.
func TestVerification(t *testing.T) {
	for word, want := range map[string]core.Verification{
		`null`: core.NoNumbers, `""`: core.NoNumbers, `"a word of tomorrow"`: core.NoNumbers,
		`"pending_automatic_verification"`: core.VerifyPending, `"pending_manual_verification"`: core.VerifyPending, `"unsent"`: core.VerifyPending,
		`"automatically_verified"`: core.Verified, `"manually_verified"`: core.Verified,
		`"verification_expired"`: core.VerifyExpired, `"verification_failed"`: core.VerifyFailed,
		`"database_insights_pass_with_caution"`: core.Unverified,
	} {
		t.Run(word, func(t *testing.T) {
			b := newBench(t, answer(200, `{"accounts":[{"account_id":"Acc1","balances":{"available":1,"current":1,"limit":null,"iso_currency_code":"USD","unofficial_currency_code":null},
				"mask":"0000","name":"Plaid Saving","official_name":null,"type":"depository","subtype":"savings","verification_status":`+word+`}],
				"item":{"item_id":"Item1"},"request_id":"r1"}`))
			got, err := b.Accounts(t.Context(), secret.New(accessToken))
			if err != nil {
				t.Fatal(err)
			}
			full := core.ACHAccount{Status: want, From: core.ByPlaid, Kind: core.Savings, Added: now, Changed: now}
			if want == core.NoNumbers {
				full = core.ACHAccount{}
			}
			if got[0].ACH != full {
				t.Errorf("got %+v, want %+v", got[0].ACH, full)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	b := newBench(t, answer(200, `{"accounts":[],"numbers":{"ach":[
		{"account_id":"Acc1","account":"1111222233330000","routing":"011401533","wire_routing":"021000021"},
		{"account_id":"Acc2","account":"1111222233331111","routing":"011401533","wire_routing":null,"is_tokenized_account_number":true}
		],"eft":[],"international":[],"bacs":[]},"item":{"item_id":"Item1"},"request_id":"r1"}`))
	got, err := b.Numbers(t.Context(), secret.New(accessToken))
	want := []bank.Numbers{
		{Account: "Acc1", Number: secret.New("1111222233330000"), Routing: secret.New("011401533"), Wire: secret.New("021000021")},
		{Account: "Acc2", Number: secret.New("1111222233331111"), Routing: secret.New("011401533"), Tokenized: true},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestItem(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want bank.Item
	}{
		"healthy": {
			`{"item":{"item_id":"Item1","institution_id":"ins_109508","institution_name":"First Platypus Bank","webhook":"","error":null,
			  "available_products":["balance"],"billed_products":["auth"],"products":["auth","transactions"],
			  "consent_expiration_time":"2026-09-01T00:00:00Z","update_type":"background"},"status":null,"request_id":"r1"}`,
			bank.Item{
				ID: "Item1", Institution: core.Institution{ID: "ins_109508", Name: "First Platypus Bank"},
				Products: []core.Product{"auth", "transactions"}, ConsentEnds: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC),
			},
		},
		"older": {
			`{"item":{"item_id":"Item1","institution_id":null,"billed_products":["auth"],"consent_expiration_time":null},"request_id":"r1"}`,
			bank.Item{ID: "Item1", Products: []core.Product{"auth"}},
		},
		"sign-in needed": {
			`{"item":{"item_id":"Item1","error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED","error_message":"x",
			  "display_message":null,"request_id":"r7","error_code_reason":"OAUTH_CONSENT_EXPIRED"}},"request_id":"r1"}`,
			bank.Item{ID: "Item1", Trouble: core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r7"}},
		},
		"a trouble of tomorrow": {
			`{"item":{"item_id":"Item1","error":{"error_type":"NEW_ERROR","error_code":"NEW_CODE","error_message":"","display_message":null}},"request_id":"r1"}`,
			bank.Item{ID: "Item1", Trouble: core.Trouble{Kind: fault.Refused, Code: "NEW_CODE", RequestID: "r1"}},
		},
		"a trouble without words": {
			`{"item":{"item_id":"Item1","error":{"error_type":"","error_code":"","error_message":"","display_message":null}},"request_id":"r1"}`,
			bank.Item{ID: "Item1", Trouble: core.Trouble{Kind: fault.Nonsense, RequestID: "r1"}},
		},
	} {
		b := newBench(t, answer(200, c.body))
		got, err := b.Item(t.Context(), secret.New(accessToken))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestInstitutions(t *testing.T) {
	b := newBench(t, answer(200, `{"institutions":[
		{"institution_id":"ins_1","name":"Bank\u200b One","products":["auth"],"country_codes":["US"],"routing_numbers":[],"oauth":false},
		{"institution_id":"ins_2","name":"`+strings.Repeat("x", 400)+`"}],"request_id":"r1"}`))
	got, err := b.SearchInstitutions(t.Context(), " plat\x00ypus ")
	want := []core.Institution{{ID: "ins_1", Name: "Bank One"}, {ID: "ins_2", Name: strings.Repeat("x", 256)}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if b.requests[0]["query"] != "platypus" || !reflect.DeepEqual(b.requests[0]["country_codes"], []any{"US"}) {
		t.Errorf("sent %v", b.requests[0])
	}
	if got, err := b.SearchInstitutions(t.Context(), "  "); err != nil || got != nil || b.tries() != 1 {
		t.Errorf("a search for nothing: %v, %v", got, err)
	}
	if _, err := b.Institution(t.Context(), ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("no id: %v", err)
	}
}

package plaid_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	plaidgo "github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

// wireTransaction is a row as Plaid sends it, every field filled.
func wireTransaction(change map[string]any) map[string]any {
	row := map[string]any{}
	_ = json.Unmarshal([]byte(`{"account_id":"Acc1","account_owner":null,"amount":89.4,"iso_currency_code":"USD","unofficial_currency_code":null,
		"category":["Shops"],"category_id":"19013000","check_number":null,"counterparties":[{"name":"SparkFun","type":"merchant","entity_id":"e",
		"confidence_level":"VERY_HIGH","logo_url":null,"website":"sparkfun.com"},{"name":"Second","type":"marketplace"}],"date":"2026-02-28","datetime":null,
		"authorized_date":"2026-02-27","authorized_datetime":null,"location":{"address":null,"city":null},"merchant_name":"SparkFun",
		"merchant_entity_id":"e","logo_url":null,"website":"sparkfun.com","name":"SPARKFUN ELECTRONICS","original_description":"POS SPARKFUN 0123",
		"payment_channel":"online","payment_meta":{"payee":null},"pending":false,"pending_transaction_id":"Pend1",
		"personal_finance_category":{"primary":"GENERAL_MERCHANDISE","detailed":"GENERAL_MERCHANDISE_ELECTRONICS","confidence_level":"HIGH"},
		"personal_finance_category_icon_url":"x","transaction_code":null,"transaction_id":"Tx1","transaction_type":"place"}`), &row)
	maps.Copy(row, change)
	return row
}

func page(added ...map[string]any) map[string]any {
	return map[string]any{
		"transactions_update_status": "HISTORICAL_UPDATE_COMPLETE", "accounts": []any{}, "added": append([]map[string]any{}, added...),
		"modified": []any{}, "removed": []any{}, "next_cursor": "cursor2", "has_more": false, "request_id": "r1",
	}
}

// decode sends a page through the client.
func decode(t *testing.T, body any) (bank.Page, error) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, answer(200, string(text)))
	return b.Sync(t.Context(), secret.New(accessToken), "cursor1")
}

func TestSyncRequest(t *testing.T) {
	options := map[string]any{"include_original_description": true, "include_personal_finance_category": true}
	for cursor, want := range map[string]map[string]any{
		"":        {"access_token": accessToken, "count": 500., "options": options},
		"cursor1": {"access_token": accessToken, "count": 500., "options": options, "cursor": "cursor1"},
	} {
		b := newBench(t, answer(200, strings.Replace(operations()["Sync"].good, "cursor1", "", 1)))
		if _, err := b.Sync(t.Context(), secret.New(accessToken), cursor); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(b.requests[0], want) {
			t.Errorf("sent %v", b.requests[0])
		}
	}
}

func TestPage(t *testing.T) {
	body := page(wireTransaction(nil))
	body["modified"] = []any{wireTransaction(map[string]any{
		"transaction_id": "Tx2", "amount": -500, "pending": true, "authorized_date": nil, "merchant_name": nil, "counterparties": []any{},
		"original_description": nil, "pending_transaction_id": nil, "personal_finance_category": nil, "payment_channel": "other",
	})}
	body["removed"] = []any{map[string]any{"transaction_id": "Tx3", "account_id": "Acc1"}, map[string]any{"transaction_id": "Tx4"}}
	body["has_more"] = true
	got, err := decode(t, body)
	if err != nil {
		t.Fatal(err)
	}
	want := bank.Page{
		Added: []core.Transaction{{
			ID: "Tx1", Account: "Acc1", Date: core.NewDate(2026, 2, 28), Authorized: core.NewDate(2026, 2, 27),
			Amount: money.Of(-8940, "USD"), Name: "SPARKFUN ELECTRONICS", Merchant: "SparkFun", Original: "POS SPARKFUN 0123",
			Category:     core.Category{Primary: "GENERAL_MERCHANDISE", Detailed: "GENERAL_MERCHANDISE_ELECTRONICS"},
			Counterparty: "SparkFun", CounterpartyType: "merchant", Channel: "online", PendingID: "Pend1",
		}},
		Modified: []core.Transaction{{
			ID: "Tx2", Account: "Acc1", Date: core.NewDate(2026, 2, 28), Amount: money.Of(50000, "USD"), Name: "SPARKFUN ELECTRONICS",
			Channel: "other", Pending: true,
		}},
		Removed: []core.TransactionID{"Tx3", "Tx4"},
		Next:    "cursor2", More: true, Phase: core.HistoryDone,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Plaid counts money out as positive, Bankbook money in.
func TestAmounts(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for _, c := range []struct {
		amount   string
		iso      any
		other    any
		minor    int64
		currency money.Currency
	}{
		{"575.67", "USD", nil, -57567, "USD"},
		{"-575.67", "USD", nil, 57567, "USD"},
		{"0", "USD", nil, 0, "USD"},
		{"-0.0", "USD", nil, 0, "USD"},
		{"4.005", "USD", nil, -401, "USD"},
		{"-4.005", "USD", nil, 401, "USD"},
		{"0.1000000000000000055511151231257827", "USD", nil, -10, "USD"},
		{"1.2e3", "USD", nil, -120000, "USD"},
		{"5E-3", "USD", nil, -1, "USD"},
		{"1500", "JPY", nil, -1500, "JPY"},
		{"1500.5", "JPY", nil, -1501, "JPY"},
		{"1.2345", "KWD", nil, -1235, "KWD"},
		{"0.00000001", nil, "BTC", -1, "BTC"},
		{"1", "EUR", "BTC", -100, "EUR"},
		{"1", nil, nil, -100, "USD"},
		{"1", "", "", -100, "USD"},
		{"92233720368547758.07", "USD", nil, -9223372036854775807, "USD"},
	} {
		got, err := decode(t, page(wireTransaction(map[string]any{
			"amount": raw(c.amount), "iso_currency_code": c.iso, "unofficial_currency_code": c.other,
		})))
		if err != nil {
			t.Errorf("%s %v: %v", c.amount, c.iso, err)
			continue
		}
		if want := money.Of(c.minor, c.currency); got.Added[0].Amount != want {
			t.Errorf("%s %v%v is %v, want %v", c.amount, c.iso, c.other, got.Added[0].Amount, want)
		}
	}
}

func TestBadRows(t *testing.T) {
	for name, change := range map[string]map[string]any{
		"no id":               {"transaction_id": nil},
		"empty id":            {"transaction_id": ""},
		"id with space":       {"transaction_id": "a b"},
		"id with newline":     {"transaction_id": "a\nb"},
		"id too long":         {"transaction_id": strings.Repeat("x", 300)},
		"no account":          {"account_id": ""},
		"no amount":           {"amount": nil},
		"amount as word":      {"amount": "much"},
		"amount as object":    {"amount": map[string]any{}},
		"amount too large":    {"amount": json.RawMessage("1e30")},
		"amount over 64 bits": {"amount": json.RawMessage("92233720368547758.08")},
		"amount infinite":     {"amount": json.RawMessage("1e999")},
		"currency in words":   {"iso_currency_code": "US Dollar"},
		"currency in lower":   {"iso_currency_code": "usd"},
		"no date":             {"date": nil},
		"empty date":          {"date": ""},
		"date in words":       {"date": "yesterday"},
		"date with time":      {"date": "2026-02-28T00:00:00Z"},
		"29 February":         {"date": "2026-02-29"},
		"year one":            {"date": "0001-01-01"},
		"date as number":      {"date": 20260228},
		"wrong authorized":    {"authorized_date": "2026-02-31"},
		"name as number":      {"name": 1111222233330000},
		"pending as word":     {"pending": "yes"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, list := range []string{"added", "modified"} {
				body := page()
				body[list] = []any{wireTransaction(change)}
				_, err := decode(t, body)
				assertFault(t, err, fault.Nonsense)
			}
		})
	}
}

func TestPageFrame(t *testing.T) {
	row := []any{wireTransaction(nil)}
	for name, c := range map[string]struct {
		change map[string]any
		phase  core.SyncPhase
		next   string
		bad    bool
	}{
		"complete":             {nil, core.HistoryDone, "cursor2", false},
		"initial":              {map[string]any{"transactions_update_status": "INITIAL_UPDATE_COMPLETE"}, core.InitialDone, "cursor2", false},
		"not ready":            {map[string]any{"transactions_update_status": "NOT_READY", "next_cursor": ""}, core.NotReady, "", false},
		"not ready, cursor":    {map[string]any{"transactions_update_status": "NOT_READY"}, core.NotReady, "", false},
		"not ready, with rows": {map[string]any{"transactions_update_status": "NOT_READY", "added": row}, core.InitialDone, "cursor2", false},
		"claims without facts": {map[string]any{"next_cursor": ""}, core.NotReady, "", false},
		"unknown":              {map[string]any{"transactions_update_status": "TRANSACTIONS_UPDATE_STATUS_UNKNOWN"}, core.InitialDone, "cursor2", false},
		"status of tomorrow":   {map[string]any{"transactions_update_status": "EVERYTHING"}, core.InitialDone, "cursor2", false},
		"no status":            {map[string]any{"transactions_update_status": nil}, core.InitialDone, "cursor2", false},
		"no news":              {map[string]any{"next_cursor": "cursor1"}, core.HistoryDone, "cursor1", false},
		"rows, no cursor":      {map[string]any{"next_cursor": "", "added": row}, "", "", true},
		"more, no cursor":      {map[string]any{"next_cursor": "", "has_more": true}, "", "", true},
		"more of the same":     {map[string]any{"next_cursor": "cursor1", "has_more": true}, "", "", true},
		"added missing":        {map[string]any{"added": nil}, "", "", true},
		"modified missing":     {map[string]any{"modified": nil}, "", "", true},
		"removed missing":      {map[string]any{"removed": nil}, "", "", true},
		"cursor missing":       {map[string]any{"next_cursor": nil}, "", "", true},
		"cursor as number":     {map[string]any{"next_cursor": 7}, "", "", true},
		"has_more missing":     {map[string]any{"has_more": nil}, "", "", true},
		"request id missing":   {map[string]any{"request_id": nil}, "", "", true},
		"removed without id":   {map[string]any{"removed": []any{map[string]any{}}}, "", "", true},
		"added as object":      {map[string]any{"added": map[string]any{}}, "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			body := page()
			maps.Copy(body, c.change)
			got, err := decode(t, body)
			if c.bad {
				assertFault(t, err, fault.Nonsense)
				return
			}
			if err != nil || got.Phase != c.phase || got.Next != c.next {
				t.Errorf("got %q, %q, %v; want %q, %q", got.Phase, got.Next, err, c.phase, c.next)
			}
		})
	}
}

func TestNameIsNeverEmpty(t *testing.T) {
	for _, c := range []struct{ name, original, merchant, want string }{
		{"A", "B", "C", "A"},
		{"\u200b\u202e", "B", "C", "B"},
		{"", "", "C", "C"},
		{"", "", "", "?"},
	} {
		got, err := decode(t, page(wireTransaction(map[string]any{
			"name": c.name, "original_description": c.original, "merchant_name": c.merchant,
		})))
		if err != nil || got.Added[0].Name != c.want {
			t.Errorf("%q, %v; want %q", got.Added[0].Name, err, c.want)
		}
	}
}

// Every text of a row is cleaned.
func TestHostileRow(t *testing.T) {
	const evil = "Evil\u202eLtd\x1b[31m\u200b"
	got, err := decode(t, page(wireTransaction(map[string]any{
		"name": evil, "original_description": evil, "merchant_name": evil, "payment_channel": evil, "pending_transaction_id": evil,
		"personal_finance_category": map[string]any{"primary": evil, "detailed": evil},
		"counterparties":            []any{map[string]any{"name": evil, "type": evil}},
	})))
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v", got.Added[0]); strings.ContainsAny(text, "\u202e\x1b\u200b") || strings.Count(text, "EvilLtd[31m") != 8 {
		t.Errorf("got %q", text)
	}
	if got.Added[0].PendingID != "" {
		t.Errorf("pending id is %q", got.Added[0].PendingID)
	}
}

// benchPage is a page of 500 rows as Plaid sends them, about 0.8 MB with its
// other fields.
func benchPage(b *testing.B) []byte {
	rows := make([]map[string]any, 500)
	for i := range rows {
		rows[i] = wireTransaction(map[string]any{"transaction_id": fmt.Sprintf("Transaction%025d", i), "amount": float64(i) + 0.37})
	}
	text, err := json.Marshal(page(rows...))
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// BenchmarkPlaidGoPage is what BenchmarkDecodePage is there to avoid.
func BenchmarkPlaidGoPage(b *testing.B) {
	text := benchPage(b)
	b.ReportAllocs()
	for b.Loop() {
		var got plaidgo.TransactionsSyncResponse
		if err := json.Unmarshal(text, &got); err != nil || len(got.Added) != 500 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(500*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkDecodePage(b *testing.B) {
	text := benchPage(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if got, _, err := plaid.DecodePage("bench", text, "cursor1"); err != nil || len(got.Added) != 500 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(500*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

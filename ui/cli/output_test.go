package cli

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/money"
	"bankbook/core/review"
)

func TestTable(t *testing.T) {
	var out bytes.Buffer
	figures := table{
		head: []string{"Bank", "Rows", "State"}, right: map[int]bool{1: true}, empty: "Nothing.",
		rows: [][]string{{"Crédit", "7", "fine"}, {"First Platypus", "1,234", ""}},
	}
	if err := (output{out: &out}).print(nil, figures); err != nil {
		t.Fatal(err)
	}
	want := "" +
		"Bank             Rows  State\n" +
		"Crédit              7  fine\n" +
		"First Platypus  1,234\n"
	if out.String() != want {
		t.Errorf("printed\n%swant\n%s", out.String(), want)
	}
	out.Reset()
	figures.rows = nil
	if err := (output{out: &out}).print(nil, figures); err != nil || out.String() != "Nothing.\n" {
		t.Errorf("printed %q, %v", out.String(), err)
	}
}

func TestRecordsForMachines(t *testing.T) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	usd := func(minor int64) money.Optional { return money.Optional{Amount: money.Of(minor, "USD"), Known: true} }
	for name, c := range map[string]struct {
		record any
		want   string
	}{
		"bank": {
			bankOf(core.Item{ID: "i1", Institution: core.Institution{ID: "ins_1", Name: "First"}, Status: core.Connected, LinkedAt: at, Sync: core.SyncState{Phase: core.HistoryDone, LastSuccess: at}}, 2),
			`{
  "item_id": "i1",
  "profile_id": "",
  "institution": "First",
  "institution_id": "ins_1",
  "status": "connected",
  "phase": "` + string(core.HistoryDone) + `",
  "accounts": 2,
  "linked_at": "2026-03-04T05:06:07Z",
  "last_success": "2026-03-04T05:06:07Z"
}
`,
		},
		"account": {
			accountOf(accounts.Row{Account: core.Account{ID: "a1", Item: "i1", Name: "Checking", Mask: "0000", Type: core.AccountType("depository"), Balance: core.Balance{Current: usd(-11000)}}}),
			`{
  "account_id": "a1",
  "item_id": "i1",
  "name": "Checking",
  "mask": "0000",
  "type": "depository",
  "current": {
    "amount": "-110.00",
    "minor": -11000,
    "currency": "USD"
  },
  "available": null,
  "limit": null,
  "profile_id": "",
  "connection": "plaid",
  "status": "open"
}
`,
		},
		"transaction": {
			transactionOf(core.Transaction{ID: "t1", Account: "a1", Date: core.NewDate(2026, 3, 4), Amount: money.Of(1200, "JPY"), Name: "Ramen", Pending: true}),
			`{
  "transaction_id": "t1",
  "account_id": "a1",
  "date": "2026-03-04",
  "amount": "1200",
  "minor": 1200,
  "currency": "JPY",
  "name": "Ramen",
  "pending": true
}
`,
		},
	} {
		var out bytes.Buffer
		if err := (output{out: &out, asJSON: true}).print(c.record, table{}); err != nil {
			t.Fatal(err)
		}
		if out.String() != c.want {
			t.Errorf("%s: printed\n%swant\n%s", name, out.String(), c.want)
		}
	}
}

func TestSummaryNeverAddsCurrencies(t *testing.T) {
	got, err := summaryOf(review.SumTotals([]core.Total{
		{Account: "a", Currency: "EUR", Count: 1, In: 500},
		{Account: "a", Currency: "USD", Count: 2, In: 1000, Out: -300},
		{Account: "b", Currency: "USD", Count: 1, Out: -50},
	}))
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if u := got[0]; u.Currency != "USD" || u.Count != 3 || u.Credits.Minor != 1000 || u.Debits.Minor != -350 || u.Net.Amount != "6.50" {
		t.Errorf("%+v", u)
	}
	if e := got[1]; e.Currency != "EUR" || e.Count != 1 || e.Net.Minor != 500 {
		t.Errorf("%+v", e)
	}
}

func TestSummaryRefusesWhatDoesNotFit(t *testing.T) {
	sums := review.SumTotals([]core.Total{{Currency: "USD", Count: 1, In: 1 << 62}, {Currency: "USD", Count: 1, In: 1 << 62}})
	if got, err := summaryOf(sums); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("%+v, %v", got, err)
	}
}

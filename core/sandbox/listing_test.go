package sandbox_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"bankbook/core/sandbox"
	"bankbook/core/sandbox/ledger"
)

// listed asks for all pages of /transactions/get.
func (b *bench) listed(access, start, end string, count int, options object) []object {
	b.t.Helper()
	var out []object
	for {
		o := object{"count": count, "offset": len(out), "include_original_description": true}
		maps.Copy(o, options)
		page := b.must("/transactions/get", object{"access_token": access, "start_date": start, "end_date": end, "options": o})
		for _, raw := range page["transactions"].([]any) {
			out = append(out, raw.(object))
		}
		if total := int(page["total_transactions"].(float64)); len(out) >= total || len(page["transactions"].([]any)) == 0 {
			if len(out) != total {
				b.t.Errorf("%d rows on all pages, total_transactions is %d", len(out), total)
			}
			return out
		}
	}
}

func TestListingShowsTheTruthNewestFirst(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 365)
	b.must("/transactions/refresh", object{"access_token": access})
	rows := b.listed(access, "2020-01-01", "2030-01-01", 190, nil)
	if !slices.IsSortedFunc(rows, func(a, b object) int { return cmp.Compare(b["date"].(string), a["date"].(string)) }) {
		t.Error("the newest are not first")
	}
	byID := map[string]object{}
	for _, r := range rows {
		byID[r["transaction_id"].(string)] = r
	}
	b.compare("listing", itemID, byID)
	for _, count := range []int{7, 500} {
		if again := b.listed(access, "2020-01-01", "2030-01-01", count, nil); !slices.EqualFunc(rows, again, sameID) {
			t.Errorf("pages of %d show another order", count)
		}
	}
}

func sameID(a, b object) bool { return a["transaction_id"] == b["transaction_id"] }

func TestListingOfDaysAndAccounts(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 200)
	accounts := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)
	card := accounts[3].(object)["account_id"].(string)
	want := map[string]bool{}
	for id, r := range b.truth(itemID) {
		if r["account_id"] == card && r["date"].(string) >= "2026-09-01" && r["date"].(string) <= "2026-09-30" {
			want[id] = true
		}
	}
	got := map[string]bool{}
	for _, r := range b.listed(access, "2026-09-01", "2026-09-30", 5, object{"account_ids": []string{card}}) {
		got[r["transaction_id"].(string)] = true
	}
	if len(want) < 10 || !maps.Equal(got, want) {
		t.Errorf("%d rows, want %d", len(got), len(want))
	}
	if none := b.listed(access, "2019-01-01", "2019-12-31", 10, nil); len(none) != 0 {
		t.Errorf("%d rows before the history", len(none))
	}
}

func TestListingWaitsUntilReady(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.InitialDelay, c.HistoryDelay = time.Minute, time.Hour })
	access, _ := b.instant("ins_109508", 90)
	ask := object{"access_token": access, "start_date": "2026-01-01", "end_date": "2026-12-01"}
	b.wants("/transactions/get", ask, "PRODUCT_NOT_READY")
	b.wants("/transactions/recurring/get", object{"access_token": access}, "PRODUCT_NOT_READY")
	b.clock.advance(time.Minute)
	early := b.must("/transactions/get", ask)["total_transactions"].(float64)
	b.clock.advance(time.Hour)
	if late := b.must("/transactions/get", ask)["total_transactions"].(float64); early < 10 || late < 2*early {
		t.Errorf("%v rows at first, %v in the end", early, late)
	}
}

func TestWrongListings(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	ask := func(change object) object {
		return with(object{"access_token": access, "start_date": "2026-01-01", "end_date": "2026-02-01"}, change)
	}
	for _, c := range []struct {
		name       string
		body       object
		code, says string
	}{
		{"no date", ask(object{"start_date": "yesterday"}), "INVALID_FIELD", "start_date"},
		{"no such day", ask(object{"end_date": "2026-02-30"}), "INVALID_FIELD", "end_date"},
		{"backwards", ask(object{"end_date": "2025-02-01"}), "INVALID_FIELD", "end_date"},
		{"account unknown", ask(object{"options": object{"account_ids": []string{"x"}}}), "INVALID_ACCOUNT_ID", "account"},
		{"count too large", ask(object{"options": object{"count": 501}}), "INVALID_FIELD", "count"},
		{"offset below zero", ask(object{"options": object{"offset": -1}}), "INVALID_FIELD", "offset"},
	} {
		t.Run(c.name, func(t *testing.T) { b.refused(t, "/transactions/get", c.body, c.code, c.says) })
	}
}

func TestRecurrencesAreMadeOfRows(t *testing.T) {
	b := newBench(t)
	access, itemID := b.living(ledger.DynamicLife, 730, everyday...)
	got := b.must("/transactions/recurring/get", object{"access_token": access})
	rows, seen := b.truth(itemID), map[string]string{}
	for _, list := range []string{"inflow_streams", "outflow_streams"} {
		for _, raw := range got[list].([]any) {
			r := raw.(object)
			seen[r["description"].(string)] = fmt.Sprint(r["frequency"], " ", r["status"], " ", r["is_active"], " ", r["predicted_next_date"])
			checkRecurrence(t, r, rows, list == "inflow_streams")
		}
	}
	for name, want := range map[string]string{
		"Tectra Inc Payroll":       "BIWEEKLY MATURE true 2026-12-04",
		"Netflix":                  "MONTHLY MATURE true",
		"Willow Street Apartments": "MONTHLY MATURE true 2026-12-02",
		"INTRST PYMNT":             "MONTHLY MATURE true",
	} {
		if got := seen[name]; len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(seen) < 8 {
		t.Errorf("only %d recur: %v", len(seen), seen)
	}
}

// checkRecurrence checks a recurrence against the rows that it names.
func checkRecurrence(t *testing.T, r object, rows map[string]object, in bool) {
	t.Helper()
	ids := r["transaction_ids"].([]any)
	sum, dates := 0.0, []string{}
	for _, id := range ids {
		row := rows[id.(string)]
		if row == nil || row["pending"] == true || row["account_id"] != r["account_id"] {
			t.Fatalf("%v names what is no posted row of the account", r["description"])
		}
		sum += row["amount"].(float64)
		dates = append(dates, row["date"].(string))
	}
	average := r["average_amount"].(object)["amount"].(float64)
	last := rows[ids[len(ids)-1].(string)]
	switch {
	case !slices.IsSorted(dates) || r["first_date"] != dates[0] || r["last_date"] != dates[len(dates)-1]:
		t.Errorf("%v: %v to %v, rows of %v", r["description"], r["first_date"], r["last_date"], dates)
	case in != (average < 0):
		t.Errorf("%v: an average of %v", r["description"], average)
	case average-sum/float64(len(ids)) > 0.0051 || sum/float64(len(ids))-average > 0.0051:
		t.Errorf("%v: an average of %v, want %v", r["description"], average, sum/float64(len(ids)))
	case r["last_amount"].(object)["amount"] != last["amount"] || r["personal_finance_category"].(object)["detailed"] != last["personal_finance_category"].(object)["detailed"]:
		t.Errorf("%v: the last row is %v", r, last)
	}
}

func TestRecurrencesOfOneAccount(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 365)
	accounts := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)
	checking := accounts[0].(object)["account_id"]
	got := b.must("/transactions/recurring/get", object{"access_token": access, "account_ids": []any{checking}})
	for _, raw := range append(got["outflow_streams"].([]any), got["inflow_streams"].([]any)...) {
		if raw.(object)["account_id"] != checking {
			t.Errorf("a recurrence of %v", raw.(object)["account_id"])
		}
	}
	if n := len(got["outflow_streams"].([]any)); n < 5 {
		t.Errorf("%d recurrences", n)
	}
	b.wants("/transactions/recurring/get", object{"access_token": access, "account_ids": []string{"x"}}, "INVALID_ACCOUNT_ID")
}

func TestCategoriesAreAllThatRowsHave(t *testing.T) {
	b := newBench(t)
	known := map[string]string{}
	for _, raw := range b.must("/categories/get", object{})["categories"].([]any) {
		c := raw.(object)
		known[c["category_id"].(string)] = fmt.Sprint(c["hierarchy"])
		if g := c["group"]; g != "place" && g != "special" {
			t.Errorf("group %v", g)
		}
	}
	if len(known) < 550 || known["13005043"] != "[Food and Drink Restaurants Coffee Shop]" || known["10000000"] != "[Bank Fees]" {
		t.Errorf("%d categories, %v", len(known), known["13005043"])
	}
	for _, life := range []ledger.Life{ledger.GoodLife, ledger.DynamicLife, ledger.YuppieLife, ledger.SmallBusinessLife, ledger.EWALife, ledger.BankIncomeLife, ledger.ScaleLife(500)} {
		_, itemID := b.living(life, 730, "checking", "savings", "credit", "business", "cash", "cd", "moneymarket", "student", "mortgage", "hsa")
		for _, r := range b.truth(itemID) {
			if id, _ := r["category_id"].(string); known[id] != fmt.Sprint(r["category"]) {
				t.Fatalf("%s: a row of the category %v %v, known is %v", life, r["category_id"], r["category"], known[id])
			}
		}
	}
}

package sandbox_test

import (
	"fmt"
	"slices"
	"testing"

	"bankbook/core/sandbox/ledger"
)

func entryBody(change object) object {
	return with(object{"date_transacted": "2026-11-18", "date_posted": "2026-11-20", "amount": 12.34, "description": "STARBUCKS RESERVE"}, change)
}

func TestWrittenEntriesArePendingUntilTheNextRefresh(t *testing.T) {
	b := newBench(t)
	access, itemID := b.living(ledger.DynamicLife, 90, everyday...)
	rows := map[string]object{}
	cursor := b.replay(access, "", 500, rows)
	b.must("/sandbox/transactions/create", object{"access_token": access, "transactions": []object{
		entryBody(nil), entryBody(object{"amount": -2500, "description": "ACME PAYROLL", "iso_currency_code": "EUR"}),
	}})
	next := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 500, "options": object{"include_original_description": true}})
	apply(t, next, rows)
	if got, want := written(next, "added"), "[-2500 EUR 2026-11-18 true ACME PAYROLL 12.34 USD 2026-11-18 true STARBUCKS RESERVE]"; got != want {
		t.Errorf("written: %s, want %s", got, want)
	}
	b.must("/transactions/refresh", object{"access_token": access})
	next = b.must("/transactions/sync", object{"access_token": access, "cursor": next["next_cursor"], "count": 500, "options": object{"include_original_description": true}})
	apply(t, next, rows)
	if got, want := written(next, "added"), "[-2500 EUR 2026-11-20 false ACME PAYROLL 12.34 USD 2026-11-20 false Starbucks]"; got != want {
		t.Errorf("posted: %s, want %s", got, want)
	}
	b.compare("in the end", itemID, rows)
	b.clock.advance(3 * 24 * 3600e9)
	b.replay(access, next["next_cursor"].(string), 500, rows)
	b.compare("days later", itemID, rows)
}

// written tells of the rows of a page that were written in TestWrittenEntries.
func written(page object, list string) string {
	var out []string
	for _, raw := range page[list].([]any) {
		r := raw.(object)
		if text := fmt.Sprint(r["original_description"]); text == "STARBUCKS RESERVE" || text == "ACME PAYROLL" {
			out = append(out, fmt.Sprint(r["amount"], " ", r["iso_currency_code"], " ", r["date"], " ", r["pending"], " ", r["name"]))
		}
	}
	slices.Sort(out)
	return fmt.Sprint(out)
}

func TestWrongEntries(t *testing.T) {
	b := newBench(t)
	access, itemID := b.living(ledger.DynamicLife, 90, everyday...)
	good, _ := b.instant("ins_109508", 30)
	loans, _ := b.living(ledger.DynamicLife, 90, "student")
	eleven := slices.Repeat([]object{entryBody(nil)}, 11)
	one := func(change object) object {
		return object{"access_token": access, "transactions": []object{entryBody(nil), entryBody(change)}}
	}
	before := len(b.truth(itemID))
	for _, c := range []struct {
		name       string
		body       object
		code, says string
	}{
		{"another user", object{"access_token": good, "transactions": []object{entryBody(nil)}}, "INVALID_FIELD", "user_transactions_dynamic"},
		{"no depository account", object{"access_token": loans, "transactions": []object{entryBody(nil)}}, "INVALID_FIELD", "depository"},
		{"none", object{"access_token": access, "transactions": []object{}}, "INVALID_FIELD", "transactions"},
		{"too many", object{"access_token": access, "transactions": eleven}, "INVALID_FIELD", "transactions"},
		{"tomorrow", one(object{"date_posted": "2026-11-22"}), "INVALID_FIELD", "date_posted"},
		{"too long ago", one(object{"date_transacted": "2026-11-06"}), "INVALID_FIELD", "date_transacted"},
		{"no date", one(object{"date_transacted": "2026-11-31"}), "INVALID_FIELD", "date_transacted"},
		{"no currency", one(object{"iso_currency_code": "usd"}), "INVALID_FIELD", "iso_currency_code"},
		{"too much", one(object{"amount": 1e13}), "INVALID_FIELD", "amount"},
		{"no amount", one(object{"amount": "12"}), "INVALID_FIELD", "amount"},
		{"no description", one(object{"description": nil}), "MISSING_FIELDS", "description"},
	} {
		t.Run(c.name, func(t *testing.T) { b.refused(t, "/sandbox/transactions/create", c.body, c.code, c.says) })
	}
	if after := len(b.truth(itemID)); after != before {
		t.Errorf("%d rows were made by refused requests", after-before)
	}
}

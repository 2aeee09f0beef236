package sandbox_test

import (
	"fmt"
	"slices"
	"testing"
)

// signedIn links a bank for a user name and a password without a page.
func (b *bench) signedIn(user, password string, days int) (access, itemID string) {
	b.t.Helper()
	made := b.must("/sandbox/public_token/create", object{
		"institution_id": "ins_109508", "initial_products": []string{"transactions"},
		"options": object{"override_username": user, "override_password": password, "transactions": object{"days_requested": days}},
	})
	got := b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})
	return got["access_token"].(string), got["item_id"].(string)
}

func TestUsersHaveTheHistoriesOfTheirNames(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		user   string
		lo, hi int
	}{
		{"user_transactions_1234", 1234, 1234},
		{"user_transactions_dynamic", 90, 130},
		{"user_yuppie", 150, 300},
		{"user_small_business", 110, 260},
		{"user_ewa_user", 100, 220},
		{"user_bank_income", 500, 1000},
	} {
		access, itemID := b.signedIn(c.user, "any password", 730)
		rows := map[string]object{}
		b.replay(access, "", 500, rows)
		b.compare(c.user, itemID, rows)
		if len(rows) < c.lo || len(rows) > c.hi {
			t.Errorf("%s: %d rows", c.user, len(rows))
		}
	}
}

func TestCustomUsersHaveWhatTheyAsked(t *testing.T) {
	b := newBench(t)
	access, itemID := b.signedIn("user_custom", `{"override_accounts":[
		{"type":"depository","subtype":"checking","starting_balance":500,
		 "transactions":[{"date_transacted":"2026-11-10","date_posted":"2026-11-12","amount":45.678,"description":"PLUMBER","currency":"USD"}],
		 "inflow_model":{"type":"monthly-income","income_amount":3000,"payment_day_of_month":15,"transaction_name":"INCOME","statement_day_of_month":"1"}},
		{"type":"credit","subtype":"credit card","starting_balance":1200,
		 "transactions":[{"date_transacted":"2026-11-01","date_posted":"2026-11-02","amount":9.99,"description":"BAR","currency":"XBT"}],
		 "inflow_model":{"type":"monthly-interest-only-payment","payment_day_of_month":5,"transaction_name":"INTEREST PAID","statement_day_of_month":"28"}}]}`, 40)
	b.must("/sandbox/transactions/create", object{"access_token": access, "transactions": []object{entryBody(object{"description": "BY HAND"})}})
	var got []string
	for _, r := range b.truth(itemID) {
		got = append(got, fmt.Sprint(r["date"], " ", r["amount"], " ", r["iso_currency_code"], " ", r["unofficial_currency_code"], " ", r["original_description"]))
	}
	slices.Sort(got)
	want := []string{
		"2026-10-15 -3000 USD <nil> INCOME", "2026-11-02 9.99 <nil> XBT BAR", "2026-11-05 -12.5 USD <nil> INTEREST PAID",
		"2026-11-12 45.68 USD <nil> PLUMBER", "2026-11-15 -3000 USD <nil> INCOME", "2026-11-18 12.34 USD <nil> BY HAND",
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%q\nwant\n%q", got, want)
	}
	rows := map[string]object{}
	b.replay(access, "", 2, rows)
	b.compare("custom", itemID, rows)
}

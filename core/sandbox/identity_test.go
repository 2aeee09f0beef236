package sandbox_test

import (
	"maps"
	"testing"
)

func TestIdentity(t *testing.T) {
	b := newBench(t)
	access := b.good("ins_109508", "identity")
	for _, a := range list(b.must("/identity/get", object{"access_token": access}), "accounts") {
		o := list(a, "owners")[0]
		home := list(o, "addresses")[0]["data"].(object)
		if o["names"].([]any)[0] != "Alberta Bobbeth Charleson" || list(o, "emails")[0]["data"] != "accountholder0@example.com" ||
			list(o, "phone_numbers")[0]["data"] != "1112223333" || home["street"] != "2992 Cameron Road" || home["postal_code"] != "14236" {
			t.Errorf("owner: %v", o)
		}
	}
}

func TestIdentityMatch(t *testing.T) {
	b := newBench(t)
	access := b.good("ins_109508", "identity")
	alberta := object{
		"legal_name": "Alberta Bobbeth Charleson", "phone_number": "1112223333", "email_address": "accountholder0@example.com",
		"address": object{"street": "2992 Cameron Road", "city": "Malakoff", "region": "NY", "postal_code": "14236", "country": "US"},
	}
	for name, c := range map[string]struct {
		change                      object
		name, phone, email, address [2]float64
	}{
		"herself":        {nil, [2]float64{100, 100}, [2]float64{100, 100}, [2]float64{100, 100}, [2]float64{100, 100}},
		"without middle": {object{"legal_name": "Alberta Charleson"}, [2]float64{85, 99}, [2]float64{100, 100}, [2]float64{100, 100}, [2]float64{100, 100}},
		"her short name": {object{"legal_name": "Allie Charleson"}, [2]float64{85, 99}, [2]float64{100, 100}, [2]float64{100, 100}, [2]float64{100, 100}},
		"a relative":     {object{"legal_name": "Bob Charleson"}, [2]float64{50, 69}, [2]float64{100, 100}, [2]float64{100, 100}, [2]float64{100, 100}},
		"other formats": {
			object{"phone_number": "+1 (111) 222-3333", "email_address": "accountholder0+bank@example.com", "address": object{"street": "2992 Cameron Rd."}},
			[2]float64{100, 100},
			[2]float64{70, 89},
			[2]float64{70, 99},
			[2]float64{90, 100},
		},
		"somebody else": {
			object{
				"legal_name": "John Smith", "phone_number": "+14155551234", "email_address": "john.smith@gmail.com",
				"address": object{"street": "123 Main Street", "city": "Anytown", "region": "CA", "postal_code": "90210", "country": "US"},
			},
			[2]float64{},
			[2]float64{},
			[2]float64{},
			[2]float64{},
		},
	} {
		user := maps.Clone(alberta)
		maps.Copy(user, c.change)
		for _, a := range list(b.must("/identity/match", object{"access_token": access, "user": user}), "accounts") {
			for field, want := range map[string][2]float64{"legal_name": c.name, "phone_number": c.phone, "email_address": c.email, "address": c.address} {
				if got := a[field].(object)["score"].(float64); got < want[0] || got > want[1] {
					t.Errorf("%s: %s is %v, want %v", name, field, got, want)
				}
			}
			if a["balances"].(object)["current"] != nil {
				t.Fatalf("%s: balances are told: %v", name, a["balances"])
			}
		}
	}
}

// What is not said is not scored.
func TestIdentityMatchInPart(t *testing.T) {
	b := newBench(t)
	access := b.good("ins_109508", "identity")
	for _, user := range []object{{"legal_name": "Vega Plumbing LLC"}, {}, {"legal_name": nil, "address": nil}} {
		a := list(b.must("/identity/match", object{"access_token": access, "user": user}), "accounts")[0]
		if a["phone_number"] != nil || a["email_address"] != nil || a["address"] != nil || (a["legal_name"] != nil) != (user["legal_name"] != nil) {
			t.Errorf("%v: %v", user, a)
		}
		if n, ok := a["legal_name"].(object); ok && (n["is_business_name_detected"] != true || n["is_nickname_match"] != false || n["is_first_name_or_last_name_match"] != false) {
			t.Errorf("a company: %v", n)
		}
	}
	street := object{"address": object{"street": "2992 Cameron Road"}}
	if a := list(b.must("/identity/match", object{"access_token": access, "user": street}), "accounts")[0]["address"].(object); a["is_postal_code_match"] != nil {
		t.Errorf("a postal code that nobody gave: %v", a)
	}
}

func TestLiabilities(t *testing.T) {
	b := newBench(t)
	access := b.good("ins_109508", "liabilities")
	answer := b.must("/liabilities/get", object{"access_token": access})
	if len(list(answer, "accounts")) != 12 {
		t.Errorf("accounts: %v", answer["accounts"])
	}
	debts := answer["liabilities"].(object)
	credit, student, mortgage := list(debts, "credit"), list(debts, "student"), list(debts, "mortgage")
	if len(credit) != 1 || len(student) != 1 || len(mortgage) != 1 {
		t.Fatalf("debts: %v", debts)
	}
	for _, c := range []struct {
		debt  object
		field string
		want  any
	}{
		{credit[0], "last_payment_amount", 168.25},
		{credit[0], "last_statement_issue_date", "2026-10-28"},
		{credit[0], "last_payment_date", "2026-10-22"},
		{credit[0], "next_payment_due_date", "2026-11-22"},
		{student[0], "guarantor", "DEPT OF ED"},
		{student[0], "interest_rate_percentage", 5.25},
		{student[0], "next_payment_due_date", "2026-11-28"},
		{mortgage[0], "loan_term", "30 year"},
		{mortgage[0], "last_payment_date", "2026-11-01"},
		{mortgage[0], "next_payment_due_date", "2026-12-01"},
	} {
		if got := c.debt[c.field]; got != c.want {
			t.Errorf("%s is %v, want %v", c.field, got, c.want)
		}
	}
	one := b.must("/liabilities/get", object{"access_token": access, "options": object{"account_ids": []any{student[0]["account_id"]}}})
	if d := one["liabilities"].(object); len(list(one, "accounts")) != 1 || len(list(d, "student")) != 1 || d["mortgage"] != nil || d["credit"] != nil {
		t.Errorf("one asked for: %v", one)
	}
}

func TestCustomLiabilities(t *testing.T) {
	b := newBench(t)
	access := b.custom(`{"override_accounts":[
		{"type":"credit","subtype":"credit card","starting_balance":310.5,"liability":{"type":"credit","purchase_apr":17.9,"is_overdue":true}},
		{"type":"loan","subtype":"student","liability":{"type":"student","loan_name":"Night school","nominal_apr":4.5,"loan_status":{"type":"in school","end_date":"2027-06-30"},"repayment_plan_type":"interest only"}}
	]}`, "liabilities")
	d := b.must("/liabilities/get", object{"access_token": access})["liabilities"].(object)
	card, loan := list(d, "credit")[0], list(d, "student")[0]
	if aprs := list(card, "aprs"); len(aprs) != 1 || aprs[0]["apr_percentage"] != 17.9 || aprs[0]["apr_type"] != "purchase_apr" || card["is_overdue"] != true || card["last_statement_balance"] != 310.5 {
		t.Errorf("card: %v", card)
	}
	if loan["loan_name"] != "Night school" || loan["next_payment_due_date"] != nil || loan["repayment_plan"].(object)["type"] != "interest-only" {
		t.Errorf("loan: %v", loan)
	}
	if d["mortgage"] != nil {
		t.Errorf("mortgage: %v", d["mortgage"])
	}
}

func TestNoLiabilities(t *testing.T) {
	b := newBench(t)
	access := b.link("ins_109508", []string{"liabilities"}, "user_ewa_user", "x")
	b.wants("/liabilities/get", object{"access_token": access}, "NO_LIABILITY_ACCOUNTS")
	abroad := b.good("ins_43", "transactions")
	b.wants("/liabilities/get", object{"access_token": abroad}, "PRODUCTS_NOT_SUPPORTED")
}

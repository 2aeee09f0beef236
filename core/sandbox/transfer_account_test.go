package sandbox_test

import (
	"testing"

	"bankbook/core/sandbox/verify"
)

// moverOf is a mover with an Item that is made elsewhere. Its accounts are by
// number, from 0.
func moverOf(b *bench, access string) (m *mover, accounts []string) {
	b.t.Helper()
	m = &mover{bench: b, access: access, accounts: map[string]string{}}
	for _, a := range list(b.must("/accounts/get", object{"access_token": access}), "accounts") {
		accounts = append(accounts, a["account_id"].(string))
	}
	m.accounts["0000"] = accounts[0]
	return m, accounts
}

func TestNumbersEnteredByHandAreApprovedWithAReason(t *testing.T) {
	b := newBench(t)
	m, _ := moverOf(b, b.byHand(verify.SameDay, "110000000", "1111222233330000", "Anne Charleston"))
	m.wants("/transfer/authorization/create", m.proposal(), "PRODUCT_NOT_READY")
	b.code(m.access, "ABC", "")
	a := m.authorize()
	m.expect("decision", []any{a["decision"], a["decision_rationale"].(object)["code"]}, []any{"approved", "MANUALLY_VERIFIED_ITEM"})
	m.expect("transfer", m.transfer()["status"], "pending")
	m.wants("/transfer/capabilities/get", object{"access_token": m.access, "account_id": "none"}, "INVALID_ACCOUNT_ID")
}

func TestCustomUsersDecideTransfers(t *testing.T) {
	b := newBench(t)
	m, accounts := moverOf(b, b.custom(`{"override_accounts":[
		{"type":"depository","subtype":"checking","starting_balance":0},
		{"type":"depository","subtype":"savings","starting_balance":12.33,"numbers":{"account":"1111","ach_routing":"322271627"}},
		{"type":"depository","subtype":"checking","starting_balance":1000,"force_available_balance":12.34}]}`, "transfer"))
	for i, want := range []string{"declined RISK", "declined NSF", "approved "} {
		a := m.authorize(object{"account_id": accounts[i]})
		code, _ := a["decision_rationale"].(object)
		got := a["decision"].(string) + " "
		if code != nil {
			got += code["code"].(string)
		}
		m.expect(accounts[i], got, want)
	}
	for i, want := range []bool{false, true, false} {
		got := m.must("/transfer/capabilities/get", object{"access_token": m.access, "account_id": accounts[i]})
		m.expect("instant payouts", got["institution_supported_networks"].(object)["rtp"].(object)["credit"], want)
	}
}

func TestMoneyMovesWithTheUsersConsentOnly(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(object{"products": []string{"transactions"}, "optional_products": nil, "additional_consented_products": nil})
	walk(newBrowser(t), address).press("share", nil)
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	m, _ := moverOf(b, b.must("/item/public_token/exchange", object{"public_token": public})["access_token"].(string))
	m.wants("/transfer/authorization/create", m.proposal(), "ADDITIONAL_CONSENT_REQUIRED")
	m, _ = moverOf(b, b.good("ins_109508", "transfer"))
	m.expect("with consent", m.authorize()["decision"], "approved")
	m, _ = moverOf(b, b.good("ins_109508", "auth"))
	m.authorize()
	m.expect("used for the first time", m.must("/item/get", object{"access_token": m.access})["item"].(object)["billed_products"], []any{"auth", "transfer"})
	m, _ = moverOf(b, b.custom(`{"override_accounts":[{"type":"credit","subtype":"credit card","starting_balance":5}]}`, "transactions", "transfer"))
	m.wants("/transfer/authorization/create", m.proposal(), "NO_AUTH_ACCOUNTS")
}

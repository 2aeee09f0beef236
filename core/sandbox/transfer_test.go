package sandbox_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// mover is a bench with an Item that money can be moved to and from.
type mover struct {
	*bench
	access, item string
	// accounts are the account ids by mask: 0000 has 100 available, 1111 200,
	// 9002 12060; 2222 is a certificate of deposit.
	accounts map[string]string
}

func newMover(t testing.TB, change ...func(*sandbox.Config)) *mover {
	t.Helper()
	b := newBench(t, change...)
	m := &mover{bench: b, accounts: map[string]string{}}
	m.access, m.item = b.instant("ins_109508", 30)
	for _, a := range b.must("/accounts/get", object{"access_token": m.access})["accounts"].([]any) {
		m.accounts[a.(object)["mask"].(string)] = a.(object)["account_id"].(string)
	}
	return m
}

// changed returns a request with changes; a nil value takes a field away.
func changed(base object, changes ...object) object {
	out := object{}
	for _, part := range append([]object{base}, changes...) {
		for k, v := range part {
			if v == nil {
				delete(out, k)
			} else {
				out[k] = v
			}
		}
	}
	return out
}

// proposal is a debit of 12.34 from the checking account.
func (m *mover) proposal(changes ...object) object {
	return changed(object{
		"access_token": m.access, "account_id": m.accounts["0000"], "type": "debit", "network": "ach", "amount": "12.34", "ach_class": "ppd",
		"user": object{"legal_name": "Anne Charleston"},
	}, changes...)
}

func (m *mover) authorize(changes ...object) object {
	m.t.Helper()
	return m.must("/transfer/authorization/create", m.proposal(changes...))["authorization"].(object)
}

// transfer authorizes and creates a transfer.
func (m *mover) transfer(changes ...object) object {
	m.t.Helper()
	a := m.authorize(changes...)
	account := m.proposal(changes...)["account_id"]
	return m.must("/transfer/create", object{
		"access_token": m.access, "account_id": account, "authorization_id": a["id"], "description": "payment",
	})["transfer"].(object)
}

func (m *mover) get(id any) object {
	m.t.Helper()
	return m.must("/transfer/get", object{"transfer_id": id})["transfer"].(object)
}

// simulate lets events happen to a transfer.
func (m *mover) simulate(id any, events ...string) {
	m.t.Helper()
	for _, e := range events {
		m.must("/sandbox/transfer/simulate", object{"transfer_id": id, "event_type": e})
	}
}

// ledger returns the balances of the default ledger.
func (m *mover) ledger() string {
	m.t.Helper()
	b := m.must("/transfer/ledger/get", object{})["balance"].(object)
	return fmt.Sprintf("%v available, %v pending", b["available"], b["pending"])
}

// events returns the types of all events, in order.
func (m *mover) events() []string {
	m.t.Helper()
	var out []string
	for _, e := range m.must("/transfer/event/sync", object{"after_id": 0, "count": 500})["transfer_events"].([]any) {
		out = append(out, e.(object)["event_type"].(string))
	}
	return out
}

func (m *mover) expect(what string, got, want any) {
	m.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		m.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

var uuidShape = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestAuthorizationIsDecidedByTheBalance(t *testing.T) {
	m := newMover(t)
	for name, c := range map[string]struct {
		change         object
		decision, code string
	}{
		"a debit below the balance":       {object{"amount": "99.99"}, "approved", ""},
		"a debit of the whole balance":    {object{"amount": "100.00"}, "approved", ""},
		"a debit above the balance":       {object{"amount": "100.01"}, "declined", "NSF"},
		"a credit that the ledger covers": {object{"type": "credit", "amount": "100.00"}, "approved", ""},
		"a credit beyond the ledger":      {object{"type": "credit", "amount": "100.01"}, "declined", "NSF"},
		"a debit above the single limit":  {object{"account_id": m.accounts["9002"], "amount": "10000.01"}, "declined", "TRANSFER_LIMIT_REACHED"},
		"a debit as high as the limit":    {object{"account_id": m.accounts["9002"], "amount": "10000.00"}, "approved", ""},
		"an instant payout":               {object{"type": "credit", "network": "rtp", "ach_class": nil}, "approved", ""},
		"a wire, with all that can be told": {object{
			"type": "credit", "network": "wire", "ach_class": nil, "wire_details": object{"message_to_beneficiary": "hello"},
			"device": object{"ip_address": "192.0.2.1", "user_agent": "test"}, "user_present": true, "custom_attributes": object{"a.b": "c"}, "iso_currency_code": "USD",
			"credit_funds_source": "sweep", "user": object{"legal_name": "A", "phone_number": "1", "email_address": "a@example.com", "address": object{"street": "1", "city": "2", "region": "CA", "postal_code": "3", "country": "US"}},
		}, "approved", ""},
	} {
		a := m.authorize(c.change)
		code := ""
		if r, ok := a["decision_rationale"].(object); ok {
			code = r["code"].(string)
		}
		if a["decision"] != c.decision || code != c.code {
			t.Errorf("%s: %v %q, want %s %q", name, a["decision"], code, c.decision, c.code)
		}
		if !uuidShape.MatchString(a["id"].(string)) {
			t.Errorf("%s: the id %v is no UUID", name, a["id"])
		}
	}
}

func TestAuthorizationWantsALoginRepairedFirst(t *testing.T) {
	m := newMover(t)
	m.must("/sandbox/item/reset_login", object{"access_token": m.access})
	key := object{"idempotency_key": "once"}
	a := m.authorize(key)
	m.expect("decision", a["decision"], "user_action_required")
	m.expect("code", a["decision_rationale"].(object)["code"], "ITEM_LOGIN_REQUIRED")
	if again := m.authorize(key); again["id"] == a["id"] {
		t.Error("the key keeps an authorization that may be tried again")
	}
	m.wants("/transfer/create", object{
		"access_token": m.access, "account_id": m.accounts["0000"], "authorization_id": a["id"], "description": "payment",
	}, "INVALID_FIELD")
}

func TestBadAuthorizationsAreRefused(t *testing.T) {
	m := newMover(t)
	canada, _ := m.instant("ins_43", 30)
	canadian := m.must("/accounts/get", object{"access_token": canada})["accounts"].([]any)[0].(object)["account_id"]
	for name, c := range map[string]struct {
		change object
		code   string
	}{
		"no access token":          {object{"access_token": nil}, "MISSING_FIELDS"},
		"no user":                  {object{"user": nil}, "MISSING_FIELDS"},
		"no name":                  {object{"user": object{}}, "MISSING_FIELDS"},
		"no class":                 {object{"ach_class": nil}, "MISSING_FIELDS"},
		"an unknown field":         {object{"colour": "red"}, "UNKNOWN_FIELDS"},
		"an unknown class":         {object{"ach_class": "pos"}, "INVALID_FIELD"},
		"an unknown type":          {object{"type": "both"}, "INVALID_FIELD"},
		"an unknown network":       {object{"network": "pigeon"}, "INVALID_FIELD"},
		"a foreign token":          {object{"access_token": "access-sandbox-" + strings.Repeat("0", 8) + "-0000-4000-8000-000000000000"}, "INVALID_ACCESS_TOKEN"},
		"a foreign account":        {object{"account_id": "nobody"}, "INVALID_ACCOUNT_ID"},
		"a certificate of deposit": {object{"account_id": m.accounts["2222"]}, "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE"},
		"a bank in Canada":         {object{"access_token": canada, "account_id": canadian}, "PRODUCTS_NOT_SUPPORTED"},
		"nothing":                  {object{"amount": "0.00"}, "INVALID_FIELD"},
		"less than nothing":        {object{"amount": "-1.00"}, "INVALID_FIELD"},
		"one digit":                {object{"amount": "1.5"}, "INVALID_FIELD"},
		"a number":                 {object{"amount": 1.5}, "INVALID_FIELD"},
		"words":                    {object{"amount": "ten"}, "INVALID_FIELD"},
		"another currency":         {object{"iso_currency_code": "EUR"}, "INVALID_FIELD"},
		"too much for ACH":         {object{"amount": "10000000.01"}, "TRANSFER_NETWORK_LIMIT_EXCEEDED"},
		"too much for the day":     {object{"network": "same-day-ach", "amount": "1000000.01"}, "TRANSFER_NETWORK_LIMIT_EXCEEDED"},
		"too much for a wire":      {object{"type": "credit", "network": "wire", "amount": "1000000.00"}, "TRANSFER_NETWORK_LIMIT_EXCEEDED"},
		"an instant debit":         {object{"network": "rtp"}, "INVALID_FIELD"},
		"a wired debit":            {object{"network": "wire"}, "INVALID_FIELD"},
		"an unreachable account":   {object{"type": "credit", "network": "rtp", "account_id": m.accounts["9002"]}, "INVALID_FIELD"},
		"a web credit":             {object{"type": "credit", "ach_class": "web"}, "TRANSFER_FORBIDDEN_ACH_CLASS"},
		"a source for a debit":     {object{"credit_funds_source": "sweep"}, "INVALID_FIELD"},
		"a foreign ledger":         {object{"ledger_id": "none"}, "INVALID_FIELD"},
		"a foreign funding":        {object{"funding_account_id": "none"}, "INVALID_FIELD"},
		"an origination account":   {object{"origination_account_id": "none"}, "INVALID_FIELD"},
		"an originator":            {object{"originator_client_id": "none"}, "TRANSFER_ORIGINATOR_NOT_FOUND"},
		"a payment profile":        {object{"payment_profile_token": "none"}, "INVALID_FIELD"},
		"a foreign clock":          {object{"test_clock_id": "none"}, "INVALID_FIELD"},
		"a long key":               {object{"idempotency_key": strings.Repeat("k", 51)}, "INVALID_FIELD"},
		"a long message":           {object{"type": "credit", "network": "wire", "wire_details": object{"message_to_beneficiary": strings.Repeat("m", 141)}}, "INVALID_FIELD"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out := m.post("/transfer/authorization/create", m.proposal(c.change))
			if status == 200 || out["error_code"] != c.code {
				t.Errorf("%d %v, want %s", status, out, c.code)
			}
		})
	}
}

func TestAuthorizationKeysHoldTwoDays(t *testing.T) {
	m := newMover(t)
	key := object{"idempotency_key": "key"}
	first := m.authorize(key)
	m.clock.advance(48*time.Hour - time.Second)
	m.expect("the same request within 48 hours", m.authorize(key)["id"], first["id"])
	m.wants("/transfer/authorization/create", m.proposal(key, object{"amount": "12.35"}), "INVALID_FIELD")
	m.clock.advance(time.Second)
	if m.authorize(key, object{"amount": "12.35"})["id"] == first["id"] {
		t.Error("the key still holds after 48 hours")
	}
}

func TestTransferIsCreatedOnceForAnAuthorization(t *testing.T) {
	m := newMover(t)
	a := m.authorize()
	create := object{
		"access_token": m.access, "account_id": m.accounts["0000"], "authorization_id": a["id"], "description": "payment",
		"amount": "10.00", "metadata": object{"order": "17"},
	}
	tr := m.must("/transfer/create", create)["transfer"].(object)
	for field, want := range map[string]any{
		"amount": "10.00", "status": "pending", "cancellable": true, "network": "ach", "ach_class": "ppd", "type": "debit", "description": "payment",
		"authorization_id": a["id"], "account_id": m.accounts["0000"], "metadata": object{"order": "17"}, "sweep_status": "unswept",
		// Created on Saturday, 21 November 2026; Thursday the 26th is Thanksgiving.
		"created": "2026-11-21T09:30:00Z", "expected_settlement_date": "2026-11-24", "standard_return_window": "2026-11-30",
		"expected_funds_available_date": "2026-11-30", "failure_reason": nil, "network_trace_id": nil, "credit_funds_source": nil,
	} {
		m.expect(field, tr[field], want)
	}
	m.expect("ledger", m.ledger(), "100.00 available, 10.00 pending")
	m.expect("the same again", m.must("/transfer/create", create)["transfer"].(object)["id"], tr["id"])
	m.expect("by authorization", m.must("/transfer/get", object{"authorization_id": a["id"]})["transfer"].(object)["id"], tr["id"])
	m.expect("events", m.events(), []string{"pending"})
	m.wants("/transfer/authorization/cancel", object{"authorization_id": a["id"]}, "INVALID_FIELD")
}

func TestBadTransfersAreRefused(t *testing.T) {
	m := newMover(t)
	declined := m.authorize(object{"amount": "100.01"})["id"]
	cancelled := m.authorize()["id"]
	m.must("/transfer/authorization/cancel", object{"authorization_id": cancelled})
	m.wants("/transfer/authorization/cancel", object{"authorization_id": cancelled}, "INVALID_FIELD")
	m.wants("/transfer/authorization/cancel", object{"authorization_id": "none"}, "INVALID_FIELD")
	expired := m.authorize()["id"]
	m.clock.advance(time.Hour)
	good := object{"access_token": m.access, "account_id": m.accounts["0000"], "authorization_id": m.authorize()["id"], "description": "payment"}
	for name, c := range map[string]struct {
		change object
		code   string
		text   string
	}{
		"no authorization":       {object{"authorization_id": nil}, "MISSING_FIELDS", "authorization_id"},
		"no description":         {object{"description": nil}, "MISSING_FIELDS", "description"},
		"an unknown one":         {object{"authorization_id": "none"}, "INVALID_FIELD", "does not exist"},
		"a declined one":         {object{"authorization_id": declined}, "INVALID_FIELD", "declined (NSF)"},
		"a cancelled one":        {object{"authorization_id": cancelled}, "INVALID_FIELD", "cancelled"},
		"an expired one":         {object{"authorization_id": expired}, "INVALID_FIELD", "expired"},
		"another account's":      {object{"account_id": m.accounts["1111"]}, "INVALID_FIELD", "is not for"},
		"more than authorized":   {object{"amount": "12.35"}, "INVALID_FIELD", "12.34"},
		"nothing":                {object{"amount": "0.00"}, "INVALID_FIELD", "greater than"},
		"a malformed amount":     {object{"amount": "12"}, "INVALID_FIELD", "two digits"},
		"too long for ACH":       {object{"description": "12345678901"}, "INVALID_FIELD", "10 characters"},
		"too long for any":       {object{"description": "1234567890123456"}, "INVALID_FIELD", "description"},
		"metadata with numbers":  {object{"metadata": object{"a": 1}}, "INVALID_FIELD", "metadata"},
		"metadata with umlauts":  {object{"metadata": object{"a": "ü"}}, "INVALID_FIELD", "ASCII"},
		"metadata with a key":    {object{"metadata": object{strings.Repeat("k", 41): "v"}}, "INVALID_FIELD", "40"},
		"metadata with a value":  {object{"metadata": object{"a": strings.Repeat("v", 501)}}, "INVALID_FIELD", "500"},
		"a fee for the platform": {object{"facilitator_fee": "1.00"}, "INVALID_FIELD", "platform"},
		"another currency":       {object{"iso_currency_code": "CAD"}, "INVALID_FIELD", "USD"},
		"a foreign clock":        {object{"test_clock_id": "none"}, "INVALID_FIELD", "test_clock_id"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out := m.post("/transfer/create", changed(good, c.change))
			if text, _ := out["error_message"].(string); status == 200 || out["error_code"] != c.code || !strings.Contains(text, c.text) {
				t.Errorf("%d %v, want %s with %q", status, out, c.code, c.text)
			}
		})
	}
	m.expect("events", m.events(), []string(nil))
	m.wants("/transfer/get", object{"transfer_id": "none"}, "INVALID_FIELD")
	m.wants("/transfer/get", object{"authorization_id": good["authorization_id"]}, "INVALID_FIELD")
	m.wants("/transfer/get", object{}, "MISSING_FIELDS")
	m.wants("/transfer/get", object{"transfer_id": "a", "authorization_id": "b"}, "INVALID_FIELD")
}

func TestOnlyPendingTransfersAreCancelled(t *testing.T) {
	m := newMover(t)
	tr := m.transfer()
	m.must("/transfer/cancel", object{"transfer_id": tr["id"], "reason_code": "CUST"})
	got := m.get(tr["id"])
	m.expect("status", got["status"], "cancelled")
	m.expect("sweep status", got["sweep_status"], nil)
	m.expect("ledger", m.ledger(), "100.00 available, 0.00 pending")
	m.wants("/transfer/cancel", object{"transfer_id": tr["id"]}, "TRANSFER_NOT_CANCELLABLE")
	posted := m.transfer()
	m.simulate(posted["id"], "posted")
	m.expect("cancellable", m.get(posted["id"])["cancellable"], false)
	m.wants("/transfer/cancel", object{"transfer_id": posted["id"]}, "TRANSFER_NOT_CANCELLABLE")
	instant := m.transfer(object{"type": "credit", "network": "rtp", "ach_class": nil})
	m.wants("/transfer/cancel", object{"transfer_id": instant["id"]}, "TRANSFER_NOT_CANCELLABLE")
	m.wants("/transfer/cancel", object{"transfer_id": "none"}, "INVALID_FIELD")
}

func TestSameDayBecomesStandardAfterItsCutoff(t *testing.T) {
	m := newMover(t)
	m.clock.advance(48*time.Hour + 10*time.Hour + 29*time.Minute) // Monday, 14:59 in New York
	sameDay := object{"network": "same-day-ach"}
	m.expect("before the cutoff", m.transfer(sameDay)["network"], "same-day-ach")
	m.clock.advance(time.Minute)
	m.expect("at the cutoff", m.transfer(sameDay)["network"], "ach")
	m.clock.advance(5*time.Hour + 30*time.Minute)
	m.expect("after the last window of the day", m.transfer(sameDay)["network"], "same-day-ach")
}

func TestTransferListPagesAndFilters(t *testing.T) {
	m := newMover(t)
	var ids []string
	for range 4 {
		ids = append(ids, m.transfer(object{"amount": "1.00"})["id"].(string))
		m.clock.advance(time.Minute)
	}
	slices.Reverse(ids)
	list := func(req object) (out []string) {
		for _, tr := range m.must("/transfer/list", req)["transfers"].([]any) {
			out = append(out, tr.(object)["id"].(string))
		}
		return out
	}
	funding := m.get(ids[0])["funding_account_id"]
	for name, c := range map[string]struct {
		req  object
		want []string
	}{
		"all":             {object{}, ids},
		"a page":          {object{"count": 2, "offset": 1}, ids[1:3]},
		"beyond":          {object{"offset": 4}, nil},
		"from":            {object{"start_date": "2026-11-21T09:32:00Z"}, ids[:2]},
		"to":              {object{"end_date": "2026-11-21T09:31:00Z"}, ids[2:]},
		"our account":     {object{"funding_account_id": funding}, ids},
		"another account": {object{"funding_account_id": "none"}, nil},
		"another client":  {object{"originator_client_id": "none"}, nil},
	} {
		m.expect(name, list(c.req), c.want)
	}
	m.wants("/transfer/list", object{"count": 26}, "INVALID_FIELD")
	m.wants("/transfer/list", object{"count": 0}, "INVALID_FIELD")
	m.wants("/transfer/list", object{"offset": -1}, "INVALID_FIELD")
	m.wants("/transfer/list", object{"start_date": "yesterday"}, "INVALID_FIELD")
}

// A transfer that waits for its user goes on once the user has signed in again,
// on a page that is asked for by the authorization.
func TestUserActionIsAskedForByAuthorization(t *testing.T) {
	m := newMover(t)
	m.must("/sandbox/item/reset_login", object{"access_token": m.access})
	a := m.authorize()
	m.expect("decision", a["decision"], "user_action_required")
	_, address := m.newLink(object{"products": nil, "optional_products": nil, "transfer": object{"authorization_id": a["id"]}})
	newBrowser(t).open(address).press("sign-in", good).shows("You are signed in again")
	m.expect("decision after the sign-in", m.authorize()["decision"], "approved")
}

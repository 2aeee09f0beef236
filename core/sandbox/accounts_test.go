package sandbox_test

import (
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"
	"time"
)

// link links a bank without a page, with the given products and sign-in, and
// returns the access token. more are further options.
func (b *bench) link(institution string, products []string, user, password string, more ...object) string {
	b.t.Helper()
	options := object{"override_username": user, "override_password": password}
	for _, m := range more {
		maps.Copy(options, m)
	}
	made := b.must("/sandbox/public_token/create", object{"institution_id": institution, "initial_products": products, "options": options})
	return b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})["access_token"].(string)
}

func (b *bench) good(institution string, products ...string) string {
	b.t.Helper()
	return b.link(institution, products, "user_good", "pass_good")
}

// custom links a custom user.
func (b *bench) custom(config string, products ...string) string {
	b.t.Helper()
	return b.link("ins_109508", products, "user_custom", config)
}

// list is a list of objects in an answer.
func list(answer object, name string) []object {
	var out []object
	raw, _ := answer[name].([]any)
	for _, r := range raw {
		out = append(out, r.(object))
	}
	return out
}

func TestPersonas(t *testing.T) {
	b := newBench(t)
	for user, want := range map[string]string{
		"user_transactions_dynamic": "0000 1111 2222 3333 4444 5555 6666 7777 8888 9001 9002 9999",
		"user_yuppie":               "4021 4039 7718 5530 9004",
		"user_small_business":       "6101 6119 8842",
		"user_ewa_user":             "2207 2215",
		"user_bank_income":          "0000 1111",
		"user_transactions_250":     "0000 1111 3333",
	} {
		access := b.link("ins_109508", []string{"transactions", "identity"}, user, "anything")
		var masks []string
		for _, a := range list(b.must("/identity/get", object{"access_token": access}), "accounts") {
			masks = append(masks, a["mask"].(string))
			if len(list(a, "owners")) != 1 || (a["holder_category"] == "business") != (user == "user_small_business" || a["mask"] == "9999") {
				t.Errorf("%s: %v", user, a)
			}
		}
		if got := strings.Join(masks, " "); got != want {
			t.Errorf("%s has %s, want %s", user, got, want)
		}
		b.restart()
		if n := len(list(b.must("/accounts/get", object{"access_token": access}), "accounts")); n != len(masks) {
			t.Errorf("%s has %d accounts after a restart, want %d", user, n, len(masks))
		}
	}
}

func TestChosenAccounts(t *testing.T) {
	b := newBench(t)
	access, other := b.good("ins_109508", "auth"), b.good("ins_109508", "auth")
	all := list(b.must("/accounts/get", object{"access_token": access}), "accounts")
	two := []any{all[3]["account_id"], all[0]["account_id"]}
	for _, path := range []string{"/accounts/get", "/accounts/balance/get", "/identity/get", "/identity/match", "/liabilities/get"} {
		got := list(b.must(path, object{"access_token": access, "options": object{"account_ids": two}}), "accounts")
		if len(got) != 2 || got[0]["account_id"] != all[0]["account_id"] {
			t.Errorf("%s: %v", path, got)
		}
		for _, strange := range []any{"nothing", list(b.must("/accounts/get", object{"access_token": other}), "accounts")[0]["account_id"]} {
			b.wants(path, object{"access_token": access, "options": object{"account_ids": []any{strange}}}, "INVALID_ACCOUNT_ID")
		}
	}
}

func TestAccountsOfAnItemWithout(t *testing.T) {
	b := newBench(t)
	access := b.good("ins_109508", "auth", "identity", "liabilities")
	if err := b.bank.CloseAccounts(access); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/accounts/get", "/accounts/balance/get", "/identity/get", "/liabilities/get"} {
		b.wants(path, object{"access_token": access}, "NO_ACCOUNTS")
	}
	b.wants("/auth/get", object{"access_token": access}, "NO_AUTH_ACCOUNTS")
}

func TestCustomAccounts(t *testing.T) {
	b := newBench(t)
	raw, err := os.ReadFile("people/testdata/checking.json")
	if err != nil {
		t.Fatal(err)
	}
	access := b.custom(string(raw), "auth", "identity", "transactions")
	check := func() {
		t.Helper()
		a := list(b.must("/accounts/get", object{"access_token": access}), "accounts")
		bal := a[0]["balances"].(object)
		if a[0]["name"] != "House account" || a[0]["mask"] != "5678" || bal["current"] != 812.4 || a[1]["balances"].(object)["available"] != nil {
			t.Errorf("accounts: %v", a)
		}
		n := list(b.must("/auth/get", object{"access_token": access})["numbers"].(object), "ach")
		if n[0]["account"] != "9900112233445678" || n[0]["routing"] != "122105155" || n[0]["wire_routing"] != "021000021" || n[1]["account"] != "1111222233331111" {
			t.Errorf("numbers: %v", n)
		}
		o := list(list(b.must("/identity/get", object{"access_token": access}), "accounts")[1], "owners")
		if names := o[0]["names"].([]any); len(names) != 2 || names[0] != "Ida Quill" {
			t.Errorf("owners: %v", o)
		}
	}
	check()
	b.restart() // what is made up stays what it was
	check()
}

func TestCustomCurrencies(t *testing.T) {
	b := newBench(t)
	raw, err := os.ReadFile("people/testdata/others.json")
	if err != nil {
		t.Fatal(err)
	}
	access := b.custom(string(raw), "auth")
	want := []object{{"iso_currency_code": "USD"}, {"iso_currency_code": "USD"}, {"iso_currency_code": "EUR"}, {"iso_currency_code": "CAD"}, {"unofficial_currency_code": "DOGE"}}
	for i, a := range list(b.must("/accounts/get", object{"access_token": access}), "accounts") {
		for _, kind := range []string{"iso_currency_code", "unofficial_currency_code"} {
			if got := a["balances"].(object)[kind]; got != want[i][kind] {
				t.Errorf("account %d: %s is %v", i, kind, got)
			}
		}
	}
	n := b.must("/auth/get", object{"access_token": access})["numbers"].(object)
	if got := list(n, "international")[0]; got["iban"] != "DE89370400440532013000" || got["bic"] != "ELMRDE22" {
		t.Errorf("international: %v", got)
	}
	if got := list(n, "eft")[0]; got["institution"] != "021" || got["branch"] != "01140" {
		t.Errorf("eft: %v", got)
	}
	if len(list(n, "ach")) != 1 {
		t.Errorf("ach: %v", n["ach"])
	}
}

func TestPersistentAccounts(t *testing.T) {
	b := newBench(t)
	ids := func(access string) string {
		t.Helper()
		var out []string
		for _, a := range list(b.must("/accounts/get", object{"access_token": access}), "accounts") {
			if id, there := a["persistent_account_id"]; there != (a["type"] == "depository") {
				t.Errorf("%v: %v", a["name"], id)
			} else if there {
				out = append(out, id.(string))
			}
		}
		return strings.Join(out, " ")
	}
	one, other := ids(b.good("ins_127287", "auth")), ids(b.good("ins_127287", "auth"))
	if one != other || one == ids(b.good("ins_56", "auth")) {
		t.Error("they are not the same for the same bank alone")
	}
	if a := list(b.must("/accounts/get", object{"access_token": b.good("ins_109508", "auth")}), "accounts")[0]; a["persistent_account_id"] != nil {
		t.Errorf("a bank without: %v", a)
	}
}

// The one bank that does not know what is owed in real time wants to be told how
// old the figures may be.
func TestStaleBalances(t *testing.T) {
	b := newBench(t)
	access := b.good("ins_128026", "transactions")
	accounts := list(b.must("/accounts/get", object{"access_token": access}), "accounts")
	balance := func(options object) object { return object{"access_token": access, "options": options} }
	checking := []any{accounts[0]["account_id"]}
	b.wants("/accounts/balance/get", object{"access_token": access}, "INVALID_FIELD")
	b.must("/accounts/balance/get", balance(object{"account_ids": checking}))
	b.clock.advance(2 * time.Hour)
	now := b.clock.Now()
	got := list(b.must("/accounts/balance/get", balance(object{"min_last_updated_datetime": now.Add(-24 * time.Hour).Format(time.RFC3339)})), "accounts")
	if got[0]["balances"].(object)["last_updated_datetime"] == got[3]["balances"].(object)["last_updated_datetime"] {
		t.Error("the card is as fresh as the account")
	}
	b.wants("/accounts/balance/get", balance(object{"min_last_updated_datetime": now.Format(time.RFC3339)}), "LAST_UPDATED_DATETIME_OUT_OF_RANGE")
	b.wants("/accounts/balance/get", balance(object{"min_last_updated_datetime": "yesterday"}), "INVALID_FIELD")
	elsewhere := b.good("ins_109508", "transactions")
	plain := list(b.must("/accounts/balance/get", object{"access_token": elsewhere, "options": object{"min_last_updated_datetime": now.Add(time.Hour).Format(time.RFC3339)}}), "accounts")
	if _, there := plain[0]["balances"].(object)["last_updated_datetime"]; there {
		t.Error("another bank says when, too")
	}
}

func TestNumbers(t *testing.T) {
	b := newBench(t)
	for institution, want := range map[string]string{
		"ins_109508": "ach 1111222233330000 1111222233331111 1111222233339002",
		"ins_43":     "eft 1111222233330000 1111222233331111 1111222233339002",
		"ins_117650": "bacs 31920000 31921111 31929002",
	} {
		access := b.good(institution, "auth")
		got := b.must("/auth/get", object{"access_token": access})
		kind := strings.Fields(want)[0]
		line := []string{kind}
		for _, n := range list(got["numbers"].(object), kind) {
			line = append(line, n["account"].(string))
			if kind == "ach" && (n["routing"] != "011401533" || n["wire_routing"] != "021000021" || n["is_tokenized_account_number"] != false) {
				t.Errorf("routing: %v", n)
			}
		}
		if strings.Join(line, " ") != want {
			t.Errorf("%s: %v, want %s", institution, line, want)
		}
		if abroad := len(list(got["numbers"].(object), "international")); (abroad == 3) != (kind == "bacs") {
			t.Errorf("%s: %d IBANs", institution, abroad)
		}
		one := list(got, "accounts")[0]["account_id"]
		if some := list(b.must("/auth/get", object{"access_token": access, "options": object{"account_ids": []any{one}}}), "accounts"); len(some) != 1 {
			t.Errorf("one account asked for: %v", some)
		}
	}
}

func TestTokenizedNumbers(t *testing.T) {
	b := newBench(t)
	seen := map[string]bool{}
	for range 2 {
		for _, n := range list(b.must("/auth/get", object{"access_token": b.good("ins_127287", "auth")})["numbers"].(object), "ach") {
			number := n["account"].(string)
			if n["is_tokenized_account_number"] != true || seen[number] || len(number) != 17 || strings.HasPrefix(number, "1111222233330") {
				t.Errorf("number: %v", n)
			}
			seen[number] = true
		}
	}
}

func TestAuthNeedsAnAccount(t *testing.T) {
	b := newBench(t)
	access := b.custom(`{"override_accounts":[{"type":"credit"},{"type":"depository","subtype":"hsa"}]}`, "auth")
	b.wants("/auth/get", object{"access_token": access}, "NO_AUTH_ACCOUNTS")
	good := b.good("ins_109508", "auth")
	card := list(b.must("/accounts/get", object{"access_token": good}), "accounts")[3]["account_id"]
	b.wants("/auth/get", object{"access_token": good, "options": object{"account_ids": []any{card}}}, "NO_AUTH_ACCOUNTS")
}

// decimals returns the numbers in an answer as they were written.
func (b *bench) decimals(path string, body object) string {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	_, answer := b.send(path, raw, nil)
	return string(answer)
}

func TestBalancesAreExact(t *testing.T) {
	b := newBench(t)
	access := b.custom(`{"override_accounts":[{"type":"depository","starting_balance":123456789012.000000000001}]}`, "auth")
	if got := b.decimals("/accounts/get", object{"access_token": access}); !strings.Contains(got, `"current":123456789012.000000000001`) {
		t.Errorf("%.300s", got)
	}
}

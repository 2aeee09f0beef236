package people

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"bankbook/core/sandbox/ledger"
)

func example(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func mustCustom(t testing.TB, raw []byte) *Person {
	t.Helper()
	p, err := Custom(raw)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCustomChecking(t *testing.T) {
	p := mustCustom(t, example(t, "checking"))
	if p.User != CustomUser || p.Life != ledger.NoLife || len(p.Accounts) != 2 {
		t.Fatalf("person: %+v", p)
	}
	a, savings := p.Account("custom-0"), p.Account("custom-1")
	if a.Name != "House account" || a.Mask != "5678" || a.Current != "812.4" || a.Available != "812.4" || a.Numbers.Routing != "122105155" {
		t.Errorf("checking: %+v", a)
	}
	if savings.Name != "Plaid Savings" || savings.Mask != "1111" || savings.Available != "" || savings.Current == "" {
		t.Errorf("savings: %+v", savings)
	}
	if got := savings.Owners[0]; got.Names[1] != "Tom Quill" || got.Phones[0].Data != "2025550101" {
		t.Errorf("an account without owners has not those of the first: %+v", got)
	}
	want := []ledger.Entry{
		{Account: "custom-0", Transacted: dayOf("2026-10-02"), Posted: dayOf("2026-10-03"), Amount: ledger.Money{Minor: 4568, Currency: "USD"}, Description: "PLUMBER"},
		{Account: "custom-0", Transacted: dayOf("2026-10-09"), Posted: dayOf("2026-10-09"), Amount: ledger.Money{Minor: -120_000, Currency: "USD"}, Description: "RENT FROM LODGER"},
	}
	if !reflect.DeepEqual(p.Entries, want) {
		t.Errorf("entries %+v", p.Entries)
	}
	for _, in := range p.Inflows {
		if in.Account != "custom-1" {
			t.Errorf("an account with transactions has made-up ones as well: %+v", in)
		}
	}
}

func TestCustomDebts(t *testing.T) {
	p := mustCustom(t, example(t, "debts"))
	card, loan, house := p.Account("custom-0"), p.Account("custom-1"), p.Account("custom-2")
	if card.Available != "4689.5" || len(card.Liability.Card.APRs) != 2 || !card.Liability.Card.Overdue || card.Liability.Card.LeastPaying != "35" {
		t.Errorf("card: %+v %+v", card, card.Liability.Card)
	}
	d := loan.Liability.Student
	if d.Name != "Night school" || d.Ends != "2027-03-01" || d.PlanKind != "interest-only" || d.Guarantor != "DEPT OF ED" || d.Disbursed[0] != "2021-09-01" {
		t.Errorf("loan: %+v", d)
	}
	if house.Liability.Mortgage == nil {
		t.Error("a mortgage without a word on it is not told of")
	}
	if want := (ledger.Inflow{Account: "custom-0", Kind: ledger.WholeBalance, Day: 20, Statement: 0, Name: "CARD PAID", Owed: ledger.Money{Minor: 31_050}, Rate: 1_790}); p.Inflows[len(p.Inflows)-1] != want {
		t.Errorf("inflows: %+v", p.Inflows)
	}
	if p.Login.Error != "ITEM_LOCKED" || len(p.Login.Rounds) != 1 || len(p.Login.Rounds[0].Questions) != 2 || len(p.Login.Rounds[0].Questions[0].Options) != 2 {
		t.Errorf("login: %+v", p.Login)
	}
}

func TestCustomOthers(t *testing.T) {
	p := mustCustom(t, example(t, "others"))
	var codes []string
	for _, a := range p.Accounts {
		codes = append(codes, a.Code)
	}
	if got := strings.Join(codes, " "); got != "custom-0 custom-1 custom-3 custom-4 custom-5" {
		t.Errorf("accounts %s: a payroll account is none", got)
	}
	if n := p.Account("custom-3").Numbers; n.Account != "DE89370400440532013000" || n.BIC != "ELMRDE22" {
		t.Errorf("numbers: %+v", n)
	}
	if !p.Login.Recaptcha || p.Login.RobotFails || len(p.Login.Rounds) != 2 || p.Login.Rounds[1].Questions[2].Answer != "answer_1_2" {
		t.Errorf("login: %+v", p.Login)
	}
	last := p.Inflows[len(p.Inflows)-1]
	if last.Amount != (ledger.Money{Minor: -1234, Currency: "DOGE"}) || last.Kind != ledger.FixedSum || last.Day != 28 {
		t.Errorf("inflow: %+v", last)
	}
}

func TestDenominate(t *testing.T) {
	p := mustCustom(t, []byte(`{"override_accounts":[
		{"transactions":[{"date_transacted":"2026-01-01","date_posted":"2026-01-01","amount":1,"description":"a"},{"date_transacted":"2026-01-01","date_posted":"2026-01-01","amount":1,"description":"b","currency":"EUR"}]},
		{"currency":"CAD"}]}`))
	p.Denominate("GBP")
	if p.Entries[0].Amount.Currency != "GBP" || p.Entries[1].Amount.Currency != "EUR" || p.Inflows[0].Amount.Currency != "CAD" {
		t.Errorf("%+v %+v", p.Entries, p.Inflows)
	}
}

// Plaid's own template, and an empty object, make accounts with made-up figures.
func TestCustomMadeUp(t *testing.T) {
	for name, raw := range map[string][]byte{"template": example(t, "template"), "empty": []byte(`{}`), "seeded": []byte(`{"seed":"x"}`)} {
		p := mustCustom(t, raw)
		a := p.Accounts[0]
		if a.Type != Depository || a.Subtype != "checking" || a.Current == "" || len(p.Inflows) == 0 || a.Owners[0].Names[0] != "Alberta Bobbeth Charleson" {
			t.Errorf("%s: %+v", name, p)
		}
		if again := mustCustom(t, raw); !reflect.DeepEqual(p, again) {
			t.Errorf("%s: two readings differ", name)
		}
	}
	one, other := mustCustom(t, []byte(`{"seed":"x"}`)), mustCustom(t, []byte(`{"seed":"y"}`))
	if one.Accounts[0].Current == other.Accounts[0].Current {
		t.Error("another seed makes the same balance")
	}
}

func TestWrongCustomUsers(t *testing.T) {
	account := func(fields string) string {
		return `{"override_accounts":[{"type":"depository","subtype":"checking",` + fields + `}]}`
	}
	many := func(n int, each string) string {
		return "[" + strings.TrimSuffix(strings.Repeat(each+",", n), ",") + "]"
	}
	payment := `{"date_transacted":"2026-01-01","date_posted":"2026-01-01","amount":1,"description":"a"}`
	for raw, want := range map[string]string{
		``:                                     "it is not JSON",
		`pass_good`:                            "it is not JSON",
		`{} {}`:                                "something after its end",
		`null`:                                 "it must be an object",
		`[]`:                                   "it must be an object",
		`{"version":"3"}`:                      "version must be one of: 1, 2",
		`{"seed":5}`:                           "seed must be a string",
		`{"recaptcha":"maybe"}`:                "recaptcha must be one of: good, bad",
		`{"force_error":"OOPS"}`:               "force_error must be one of",
		`{"mfa":{"type":"questions"}}`:         "mfa needs question_rounds",
		`{"mfa":{"question_rounds":99}}`:       "mfa.question_rounds must be a whole number from 1 to 9",
		`{"mfa":{"selection_rounds":1.5}}`:     "mfa.selection_rounds must be a whole number",
		`{"override_accounts":{}}`:             "override_accounts must be an array",
		`{"override_accounts":[7]}`:            "override_accounts[0] must be an object",
		`{"override_accounts":[{"type":"x"}]}`: "override_accounts[0].type must be one of",
		`{"override_accounts":` + many(11, `{}`) + `}`:                                                                    "at most 10",
		`{"override_accounts":[{"type":"loan","subtype":"checking"}]}`:                                                    `override_accounts[0].subtype "checking" is not a subtype of loan`,
		account(`"starting_balance":"5"`):                                                                                 "starting_balance must be a number",
		account(`"starting_balance":1e400`):                                                                               "starting_balance must have at most 12 digits",
		account(`"starting_balance":1234567890123`):                                                                       "starting_balance must have at most 12 digits",
		account(`"force_available_balance":1,"has_null_available_balance":true`):                                          "has both",
		account(`"currency":"dollars"`):                                                                                   "currency must be a currency code",
		account(`"meta":{"mask":"12345"}`):                                                                                "meta.mask must be empty or 2 to 4",
		account(`"numbers":{"ach_routing":"122105156"}`):                                                                  "ach_routing must be a valid routing number",
		account(`"numbers":{"eft_institution":"021"}`):                                                                    "eft_institution and eft_branch together",
		account(`"numbers":{"international_bic":"ELMRDE22"}`):                                                             "international_bic and international_iban together",
		account(`"transactions":[` + payment + `,{"date_transacted":"2026-02-30"}]`):                                      "override_accounts[0].transactions[1].date_transacted must be a date",
		account(`"transactions":[{"date_transacted":"2026-02-03","date_posted":"2026-02-03","description":"a"}]`):         "transactions[0].amount is missing",
		account(`"transactions":` + many(251, payment)):                                                                   "have 251 transactions, at most 250",
		account(`"identity":{"emails":[{"type":"home"}]}`):                                                                "identity.emails[0].type must be one of",
		account(`"liability":{"type":"credit"}`):                                                                          "liability.type",
		account(`"liability":{"purchase_apr":3}`):                                                                         "liability.type is missing",
		account(`"holdings":[{"quantity":"two"}]`):                                                                        "holdings[0].quantity must be a number",
		account(`"income":{"paystubs":{}}`):                                                                               "income.paystubs must be an array",
		account(`"inflow_model":{"type":"monthly-income"}`):                                                               "income_amount is missing",
		account(`"inflow_model":{"type":"monthly-income","income_amount":1,"payment_day_of_month":31}`):                   "payment_day_of_month must be a number from 1 to 28",
		account(`"inflow_model":{"type":"monthly-balance-payment","payment_day_of_month":"last","transaction_name":"a"}`): "statement_day_of_month is missing",
		`{"override_accounts":[{"type":"credit","liability":{"type":"credit","principal":3}}]}`:                           "liability.principal can only be set if type is student",
		`{"override_accounts":[{"type":"loan","subtype":"student","liability":{"type":"student","cash_apr":3}}]}`:         "liability.cash_apr can only be set if type is credit",
	} {
		_, err := Custom(json.RawMessage(raw))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %q", raw, err, want)
		}
		if _, refusal := SignIn(CustomUser, raw); refusal == nil || refusal.Code != "INVALID_CREDENTIALS" || !strings.Contains(refusal.Message, want) {
			t.Errorf("%.80s: the sign-in says %v", raw, refusal)
		}
	}
}

func TestCustomUsersAreNotTooLarge(t *testing.T) {
	_, refusal := SignIn(CustomUser, `{"seed":"`+strings.Repeat("x", maxConfig)+`"}`)
	if refusal == nil || !strings.Contains(refusal.Message, "at most 56320 are read") {
		t.Errorf("it is read: %v", refusal)
	}
}

// A configuration that was written in another way makes the same person.
func TestCustomUsersDoNotDependOnSpaces(t *testing.T) {
	spaced := example(t, "others")
	var tree any
	if err := json.Unmarshal(spaced, &tree); err != nil {
		t.Fatal(err)
	}
	tight, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	one, other := mustCustom(t, spaced), mustCustom(t, tight)
	if !reflect.DeepEqual(one.Accounts, other.Accounts) || !reflect.DeepEqual(one.Inflows, other.Inflows) {
		t.Error("they differ")
	}
}

// Plaid's published files can be used as they are.
func TestPublishedCustomUsers(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(here, "../../../../shared/plaid/custom-users/*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("Plaid's files are not here")
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Custom(raw); err != nil {
			t.Errorf("%s: %v", filepath.Base(f), err)
		}
	}
}

// Whatever is given, the answer is a person who can be used, or an error.
func FuzzCustomUser(f *testing.F) {
	for _, name := range []string{"checking", "debts", "others", "template"} {
		f.Add(example(f, name))
	}
	f.Add([]byte(`{"override_accounts":[{"tYpe":"0"}]}`)) // another case is another name
	f.Add([]byte(`{"override_accounts":[{"type":"credit","starting_balance":-0.005,"meta":{"limit":0,"mask":""}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Custom(raw)
		if err != nil {
			if p != nil || err.Error() == "" {
				t.Error("an error without a word, or with a person")
			}
			return
		}
		seen := map[string]bool{}
		for _, a := range p.Accounts {
			if seen[a.Code] || a.Name == "" || len(a.Owners) == 0 || len(a.Owners[0].Names) == 0 {
				t.Errorf("account: %+v", a)
			}
			seen[a.Code] = true
			for _, n := range []string{a.Available, a.Current, a.Limit} {
				if n != "" && !json.Valid([]byte(n)) {
					t.Errorf("%q is not a number", n)
				}
			}
		}
		for _, e := range p.Entries {
			if !seen[string(e.Account)] {
				t.Errorf("an entry of no account: %+v", e)
			}
		}
		for _, in := range p.Inflows {
			if !seen[string(in.Account)] || in.Day < 0 || in.Day > 28 || in.Name == "" {
				t.Errorf("an inflow of no account: %+v", in)
			}
		}
	})
}

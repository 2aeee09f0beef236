package plaid_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

func TestCreateLink(t *testing.T) {
	common := `"client_name":"Bankbook","language":"en","country_codes":["US"],"user":{"client_user_id":"u1"},`
	for name, c := range map[string]struct {
		req  bank.LinkRequest
		want string
	}{
		"new": {
			bank.LinkRequest{
				User: "u1", Products: []core.Product{core.Transactions}, Optional: []core.Product{core.Auth}, HistoryDays: 730,
				CompletionURI: "http://127.0.0.1:9/done/x",
			},
			`"products":["transactions"],"optional_products":["auth"],"transactions":{"days_requested":730},
			 "hosted_link":{"completion_redirect_uri":"http://127.0.0.1:9/done/x","is_mobile_app":false}`,
		},
		"only depository": {
			bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}, Kinds: []core.AccountType{core.Depository, core.Credit}},
			`"products":["auth"],"hosted_link":{"is_mobile_app":false},
			 "account_filters":{"depository":{"account_subtypes":["all"]},"credit":{"account_subtypes":["all"]}}`,
		},
		"repair": {
			bank.LinkRequest{
				User: "u1", Access: secret.New(accessToken),
				Products: []core.Product{core.Transactions}, HistoryDays: 90, Kinds: []core.AccountType{core.Depository},
			},
			`"access_token":"` + accessToken + `","hosted_link":{"is_mobile_app":false}`,
		},
		"repair with accounts": {
			bank.LinkRequest{User: "u1", Access: secret.New(accessToken), SelectAccounts: true},
			`"access_token":"` + accessToken + `","update":{"account_selection_enabled":true},"hosted_link":{"is_mobile_app":false}`,
		},
		"more products": {
			bank.LinkRequest{User: "u1", Access: secret.New(accessToken), Additional: []core.Product{core.Auth}},
			`"access_token":"` + accessToken + `","additional_consented_products":["auth"],"hosted_link":{"is_mobile_app":false}`,
		},
		"small deposits": {
			bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}, Deposits: true},
			`"products":["auth"],"hosted_link":{"is_mobile_app":false},
			 "auth":{"auth_type_select_enabled":true,"automated_microdeposits_enabled":true,"same_day_microdeposits_enabled":true}`,
		},
		"ways back": {
			bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}, WayBack: core.WayBack{RedirectURI: "https://example.org/back"}},
			`"products":["auth"],"redirect_uri":"https://example.org/back","hosted_link":{"is_mobile_app":false}`,
		},
		"ways back to a telephone": {
			bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}, WayBack: core.WayBack{AndroidPackage: "org.example.app"}},
			`"products":["auth"],"android_package_name":"org.example.app","hosted_link":{"is_mobile_app":false}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, answer(200, operations()["CreateLink"].good))
			link, err := b.CreateLink(t.Context(), c.req)
			if err != nil {
				t.Fatal(err)
			}
			want := bank.Link{
				Token: secret.New(linkToken), URL: "http://127.0.0.1:1/link/x", Expires: time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC),
			}
			if link != want {
				t.Errorf("link is %+v", link)
			}
			var body map[string]any
			if err := json.Unmarshal([]byte("{"+common+c.want+"}"), &body); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(b.requests[0], body) {
				t.Errorf("sent %v\nwant %v", b.requests[0], body)
			}
		})
	}
}

// Several banks belong to a user whom Plaid knows. Keys of today's get a user id,
// older ones a token.
func TestCreateLinkForSeveralBanks(t *testing.T) {
	for name, c := range map[string]struct {
		user string
		want map[string]any
	}{
		"token":                   {`"user_id":"usr_1","user_token":"user-sandbox-1"`, map[string]any{"user_token": "user-sandbox-1"}},
		"id":                      {`"user_id":"usr_1"`, map[string]any{"user_id": "usr_1"}},
		"token that has no value": {`"user_id":"usr_1","user_token":""`, map[string]any{"user_id": "usr_1"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, answer(200, `{`+c.user+`,"request_id":"r1"}`), answer(200, operations()["CreateLink"].good))
			req := bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}, Several: true}
			if _, err := b.CreateLink(t.Context(), req); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(b.requests[0], map[string]any{"client_user_id": "u1"}) {
				t.Errorf("first sent %v", b.requests[0])
			}
			want := map[string]any{
				"client_name": "Bankbook", "language": "en", "country_codes": []any{"US"}, "user": map[string]any{"client_user_id": "u1"},
				"products": []any{"auth"}, "hosted_link": map[string]any{"is_mobile_app": false}, "enable_multi_item_link": true,
			}
			maps.Copy(want, c.want)
			if !reflect.DeepEqual(b.requests[1], want) {
				t.Errorf("then sent %v\nwant %v", b.requests[1], want)
			}
		})
	}
	b := newBench(t, answer(200, `{"request_id":"r1"}`))
	if _, err := b.CreateLink(t.Context(), bank.LinkRequest{User: "u1", Products: []core.Product{core.Auth}, Several: true}); !fault.Is(err, fault.Nonsense) {
		t.Errorf("a user without a name: %v", err)
	}
}

func TestCreateLinkRefusesMistakes(t *testing.T) {
	transactions := []core.Product{core.Transactions}
	b := newBench(t, answer(200, operations()["CreateLink"].good))
	for name, req := range map[string]bank.LinkRequest{
		"no user":                   {Products: transactions, HistoryDays: 90},
		"no products":               {User: "u1", HistoryDays: 90},
		"no history":                {User: "u1", Products: transactions},
		"two more years":            {User: "u1", Products: transactions, HistoryDays: 731},
		"deposits for transactions": {User: "u1", Products: transactions, HistoryDays: 90, Deposits: true},
		"deposits and optional":     {User: "u1", Products: []core.Product{core.Auth}, Optional: transactions, HistoryDays: 90, Deposits: true},
		"deposits at several banks": {User: "u1", Products: []core.Product{core.Auth}, Deposits: true, Several: true},
		"several, and one":          {User: "u1", Access: secret.New(accessToken), Several: true},
	} {
		if _, err := b.CreateLink(t.Context(), req); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b.tries() != 0 {
		t.Error("a mistake was sent")
	}
}

// An account and an institution as they stand in a session, of either shape.
const (
	wireAccounts = `[{"class_type":null,"id":"Acc1","mask":"0000","name":"Plaid Checking","subtype":"checking","type":"depository","verification_status":null},
		{"id":"Acc2","mask":null,"name":"Odd\u202e One","subtype":"something new","type":"novel"}]`
	wirePlatypus = `{"institution_id":"ins_109508","name":"First Platypus Bank"}`
)

func itemAdded(token string) string {
	return `{"public_token":"` + token + `","accounts":` + wireAccounts + `,"institution":` + wirePlatypus + `}`
}

func results(items ...string) string {
	return `"results":{"item_add_results":[` + strings.Join(items, ",") + `],"cra_item_add_results":[],"cra_update_results":[],
		"bank_income_results":[],"payroll_income_results":[],"document_income_results":null}`
}

func onSuccess(token string) string {
	return `"on_success":{"public_token":"` + token + `","metadata":{"accounts":` + wireAccounts + `,"institution":` + wirePlatypus + `,
		"link_session_id":"s1","transfer_status":null}}`
}

func wantResult(token string) bank.LinkResult {
	return bank.LinkResult{
		Public:      secret.New(token),
		Institution: core.Institution{ID: "ins_109508", Name: "First Platypus Bank"},
		Accounts: []bank.LinkAccount{
			{ID: "Acc1", Name: "Plaid Checking", Mask: "0000", Type: core.Depository, Subtype: "checking"},
			{ID: "Acc2", Name: "Odd One", Type: "novel", Subtype: "something new"},
		},
	}
}

const finishedAt = `"finished_at":"2026-03-01T12:24:05.330312653Z"`

var finished = time.Date(2026, 3, 1, 12, 24, 5, 330312653, time.UTC)

func TestLinkStatus(t *testing.T) {
	exitShape := `{"error":{"error_type":"ITEM_ERROR","error_code":"INVALID_CREDENTIALS","error_message":"x","display_message":null,"request_id":"r7"},
		"metadata":{"institution":` + wirePlatypus + `,"status":"requires_credentials","link_session_id":"s1","request_id":"r8"}}`
	wantExit := &bank.LinkExit{
		Status: "requires_credentials", Code: "INVALID_CREDENTIALS", RequestID: "r8",
		Institution: core.Institution{ID: "ins_109508", Name: "First Platypus Bank"},
	}
	plainExit := `{"error":null,"metadata":{"institution":null,"status":"a status of tomorrow","link_session_id":"s1","request_id":"r8"}}`
	wantPlain := &bank.LinkExit{Status: "a status of tomorrow", RequestID: "r8"}

	for name, c := range map[string]struct {
		sessions string
		want     []bank.LinkSession
	}{
		"absent":  {``, nil},
		"empty":   {`,"link_sessions":[]`, nil},
		"running": {session(`"started_at":"2026-03-01T12:22:36.5Z","finished_at":null,"events":[{"event_name":"OPEN"}]`), []bank.LinkSession{{ID: "s1"}}},
		"nulls": {
			session(`"finished_at":null,"on_success":null,"on_exit":null,"exit":null,"results":null,"events":null`),
			[]bank.LinkSession{{ID: "s1"}},
		},
		"results": {
			session(finishedAt + `,` + results(itemAdded("public-sandbox-1"))),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{wantResult("public-sandbox-1")}}},
		},
		"several items": {
			session(finishedAt + `,` + results(itemAdded("public-sandbox-1"), itemAdded("public-sandbox-2"))),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{wantResult("public-sandbox-1"), wantResult("public-sandbox-2")}}},
		},
		"older shape": {
			session(finishedAt + `,` + onSuccess("public-sandbox-1")),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{wantResult("public-sandbox-1")}}},
		},
		"both shapes, as in Plaid's example": {
			session(finishedAt + `,` + onSuccess("public-sandbox-1") + `,` + results(itemAdded("public-sandbox-1"), itemAdded("public-sandbox-2"))),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{wantResult("public-sandbox-1"), wantResult("public-sandbox-2")}}},
		},
		"both shapes that differ": {
			session(finishedAt + `,` + onSuccess("public-sandbox-2") + `,` + results(itemAdded("public-sandbox-1"))),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{wantResult("public-sandbox-1"), wantResult("public-sandbox-2")}}},
		},
		"micro-deposits have no institution": {
			session(finishedAt + `,` + results(`{"public_token":"public-sandbox-1","accounts":[],"institution":null}`)),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{{Public: secret.New("public-sandbox-1")}}}},
		},
		"older shape without metadata": {
			session(finishedAt + `,"on_success":{"public_token":"public-sandbox-1","metadata":null}`),
			[]bank.LinkSession{{ID: "s1", Finished: finished, Results: []bank.LinkResult{{Public: secret.New("public-sandbox-1")}}}},
		},
		"repair":             {session(finishedAt + `,` + results()), []bank.LinkSession{{ID: "s1", Finished: finished}}},
		"no public token":    {session(finishedAt + `,` + results(`{"public_token":"","accounts":[]}`)), []bank.LinkSession{{ID: "s1", Finished: finished}}},
		"exit":               {session(finishedAt + `,"exit":` + exitShape), []bank.LinkSession{{ID: "s1", Finished: finished, Exit: wantExit}}},
		"older exit":         {session(finishedAt + `,"on_exit":` + exitShape), []bank.LinkSession{{ID: "s1", Finished: finished, Exit: wantExit}}},
		"both exits":         {session(finishedAt + `,"on_exit":` + plainExit + `,"exit":` + exitShape), []bank.LinkSession{{ID: "s1", Finished: finished, Exit: wantExit}}},
		"plain exit":         {session(finishedAt + `,"exit":` + plainExit), []bank.LinkSession{{ID: "s1", Finished: finished, Exit: wantPlain}}},
		"exit without facts": {session(finishedAt + `,"exit":{"error":null,"metadata":null}`), []bank.LinkSession{{ID: "s1", Finished: finished, Exit: &bank.LinkExit{}}}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, answer(200, `{"link_token":"`+linkToken+`","created_at":"2026-03-01T12:00:00Z","expiration":"2026-03-01T12:30:00Z",
				"metadata":{"initial_products":["transactions"],"webhook":null,"country_codes":["US"],"language":"en","redirect_uri":null,"client_name":"x"},
				"request_id":"r1"`+c.sessions+`}`))
			got, err := b.LinkStatus(t.Context(), secret.New(linkToken))
			if err != nil {
				t.Fatal(err)
			}
			want := bank.LinkStatus{Expires: time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC), Sessions: c.want}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %s\nwant %s", show(got), show(want))
			}
		})
	}
}

// session is a status with one session.
func session(fields string) string {
	return `,"link_sessions":[{"link_session_id":"s1",` + fields + `}]`
}

// show prints the public tokens too; they are made up.
func show(s bank.LinkStatus) string {
	var b strings.Builder
	for _, one := range s.Sessions {
		fmt.Fprintf(&b, "%s %v exit=%+v", one.ID, one.Finished, one.Exit)
		for _, r := range one.Results {
			fmt.Fprintf(&b, " [%s %+v %+v]", r.Public.Reveal(), r.Institution, r.Accounts)
		}
	}
	return b.String()
}

// One token can be opened several times. Finished sessions come first, the
// latest of them first, and an Item that two of them tell of is given once.
func TestLatestSessionFirst(t *testing.T) {
	at := func(minute int) string { return fmt.Sprintf(`"2026-03-01T12:%02d:00Z"`, minute) }
	one := func(id string, started, ended int, more string) string {
		end := "null"
		if ended > 0 {
			end = at(ended)
		}
		return fmt.Sprintf(`{"link_session_id":"%s","started_at":%s,"finished_at":%s%s}`, id, at(started), end, more)
	}
	sessions := strings.Join([]string{
		one("running, early", 1, 0, ""),
		one("first", 2, 5, `,`+results(itemAdded("public-sandbox-1"))),
		one("last", 3, 9, `,`+results(itemAdded("public-sandbox-2"))),
		one("running, late", 8, 0, ""),
		one("middle", 4, 7, `,`+results(itemAdded("public-sandbox-2"))),
	}, ",")
	b := newBench(t, answer(200, `{"expiration":"2026-03-01T12:30:00Z","metadata":{},"request_id":"r1","link_sessions":[`+sessions+`]}`))
	got, err := b.LinkStatus(t.Context(), secret.New(linkToken))
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, s := range got.Sessions {
		order = append(order, fmt.Sprintf("%s %d", s.ID, len(s.Results)))
	}
	if want := []string{"last 1", "middle 0", "first 1", "running, late 0", "running, early 0"}; !reflect.DeepEqual(order, want) {
		t.Errorf("order is %q", order)
	}
}

func TestExchange(t *testing.T) {
	b := newBench(t, answer(200, operations()["Exchange"].good))
	got, err := b.Exchange(t.Context(), secret.New(publicToken))
	if err != nil || got != (bank.Grant{Item: "Item1", Access: secret.New(accessToken)}) {
		t.Errorf("got %+v, %v", got, err)
	}
	if !reflect.DeepEqual(b.requests[0], map[string]any{"public_token": publicToken}) {
		t.Errorf("sent %v", b.requests[0])
	}
}

func TestInstantLink(t *testing.T) {
	b := newBench(t, answer(200, operations()["InstantLink"].good))
	got, err := b.InstantLink(t.Context(), bank.InstantRequest{
		Institution: "ins_109508", User: "user_good", Password: secret.New(password),
		Products: []core.Product{core.Transactions, core.Auth}, HistoryDays: 730,
	})
	if err != nil || got.Reveal() != publicToken {
		t.Errorf("got %v", err)
	}
	want := map[string]any{
		"institution_id": "ins_109508", "initial_products": []any{"transactions", "auth"},
		"options": map[string]any{
			"override_username": "user_good", "override_password": password, "transactions": map[string]any{"days_requested": 730.},
		},
	}
	if !reflect.DeepEqual(b.requests[0], want) {
		t.Errorf("sent %v", b.requests[0])
	}
}

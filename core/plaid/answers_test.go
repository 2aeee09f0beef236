package plaid_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

// assertNoSecret fails if a text holds anything that was sent, or that the
// hostile answers below send back.
func assertNoSecret(t *testing.T, text string) {
	t.Helper()
	for _, s := range []string{clientID, keySecret, linkToken, publicToken, accessToken, password, number, accessToken[15:]} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			t.Errorf("%q holds a secret", text)
		}
	}
}

// assertFault checks an error of the port: a fault.Error of one of the kinds,
// and without a secret in any error of its chain.
func assertFault(t *testing.T, err error, kinds ...fault.Kind) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || !fault.Is(err, kinds...) {
		t.Errorf("got %v, want %v", err, kinds)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		for _, verb := range []string{"%v", "%+v", "%#v"} {
			assertNoSecret(t, fmt.Sprintf(verb, err))
		}
	}
	if f != nil {
		assertNoSecret(t, f.Code+" "+f.RequestID)
	}
}

// hang answers with a head and then with nothing.
func hang(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"request_id":`)
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// cut announces a longer answer than it sends.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "10000")
	_, _ = io.WriteString(w, `{"access_token":"`+accessToken)
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = connection.Close()
	}
}

// long answers with more than is read, without saying how much.
func long(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"request_id":"`)
	for range 11 {
		_, _ = io.WriteString(w, strings.Repeat(accessToken, (1<<20)/len(accessToken)))
	}
	_, _ = io.WriteString(w, `"}`)
}

// declaredLong announces more than is read.
func declaredLong(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(plaid.MaxBody+1))
	_, _ = io.WriteString(w, `{}`)
}

// garbled speaks no HTTP, and what it says is a secret.
func garbled(w http.ResponseWriter, _ *http.Request) {
	say(w, "HTTP/1.1 "+accessToken+" "+keySecret+"\r\n\r\n")
}

// oddStatus is a status line with a secret in it.
func oddStatus(w http.ResponseWriter, _ *http.Request) {
	say(w, "HTTP/1.1 418 "+accessToken+"\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
}

// say writes to the connection itself, and waits for the other side to close.
func say(w http.ResponseWriter, words string) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(connection, words)
	_, _ = io.Copy(io.Discard, connection)
	_ = connection.Close()
}

// Whatever comes back, every method ends with the right kind and tells no
// secret.
func TestBadAnswers(t *testing.T) {
	type wrong struct {
		handler http.HandlerFunc
		kinds   []fault.Kind
	}
	nonsense := []fault.Kind{fault.Nonsense}
	answers := map[string]wrong{
		"empty object":      {answer(200, `{}`), nonsense},
		"empty body":        {answer(200, ``), nonsense},
		"null":              {answer(200, `null`), nonsense},
		"array":             {answer(200, `[]`), nonsense},
		"string":            {answer(200, `"`+accessToken+`"`), nonsense},
		"number":            {answer(200, number), nonsense},
		"cut json":          {answer(200, `{"request_id":"r1","access_token":"`+accessToken), nonsense},
		"deep json":         {answer(200, strings.Repeat(`{"item":`, 20000)), nonsense},
		"trailing":          {answer(200, `{} `+accessToken), nonsense},
		"html":              {answerAs("text/html", 200, "<h1>"+accessToken+"</h1>"), nonsense},
		"html as json":      {answer(200, "<h1>"+accessToken+"</h1>"), nonsense},
		"json as text":      {answerAs("text/plain", 200, `{"request_id":"r1"}`), nonsense},
		"no content type":   {answerAs("", 200, `{"request_id":"r1"}`), nonsense},
		"html 400":          {answerAs("text/html", 400, accessToken), nonsense},
		"html 404":          {answerAs("text/html", 404, accessToken), nonsense},
		"empty 400":         {answer(400, ``), nonsense},
		"json 400, no code": {answer(400, `{"message":"`+accessToken+`"}`), nonsense},
		"html 502":          {answerAs("text/html", 502, accessToken), []fault.Kind{fault.BankDown}},
		"json 500, no code": {answer(500, `{"message":"`+accessToken+`"}`), []fault.Kind{fault.BankDown}},
		"html 429":          {answerAs("text/html", 429, accessToken), []fault.Kind{fault.RateLimit}},
		"odd status":        {oddStatus, nonsense},
		"ten megabytes":     {long, nonsense},
		"announced long":    {declaredLong, nonsense},
		"cut body":          {cut, nonsense},
		"hang up":           {hangUp, []fault.Kind{fault.Network}},
		"garbled":           {garbled, []fault.Kind{fault.Network}},
		"secret in message": {
			plaidError(400, "INVALID_REQUEST", "INVALID_BODY", accessToken+" "+clientID+" "+keySecret+" "+number+" "+strings.ToUpper(linkToken)),
			[]fault.Kind{fault.Refused},
		},
		"secret as code": {
			answer(400, `{"error_type":"X","error_code":"`+accessToken+`","error_message":"","display_message":null,"request_id":"`+accessToken+`"}`),
			nonsense,
		},
		"number as code": {
			answer(400, `{"error_type":"X","error_code":"`+number+`","error_message":"","display_message":null,"request_id":"`+number+`"}`),
			nonsense,
		},
		"error as text": {
			answerAs("text/plain", 400, `{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED","error_message":"`+accessToken+`"}`),
			nonsense,
		},
		"wrong error shape": {answer(400, `{"error_code":`+number+`,"error_type":"`+accessToken+`"}`), nonsense},
	}
	for kind, w := range answers {
		t.Run(kind, func(t *testing.T) {
			b := newBench(t, w.handler)
			for name, op := range operations() {
				t.Run(name, func(t *testing.T) {
					assertFault(t, op.call(t.Context(), b.Client), w.kinds...)
				})
			}
		})
	}
}

// A good answer that says of itself that it is no JSON is not read.
func TestContentTypeCounts(t *testing.T) {
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, answerAs("text/plain", 200, op.good))
			assertFault(t, op.call(t.Context(), b.Client), fault.Nonsense)
		})
	}
}

// Keys of any form are blotted out of what Plaid says.
func TestKeysAreBlotted(t *testing.T) {
	const id, word = "an odd client id", "an-odd-secret"
	server := httptest.NewServer(plaidError(400, "INVALID_INPUT", "INVALID_API_KEYS", "no such keys: "+id+", "+word))
	defer server.Close()
	client, err := plaid.New(plaid.Config{
		Env: core.Practice, BaseURL: server.URL, Keys: plaid.Keys{ClientID: secret.New(id), Secret: secret.New(word)},
	})
	if err != nil {
		t.Fatal(err)
	}
	err = operations()["Item"].call(t.Context(), client)
	assertFault(t, err, fault.Keys)
	if text := fmt.Sprintf("%v %+v", err, errors.Unwrap(err)); strings.Contains(text, id) || strings.Contains(text, word) || !strings.Contains(text, "no such keys: ***, ***") {
		t.Errorf("got %s", text)
	}
}

// Fields of the wrong type, each with a secret as its value: a decoder's error
// would quote it.
func TestWrongTypes(t *testing.T) {
	for name, bodies := range map[string][]string{
		"CreateLink": {
			`{"link_token":` + number + `,"expiration":"2026-03-01T12:30:00Z","hosted_link_url":"http://127.0.0.1/","request_id":"r1"}`,
			`{"link_token":"` + linkToken + `","expiration":"` + accessToken + `","request_id":"r1"}`,
			`{"link_token":"` + linkToken + `","expiration":"2026-03-01 12:30:00","request_id":"r1"}`,
			`{"link_token":"","expiration":"2026-03-01T12:30:00Z","hosted_link_url":"http://127.0.0.1/","request_id":"r1"}`,
			`{"link_token":"` + linkToken + `","expiration":"2026-03-01T12:30:00Z","request_id":"r1"}`,
			`{"link_token":"` + linkToken + `","expiration":"2026-03-01T12:30:00Z","hosted_link_url":"http://evil.example/","request_id":"r1"}`,
			`{"link_token":"` + linkToken + `","expiration":"2026-03-01T12:30:00Z","hosted_link_url":"file:///etc/passwd","request_id":"r1"}`,
			`{"link_token":"` + linkToken + `","hosted_link_url":"http://127.0.0.1/","request_id":"r1"}`,
		},
		"LinkStatus": {
			`{"link_token":"x","expiration":null,"metadata":{},"request_id":"r1"}`,
			`{"link_token":"x","expiration":"2026-03-01T12:30:00Z","metadata":{},"request_id":"r1","link_sessions":` + number + `}`,
			`{"link_token":"x","expiration":"2026-03-01T12:30:00Z","metadata":{},"request_id":"r1","link_sessions":[{"link_session_id":"s","results":{"item_add_results":[{"public_token":` + number + `}]}}]}`,
			`{"link_token":"x","expiration":"2026-03-01T12:30:00Z","metadata":{},"request_id":"r1","link_sessions":[{"link_session_id":"s","exit":"` + publicToken + `"}]}`,
		},
		"Exchange": {
			`{"access_token":"","item_id":"Item1","request_id":"r1"}`,
			`{"access_token":"` + accessToken + `","item_id":"","request_id":"r1"}`,
			`{"access_token":"` + accessToken + `","item_id":` + number + `,"request_id":"r1"}`,
			`{"access_token":"` + accessToken + `","item_id":"Item1","request_id":""}`,
		},
		"InstantLink": {`{"public_token":"","request_id":"r1"}`, `{"public_token":` + number + `,"request_id":"r1"}`},
		"Item": {
			`{"item":{},"request_id":"r1"}`,
			`{"item":{"item_id":"Item1","consent_expiration_time":"` + accessToken + `"},"request_id":"r1"}`,
			`{"item":{"item_id":"a b"},"request_id":"r1"}`,
		},
		"Accounts": {
			`{"accounts":[],"request_id":"r1"}`,
			`{"item":{"item_id":"Item1"},"request_id":"r1"}`,
			`{"accounts":[{"account_id":""}],"item":{"item_id":"Item1"},"request_id":"r1"}`,
			`{"accounts":[{"account_id":"A","mask":` + number + `}],"item":{"item_id":"Item1"},"request_id":"r1"}`,
			`{"accounts":[{"account_id":"A","balances":{"current":1e300}}],"item":{"item_id":"Item1"},"request_id":"r1"}`,
			`{"accounts":[{"account_id":"A","balances":{"current":1e999}}],"item":{"item_id":"Item1"},"request_id":"r1"}`,
			`{"accounts":[{"account_id":"A","balances":{"current":1,"iso_currency_code":"$"}}],"item":{"item_id":"Item1"},"request_id":"r1"}`,
		},
		"Numbers": {
			`{"numbers":{},"request_id":"r1"}`,
			`{"numbers":{"ach":[{"account_id":"A","account":` + number + `,"routing":"011401533"}]},"request_id":"r1"}`,
			`{"numbers":{"ach":[{"account_id":"A","account":"","routing":"011401533"}]},"request_id":"r1"}`,
			`{"numbers":{"ach":[{"account_id":"","account":"` + number + `","routing":"011401533"}]},"request_id":"r1"}`,
		},
		"Institution": {
			`{"institution":{},"request_id":"r1"}`,
			`{"institution":{"institution_id":"ins_1","name":"Another"},"request_id":"r1"}`,
			`{"institution":{"institution_id":"ins_109508","name":"\u202e"},"request_id":"r1"}`,
		},
		"SearchInstitutions": {
			`{"institutions":[{}],"request_id":"r1"}`,
			`{"institutions":"` + number + `","request_id":"r1"}`,
		},
	} {
		for _, body := range bodies {
			t.Run(name, func(t *testing.T) {
				b := newBench(t, answer(200, body))
				assertFault(t, operations()[name].call(t.Context(), b.Client), fault.Nonsense)
				if b.tries() != 1 {
					t.Errorf("tried %d times", b.tries())
				}
			})
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := newBench(t, answer(200, `{}`))
	for name, op := range operations() {
		t.Run(name, func(t *testing.T) { assertFault(t, op.call(ctx, b.Client), fault.Canceled) })
	}
}

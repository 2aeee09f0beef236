package spec_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bankbook/core/sandbox/spec"
)

func load(t testing.TB) *spec.Book {
	t.Helper()
	b, err := spec.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCheck(t *testing.T) {
	b := load(t)
	for _, c := range []struct{ name, path, body, want string }{
		{"good", "/item/get", `{"access_token":"a"}`, ""},
		{"keys in the body", "/item/get", `{"client_id":"a","secret":"b","access_token":"a"}`, ""},
		{"null stands for nothing", "/institutions/search", `{"query":"a","products":null,"country_codes":["US"]}`, ""},
		{"an open object", "/link/token/create", `{"client_name":"a","language":"en","country_codes":["US"],"user":{"client_user_id":"u"},"hosted_link":{"other":1}}`, ""},
		{"nothing there", "/item/get", `{}`, "MISSING_FIELDS: the following required fields are missing: access_token"},
		{"null is nothing", "/item/get", `{"access_token":null}`, "MISSING_FIELDS: the following required fields are missing: access_token"},
		{"all that is missing", "/transfer/get", `{"a":1,"secret":7}`, "UNKNOWN_FIELDS: the following fields are not recognized by this endpoint: a"},
		{"missing within", "/link/token/create", `{"client_name":"a","language":"en","country_codes":["US"],"user":{}}`, "MISSING_FIELDS: the following required fields are missing: user.client_user_id"},
		{"unknown within", "/transactions/sync", `{"access_token":"a","options":{"b":1,"a":1}}`, "UNKNOWN_FIELDS: the following fields are not recognized by this endpoint: options.a, options.b"},
		{"a number for a text", "/item/get", `{"access_token":7}`, "INVALID_FIELD: access_token must be a properly formatted, non-empty string"},
		{"an empty text", "/link/token/create", `{"client_name":"","language":"en","country_codes":["US"],"user":{"client_user_id":"u"}}`, "INVALID_FIELD: client_name must be a properly formatted, non-empty string"},
		{"a text for a list", "/link/token/create", `{"client_name":"a","language":"en","country_codes":"US","user":{"client_user_id":"u"}}`, "INVALID_FIELD: country_codes must be a non-empty string array"},
		{"an unknown value", "/institutions/get", `{"count":1,"offset":0,"country_codes":["XX"]}`, "INVALID_FIELD: country_codes[0] must be one of the following values: US, GB"},
		{"too many", "/institutions/get", `{"count":501,"offset":0,"country_codes":["US"]}`, "INVALID_FIELD: count must be between 1 and 500"},
		{"no whole number", "/transactions/sync", `{"access_token":"a","count":1.5}`, "INVALID_FIELD: count must be an integer"},
		{"a text for a number", "/transactions/sync", `{"access_token":"a","count":"1"}`, "INVALID_FIELD: count must be an integer"},
		{"a number for a switch", "/transactions/sync", `{"access_token":"a","options":{"include_original_description":1}}`, "INVALID_FIELD: options.include_original_description must be a boolean"},
		{"no date", "/transactions/get", `{"access_token":"a","start_date":"21.11.2026","end_date":"2026-11-21"}`, "INVALID_FIELD: start_date must be a date in the format YYYY-MM-DD"},
		{"a list for an object", "/transactions/sync", `{"access_token":"a","options":[]}`, "INVALID_FIELD: options must be an object"},
		{"too long", "/transfer/create", `{"access_token":"a","account_id":"a","authorization_id":"a","description":"sixteen letters!"}`, "INVALID_FIELD: description must be at most 15 characters long"},
		{"no JSON", "/item/get", `{"access_token":`, "INVALID_BODY"},
		{"two values", "/item/get", `{"access_token":"a"} {}`, "INVALID_BODY"},
		{"a list", "/item/get", `[]`, "INVALID_BODY"},
		{"an unknown endpoint", "/practice/clock/get", `{"a":1}`, ""},
	} {
		got := ""
		if e := b.Check(c.path, []byte(c.body)); e != nil {
			got = e.Code + ": " + e.Message
		}
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Every shape that is referred to is there, so that Resolve comes to an end.
func TestBookIsWhole(t *testing.T) {
	b := load(t)
	for path := range b.Paths {
		if s := b.Request(path); s == nil || b.Resolve(s).Type != "object" {
			t.Errorf("%s has no shape", path)
		}
	}
	for name, s := range b.Shapes {
		for field, f := range s.Fields {
			checkRef(t, b, name+"."+field, f)
		}
		if s.Items != nil {
			checkRef(t, b, name+"[]", s.Items)
		}
	}
}

func checkRef(t *testing.T, b *spec.Book, name string, s *spec.Shape) {
	t.Helper()
	for range len(b.Shapes) {
		if s == nil || s.Ref == "" {
			break
		}
		s = b.Shapes[s.Ref]
	}
	if s == nil || s.Ref != "" || s.Type == "" {
		t.Errorf("%s leads nowhere", name)
	}
}

// The table is what the documents say, where the newer one lies beside the
// repository.
func TestTableIsUpToDate(t *testing.T) {
	const newer = "../../../../shared/plaid/openapi-2020-09-14.yml"
	if _, err := os.Stat(newer); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the newer document is not here")
	}
	out := filepath.Join(t.TempDir(), "requests.json")
	if text, err := exec.Command("go", "run", "./gen", "-newer", newer, "-out", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	want, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("requests.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("requests.json differs from the documents: go generate ./core/sandbox/spec")
	}
}

func FuzzCheck(f *testing.F) {
	b := load(f)
	for _, body := range []string{`{"access_token":"a"}`, `{"options":{"account_ids":[""]}}`, `{"user":{"client_user_id":1e9}}`, `[]`, `{"a":{"a":{"a":null}}}`} {
		f.Add("/link/token/create", []byte(body))
		f.Add("/transactions/sync", []byte(body))
	}
	f.Fuzz(func(t *testing.T, path string, body []byte) {
		if e := b.Check(path, body); e != nil && (e.Code == "" || e.Message == "") {
			t.Errorf("%s %q: an error without words", path, body)
		}
	})
}

package plaid_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/secret"
)

// loadSpec reads the OpenAPI document that lies in the plaid-go module.
func loadSpec(t *testing.T) *openapi3.T {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/plaid/plaid-go/v20").Output()
	if err != nil {
		t.Fatalf("find plaid-go: %v", err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "api", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Every request that this package makes is one that Plaid's schema allows.
func TestRequestsConform(t *testing.T) {
	doc := loadSpec(t)
	b := newBench(t, answer(400, `{}`))
	for _, op := range operations() {
		_ = op.call(t.Context(), b.Client)
	}
	for _, req := range []bank.LinkRequest{
		{User: "u1", Products: []core.Product{core.Transactions}, Optional: []core.Product{core.Auth}, HistoryDays: 730, CompletionURI: "http://127.0.0.1:9/x"},
		{User: "u1", Products: []core.Product{core.Auth}, Kinds: []core.AccountType{core.Depository, core.Credit, core.Loan, core.Investment}},
		{User: "u1", Access: secret.New(accessToken), SelectAccounts: true},
	} {
		_, _ = b.CreateLink(t.Context(), req)
	}
	if want := len(operations()) + 3; b.tries() != want {
		t.Fatalf("%d requests, want %d", b.tries(), want)
	}
	for i, body := range b.requests {
		if err := conforms(doc, b.paths[i], body); err != nil {
			t.Errorf("%s: %v", b.paths[i], err)
		}
	}
}

func conforms(doc *openapi3.T, path string, body map[string]any) error {
	operation := doc.Paths.Value(path)
	if operation == nil || operation.Post == nil {
		return fmt.Errorf("no such endpoint")
	}
	schema := operation.Post.RequestBody.Value.Content["application/json"].Schema.Value
	for name := range body {
		if schema.Properties[name] == nil {
			return fmt.Errorf("no such field: %s", name)
		}
	}
	return schema.VisitJSON(body, openapi3.EnableFormatValidation())
}

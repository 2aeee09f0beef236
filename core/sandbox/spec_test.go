package sandbox_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// document is one of Plaid's published OpenAPI documents.
type document struct {
	name string
	doc  *openapi3.T
}

// specs loads the documents once: the copy inside the plaid-go module, always,
// and a newer one where it lies beside the repository.
var specs = sync.OnceValues(func() ([]document, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/plaid/plaid-go/v20").Output()
	if err != nil {
		return nil, fmt.Errorf("find plaid-go: %w", err)
	}
	old, err := loadSpec("v20", filepath.Join(strings.TrimSpace(string(out)), "api", "openapi.yaml"))
	if err != nil {
		return nil, err
	}
	newer, err := loadSpec("latest", filepath.Join(repoRoot(), "..", "shared", "plaid", "openapi-2020-09-14.yml"))
	if errors.Is(err, fs.ErrNotExist) {
		return []document{old}, nil
	}
	return []document{old, newer}, err
})

func repoRoot() string {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "."
	}
	return filepath.Dir(strings.TrimSpace(string(out)))
}

func loadSpec(name, path string) (document, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return document{}, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return document{}, fmt.Errorf("load %s: %w", path, err)
	}
	return document{name, doc}, nil
}

// conform checks an answer of the practice bank against every document.
func conform(t rapid.TB, path string, status int, body []byte) {
	t.Helper()
	all, err := specs()
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatalf("%s: answer is no JSON: %v", path, err)
	}
	known := false
	for _, s := range all {
		err := s.check(path, status, value)
		known = known || !errors.Is(err, errNoOperation)
		if err != nil && !errors.Is(err, errNoOperation) {
			t.Errorf("%s %d does not conform to %s: %v", path, status, s.name, err)
		}
	}
	if !known && len(all) > 1 && !strings.HasPrefix(path, "/practice/") {
		t.Errorf("%s is in none of the documents", path)
	}
}

// errNoOperation is about an endpoint that a document does not know: v20's is
// older than some.
var errNoOperation = errors.New("no such operation")

func (s document) check(path string, status int, value any) error {
	schema := s.doc.Components.Schemas["PlaidError"].Value
	if s.predates(value) {
		return nil
	}
	if status == 200 {
		op := s.doc.Paths.Value(path)
		if op == nil || op.Post == nil {
			return errNoOperation
		}
		schema = op.Post.Responses.Value("200").Value.Content["application/json"].Schema.Value
	}
	if s.name == "v20" {
		value = aged(value)
	}
	return schema.VisitJSON(value, openapi3.EnableFormatValidation())
}

// predates reports whether what is in an answer is younger than the document:
// v20 lacks some types of error (PLAID §1.1), and verification by a database.
func (s document) predates(value any) bool {
	object, _ := value.(map[string]any)
	if s.name != "v20" {
		return false
	}
	switch object["error_type"] {
	case "TRANSACTIONS_ERROR", "TRANSFER_ERROR", "SANDBOX_ERROR":
		return true
	}
	return strings.Contains(fmt.Sprint(object["accounts"]), "database_insights_")
}

func TestConformanceCanFail(t *testing.T) {
	all, err := specs()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for name, value := range map[string]any{
			"a field is missing": object{"access_token": "a", "item_id": "b"},
			"a wrong type":       object{"access_token": "a", "item_id": 7.0, "request_id": "c"},
		} {
			if s.check("/item/public_token/exchange", 200, value) == nil {
				t.Errorf("%s: %s is not found", s.name, name)
			}
		}
		if s.check("/item/get", 400, object{"error_type": "NONSENSE", "error_code": "a", "error_message": "b", "display_message": nil}) == nil {
			t.Errorf("%s: an unknown error type is not found", s.name)
		}
	}
}

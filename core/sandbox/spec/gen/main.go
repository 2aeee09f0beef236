// Command gen makes the table of package spec of two of Plaid's OpenAPI
// documents: the one inside plaid-go v20, and a newer one.
//
//	go run ./gen -newer openapi-2020-09-14.yml -out requests.json
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	newer := flag.String("newer", "../../../../shared/plaid/openapi-2020-09-14.yml", "Plaid's newer OpenAPI document")
	out := flag.String("out", "requests.json", "the table to write")
	flag.Parse()
	if err := run(*newer, *out); err != nil {
		log.Fatal(err)
	}
}

func run(newer, out string) error {
	older, err := olderPath()
	if err != nil {
		return err
	}
	merged := newTable()
	for _, path := range []string{older, newer} {
		t, err := read(path)
		if err != nil {
			return err
		}
		merged.merge(t)
	}
	raw, err := json.MarshalIndent(merged, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(raw, '\n'), 0o644)
}

// olderPath is where the document lies that plaid-go v20 comes with.
func olderPath() (string, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/plaid/plaid-go/v20").Output()
	if err != nil {
		return "", fmt.Errorf("find plaid-go: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(dir)), "api", "openapi.yaml"), nil
}

// read makes a table of one document.
func read(path string) (*table, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	t := newTable()
	for _, endpoint := range endpoints() {
		if item := doc.Paths.Value(endpoint); item != nil && item.Post != nil {
			ref := item.Post.RequestBody.Value.Content["application/json"].Schema
			t.Paths[endpoint] = t.add(ref).Ref
		}
	}
	return t, nil
}

package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strings"

	"bankbook/core"
	"bankbook/storage/vault/vaulttest"
)

// writeRows writes the rows of the table of transactions to a file, and returns
// the statements that make those of payees and categories.
func writeRows(path string, n int) (names string, err error) {
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	inserts := map[string]bool{}
	buf := bufio.NewWriterSize(f, 1<<20)
	w := csv.NewWriter(buf)
	for t := range vaulttest.Transactions(n, seed) {
		if err := w.Write(columns(t)); err != nil {
			return "", err
		}
		inserts[fmt.Sprintf("INSERT INTO payees VALUES('%s','%s');\n", nameID(t.Merchant), t.Merchant)] = true
		inserts[fmt.Sprintf("INSERT INTO categories VALUES('%s','%s');\n", nameID(t.Category.Detailed), t.Category.Detailed)] = true
	}
	w.Flush()
	var b strings.Builder
	b.WriteString("BEGIN;\n")
	for statement := range inserts {
		b.WriteString(statement)
	}
	b.WriteString("COMMIT;")
	return b.String(), errors.Join(w.Error(), buf.Flush())
}

// columns are a transaction's in the order of the table.
func columns(t core.Transaction) []string {
	pending := "0"
	if t.Pending {
		pending = "1"
	}
	return []string{
		string(t.ID), string(t.Account), nameID(t.Category.Detailed), fmt.Sprint(t.Amount.Minor), nameID(t.Merchant), "",
		fmt.Sprint(digits(t.Date)), t.Name, "0", fmt.Sprint(digits(t.Date)), "0", "1", pending,
	}
}

// nameID is the id of a payee or category, of the shape that Actual gives them.
func nameID(name string) string {
	h := fmt.Sprintf("%x", sha256.Sum256([]byte(name)))
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:32]}, "-")
}

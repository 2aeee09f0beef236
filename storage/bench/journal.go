package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"bankbook/core"
	"bankbook/storage/vault/vaulttest"
)

// writeJournal writes n transactions as a journal that ledger, hledger and
// howeyc's ledger all read.
func writeJournal(path string, n int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	names := map[core.AccountID]string{}
	for i, a := range vaulttest.Accounts() {
		names[a.ID] = journalAccount(i)
	}
	for t := range vaulttest.Transactions(n, seed) {
		mark := ""
		if t.Pending {
			mark = "! "
		}
		_, err := fmt.Fprintf(w, "%s %s%s  ; id:%s\n    %s  %s\n    Expenses:%s:%s  %s\n\n",
			slashes(t.Date), mark, t.Name, t.ID, names[t.Account], t.Amount.Decimal(),
			t.Category.Primary, t.Category.Detailed, t.Amount.Neg().Decimal())
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

func journalAccount(i int) string { return fmt.Sprintf("Assets:Account%d", i+1) }

// slashes writes a day as all three programs read it.
func slashes(d core.Date) string { return strings.ReplaceAll(d.String(), "-", "/") }

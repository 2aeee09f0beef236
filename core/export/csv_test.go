package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/export"
	"bankbook/core/money"
)

var labels = export.Labels{
	Account:  func(id core.AccountID) (account, bank string) { return "=Account " + string(id), "Bank, " + string(id) },
	Category: func(primary string) string { return strings.ToLower(primary) },
}

func rows(list ...core.Transaction) iter.Seq2[core.Transaction, error] {
	return func(yield func(core.Transaction, error) bool) {
		for _, t := range list {
			if !yield(t, nil) {
				return
			}
		}
	}
}

func TestCSV(t *testing.T) {
	day, err := core.ParseDate("2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	n, err := export.CSV(&out, rows(
		core.Transaction{
			ID: "t1", Account: "a", Date: day, Amount: money.Of(-128450, "USD"), Name: "SQ *BLUE, DOOR", Merchant: `Blue "Door"`,
			Category: core.Category{Primary: "FOOD"}, Pending: true, Counterparty: "Döner", Original: "=1+1",
		},
		core.Transaction{ID: "t2", Account: "a", Date: day, Amount: money.Of(1500, "JPY"), Name: "-5 Euro"},
	), labels)
	want := `date,amount,currency,name,description,category,account,bank,status,counterparty,original_description,transaction_id,account_id
2026-03-01,-1284.50,USD,"Blue ""Door""","SQ *BLUE, DOOR",food,"'=Account a","Bank, a",pending,"Döner","'=1+1",t1,a
2026-03-01,1500,JPY,"'-5 Euro","'-5 Euro",,"'=Account a","Bank, a",posted,,,t2,a
`
	if n != 2 || err != nil || out.String() != want {
		t.Errorf("%d, %v\n%s\nwant\n%s", n, err, out.String(), want)
	}
}

// Whatever a bank sends, a reader of CSV gets it back in its cell, harmless.
func TestHostileTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"", "=", "+", "-", "@", "\t", "\r", "\x00", "\n", "\"", ",", " ", "\xff"}).Draw(t, "start")
		text := start + rapid.String().Draw(t, "text")
		var out bytes.Buffer
		if _, err := export.CSV(&out, rows(core.Transaction{ID: "t", Account: "a", Name: text, Original: text}), labels); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(records) != 2 || len(records[1]) != len(records[0]) {
			t.Fatalf("%q: %q, %v", text, records, err)
		}
		want := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, text)
		cell := records[1][3]
		if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\x00") {
			unquoted, ok := strings.CutPrefix(cell, "'")
			if !ok {
				t.Fatalf("%q is the formula %q", text, cell)
			}
			cell = unquoted
		}
		if cell != want {
			t.Fatalf("%q is written as %q", text, cell)
		}
		if strings.ContainsFunc(cell, unicode.IsControl) || cell != "" && strings.ContainsAny(records[1][3][:1], "=+-@") {
			t.Fatalf("%q is written as %q", text, cell)
		}
	})
}

func TestFaultsEndTheExport(t *testing.T) {
	broken := errors.New("broken")
	var out bytes.Buffer
	n, err := export.CSV(&out, func(yield func(core.Transaction, error) bool) {
		if yield(core.Transaction{ID: "t"}, nil) {
			yield(core.Transaction{}, broken)
		}
	}, labels)
	if n != 1 || !errors.Is(err, broken) {
		t.Errorf("%d, %v", n, err)
	}
	list := slices.Repeat([]core.Transaction{{ID: "t"}}, 10_000)
	if _, err := export.CSV(full{broken}, rows(list...), labels); !errors.Is(err, broken) {
		t.Errorf("a full disk: %v", err)
	}
}

// full is a disk without room.
type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

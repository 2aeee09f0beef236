package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/ui/boot"
)

// books are services with a few transactions.
func books(t *testing.T) *boot.Services {
	t.Helper()
	p, err := boot.New(boot.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Open(t.Context(), boot.Choice{Env: core.Practice, SessionOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	item := core.Item{ID: "item", Profile: s.Profile.ID, Institution: core.Institution{Name: "First Bank"}}
	accounts := []core.Account{{ID: "a1", Item: "item", Name: "Checking", Mask: "0000"}, {ID: "a2", Item: "item", Name: "Card", Mask: "3333"}}
	if err := s.Vault.PutItemAndAccounts(item, accounts); err != nil {
		t.Fatal(err)
	}
	row := func(id, account, name string, month time.Month, minor int64) core.Transaction {
		return core.Transaction{
			ID: core.TransactionID(id), Account: core.AccountID(account), Date: core.NewDate(2026, month, 3), Name: name,
			Amount: money.Of(minor, money.USD), Category: core.Category{Primary: "FOOD_AND_DRINK"}, Pending: id == "t1",
		}
	}
	_, err = s.Vault.ApplySync(core.SyncBatch{Item: "item", At: s.Now(), Added: []core.Transaction{
		row("t1", "a1", "Coffee", time.March, -450), row("t2", "a2", "=Coffee shop", time.March, -2500),
		row("t3", "a1", "Salary", time.February, 300000), row("t4", "a1", "Rent", time.January, -120000),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// printed is what the command transactions prints, and says on the side.
func printed(t *testing.T, s *boot.Services, asJSON bool, l listing) (out, noise string) {
	t.Helper()
	if err := l.check(); err != nil {
		t.Fatal(err)
	}
	var o, e bytes.Buffer
	c := &command{program: Program{Out: &o, Err: &e}, asJSON: asJSON}
	if err := c.review(t.Context(), s, l); err != nil {
		t.Fatal(err)
	}
	return o.String(), e.String()
}

func TestTransactionsListed(t *testing.T) {
	s := books(t)
	for name, c := range map[string]struct {
		listing listing
		want    string
	}{
		"newest":         {listing{limit: 2}, "t1 t2"},
		"all":            {listing{}, "t1 t2 t3 t4"},
		"search line":    {listing{limit: 9, line: "coffee account:card"}, "t2"},
		"flags and line": {listing{limit: 9, account: "0000", line: "-pending amount:>1000"}, "t3 t4"},
		"month":          {listing{limit: 9, month: "2026-02"}, "t3"},
		"pending":        {listing{limit: 9, pending: true}, "t1"},
		"sorted":         {listing{sort: "-amount", limit: 2}, "t3 t1"},
		"offset":         {listing{offset: 1, limit: 2}, "t2 t3"},
		"line decides":   {listing{limit: 9, line: "sort:amount limit:1"}, "t4"},
	} {
		out, noise := printed(t, s, true, c.listing)
		var records []transactionRecord
		if err := json.Unmarshal([]byte(out), &records); err != nil || noise != "" {
			t.Fatalf("%s: %v in %s %s", name, err, out, noise)
		}
		var ids []string
		for _, r := range records {
			ids = append(ids, string(r.TransactionID))
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTransactionsSayWhatIsNotUnderstood(t *testing.T) {
	out, noise := printed(t, books(t), true, listing{limit: 9, line: "colour:blue"})
	if out != "[]\n" || !strings.Contains(noise, "colour:blue") {
		t.Errorf("printed %q, said %q", out, noise)
	}
}

func TestTransactionsSummed(t *testing.T) {
	s := books(t)
	out, _ := printed(t, s, true, listing{totals: true, line: "coffee"})
	var sums []summaryRecord
	if err := json.Unmarshal([]byte(out), &sums); err != nil || len(sums) != 1 || sums[0].Count != 2 || sums[0].Net.Minor != -2950 {
		t.Errorf("%s, %v", out, err)
	}
	out, _ = printed(t, s, true, listing{groupBy: "account"})
	var groups []groupRecord
	if err := json.Unmarshal([]byte(out), &groups); err != nil || len(groups) != 2 || groups[0].Label != "Checking ••0000" || groups[0].Count != 3 ||
		groups[0].Sums[0].Debits.Minor != -120450 {
		t.Errorf("%s, %v", out, err)
	}
	out, _ = printed(t, s, false, listing{groupBy: "month"})
	if march, february := strings.Index(out, "2026-03"), strings.Index(out, "2026-02"); march < 0 || february < march || !strings.Contains(out, "–$29.50") {
		t.Errorf("printed\n%s", out)
	}
	for by, label := range map[string]string{"bank": "First Bank", "profile": s.Profile.Name, "category": "Food and drink", "merchant": "Salary", "week": "2026-03-02"} {
		if out, _ := printed(t, s, false, listing{groupBy: by}); !strings.Contains(out, label) {
			t.Errorf("by %s there is no %q in\n%s", by, label, out)
		}
	}
}

func TestTransactionsAsCSV(t *testing.T) {
	out, _ := printed(t, books(t), false, listing{csv: true, line: "coffee sort:amount"})
	records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(records) != 3 {
		t.Fatalf("%v in\n%s", err, out)
	}
	if got := strings.Join(records[1][:8], "|"); got != "2026-03-03|-25.00|USD|'=Coffee shop|'=Coffee shop|Food and drink|Card 3333|First Bank" {
		t.Errorf("printed %s", got)
	}
}

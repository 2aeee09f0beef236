package cli

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/plaid"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// TestAccountsThatCameBackGoOn signs in again to a bank that then knows its accounts by
// other ids, and does what the command says can be done about it.
func TestAccountsThatCameBackGoOn(t *testing.T) {
	bank, err := boot.ServeBank(t.Context(), boot.BankConfig{
		Listen: "127.0.0.1:0", ClientID: "me", Secret: "mine", InitialDelay: -1, HistoryDelay: -1, Time: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bank.Close() })
	d := newTeller(t, func(c *boot.Config) {
		c.PlaidURL, c.Keys = bank.URL(), plaid.Keys{ClientID: secret.New("me"), Secret: secret.New("mine")}
	})
	id := d.must(linkFlags{})
	before, _ := d.accounts(id)
	rows := d.Vault.Count()
	body := `{"client_id":"me","secret":"mine","item_id":"` + string(id) + `"}`
	answer, err := http.Post(bank.URL()+"/practice/accounts/rename", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()

	record, noted, err := d.linkNoting(linkFlags{update: updateFlags{repair: string(id)}})
	if err != nil || len(record.Moved) != len(before) {
		t.Fatalf("%+v, %v", record, err)
	}
	if sentence, _ := say.CameBack(before...); !strings.Contains(noted, sentence) {
		t.Errorf("not told that %s", sentence)
	}
	way, found := strings.CutPrefix(lineWith(noted, "bankbook banks continue"), say.CameBackGoOn+" ")
	if shared, others := d.accounts(id); !found || way != string(id) || len(shared) != len(before) || len(others) != len(before) {
		t.Fatalf("told to continue %q; %d accounts are shared, %d are not", way, len(shared), len(others))
	}

	var out, noise bytes.Buffer
	c := &command{program: Program{Out: &out, Err: &noise}, asJSON: true}
	if err := c.continueBank(t.Context(), d.Services, continuing{to: core.ItemID(way), yes: true}); err != nil {
		t.Fatal(err)
	}
	var done continuationRecord
	if err := json.Unmarshal(out.Bytes(), &done); err != nil {
		t.Fatal(err)
	}
	if shared, others := d.accounts(id); done.From != id || done.There == 0 || len(shared) != len(before) || len(others) != 0 || d.Vault.Count() != rows {
		t.Errorf("%+v; %d accounts are shared, %d are not; %d transactions, were %d", done, len(shared), len(others), d.Vault.Count(), rows)
	}
}

// lineWith returns the line that has some words.
func lineWith(text, words string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, words) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

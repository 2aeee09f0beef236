package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// in runs a command on the home's data, with lines to type.
func (h *home) in(lines string, args ...string) outcome {
	h.t.Helper()
	return h.runWith(lines, append(args, "--passphrase-file", h.current)...)
}

func records[T any](t *testing.T, o outcome) (list []T) {
	t.Helper()
	if err := json.Unmarshal([]byte(o.out), &list); err != nil || o.code != exitOK {
		t.Fatalf("exit code %d, %v\n%s%s", o.code, err, o.out, o.err)
	}
	return list
}

const secretNumber = "5500000004417"

func TestAccountsInTheTerminal(t *testing.T) {
	h := newHome(t)
	h.wantCode(exitOK, h.in("", "account", "add", "--bank", "Cash box", "--name", "Coins", "--type", "cash", "--balance", "240"))
	added := h.in("0210-0002 1\n"+secretNumber+"\n", "account", "add", "--bank", "Mill Valley", "--name", "Rainy day", "--type", "savings", "--numbers")
	h.wantCode(exitOK, added)
	all := records[accountRecord](t, h.in("", "accounts", "--json"))
	if len(all) != 2 || all[0].Name != "Coins" || all[0].Current.Amount != "240.00" || all[0].Connection != "manual" || all[1].Mask != "4417" || all[1].ACHStatus != "unverified" || all[1].Subtype != "savings" {
		t.Fatalf("%+v", all)
	}
	id := string(all[1].AccountID)
	for _, args := range [][]string{
		{"account", id, "--nickname", "Holidays", "--hide"},
		{"account", "4417", "--unhide"},
		{"account", id, "--primary", "both"},
		{"account", id, "--set-balance", "1,000.50"},
		{"ach", "update", id, "--holder", "Alberta Charleson"},
		{"ach", "primary", id},
	} {
		h.wantCode(exitOK, h.in("", args...))
	}
	one := h.in("", "account", id)
	for _, word := range []string{"Holidays ••4417", "Mill Valley", "$1,000.50", "Deposits and withdrawals", "ACH numbers", "Unverified"} {
		if !strings.Contains(one.out, word) {
			t.Errorf("%q is not in\n%s", word, one.out)
		}
	}
	for filter, want := range map[string]int{
		"--primary": 1, "--connection=plaid": 0, "--connection=manual": 2, "--status=stopped": 0, "--status=open": 2, "--hidden": 0, "--limit=1": 1, "--offset=5": 0, "--search=holi": 1,
	} {
		if got := records[accountRecord](t, h.in("", "accounts", "--json", filter)); len(got) != want {
			t.Errorf("%s: %d accounts, want %d", filter, len(got), want)
		}
	}
	for filter, want := range map[string]int{"--primary": 1, "--status=unverified": 1, "--status=verified": 0, "--from=manual": 1, "--from=plaid": 0, "--limit=5": 1} {
		if got := records[achRecord](t, h.in("", "ach", "--json", filter)); len(got) != want {
			t.Errorf("ach %s: %d, want %d", filter, len(got), want)
		}
	}
	for _, o := range []outcome{added, one, h.in("", "accounts", "--json"), h.in("", "ach", "--json"), h.in("", "ach")} {
		if strings.Contains(o.out+o.err, secretNumber) || strings.Contains(o.out+o.err, "021000021") {
			t.Errorf("a number is shown:\n%s%s", o.out, o.err)
		}
	}
	h.wantCode(exitOK, h.in("", "account", id, "--stop"))
	if got := records[accountRecord](t, h.in("", "accounts", "--json", "--status", "stopped")); len(got) != 1 || got[0].PrimaryDeposits {
		t.Errorf("stopped: %+v", got)
	}
	h.wantCode(exitOK, h.in("", "account", id, "--reopen"))
	h.wantCode(exitUsage, h.in("no\n", "account", id, "--remove"))
	h.wantCode(exitOK, h.in("yes\n", "account", id, "--remove"))
	if got := records[accountRecord](t, h.in("", "accounts", "--json")); len(got) != 1 {
		t.Errorf("removed: %+v", got)
	}
}

func TestRevealInTheTerminal(t *testing.T) {
	h := newHome(t)
	h.wantCode(exitOK, h.in("021000021\n"+secretNumber+"\n", "account", "add", "--bank", "Mill Valley", "--name", "Rainy day", "--numbers"))
	refused := h.in("no\n", "ach", "reveal", "4417")
	h.wantCode(exitUsage, refused)
	wrong := h.runWith("correct horse battery\nyes\nwrong passphrase\n", "ach", "reveal", "4417", "--passphrase-file", "-")
	h.wantCode(exitKeychain, wrong)
	for _, o := range []outcome{refused, wrong} {
		if strings.Contains(o.out+o.err, secretNumber) {
			t.Errorf("a number is shown:\n%s%s", o.out, o.err)
		}
	}
	if o := h.in("yes\n", "ach", "reveal", "4417"); o.code != exitOK || strings.Count(o.out, secretNumber) != 1 || !strings.Contains(o.out, "021000021") {
		t.Errorf("%+v", o)
	}
	if o := h.in("", "ach", "reveal", "4417", "--yes", "--json"); o.code != exitOK || !strings.Contains(o.out, `"number": "`+secretNumber+`"`) {
		t.Errorf("%+v", o)
	}
	h.wantCode(exitOK, h.in("yes\n", "ach", "remove", "4417"))
	h.wantCode(exitUsage, h.in("yes\n", "ach", "reveal", "4417"))
}

// TestBadFieldsInTheTerminal: each has its sentence, and nothing is kept.
func TestBadFieldsInTheTerminal(t *testing.T) {
	h := newHome(t)
	h.wantCode(exitOK, h.in("", "account", "add", "--bank", "B", "--name", "N", "--mask", "1234"))
	before := h.in("", "accounts", "--json").out
	for _, c := range []struct {
		lines string
		args  []string
		words []string
	}{
		{"", []string{"account", "add"}, []string{"Bank name: ", "Account name: "}},
		{"", []string{"account", "add", "--bank", "B", "--name", "N", "--type", "tulips"}, []string{"Type: "}},
		{"", []string{"account", "add", "--bank", "B", "--name", "N", "--mask", "12a"}, []string{"Last digits: "}},
		{"", []string{"account", "add", "--bank", "B", "--name", "N", "--balance", "much"}, []string{"Balance: "}},
		{"021000012\n12\n", []string{"account", "add", "--bank", "B", "--name", "N", "--numbers"}, []string{"check digit", "5 to 17 digits"}},
		{"021000012\n55555\n", []string{"ach", "add", "--account", "1234"}, []string{"check digit"}},
		{"", []string{"account", "1234", "--nickname", strings.Repeat("x", 61)}, []string{"Nickname: "}},
		{"", []string{"account", "1234", "--owner", "nobody"}, []string{"nobody"}},
		{"", []string{"account", "1234", "--primary", "rent"}, []string{"rent"}},
		{"", []string{"account", "1234", "--stop", "--close"}, []string{"one thing"}},
		{"", []string{"account", "9999"}, []string{"9999"}},
		{"", []string{"accounts", "--limit", "-1"}, []string{"below zero"}},
		{"", []string{"accounts", "--status", "lost"}, []string{"lost"}},
		{"", []string{"ach", "--status", "lost"}, []string{"lost"}},
		{"", []string{"account", "1234", "--balance"}, []string{"yourself"}},
	} {
		o := h.in(c.lines, c.args...)
		h.wantCode(exitUsage, o)
		for _, word := range c.words {
			if !strings.Contains(o.err, word) {
				t.Errorf("%v: %q is not in %q", c.args, word, o.err)
			}
		}
	}
	if after := h.in("", "accounts", "--json").out; after != before {
		t.Errorf("something was kept: %s", after)
	}
}

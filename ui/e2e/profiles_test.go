package e2e

import (
	"strings"
	"testing"
)

// TestProfilesFromTheCommandLine keeps two profiles apart, and removes one.
func TestProfilesFromTheCommandLine(t *testing.T) {
	m := newMachine(t)
	_, at := withBank(t, m)
	m.must("profiles", "add", "Juniper Bakery", "--kind", "business", at)
	m.must("link", "--instant", at)
	m.must("link", "--instant", "--profile", "juniper bakery", "--institution", "ins_109511", at)
	type bank struct {
		ItemID      string `json:"item_id"`
		ProfileID   string `json:"profile_id"`
		Institution string `json:"institution"`
	}
	all := readJSON[[]bank](m, "banks", at)
	shop := readJSON[[]bank](m, "banks", "--profile", "Juniper Bakery", at)
	home := readJSON[[]bank](m, "banks", "--profile", "Household", at)
	if len(all) != 2 || len(shop) != 1 || len(home) != 1 || shop[0].Institution != "Tartan Bank" || shop[0].ProfileID == home[0].ProfileID {
		t.Fatalf("banks %+v, of the bakery %+v, of the household %+v", all, shop, home)
	}
	count := func(args ...string) int {
		t.Helper()
		n := 0
		for _, s := range readJSON[[]struct {
			Count int `json:"count"`
		}](m, append([]string{"summary", at}, args...)...) {
			n += s.Count
		}
		return n
	}
	if a, b, c := count(), count("--profile", "household"), count("--profile", "juniper bakery"); b == 0 || c == 0 || a != b+c {
		t.Errorf("%d transactions, %d and %d of the profiles", a, b, c)
	}

	rows := readJSON[[]struct {
		ID string `json:"transaction_id"`
	}](m, "transactions", "--limit=1", "--profile", "juniper bakery", at)
	if one := m.must("transactions", "show", rows[0].ID, "--json", at); !strings.Contains(one.out, rows[0].ID) {
		t.Errorf("one transaction: %s", one.out)
	}
	ended(t, m.run("transactions", "show", rows[0].ID, "--profile", "household", at), 2, "there is no transaction")
	if one := readJSON[[]bank](m, "banks", "show", shop[0].ItemID, at); len(one) != 1 || one[0] != shop[0] {
		t.Errorf("one bank: %+v", one)
	}
	ended(t, m.run("banks", "show", shop[0].ItemID, "--profile", "household", at), 2, "there is no bank")
	if needy := readJSON[[]bank](m, "banks", "--status", "sign_in_needed", at); len(needy) != 0 {
		t.Errorf("banks that need a sign-in: %+v", needy)
	}
	ended(t, m.run("banks", "--status", "happy", at), 2, "no status")

	r := m.run("banks", "remove", shop[0].ItemID, "--profile", "household", "--yes", at)
	ended(t, r, 2, "there is no bank")
	r = m.run("banks", "remove", shop[0].ItemID, at)
	ended(t, r, 2, "nothing was done")
	ended(t, m.run("profiles", "add", "HOUSEHOLD", at), 2, "another profile")
	ended(t, m.run("profiles", "add", "  ", at), 2, "type a name")
	ended(t, m.run("profiles", "change", "household", "--kind", "alien", at), 2, "person, business")
	ended(t, m.run("profiles", "archive", "nobody", at), 2, "no profile")
	ended(t, m.run("sync", "--profile", "nobody", at), 2, "no profile")

	m.must("profiles", "archive", "juniper bakery", at)
	ended(t, m.run("link", "--instant", "--profile", "juniper bakery", at), 2, "archived")
	ended(t, m.run("profiles", "archive", "household", at), 2, "only profile in use")
	m.must("profiles", "restore", "juniper bakery", at)

	kept := m.must("banks", "remove", home[0].ItemID, "--keep-history", "--yes", at)
	if !strings.Contains(kept.out, "Added by you") || count("--profile", "household") == 0 {
		t.Errorf("the history is not kept:\n%s", kept.out)
	}
	m.must("profiles", "delete", "juniper bakery", "--yes", at)
	if left := readJSON[[]bank](m, "banks", at); len(left) != 1 || left[0].ItemID != home[0].ItemID {
		t.Errorf("left: %+v", left)
	}
	if count("--profile", "household") != count() {
		t.Error("transactions of the deleted profile are still there")
	}
}

package e2e

import (
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
	"bankbook/ui/boot"
)

// TestLifeOfABankInTheWindow makes a profile, changes which accounts a bank shares,
// and removes the bank: the real program in a real window, with a practice bank that
// outlives it. What is left is then read from the vault, and from the bank.
func TestLifeOfABankInTheWindow(t *testing.T) {
	g := newShownGuide(t)
	bank, at := withBank(t, g.machine)
	g.must("link", "--instant", "--numbers", at)
	item := readJSON[[]struct {
		ID core.ItemID `json:"item_id"`
	}](g.machine, "banks", at)[0].ID

	held := g.services()
	search, numbers := secretsOf(t, held)
	linked := posted(t, held)
	g.shut(held)
	if numbers == 0 {
		t.Error("no numbers were fetched: the search has nothing to look for")
	}

	g.start("Overview", "--env=practice", at)
	g.command("new profile")
	g.snap("profile-new")
	g.types("Juniper Bakery")
	g.press("Return")
	g.logged("msg=activity .*action=profile.added")
	g.snap("profile-made")
	g.command("switch to household")
	g.share("Plaid Checking", "Plaid Saving")
	g.quit()
	if shared, left, rows := g.shared(item); shared != 2 || left != 10 || rows != linked {
		t.Errorf("%d accounts are shared and %d are not, with %d transactions; want 2 and 10, and the %d of all", shared, left, rows, linked)
	}

	g.start("Overview", "--env=practice", at)
	g.goTo("ctrl+2", "Banks")
	g.snap("bank-less")
	g.click(1229, 173) // more
	g.snap("bank-less-menu")
	g.press("End", "Return")
	g.snap("bank-remove")
	g.press("Tab", "Return")
	g.logged("msg=activity .*action=bank.removing")
	g.snap("bank-removing")
	g.logged("msg=activity .*action=bank.removed")
	g.snap("bank-removed")
	g.quit()
	if rows, err := bank.Server().Truth(string(item)); err == nil {
		t.Errorf("the bank still has the connection, with %d transactions", len(rows))
	}
	g.nothingLeftOf(item)
	g.searchFiles(search)
}

// command does the first command that the palette finds.
func (g *guide) command(words string) {
	g.t.Helper()
	g.press("ctrl+k")
	g.types(words)
	g.press("Return")
}

// share chooses anew which accounts the bank on the page shares.
func (g *guide) share(accounts ...string) {
	g.t.Helper()
	g.goTo("ctrl+2", "Banks")
	g.snap("bank")
	g.click(1229, 173) // more
	g.snap("bank-menu")
	g.press("Down", "Down", "Down", "Return")
	g.shows(g.ctx, "Add or remove accounts")
	choice := walk.Platypus()
	choice.Accounts = accounts
	g.check(walk.Link(g.ctx, nil, g.page(), choice))
	g.logged("msg=link .*stage=done")
	g.snap("bank-accounts-changed")
}

// shared counts the accounts of a bank that it shares, those that it does not, and the
// posted transactions that are kept.
func (g *guide) shared(item core.ItemID) (shared, left, rows int) {
	g.t.Helper()
	s := g.services()
	defer g.shut(s)
	accounts, err := s.Vault.AccountsOf(item)
	if err != nil {
		g.t.Error(err)
	}
	for _, a := range accounts {
		if a.Unshared {
			left++
		} else {
			shared++
		}
	}
	return shared, left, posted(g.t, s)
}

// posted counts the transactions that are not pending.
func posted(t testing.TB, s *boot.Services) (n int) {
	t.Helper()
	rows, err := s.Vault.Newest(s.Vault.Count())
	if err != nil {
		t.Error(err)
	}
	for _, row := range rows {
		if !row.Pending {
			n++
		}
	}
	return n
}

// nothingLeftOf checks that a bank is gone, that the profiles are not, and that the
// log tells of it with Plaid's request.
func (g *guide) nothingLeftOf(item core.ItemID) {
	g.t.Helper()
	s := g.services()
	defer g.shut(s)
	items, err := s.Vault.Items()
	if err != nil || len(items) != 0 || s.Vault.Count() != 0 {
		g.t.Errorf("left are %d banks and %d transactions (%v)", len(items), s.Vault.Count(), err)
	}
	if _, err := s.Secrets.Get(g.ctx, secret.TokenName(core.Practice, item)); !fault.Is(err, fault.SecretMissing) {
		g.t.Errorf("the keychain's answer about its token: %v", err)
	}
	profiles, err := s.Vault.Profiles()
	if err != nil || len(profiles) != 2 || !slices.ContainsFunc(profiles, func(p core.Profile) bool { return p.Name == "Juniper Bakery" }) {
		g.t.Errorf("profiles %+v (%v)", profiles, err)
	}
	var removed core.Activity
	if err := s.Vault.Activity(0, func(a core.Activity) bool {
		removed = a
		return a.Action != core.RemovedBank
	}); err != nil {
		g.t.Error(err)
	}
	if removed.Action != core.RemovedBank || removed.Item != item || removed.RequestID == "" {
		g.t.Errorf("the log ends with %+v", removed)
	}
}

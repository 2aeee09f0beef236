package e2e

import (
	"context"
	"os/exec"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/sandbox/walk"
	"bankbook/ui/clip"
	"bankbook/ui/e2e/desktop"
)

// numberOfChecking is the account number of the practice bank's "Plaid Checking".
const numberOfChecking = "1111222233330000"

// TestNumbersInTheWindow gets account numbers from a bank that was linked without
// them, proves an account by a small deposit, and shows and copies a number: the real
// program in a real window, with a real clipboard.
func TestNumbersInTheWindow(t *testing.T) {
	g := newShownGuide(t)
	_, at := withBank(t, g.machine)
	g.must("link", "--instant", at)

	g.start("Overview", "--env=practice", at)
	g.addNumbers()
	g.verifyByDeposit()
	copied := g.revealAndCopy()
	g.goTo("ctrl+4", "Activity")
	g.snap("activity")
	left := clip.After - time.Since(copied)
	g.check(desktop.Until(g.ctx, left+patience, func() (bool, error) { return g.clipboard() == "", nil }))
	if early := clip.After - time.Since(copied); early > 0 {
		t.Errorf("the clipboard was cleared %v too early", early)
	}
	g.quit()

	g.numbersAreNoted()
	g.machine.holdsNoSecret()
}

// addNumbers asks the bank on the page for account numbers.
func (g *guide) addNumbers() {
	g.t.Helper()
	g.goTo("ctrl+2", "Banks")
	g.snap("bank")
	g.click(1229, 173) // more
	g.snap("bank-menu")
	g.press("Down", "Down", "Down", "Down", "Down", "Return")
	g.shows(g.ctx, "Add account numbers")
	g.check(walk.Link(g.ctx, nil, g.page(), walk.Platypus()))
	g.logged("msg=link .*stage=done")
	g.snap("numbers-added")
}

// verifyByDeposit links an account by its numbers alone, and tells the code of the
// deposit.
func (g *guide) verifyByDeposit() {
	g.t.Helper()
	g.goTo("ctrl+n", "Link a bank")
	g.snap("options")
	g.click(490, 548) // advanced
	g.snap("options-advanced")
	g.click(1075, 604) // my bank can't sign in
	g.snap("options-deposit")
	g.press("Return")
	g.shows(g.ctx, "Link a bank")
	g.check(walk.Link(g.ctx, nil, g.page(), walk.Choice{Manual: true}))
	g.logged("msg=link .*stage=done")
	g.snap("deposit-sent")
	g.goTo("ctrl+2", "Banks")
	g.snap("banks-pending")
	g.click(1010, 173) // verify micro-deposits
	g.shows(g.ctx, "Verify micro-deposits")
	g.check(walk.Link(g.ctx, nil, g.page(), walk.Choice{}))
	g.logged("msg=link .*stage=done")
	g.snap("deposit-verified")
}

// revealAndCopy shows the numbers of the checking account, copies one, and returns
// when that was asked for.
func (g *guide) revealAndCopy() time.Time {
	g.t.Helper()
	g.command("plaid checking")
	g.snap("account")
	g.click(998, 315) // reveal
	g.snap("reveal")
	g.press("Tab", "Return")
	g.logged("msg=activity .*action=ach.revealed")
	g.snap("revealed")
	g.press("Return")
	g.snap("account-again")
	g.click(1161, 315) // copy
	g.snap("copy")
	asked := time.Now()
	g.press("Tab", "Return")
	g.logged("msg=activity .*action=ach.copied")
	g.snap("copied")
	if held := g.clipboard(); held != numberOfChecking {
		g.t.Errorf("the clipboard holds %q", held)
	}
	return asked
}

// clipboard returns what is on it.
func (g *guide) clipboard() string {
	ctx, cancel := context.WithTimeout(g.ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "xclip", "-selection", "clipboard", "-out")
	cmd.Env = g.env
	out, err := cmd.Output()
	if err != nil { // nobody holds it
		return ""
	}
	return string(out)
}

// numbersAreNoted checks that the log tells of what was done with numbers.
func (g *guide) numbersAreNoted() {
	g.t.Helper()
	s := g.services()
	defer g.shut(s)
	var actions []core.Action
	if err := s.Vault.Activity(0, func(a core.Activity) bool {
		actions = append(actions, a.Action)
		return true
	}); err != nil {
		g.t.Error(err)
	}
	for _, want := range []core.Action{core.AddedProducts, core.VerifiedNumbers, core.RevealedNumbers, core.CopiedNumbers} {
		if !slices.Contains(actions, want) {
			g.t.Errorf("the log has no %s among %v", want, actions)
		}
	}
}

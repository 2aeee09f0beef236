package e2e

import (
	"testing"

	"bankbook/core"
	"bankbook/core/sandbox/walk"
)

// TestContinueInTheWindow links a bank that was linked before, lets its history go on
// in the new accounts, and undoes that: the real program in a real window.
func TestContinueInTheWindow(t *testing.T) {
	g := newShownGuide(t)
	_, at := withBank(t, g.machine)
	g.must("link", "--instant", at)
	earlier := g.bankIDs(at)[0]
	g.must("banks", "remove", string(earlier), "--keep-history", "--yes", at)
	held := g.services()
	history := posted(t, held)
	g.shut(held)

	g.start("Overview", "--env=practice", at)
	g.linkAgain()
	g.snap("linked-again")
	g.click(1036, 196) // continue its history
	g.snap("continue")
	g.press("Tab", "Return")
	g.logged("msg=activity .*action=bank.continued")
	g.snap("continued")
	g.quit()
	if rows := g.posted(); rows != history {
		t.Errorf("%d transactions are kept, want the %d of before: nothing lost, nothing twice", rows, history)
	}

	g.start("Overview", "--env=practice", at)
	g.goTo("ctrl+2", "Banks")
	g.snap("banks")
	g.click(1229, 173) // more
	g.snap("bank-menu")
	g.press("End", "Up", "Return") // separate the earlier bank
	g.logged("msg=activity .*action=bank.continued_undone")
	g.snap("separated")
	g.quit()
	if rows := g.posted(); rows <= history {
		t.Errorf("%d transactions are kept, want the %d of before and those of the new bank", rows, history)
	}
}

// linkAgain links the bank with three months of history.
func (g *guide) linkAgain() {
	g.t.Helper()
	g.goTo("ctrl+n", "Link a bank")
	g.snap("options")
	g.click(812, 364) // 3 months
	g.snap("options-short")
	g.press("Return")
	g.check(walk.Link(g.ctx, nil, g.page(), walk.Platypus()))
	g.logged("msg=link .*stage=done")
}

// posted counts the transactions that are not pending.
func (g *guide) posted() int {
	g.t.Helper()
	s := g.services()
	defer g.shut(s)
	return posted(g.t, s)
}

// bankIDs lists the banks, the newest last.
func (m *machine) bankIDs(at string) (ids []core.ItemID) {
	m.t.Helper()
	for _, b := range readJSON[[]struct {
		ID core.ItemID `json:"item_id"`
	}](m, "banks", at) {
		ids = append(ids, b.ID)
	}
	return ids
}

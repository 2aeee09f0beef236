package shell_test

import (
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/ui/shell"
	"bankbook/ui/uitest"
)

// askContinue opens the dialog that lets an earlier bank go on in First Platypus Bank.
func (b *bench) askContinue() {
	b.t.Helper()
	b.Go(shell.Banks{})
	b.settle()
	b.tap("More for First Platypus Bank")
	b.tap("Continue an earlier bank…")
}

func earlierBanks() []core.Item {
	return []core.Item{
		{ID: "old", Institution: core.Institution{ID: "ins_109508", Name: "First Platypus Bank"}, LinkedAt: now.AddDate(-2, 0, 0)},
		{ID: "older", Institution: core.Institution{ID: "ins_1", Name: "Mill Valley Savings"}, LinkedAt: now.AddDate(-3, 0, 0)},
	}
}

func TestContinueAnEarlierBank(t *testing.T) {
	b := open(t, windowSize, uitest.Light)
	b.askContinue()
	b.shows("No earlier bank has accounts like these")
	b.bakery.earlier = earlierBanks()
	b.askContinue()
	b.shows("2 accounts continue; 1 without a counterpart stays where it is", "1,204 transactions carried over, back to Feb 9, 2023",
		"412 transactions came from the bank again", "3 of those carried over", "2 transactions that were pending")
	b.tap("First Platypus Bank, linked Nov 18, 2024")
	b.tap("Mill Valley Savings, linked Nov 18, 2023")
	b.tap("Continue it")
	b.shows("Mill Valley Savings continues")
	b.tap("Undo")
	want := []string{"preview old in platypus", "preview older in platypus", "continue older in platypus", "separate c"}
	if !slices.Equal(b.bakery.asked, want) {
		t.Errorf("asked %q", b.bakery.asked)
	}
}

// relinked has First Platypus Bank be there from before, too, with one account.
func (b *bench) relinked(account core.Account) {
	account.ID, account.Item = "old-account", "old"
	b.bakery.accounts = append(b.bakery.accounts, account)
	b.bakery.items = append(b.bakery.items, core.Item{
		ID: "old", Profile: "juniper", Connection: core.ByHand, Institution: b.bakery.items[0].Institution, LinkedAt: now.AddDate(-2, 0, 0),
	})
	b.bakery.earlier = earlierBanks()[:1]
}

func TestABankThatIsLinkedAgainCanContinue(t *testing.T) {
	b := newBench(t, windowSize, uitest.Light)
	b.session(core.Practice, link.Session{Stage: link.Done, Items: []core.ItemID{"platypus"}})
	if uitest.Shows(b.canvas(), "Continue its history…") {
		t.Error("there is nothing to continue")
	}
	b = newBench(t, windowSize, uitest.Light)
	b.relinked(core.Account{Name: "Vacation Club", Mask: "4321", Type: core.Depository})
	b.session(core.Practice, link.Session{Stage: link.Done, Items: []core.ItemID{"platypus"}})
	if uitest.Shows(b.canvas(), "Continue its history…") {
		t.Error("what is left of it has no counterpart")
	}
	b = newBench(t, windowSize, uitest.Light)
	b.relinked(b.bakery.accounts[0])
	b.session(core.Practice, link.Session{Stage: link.Done, Items: []core.ItemID{"platypus"}})
	b.shows("You had First Platypus Bank before.")
	b.tap("Continue its history…")
	b.shows("Continue an earlier bank in First Platypus Bank", "1,204 transactions carried over")
}

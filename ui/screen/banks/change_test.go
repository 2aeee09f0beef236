package banks_test

import (
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/uitest"
)

func TestWhatABankCanBeAskedFor(t *testing.T) {
	fine := bank("Fine", core.Connected, fault.None)
	numbered := bank("Numbered", core.Connected, fault.None)
	numbered.Products = []core.Product{core.Transactions, core.Auth}
	byHand := bank("ByHand", core.Connected, fault.None)
	byHand.Connection = core.ByHand
	leaving := bank("Leaving", core.Connected, fault.None)
	leaving.Leaving.Since = now
	deposit := bank("Deposit", core.Connected, fault.None)
	deposit.Institution.ID, deposit.Products = "", []core.Product{core.Auth}
	for _, tt := range []struct {
		item                      core.Item
		ach                       core.Verification
		change, numbers, asksCode bool
	}{
		{fine, core.NoNumbers, true, true, false},
		{bank("SignIn", core.SignInNeeded, fault.SignIn), core.NoNumbers, true, true, false},
		{numbered, core.Verified, true, false, false},
		{numbered, core.VerifyPending, true, false, false}, // the bank verifies it by itself
		{bank("Gone", core.Gone, fault.Gone), core.NoNumbers, false, false, false},
		{byHand, core.Unverified, false, false, false},
		{leaving, core.NoNumbers, false, false, false},
		{deposit, core.VerifyPending, true, false, true},
		{deposit, core.VerifyFailed, true, false, false},
	} {
		b := newBench(t, tt.item)
		b.accounts[0].ACH = core.ACHAccount{Status: tt.ach}
		c := b.load().card(tt.item.Institution.Name)
		if c.CanChange() != tt.change || c.CanAddNumbers() != tt.numbers || c.AsksForCode() != tt.asksCode {
			t.Errorf("%s, %q: change %v, numbers %v, code %v", tt.item.Institution.Name, tt.ach, c.CanChange(), c.CanAddNumbers(), c.AsksForCode())
		}
	}
}

func TestAChangeHasToWaitForTheSync(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None)).load()
	b.Handle(event.SyncProgress{Item: "Alpha", Running: true})
	if c := b.card("Alpha"); c.CanChange() || c.CanAddNumbers() {
		t.Errorf("card %+v", c)
	}
}

func TestViewChangesAccountsAndAsksForNumbers(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None)).show(t)
	uitest.Tap(t, b.canvas, "Add or remove accounts")
	for _, choice := range []string{"Add or remove accounts…", "Add account numbers…"} {
		uitest.Tap(t, b.canvas, "More for Alpha")
		uitest.Tap(t, b.canvas, choice)
	}
	if want := []string{"accounts Alpha", "accounts Alpha", "numbers Alpha"}; !slices.Equal(b.asked, want) {
		t.Errorf("asked %q, want %q", b.asked, want)
	}
	uitest.Tap(t, b.canvas, "More for Alpha")
	if uitest.Shows(b.canvas, "Verify micro-deposits…") {
		t.Error("a deposit is to be verified that nobody waits for")
	}
}

func TestViewTellsAccountsThatAreNotSharedAnyMore(t *testing.T) {
	b := newBench(t, bank("Alpha", core.Connected, fault.None))
	b.accounts[0].OfficialName, b.accounts[0].Unshared = "Gold Checking", true
	b.show(t)
	uitest.MustShow(t, b.canvas, "No longer shared")
}

func TestViewVerifiesADeposit(t *testing.T) {
	item := bank("Alpha", core.Connected, fault.None)
	item.Institution.ID = ""
	b := newBench(t, item)
	b.accounts[0].ACH = core.ACHAccount{Status: core.VerifyPending}
	b.show(t)
	uitest.MustShow(t, b.canvas, "Pending")
	uitest.Tap(t, b.canvas, "Verify micro-deposits")
	uitest.Tap(t, b.canvas, "More for Alpha")
	uitest.Tap(t, b.canvas, "Verify micro-deposits…")
	if want := []string{"verify Alpha Alpha-checking", "verify Alpha Alpha-checking"}; !slices.Equal(b.asked, want) {
		t.Errorf("asked %q, want %q", b.asked, want)
	}
}

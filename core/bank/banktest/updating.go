package banktest

import (
	"context"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
)

// update asks for a page about an Item that is there, has the person go through it,
// and checks that it is the same Item afterwards: there is nothing to exchange.
func update(t *testing.T, w World, grant bank.Grant, change func(*bank.LinkRequest), visit func(context.Context, bank.Link) error) {
	t.Helper()
	req := bank.LinkRequest{User: "banktest-user", Access: grant.Access}
	change(&req)
	link := page(t, w, req)
	must(t, visit(t.Context(), link))
	session := finished(t, status(t, w, link))
	if session.Exit != nil || len(session.Results) > 0 {
		t.Errorf("the update ended with %+v", session)
	}
	item, err := w.Item(t.Context(), grant.Access)
	must(t, err)
	if item.ID != grant.Item || item.Trouble.Kind != fault.None {
		t.Errorf("the item is %+v", item)
	}
}

// chooseAccounts takes all accounts but one away, and gives them back.
func chooseAccounts(t *testing.T, w World) {
	grant := instant(t, w)
	before, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	anew := func(r *bank.LinkRequest) { r.SelectAccounts = true }
	update(t, w, grant, anew, func(ctx context.Context, l bank.Link) error { return w.Share(ctx, l, before[0].Name) })
	one, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	if len(one) != 1 || one[0].ID != before[0].ID {
		t.Errorf("shared are %v, want %s alone", ids(one), before[0].ID)
	}
	update(t, w, grant, anew, w.Finish)
	after, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	if len(after) == 0 || !slices.Contains(ids(after), before[0].ID) {
		t.Errorf("shared are %v, were %v", ids(after), ids(before))
	}
}

// askForMore asks the user of an Item for account numbers, too.
func askForMore(t *testing.T, w World) {
	req := request()
	req.Optional = nil
	link := page(t, w, req)
	must(t, w.Finish(t.Context(), link))
	grant, err := w.Exchange(t.Context(), finished(t, status(t, w, link)).Results[0].Public)
	must(t, err)
	_, err = w.Numbers(t.Context(), grant.Access)
	wantFault(t, err, fault.Consent, grant.Access)
	update(t, w, grant, func(r *bank.LinkRequest) { r.Additional = []core.Product{core.Auth} }, w.Finish)
	found, err := w.Numbers(t.Context(), grant.Access)
	must(t, err)
	item, err := w.Item(t.Context(), grant.Access)
	must(t, err)
	if len(found) == 0 || !slices.Contains(item.Products, core.Auth) {
		t.Errorf("%d numbers; the item has %v", len(found), item.Products)
	}
}

// proveNumbers types account numbers in, and then the code of the deposit that
// proves them.
func proveNumbers(t *testing.T, w World) {
	link := page(t, w, bank.LinkRequest{User: "banktest-user", Products: []core.Product{core.Auth}, Deposits: true})
	must(t, w.Enter(t.Context(), link))
	results := finished(t, status(t, w, link)).Results
	if len(results) != 1 || results[0].Institution != (core.Institution{}) || len(results[0].Accounts) != 1 {
		t.Fatalf("want an item of one account and no institution, got %+v", results)
	}
	grant, err := w.Exchange(t.Context(), results[0].Public)
	must(t, err)
	verification(t, w, grant, core.VerifyPending)
	_, err = w.Numbers(t.Context(), grant.Access)
	wantFault(t, err, fault.NotReady, grant.Access)
	update(t, w, grant, func(*bank.LinkRequest) {}, w.Finish)
	verification(t, w, grant, core.Verified)
	found, err := w.Numbers(t.Context(), grant.Access)
	must(t, err)
	if len(found) != 1 || found[0].Account != results[0].Accounts[0].ID {
		t.Errorf("%d numbers", len(found))
	}
}

func verification(t *testing.T, w World, grant bank.Grant, want core.Verification) {
	t.Helper()
	accounts, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	if len(accounts) != 1 || accounts[0].ACH.Status != want || accounts[0].ACH.HasNumbers() {
		t.Errorf("accounts %+v, want one that is %s", accounts, want)
	}
}

// severalBanks links two banks on one page.
func severalBanks(t *testing.T, w World) {
	req := request()
	req.Several = true
	link := page(t, w, req)
	must(t, w.Several(t.Context(), link))
	results := finished(t, status(t, w, link)).Results
	if len(results) != 2 || results[0].Institution.ID == results[1].Institution.ID {
		t.Fatalf("want two banks, got %+v", results)
	}
	items := map[core.ItemID]bool{}
	for _, r := range results {
		grant, err := w.Exchange(t.Context(), r.Public)
		must(t, err)
		items[grant.Item] = true
		sameAccounts(t, w, r, grant)
	}
	if len(items) != 2 {
		t.Errorf("two banks are %d items", len(items))
	}
}

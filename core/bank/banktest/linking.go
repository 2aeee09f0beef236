package banktest

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
)

func linkBank(t *testing.T, w World) {
	link := page(t, w, request())
	before := status(t, w, link)
	if !before.Expires.Equal(link.Expires) {
		t.Errorf("the link ends at %v, its status says %v", link.Expires, before.Expires)
	}
	for _, s := range before.Sessions {
		if !s.Finished.IsZero() || s.Exit != nil || len(s.Results) > 0 {
			t.Errorf("nobody has opened the page, and there is %+v", s)
		}
	}
	must(t, w.Finish(t.Context(), link))
	session := finished(t, status(t, w, link))
	if session.Exit != nil || len(session.Results) != 1 {
		t.Fatalf("want one Item and no exit, got %+v", session)
	}
	result := session.Results[0]
	if want := (core.Institution{ID: w.Bank, Name: w.Name}); result.Institution != want {
		t.Errorf("the institution is %+v, want %+v", result.Institution, want)
	}
	grant, err := w.Exchange(t.Context(), result.Public)
	must(t, err)
	if grant.Item == "" || grant.Access.IsEmpty() {
		t.Fatalf("the grant lacks something: %+v", grant)
	}
	healthy(t, w, grant)
	sameAccounts(t, w, result, grant)
}

// healthy checks the Item of a grant.
func healthy(t *testing.T, w World, grant bank.Grant) {
	t.Helper()
	item, err := w.Item(t.Context(), grant.Access)
	must(t, err)
	if item.ID != grant.Item || item.Institution.ID != w.Bank || item.Trouble != (core.Trouble{}) {
		t.Errorf("the item is %+v", item)
	}
	if !slices.Contains(item.Products, core.Transactions) {
		t.Errorf("the item has the products %v", item.Products)
	}
}

// sameAccounts compares the accounts that were chosen with those that are there.
func sameAccounts(t *testing.T, w World, chosen bank.LinkResult, grant bank.Grant) {
	t.Helper()
	accounts, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	there := map[core.AccountID]bank.LinkAccount{}
	for _, a := range accounts {
		there[a.ID] = bank.LinkAccount{ID: a.ID, Name: a.Name, Mask: a.Mask, Type: a.Type, Subtype: a.Subtype}
		if a.Item != grant.Item {
			t.Errorf("account %s is of item %s", a.ID, a.Item)
		}
	}
	want := map[core.AccountID]bank.LinkAccount{}
	for _, a := range chosen.Accounts {
		want[a.ID] = a
	}
	if len(want) == 0 || !maps.Equal(there, want) {
		t.Errorf("chosen were %+v, there are %+v", want, there)
	}
}

// linkLimited offers accounts of one type alone.
func linkLimited(t *testing.T, w World) {
	req := request()
	req.Kinds = []core.AccountType{core.Credit}
	link := page(t, w, req)
	must(t, w.Finish(t.Context(), link))
	results := finished(t, status(t, w, link)).Results
	if len(results) != 1 || len(results[0].Accounts) == 0 {
		t.Fatalf("want an item with accounts, got %+v", results)
	}
	for _, a := range results[0].Accounts {
		if a.Type != core.Credit {
			t.Errorf("%s is of type %s", a.Name, a.Type)
		}
	}
}

func leavePage(t *testing.T, w World) {
	link := page(t, w, request())
	must(t, w.Exit(t.Context(), link))
	session := finished(t, status(t, w, link))
	if session.Exit == nil || len(session.Results) > 0 {
		t.Fatalf("want an exit and no Item, got %+v", session)
	}
	if session.Exit.Status == "" || session.Exit.Code != "" || session.Exit.Institution.ID != w.Bank {
		t.Errorf("the exit is %+v", *session.Exit)
	}
}

// twoPages leaves one page and finishes another: two links do not mix.
func twoPages(t *testing.T, w World) {
	one, two := page(t, w, request()), page(t, w, request())
	if one.Token == two.Token || one.URL == two.URL {
		t.Fatal("two links are one")
	}
	must(t, w.Exit(t.Context(), one))
	must(t, w.Finish(t.Context(), two))
	if got := finished(t, status(t, w, one)); got.Exit == nil || len(got.Results) != 0 {
		t.Errorf("the page that was left has %+v", got)
	}
	if got := finished(t, status(t, w, two)); got.Exit != nil || len(got.Results) != 1 {
		t.Errorf("the page that was finished has %+v", got)
	}
}

func linkInstantly(t *testing.T, w World) {
	grant := instant(t, w)
	healthy(t, w, grant)
	other := instant(t, w)
	if other.Item == grant.Item || other.Access == grant.Access {
		t.Error("the same bank linked twice is one item")
	}
	_, err := w.InstantLink(t.Context(), bank.InstantRequest{
		Institution: "ins_0", User: w.User, Password: w.Password, Products: []core.Product{core.Transactions},
	})
	wantFault(t, err, fault.NotFound, w.Password)
}

// foreignTokens are of the right form and belong to nothing.
func foreignTokens(t *testing.T, w World) {
	link, public, access := w.Foreign("link"), w.Foreign("public"), w.Foreign("access")
	_, err := w.LinkStatus(t.Context(), link)
	wantFault(t, err, fault.Expired, link)
	_, err = w.Exchange(t.Context(), public)
	wantFault(t, err, fault.Expired, public)
	for name, call := range w.operations(access) {
		t.Run(name, func(t *testing.T) { wantFault(t, call(t.Context()), fault.Gone, access) })
	}
	if err := w.RemoveItem(t.Context(), access); err != nil {
		t.Errorf("to remove what is not there: %v", err)
	}
}

// repair breaks an Item and signs in again: it is the same Item afterwards.
func repair(t *testing.T, w World) {
	grant := instant(t, w)
	before, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	must(t, w.Break(t.Context(), grant.Access))

	item, err := w.Item(t.Context(), grant.Access)
	must(t, err)
	if item.Trouble.Kind != fault.SignIn || item.Trouble.Code == "" {
		t.Errorf("the broken item's trouble is %+v", item.Trouble)
	}
	for name, call := range w.operations(grant.Access) {
		if name != "Item" && name != "CreateLink" && name != "Accounts" {
			t.Run(name, func(t *testing.T) { wantFault(t, call(t.Context()), fault.SignIn, grant.Access) })
		}
	}
	link := page(t, w, bank.LinkRequest{User: "banktest-user", Access: grant.Access})
	must(t, w.Finish(t.Context(), link))
	if session := finished(t, status(t, w, link)); session.Exit != nil {
		t.Errorf("the repair ended with %+v", *session.Exit)
	}
	healthy(t, w, grant)
	after, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	if !slices.Equal(ids(before), ids(after)) {
		t.Errorf("the accounts were %v, are %v", ids(before), ids(after))
	}
}

func ids(accounts []core.Account) []core.AccountID {
	var out []core.AccountID
	for _, a := range accounts {
		out = append(out, a.ID)
	}
	slices.Sort(out)
	return out
}

func remove(t *testing.T, w World) {
	grant, kept := instant(t, w), instant(t, w)
	must(t, w.RemoveItem(t.Context(), grant.Access))
	for name, call := range w.operations(grant.Access) {
		t.Run(name, func(t *testing.T) { wantFault(t, call(t.Context()), fault.Gone, grant.Access) })
	}
	if err := w.RemoveItem(t.Context(), grant.Access); err != nil {
		t.Errorf("to remove it again: %v", err)
	}
	if _, err := w.Item(t.Context(), kept.Access); err != nil {
		t.Errorf("the other item: %v", err)
	}
}

// rotate takes a new access token: the old one is worth nothing from then on.
func rotate(t *testing.T, w World) {
	grant, other := instant(t, w), instant(t, w)
	fresh, err := w.RotateToken(t.Context(), grant.Access)
	must(t, err)
	if fresh.IsEmpty() || fresh == grant.Access {
		t.Fatal("the new token is the old one, or none")
	}
	for name, call := range w.operations(grant.Access) {
		t.Run(name, func(t *testing.T) { wantFault(t, call(t.Context()), fault.Gone, grant.Access) })
	}
	_, err = w.RotateToken(t.Context(), grant.Access)
	wantFault(t, err, fault.Gone, grant.Access)
	healthy(t, w, bank.Grant{Item: grant.Item, Access: fresh})
	healthy(t, w, other)
}

// contextOver calls everything with a context that has ended.
func contextOver(t *testing.T, w World) {
	access := instant(t, w).Access
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Hour))
	defer stop()

	calls := w.operations(access)
	maps.Copy(calls, map[string]func(context.Context) error{
		"LinkStatus":         func(ctx context.Context) error { return second(w.LinkStatus(ctx, w.Foreign("link"))) },
		"Exchange":           func(ctx context.Context) error { return second(w.Exchange(ctx, w.Foreign("public"))) },
		"RemoveItem":         func(ctx context.Context) error { return w.RemoveItem(ctx, access) },
		"RotateToken":        func(ctx context.Context) error { return second(w.RotateToken(ctx, access)) },
		"Institution":        func(ctx context.Context) error { return second(w.Institution(ctx, w.Bank)) },
		"SearchInstitutions": func(ctx context.Context) error { return second(w.SearchInstitutions(ctx, w.Name)) },
		"InstantLink": func(ctx context.Context) error {
			return second(w.InstantLink(ctx, bank.InstantRequest{Institution: w.Bank}))
		},
	})
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			wantFault(t, call(cancelled), fault.Canceled, access)
			wantFault(t, call(late), fault.Network, access)
		})
	}
	if _, err := w.Item(t.Context(), access); err != nil {
		t.Errorf("the item after it all: %v", err)
	}
}

// receipts asks for everything twice: each answer has a request of its own, and
// so has a refusal.
func receipts(t *testing.T, w World) {
	access := instant(t, w).Access
	for name, call := range w.operations(access) {
		seen := map[string]bool{}
		for range 2 {
			ctx, receipt := bank.WithReceipt(t.Context())
			must(t, call(ctx))
			seen[receipt.Last()] = true
		}
		if seen[""] || len(seen) != 2 {
			t.Errorf("%s: two requests had the ids %v", name, seen)
		}
	}
	ctx, receipt := bank.WithReceipt(t.Context())
	_, err := w.Item(ctx, w.Foreign("access"))
	if id := fault.Describe(err).RequestID; id == "" || receipt.Last() != id {
		t.Errorf("a refused request has the id %q, and the receipt %q", id, receipt.Last())
	}
}

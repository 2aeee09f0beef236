package banktest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

func accountsAndBalances(t *testing.T, w World) {
	grant := instant(t, w)
	kinds := map[core.AccountType]bool{}
	for name, read := range map[string]func() ([]core.Account, error){
		"Accounts": func() ([]core.Account, error) { return w.Accounts(t.Context(), grant.Access) },
		"Balances": func() ([]core.Account, error) { return w.Balances(t.Context(), grant.Access) },
	} {
		accounts, err := read()
		must(t, err)
		for _, a := range accounts {
			saneAccount(t, grant, a)
			kinds[a.Type] = true
		}
		if n := len(slices.Compact(ids(accounts))); n != len(accounts) {
			t.Errorf("%s: %d accounts have %d ids", name, len(accounts), n)
		}
	}
	if !kinds[core.Depository] || !kinds[core.Credit] {
		t.Errorf("want checking and credit accounts, got %v", kinds)
	}
}

func saneAccount(t *testing.T, grant bank.Grant, a core.Account) {
	t.Helper()
	if a.ID == "" || a.Item != grant.Item || a.Name == "" || len(a.Mask) > 4 || a.Balance.At.IsZero() {
		t.Errorf("account %+v", a)
	}
	if !a.Balance.Current.Known && !a.Balance.Available.Known {
		t.Errorf("account %s has no balance at all", a.Name)
	}
	if a.Type == core.Credit && a.Balance.Current.Amount.Sign() < 0 {
		t.Errorf("card %s owes %v", a.Name, a.Balance.Current.Amount)
	}
}

func numbers(t *testing.T, w World) {
	grant := instant(t, w)
	accounts, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	masks := map[core.AccountID]string{}
	for _, a := range accounts {
		masks[a.ID] = a.Mask
	}
	got, err := w.Numbers(t.Context(), grant.Access)
	must(t, err)
	if len(got) == 0 {
		t.Fatal("no account has numbers")
	}
	for _, n := range got {
		mask, there := masks[n.Account]
		if !there || len(n.Routing.Reveal()) != 9 || n.Number.IsEmpty() {
			t.Errorf("the numbers of %s are not right", n.Account)
		}
		if !n.Tokenized && !strings.HasSuffix(n.Number.Reveal(), mask) {
			t.Errorf("the number of %s does not end with its mask", n.Account)
		}
	}
}

func institutions(t *testing.T, w World) {
	got, err := w.Institution(t.Context(), w.Bank)
	if want := (core.Institution{ID: w.Bank, Name: w.Name}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err = w.Institution(t.Context(), "ins_0")
	wantFault(t, err, fault.NotFound)
	found, err := w.SearchInstitutions(t.Context(), strings.ToLower(w.Name))
	if err != nil || !slices.Contains(found, got) {
		t.Errorf("a search for it finds %v, %v", found, err)
	}
	found, err = w.SearchInstitutions(t.Context(), "no bank has such a name")
	if err != nil || len(found) != 0 {
		t.Errorf("a search for nothing finds %v, %v", found, err)
	}
}

// rounds bounds every loop of this file.
const rounds = 200

// history pages to the end, waiting while the provider gets more ready. It
// applies the pages as they are meant: added and modified are put in, removed
// are taken out.
func history(t *testing.T, w World, access secret.Text) (rows map[core.TransactionID]core.Transaction, cursor string, pages int) {
	t.Helper()
	rows = map[core.TransactionID]core.Transaction{}
	for range rounds {
		got, err := w.Sync(t.Context(), access, cursor)
		must(t, err)
		pages++
		for _, row := range slices.Concat(got.Added, got.Modified) {
			rows[row.ID] = row
		}
		for _, id := range got.Removed {
			delete(rows, id)
		}
		if got.Phase == core.NotReady {
			if got.Next != "" || len(rows) > 0 {
				t.Fatalf("not ready, and yet %+v", got)
			}
			w.Wait(time.Second)
			continue
		}
		cursor = got.Next
		switch {
		case got.More:
		case got.Phase == core.HistoryDone:
			return rows, cursor, pages
		default:
			w.Wait(time.Second)
		}
	}
	t.Fatal("the history has no end")
	return nil, "", 0
}

func wholeHistory(t *testing.T, w World) {
	grant := instant(t, w)
	rows, cursor, pages := history(t, w, grant.Access)
	if pages < 3 {
		t.Errorf("%d rows on %d pages: too few for a test of paging", len(rows), pages)
	}
	saneRows(t, w, grant, rows)

	again, err := w.Sync(t.Context(), grant.Access, cursor)
	must(t, err)
	if n := len(again.Added) + len(again.Modified) + len(again.Removed); n > 0 || again.More || again.Phase != core.HistoryDone {
		t.Errorf("behind the end there are %d rows, more %v, %s", n, again.More, again.Phase)
	}
	replayed, _, _ := history(t, w, grant.Access)
	if len(replayed) != len(rows) {
		t.Fatalf("read again there are %d rows, not %d", len(replayed), len(rows))
	}
	for id, row := range rows {
		if replayed[id] != row {
			t.Fatalf("read again, %+v is %+v", row, replayed[id])
		}
	}
}

// saneRows checks that every row has what it must have, and that a household
// spends more often than it earns: the sign is Bankbook's.
func saneRows(t *testing.T, w World, grant bank.Grant, rows map[core.TransactionID]core.Transaction) {
	t.Helper()
	accounts, err := w.Accounts(t.Context(), grant.Access)
	must(t, err)
	known := ids(accounts)
	in, out := 0, 0
	for _, row := range rows {
		if row.ID == "" || row.Date.IsZero() || row.Name == "" || row.Amount.Currency == "" {
			t.Fatalf("row %+v", row)
		}
		if _, there := slices.BinarySearch(known, row.Account); !there {
			t.Fatalf("row %s is of account %s", row.ID, row.Account)
		}
		switch {
		case row.Amount.Sign() > 0:
			in++
		case row.Amount.Sign() < 0:
			out++
		}
	}
	if in == 0 || out <= in {
		t.Errorf("%d rows bring money in and %d take it out: is the sign right?", in, out)
	}
}

// firstSync never goes back from a phase to an earlier one.
func firstSync(t *testing.T, w World) {
	grant := instant(t, w)
	order := []core.SyncPhase{core.NotReady, core.InitialDone, core.HistoryDone}
	at, cursor := 0, ""
	for range rounds {
		got, err := w.Sync(t.Context(), grant.Access, cursor)
		must(t, err)
		now := slices.Index(order, got.Phase)
		if now < at {
			t.Fatalf("after %s comes %q", order[at], got.Phase)
		}
		at = now
		if got.Phase != core.NotReady {
			cursor = got.Next
		}
		if got.Phase == core.HistoryDone && !got.More {
			return
		}
		if !got.More {
			w.Wait(100 * time.Millisecond)
		}
	}
	t.Fatalf("the first sync stays at %s", order[at])
}

// changeBetweenPages asks for news in the midst of a pagination loop. The loop
// goes on undisturbed or ends with Mutation, and from its start it works.
func changeBetweenPages(t *testing.T, w World) {
	grant := instant(t, w)
	_, _, _ = history(t, w, grant.Access)
	first, err := w.Sync(t.Context(), grant.Access, "")
	must(t, err)
	if !first.More {
		t.Fatal("the history has one page")
	}
	switch err := w.Refresh(t.Context(), grant.Access); {
	case fault.Is(err, fault.Unsupported):
	case err != nil:
		t.Fatal(err)
	}
	w.Wait(24 * time.Hour)
	if _, err := w.Sync(t.Context(), grant.Access, first.Next); err != nil {
		wantFault(t, err, fault.Mutation, grant.Access)
	}
	if rows, _, _ := history(t, w, grant.Access); len(rows) < len(first.Added) {
		t.Errorf("from the start there are %d rows", len(rows))
	}
}

func foreignCursor(t *testing.T, w World) {
	one, two := instant(t, w), instant(t, w)
	_, cursor, _ := history(t, w, one.Access)
	_, _, _ = history(t, w, two.Access)
	_, err := w.Sync(t.Context(), two.Access, cursor)
	wantFault(t, err, fault.StaleCursor, two.Access)
	if _, err := w.Sync(t.Context(), one.Access, cursor); err != nil {
		t.Errorf("the cursor's own item: %v", err)
	}
}

package boot

import (
	"reflect"
	"runtime"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

// linkedBank is a program with one test bank, all of whose history is there.
func linkedBank(t *testing.T) (s *Services, item core.ItemID) {
	t.Helper()
	s = open(t, start(t, atOnce(t, newChain())), Choice{Env: core.Practice})
	t.Cleanup(func() { closeAll(t, s) })
	linkInsisting(t, s, func() {})
	items, err := s.Vault.Items()
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	// The log is written when the session tells of its end, which may be a little later.
	for t.Context().Err() == nil && !slices.Contains(actions(t, s), core.LinkedBank) {
		runtime.Gosched()
	}
	return s, items[0].ID
}

// called returns the account of the view with a name.
func called(t *testing.T, s *Services, view scope.View, name string) accounts.Row {
	t.Helper()
	rows, _, err := s.Accounts.List(view, accounts.Filter{Text: name, Hidden: accounts.Both}, accounts.Page{})
	if err != nil || len(rows) == 0 {
		t.Fatalf("no account %q: %v", name, err)
	}
	return rows[0]
}

func rowsOf(t *testing.T, s *Services, id core.AccountID) (n int) {
	t.Helper()
	if err := s.Vault.Each(func(r core.Transaction) error {
		if r.Account == id {
			n++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func actions(t *testing.T, s *Services) (done []core.Action) {
	t.Helper()
	if err := s.Vault.Activity(0, func(a core.Activity) bool { done = append(done, a.Action); return true }); err != nil {
		t.Fatal(err)
	}
	return done
}

func TestAccountOfAPracticeBank(t *testing.T) {
	s, item := linkedBank(t)
	view := s.View(s.Profile.ID)
	id := called(t, s, view, "Plaid Checking").ID
	nickname := "Household money"
	if _, err := s.Accounts.Update(view, id, accounts.Changes{Nickname: &nickname}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accounts.SetPrimary(view, id, core.Primary{Deposits: true, Withdrawals: true}, true); err != nil {
		t.Fatal(err)
	}
	r, err := s.Accounts.Balance(t.Context(), view, id)
	if err != nil || !r.Balance.Current.Known || r.Title() != nickname || !r.Choices.Primary.Deposits {
		t.Fatalf("the live balance: %+v, %v", r, err)
	}
	days, err := s.Accounts.History(view, id, core.DateOf(s.Now().UTC()).AddDays(-60))
	if err != nil || len(days) < 50 || !days[0].WorkedOut || days[len(days)-1].WorkedOut {
		t.Errorf("%d days, %v", len(days), err)
	}
	for i := 1; i < len(days); i++ {
		if days[i].Day <= days[i-1].Day {
			t.Fatalf("day %s comes after %s", days[i].Day, days[i-1].Day)
		}
	}
	before := rowsOf(t, s, id)
	if _, err := s.Accounts.Stop(view, id); err != nil {
		t.Fatal(err)
	}
	if r, err = s.Accounts.Reopen(view, id); err != nil || !r.Of.Sync.Replay {
		t.Fatalf("reopened: %+v, %v", r, err)
	}
	if err := s.Sync.Sync(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	if r, err = s.Accounts.Get(view, id); err != nil || r.Of.Sync.Replay || rowsOf(t, s, id) != before || before == 0 {
		t.Errorf("after the replay: %+v, %d rows of %d, %v", r.Of.Sync, rowsOf(t, s, id), before, err)
	}
	if err := s.RemoveAccount(t.Context(), view, id); !fault.Is(err, fault.Shared) || rowsOf(t, s, id) != before {
		t.Errorf("removed while shared: %v", err)
	}
	if err := s.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAccountByHand(t *testing.T) {
	s, _ := linkedBank(t)
	view := s.View(s.Profile.ID)
	entry := ach.Entry{Pair: ach.Pair{Routing: secret.New("021000021"), Number: secret.New("5500000004417")}, Kind: core.Savings}
	opening := money.Known(money.Of(24_000, money.USD))
	r, err := s.ACH.AddWithAccount(t.Context(), view, accounts.NewAccount{Bank: "Mill Valley Savings", Name: "Rainy day", Kind: accounts.SavingsKind, Opening: opening}, entry)
	if err != nil || r.Mask != "4417" || r.ACH.Status != core.Unverified {
		t.Fatalf("%+v, %v", r, err)
	}
	if days, err := s.Accounts.History(view, r.ID, 0); err != nil || len(days) != 1 || days[0].Current != opening.Amount {
		t.Errorf("at first: %+v, %v", days, err)
	}
	if _, err := s.Accounts.SetBalance(view, r.ID, money.Of(25_000, money.USD)); err != nil {
		t.Fatal(err)
	}
	if days, err := s.Accounts.History(view, r.ID, 0); err != nil || len(days) != 1 || days[0].Current.Minor != 25_000 {
		t.Errorf("%+v, %v", days, err)
	}
	if err := s.Sync.SyncAll(t.Context()); err != nil {
		t.Errorf("sync all: %v", err)
	}
	if err := s.Sync.Sync(t.Context(), r.Item); !fault.Is(err, fault.ByHand) {
		t.Errorf("sync: %v", err)
	}
	if err := s.RotateKeys(t.Context()); err != nil {
		t.Errorf("rotate: %v", err)
	}
	if n, err := s.ACH.Reveal(t.Context(), view, r.ID, ach.Act{Meant: true}); err != nil || n.Number.Reveal() != "5500000004417" {
		t.Errorf("reveal: %v", err)
	}
	if err := s.RemoveAccount(t.Context(), view, r.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Secrets.Get(t.Context(), secret.NumbersName(s.Env, r.ID)); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("the numbers are still there: %v", err)
	}
	if items, err := s.Vault.Items(); err != nil || len(items) != 1 || s.Vault.ShredPending() {
		t.Errorf("%d items, shred pending %v, %v", len(items), s.Vault.ShredPending(), err)
	}
}

func TestNumbersFromAPracticeBank(t *testing.T) {
	s, item := linkedBank(t)
	view := s.View(s.Profile.ID)
	id := called(t, s, view, "Plaid Checking").ID
	if err := s.ACH.Delete(t.Context(), view, id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ACH.Reveal(t.Context(), view, id, ach.Act{Meant: true}); !fault.Is(err, fault.NotFound) {
		t.Errorf("deleted numbers: %v", err)
	}
	if n, err := s.ACH.Refresh(t.Context(), view, item); err != nil || n < 2 {
		t.Fatalf("%d accounts, %v", n, err)
	}
	n, err := s.ACH.Reveal(t.Context(), view, id, ach.Act{Meant: true})
	if err != nil || n.Number.Reveal() != "1111222233330000" || n.Routing.Reveal() != "011401533" {
		t.Errorf("reveal: %v", err)
	}
	r, err := s.ACH.Get(view, id)
	if err != nil || r.ACH.Status != core.Verified || r.ACH.From != core.ByPlaid || r.ACH.Tokenized || r.ACH.NumberLast4 != "0000" {
		t.Errorf("%+v, %v", r.ACH, err)
	}
}

// TestTokenizedNumbersAreLabelled links a bank that gives stand-ins.
func TestTokenizedNumbersAreLabelled(t *testing.T) {
	s := open(t, start(t, atOnce(t, newChain())), Choice{Env: core.Practice})
	defer closeAll(t, s)
	chase := testBank()
	chase.Institution = "ins_56"
	id, err := s.Links.Instant(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 30, Numbers: true}, chase)
	if err != nil {
		t.Fatal(err)
	}
	if end, err := s.Links.Wait(t.Context(), id); err != nil || end.Stage != link.Done {
		t.Fatalf("%s, %v", end.Stage, err)
	}
	rows, total, err := s.ACH.List(s.View(s.Profile.ID), ach.Filter{From: core.ByPlaid}, accounts.Page{Limit: 1})
	if err != nil || len(rows) != 1 || total < 2 || !rows[0].ACH.Tokenized {
		t.Errorf("%d of %d, %v", len(rows), total, err)
	}
}

func TestNumbersBehindAPassphrase(t *testing.T) {
	s, _ := linkedBank(t)
	view := s.View(s.Profile.ID)
	id := called(t, s, view, "Plaid Checking").ID
	if s.Confirms() {
		t.Error("a passphrase is wanted where there is none")
	}
	if err := s.UsePassphrase(t.Context(), secret.New(words)); err != nil {
		t.Fatal(err)
	}
	if !s.Confirms() {
		t.Error("no passphrase is wanted")
	}
	for _, wrong := range []string{"", "wrong words of a passphrase"} {
		if n, err := s.ACH.Copy(t.Context(), view, id, ach.Act{Meant: true, Passphrase: secret.New(wrong)}); !fault.Is(err, fault.Passphrase) || !n.Number.IsEmpty() {
			t.Errorf("with %q: %v", wrong, err)
		}
	}
	if n, err := s.ACH.Copy(t.Context(), view, id, ach.Act{Meant: true, Passphrase: secret.New(words)}); err != nil || n.Number.Reveal() != "1111222233330000" {
		t.Errorf("with the passphrase: %v", err)
	}
	if _, err := s.Secrets.Get(t.Context(), secret.NumbersName(s.Env, id)); err != nil {
		t.Errorf("the lockbox has been changed: %v", err)
	}
	copied := 0
	for _, a := range actions(t, s) {
		if a == core.CopiedNumbers {
			copied++
		}
	}
	if copied != 3 {
		t.Errorf("%d copies and refusals are in the log, want 3", copied)
	}
}

// TestAnAccountIsGivenAndTakenBack does so by the books of its owner, who no longer
// sees it in between.
func TestAnAccountIsGivenAndTakenBack(t *testing.T) {
	s, _ := linkedBank(t)
	client, err := s.Keeper.Create("A client", core.Business)
	if err != nil {
		t.Fatal(err)
	}
	mine, theirs := s.Books(s.Profile.ID), s.Books(client.ID)
	before := called(t, s, s.View(s.Profile.ID), "Plaid Checking")
	sum := func(b *Books) (rows int) {
		t.Helper()
		totals, err := b.Totals()
		if err != nil {
			t.Fatal(err)
		}
		for _, total := range totals {
			if total.Account == before.ID {
				rows += total.Count
			}
		}
		return rows
	}
	rows := sum(mine)
	given, err := mine.GiveAccount(before.ID, client.ID)
	if err != nil || rows == 0 || sum(mine) != 0 || sum(theirs) != rows {
		t.Fatalf("%d rows, then %d and %d, %v", rows, sum(mine), sum(theirs), err)
	}
	if err := theirs.TakeBackAccount(given); !fault.Is(err, fault.NotFound) {
		t.Errorf("whom it was given to takes it back: %v", err)
	}
	if err := mine.TakeBackAccount(given); err != nil || sum(mine) != rows || sum(theirs) != 0 {
		t.Errorf("taken back: %d and %d rows, %v", sum(mine), sum(theirs), err)
	}
	if after, err := mine.Account(before.ID); err != nil || after.Account != before.Account {
		t.Errorf("%+v, %v", after.Account, err)
	}
}

// TestAccountsOfAnotherProfile tries every method with the ids of another profile.
func TestAccountsOfAnotherProfile(t *testing.T) {
	s, item := linkedBank(t)
	other := core.Profile{ID: "other", Name: "Juniper Bakery LLC", Kind: core.Business}
	if err := s.Vault.PutProfile(other); err != nil {
		t.Fatal(err)
	}
	id := called(t, s, s.View(s.Profile.ID), "Plaid Checking").ID
	before, err := s.Vault.Accounts()
	if err != nil {
		t.Fatal(err)
	}
	commit, done := s.Vault.Commit(), len(actions(t, s))
	ctx, view := t.Context(), s.View(other.ID)
	text, entry := "x", ach.Entry{Pair: ach.Pair{Routing: secret.New("021000021"), Number: secret.New("5500000004417")}, Kind: core.Savings}
	for name, do := range map[string]func() error{
		"get":    func() error { _, err := s.Accounts.Get(view, id); return err },
		"update": func() error { _, err := s.Accounts.Update(view, id, accounts.Changes{Nickname: &text}); return err },
		"primary": func() error {
			_, err := s.Accounts.SetPrimary(view, id, core.Primary{Deposits: true}, true)
			return err
		},
		"stop":        func() error { _, err := s.Accounts.Stop(view, id); return err },
		"reopen":      func() error { _, err := s.Accounts.Reopen(view, id); return err },
		"close":       func() error { _, err := s.Accounts.Close(view, id); return err },
		"preview":     func() error { _, err := s.Accounts.Preview(view, id); return err },
		"remove":      func() error { return s.RemoveAccount(ctx, view, id) },
		"balance":     func() error { _, err := s.Accounts.Balance(ctx, view, id); return err },
		"set balance": func() error { _, err := s.Accounts.SetBalance(view, id, money.Of(1, money.USD)); return err },
		"history":     func() error { _, err := s.Accounts.History(view, id, 0); return err },
		"ach get":     func() error { _, err := s.ACH.Get(view, id); return err },
		"ach add":     func() error { _, err := s.ACH.Add(ctx, view, id, entry); return err },
		"ach update":  func() error { _, err := s.ACH.Update(ctx, view, id, ach.Changes{Nickname: &text}); return err },
		"ach primary": func() error { _, err := s.ACH.SetPrimary(view, id, true); return err },
		"ach delete":  func() error { return s.ACH.Delete(ctx, view, id) },
		"ach refresh": func() error { _, err := s.ACH.Refresh(ctx, view, item); return err },
		"reveal":      func() error { _, err := s.ACH.Reveal(ctx, view, id, ach.Act{Meant: true}); return err },
		"copy":        func() error { _, err := s.ACH.Copy(ctx, view, id, ach.Act{Meant: true}); return err },
	} {
		if err := do(); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	rows, _, err := s.Accounts.List(view, accounts.Filter{Hidden: accounts.Both}, accounts.Page{})
	if err != nil || len(rows) != 0 {
		t.Errorf("another's accounts are listed: %v, %v", rows, err)
	}
	after, err := s.Vault.Accounts()
	if err != nil || !reflect.DeepEqual(before, after) || s.Vault.Commit() != commit || len(actions(t, s)) != done {
		t.Errorf("something changed: %v", err)
	}
}

// TestNoFileHoldsAnAccountNumber searches all that has been written after each thing
// that is done with numbers.
func TestNoFileHoldsAnAccountNumber(t *testing.T) {
	x := newSearched(t)
	x.secrets = append(x.secrets, "5500000004417", "7700000008899")
	if err := x.link(); err != nil {
		t.Fatal(err)
	}
	view := x.s.View(x.s.Profile.ID)
	pair := ach.Pair{Routing: secret.New("021000021"), Number: secret.New("5500000004417")}
	var id core.AccountID
	meant := ach.Act{Meant: true}
	for _, m := range []struct {
		name string
		do   func() error
	}{
		{"refused", func() error {
			_, err := x.s.ACH.AddWithAccount(t.Context(), view, accounts.NewAccount{Kind: accounts.CheckingKind}, ach.Entry{Pair: pair})
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("refused: %v", err)
			}
			return nil
		}},
		{"add", func() error {
			r, err := x.s.ACH.AddWithAccount(t.Context(), view, accounts.NewAccount{Bank: "Mill Valley", Name: "Rainy day", Kind: accounts.CheckingKind}, ach.Entry{Pair: pair, Kind: core.Checking})
			id = r.ID
			return err
		}},
		{"reveal", func() error { _, err := x.s.ACH.Reveal(t.Context(), view, id, meant); return err }},
		{"copy", func() error { _, err := x.s.ACH.Copy(t.Context(), view, id, meant); return err }},
		{"replace", func() error {
			_, err := x.s.ACH.Update(t.Context(), view, id, ach.Changes{Numbers: &ach.Pair{Routing: pair.Routing, Number: secret.New("7700000008899")}})
			return err
		}},
		{"refresh", func() error { _, err := x.s.ACH.Refresh(t.Context(), view, x.item); return err }},
		{"delete", func() error { return x.s.ACH.Delete(t.Context(), view, id) }},
		{"remove", func() error { return x.s.RemoveAccount(t.Context(), view, id) }},
		{"close", x.s.Close},
	} {
		x.moments.begin()
		if err := m.do(); err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		x.search(m.name)
	}
}

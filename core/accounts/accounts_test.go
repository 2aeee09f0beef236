package accounts_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/accounts/accountstest"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// desk is a Service on a World.
type desk struct {
	*accounts.Service
	*accountstest.Stand
	secrets *secret.Memory
	// balances is what the bank answers, err why it does not.
	balances []core.Account
	err      error
	asked    []string
}

func (d *desk) Balances(_ context.Context, access secret.Text) ([]core.Account, error) {
	d.asked = append(d.asked, access.Reveal())
	return d.balances, d.err
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{secrets: secret.NewMemory()}
	d.Stand = accountstest.NewStand(t, d.secrets)
	d.Service = accounts.New(accounts.Deps{
		Env: core.Practice, Bank: d, Secrets: d.secrets, Repo: d.World, Rows: d.World, Journal: d.World, Events: d.Events, Clock: accountstest.Clock{},
	})
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }

func ids(rows []accounts.Row) []core.AccountID {
	var out []core.AccountID
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return out
}

func TestList(t *testing.T) {
	d := newDesk(t)
	for id, c := range map[core.AccountID]core.AccountChoices{
		"savings": {Status: core.Stopped, Nickname: "Rainy Day"}, "card": {Hidden: true}, "checking": {Primary: core.Primary{Deposits: true}},
	} {
		d.World.Change(id, func(a *core.Account) { a.Choices = c })
	}
	for name, c := range map[string]struct {
		view   core.ProfileID
		filter accounts.Filter
		want   []core.AccountID
	}{
		"a profile's":        {"me", accounts.Filter{}, []core.AccountID{"checking", "savings", "cash"}},
		"another's":          {"shop", accounts.Filter{}, []core.AccountID{"side", "till"}},
		"all":                {"", accounts.Filter{Hidden: accounts.Both}, []core.AccountID{"checking", "savings", "card", "side", "till", "cash"}},
		"one owner's of all": {"", accounts.Filter{Owner: "shop"}, []core.AccountID{"side", "till"}},
		"hidden ones":        {"me", accounts.Filter{Hidden: accounts.Only}, []core.AccountID{"card"}},
		"linked":             {"me", accounts.Filter{Connection: core.ByPlaid}, []core.AccountID{"checking", "savings"}},
		"by hand":            {"me", accounts.Filter{Connection: core.ByHand}, []core.AccountID{"cash"}},
		"open":               {"me", accounts.Filter{Statuses: []core.AccountStatus{core.Open}}, []core.AccountID{"checking", "cash"}},
		"stopped or closed":  {"me", accounts.Filter{Statuses: []core.AccountStatus{core.Stopped, core.Closed}}, []core.AccountID{"savings"}},
		"primary":            {"me", accounts.Filter{Primary: true}, []core.AccountID{"checking"}},
		"of a bank":          {"me", accounts.Filter{Item: "drawer"}, []core.AccountID{"cash"}},
		"by nickname":        {"me", accounts.Filter{Text: " rainy "}, []core.AccountID{"savings"}},
		"by bank":            {"me", accounts.Filter{Text: "PLATYPUS"}, []core.AccountID{"checking", "savings"}},
		"by mask":            {"me", accounts.Filter{Text: "0000"}, []core.AccountID{"checking"}},
		"all at once":        {"me", accounts.Filter{Text: "rainy", Primary: true}, nil},
	} {
		rows, total, err := d.List(d.View(c.view), c.filter, accounts.Page{})
		if err != nil || !slices.Equal(ids(rows), c.want) || total != len(c.want) {
			t.Errorf("%s: %v of %d, %v", name, ids(rows), total, err)
		}
	}
}

func TestPages(t *testing.T) {
	d := newDesk(t)
	all := []core.AccountID{"checking", "savings", "card", "side", "till", "cash"}
	for _, c := range []struct {
		page accounts.Page
		want []core.AccountID
	}{
		{accounts.Page{}, all},
		{accounts.Page{Limit: 2}, all[:2]},
		{accounts.Page{Offset: 2, Limit: 2}, all[2:4]},
		{accounts.Page{Offset: 4, Limit: 9}, all[4:]},
		{accounts.Page{Offset: 6, Limit: 1}, nil},
		{accounts.Page{Offset: 99}, nil},
	} {
		rows, total, err := d.List(d.View(""), accounts.Filter{}, c.page)
		if err != nil || total != 6 || !slices.Equal(ids(rows), c.want) {
			t.Errorf("%+v: %v of %d, %v", c.page, ids(rows), total, err)
		}
	}
	for _, p := range []accounts.Page{{Offset: -1}, {Limit: -1}} {
		if _, _, err := d.List(d.View(""), accounts.Filter{}, p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestUpdate(t *testing.T) {
	d := newDesk(t)
	_, err := d.SetPrimary(d.View("me"), "savings", core.Primary{Deposits: true, Withdrawals: true}, true)
	must(t, err)
	r, err := d.Update(d.View("me"), "savings", accounts.Changes{Nickname: ptr("  Rainy day "), Hidden: ptr(true)})
	if err != nil || r.Title() != "Rainy day" || !r.Choices.Hidden || !r.Choices.Primary.Any() || r.Owner() != "me" {
		t.Fatalf("%+v, %v", r, err)
	}
	r, err = d.Update(d.View("me"), "savings", accounts.Changes{Owner: ptr(core.ProfileID("shop"))})
	if err != nil || r.Owner() != "shop" || r.Choices.Primary.Any() || r.Title() != "Rainy day" {
		t.Fatalf("moved: %+v, %v", r, err)
	}
	if _, err := d.Get(d.View("me"), "savings"); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still with its former owner: %v", err)
	}
	r, err = d.Update(d.View("shop"), "savings", accounts.Changes{Owner: ptr(core.ProfileID("me")), Nickname: ptr("")})
	if err != nil || r.Choices.Profile != "" || r.Title() != "Savings" {
		t.Errorf("moved back: %+v, %v", r, err)
	}
	if !slices.Contains(d.Told, event.Event(event.AccountsChanged{Item: "platypus"})) {
		t.Errorf("told %v", d.Told)
	}
}

func TestFieldsThatCannotBeUsed(t *testing.T) {
	long, owner := strings.Repeat("x", accounts.MaxName+1), func(p core.ProfileID) accounts.Changes { return accounts.Changes{Owner: &p} }
	ok := accounts.NewAccount{Bank: "Mill Valley", Name: "Rainy day", Kind: accounts.SavingsKind}
	with := func(set func(*accounts.NewAccount)) accounts.NewAccount {
		n := ok
		set(&n)
		return n
	}
	type problems = []input.Problem
	is := func(f input.Field, flaw input.Flaw) input.Problem { return input.Problem{Field: f, Flaw: flaw} }
	d := newDesk(t)
	add := func(view core.ProfileID, n accounts.NewAccount) func() error {
		return func() error { _, err := d.AddByHand(d.View(view), n); return err }
	}
	update := func(c accounts.Changes) func() error {
		return func() error { _, err := d.Update(d.View("me"), "savings", c); return err }
	}
	primary := func(id core.AccountID, p core.Primary) func() error {
		return func() error { _, err := d.SetPrimary(d.View("me"), id, p, true); return err }
	}
	d.World.Change("checking", func(a *core.Account) { a.Choices.Status = core.Stopped })
	for name, c := range map[string]struct {
		do   func() error
		want problems
	}{
		"nickname too long":    {update(accounts.Changes{Nickname: &long, Hidden: ptr(true)}), problems{is(accounts.Nickname, input.TooLong)}},
		"nickname unprintable": {update(accounts.Changes{Nickname: ptr("a\nb"), Hidden: ptr(true)}), problems{is(accounts.Nickname, input.Unprintable)}},
		"no owner":             {update(owner("")), problems{is(accounts.Owner, input.Missing)}},
		"unknown owner":        {update(owner("nobody")), problems{is(accounts.Owner, input.Unknown)}},
		"archived owner":       {update(owner("old")), problems{is(accounts.Owner, input.NotAllowed)}},
		"no use":               {primary("savings", core.Primary{}), problems{is(accounts.Use, input.Missing)}},
		"a card as primary":    {primary("card", core.Primary{Deposits: true}), problems{is(accounts.Use, input.NotAllowed)}},
		"a stopped primary":    {primary("checking", core.Primary{Deposits: true}), problems{is(accounts.Use, input.NotAllowed)}},
		"no names":             {add("me", accounts.NewAccount{Kind: "checking"}), problems{is(accounts.Bank, input.Missing), is(accounts.Name, input.Missing)}},
		"long names":           {add("me", with(func(n *accounts.NewAccount) { n.Bank, n.Name = long, long })), problems{is(accounts.Bank, input.TooLong), is(accounts.Name, input.TooLong)}},
		"bank unprintable":     {add("me", with(func(n *accounts.NewAccount) { n.Bank = "a\x1bb" })), problems{is(accounts.Bank, input.Unprintable)}},
		"no such kind":         {add("me", with(func(n *accounts.NewAccount) { n.Kind = "tulips" })), problems{is(accounts.Type, input.Unknown)}},
		"mask of letters":      {add("me", with(func(n *accounts.NewAccount) { n.Mask = "12a4" })), problems{is(accounts.Mask, input.NotDigits)}},
		"mask too long":        {add("me", with(func(n *accounts.NewAccount) { n.Mask = "12345" })), problems{is(accounts.Mask, input.TooLong)}},
		"another's profile":    {add("me", with(func(n *accounts.NewAccount) { n.Owner = "shop" })), problems{is(accounts.Owner, input.Unknown)}},
		"an archived one":      {add("", with(func(n *accounts.NewAccount) { n.Owner = "old" })), problems{is(accounts.Owner, input.NotAllowed)}},
		"no owner among all":   {add("", ok), problems{is(accounts.Owner, input.Missing)}},
		"no balance":           {func() error { _, err := d.SetBalance(d.View("me"), "cash", money.Amount{}); return err }, problems{is(accounts.Opening, input.Missing)}},
		"other currency":       {func() error { _, err := d.SetBalance(d.View("me"), "cash", money.Of(5, "EUR")); return err }, problems{is(accounts.Opening, input.NotAllowed)}},
	} {
		before, _ := d.World.Accounts()
		items, _ := d.World.Items()
		err := c.do()
		if !fault.Is(err, fault.Invalid) || !slices.Equal(input.Problems(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		after, _ := d.World.Accounts()
		itemsAfter, _ := d.World.Items()
		if !reflect.DeepEqual(before, after) || !reflect.DeepEqual(items, itemsAfter) {
			t.Errorf("%s: something was kept", name)
		}
	}
	if len(d.World.Journal()) != 0 || len(d.Told) != 0 {
		t.Errorf("recorded %v, told %v", d.World.Journal(), d.Told)
	}
}

func TestOnePrimaryForEachUse(t *testing.T) {
	d := newDesk(t)
	both, deposits, withdrawals := core.Primary{Deposits: true, Withdrawals: true}, core.Primary{Deposits: true}, core.Primary{Withdrawals: true}
	steps := []struct {
		view core.ProfileID
		id   core.AccountID
		uses core.Primary
		on   bool
		want map[core.AccountID]core.Primary
	}{
		{"me", "checking", both, true, map[core.AccountID]core.Primary{"checking": both}},
		{"shop", "till", both, true, map[core.AccountID]core.Primary{"checking": both, "till": both}},
		{"me", "savings", deposits, true, map[core.AccountID]core.Primary{"checking": withdrawals, "savings": deposits, "till": both}},
		{"shop", "side", withdrawals, true, map[core.AccountID]core.Primary{"checking": withdrawals, "savings": deposits, "till": deposits, "side": withdrawals}},
		{"", "cash", both, true, map[core.AccountID]core.Primary{"cash": both, "till": deposits, "side": withdrawals}},
		{"me", "cash", withdrawals, false, map[core.AccountID]core.Primary{"cash": deposits, "till": deposits, "side": withdrawals}},
	}
	for i, s := range steps {
		r, err := d.SetPrimary(d.View(s.view), s.id, s.uses, s.on)
		if err != nil || r.Choices.Primary != s.want[s.id] {
			t.Fatalf("step %d: %+v, %v", i, r.Choices, err)
		}
		all, _ := d.World.Accounts()
		for _, a := range all {
			if a.Choices.Primary != s.want[a.ID] {
				t.Errorf("step %d: %s is %+v", i, a.ID, a.Choices.Primary)
			}
		}
	}
}

func TestStopCloseAndReopen(t *testing.T) {
	for name, c := range map[string]struct {
		end    func(*desk) (accounts.Row, error)
		status core.AccountStatus
		action core.Action
	}{
		"stop":  {func(d *desk) (accounts.Row, error) { return d.Stop(d.View("me"), "savings") }, core.Stopped, core.StoppedAccount},
		"close": {func(d *desk) (accounts.Row, error) { return d.Close(d.View("me"), "savings") }, core.Closed, core.ClosedAccount},
	} {
		d := newDesk(t)
		_, err := d.SetPrimary(d.View("me"), "savings", core.Primary{Deposits: true}, true)
		must(t, err)
		d.World.Change("savings", func(a *core.Account) { a.ACH = core.ACHAccount{Status: core.Verified, Primary: true} })
		r, err := c.end(d)
		if err != nil || r.Choices.Status != c.status || r.Choices.Primary.Any() || r.ACH.Primary || !r.ACH.Exists() {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if d.World.Account("checking").Choices.Status != core.Open {
			t.Errorf("%s: another account stopped, too", name)
		}
		r, err = d.Reopen(d.View("me"), "savings")
		if err != nil || r.Choices.Status != core.Open || !r.Of.Sync.Replay {
			t.Errorf("%s: reopened %+v, %v", name, r, err)
		}
		journal := d.World.Journal()
		if n := len(journal); n != 3 || journal[1].Action != c.action || journal[2].Action != core.ReopenedAccount || journal[2].Subject != "Savings ••1111" || journal[2].Profile != "me" {
			t.Errorf("%s: journal %+v", name, journal)
		}
	}
	d := newDesk(t)
	_, err := d.Stop(d.View("me"), "cash")
	must(t, err)
	if r, err := d.Reopen(d.View("me"), "cash"); err != nil || r.Of.Sync.Replay {
		t.Errorf("by hand: %+v, %v", r, err)
	}
	if r, err := d.Reopen(d.View("me"), "checking"); err != nil || r.Of.Sync.Replay {
		t.Errorf("an open one asks for a replay: %+v, %v", r, err)
	}
}

func row(id core.TransactionID, a core.AccountID, day core.Date, minor int64) core.Transaction {
	return core.Transaction{ID: id, Account: a, Date: day, Amount: money.Of(minor, money.USD), Name: "Row"}
}

func TestPreviewAndRemove(t *testing.T) {
	d := newDesk(t)
	day := core.NewDate(2026, 11, 18)
	d.World.Add(row("1", "cash", day.AddDays(-90), 5), row("2", "cash", day, 5), row("3", "checking", day.AddDays(-200), 5), row("4", "cash", day.AddDays(-1), 5))
	d.World.Change("cash", func(a *core.Account) { a.ACH.Status = core.Unverified })
	name := secret.NumbersName(core.Practice, "cash")
	must(t, d.secrets.Set(t.Context(), name, secret.New("numbers")))
	loss, err := d.Preview(d.View("me"), "cash")
	if err != nil || loss.Rows != 3 || loss.First != day.AddDays(-90) || loss.Last != day || !loss.Numbers || !loss.Bank {
		t.Errorf("%+v, %v", loss, err)
	}
	must(t, d.Remove(t.Context(), d.View("me"), "cash"))
	if _, err := d.secrets.Get(t.Context(), name); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("the numbers are still there: %v", err)
	}
	if _, err := d.Get(d.View(""), "cash"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the account is still there: %v", err)
	}
	for _, remove := range []func() error{
		func() error { _, err := d.Preview(d.View("me"), "checking"); return err },
		func() error { return d.Remove(t.Context(), d.View("me"), "checking") },
	} {
		if err := remove(); !fault.Is(err, fault.Shared) || d.World.Account("checking").ID == "" {
			t.Errorf("a shared account: %v", err)
		}
	}
	d.World.Change("checking", func(a *core.Account) { a.Unshared = true })
	loss, err = d.Preview(d.View("me"), "checking")
	if err != nil || loss.Rows != 1 || loss.Bank || loss.Numbers {
		t.Errorf("%+v, %v", loss, err)
	}
	must(t, d.Remove(t.Context(), d.View("me"), "checking"))
}

// TestNumbersAreNotLeftBehind: what cannot be forgotten is not removed.
func TestNumbersAreNotLeftBehind(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Remove(ctx, d.View("me"), "cash"); err == nil || d.World.Account("cash").ID == "" {
		t.Errorf("removed although the secret store did not answer: %v", err)
	}
}

package ach_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/accounts/accountstest"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/scope"
	"bankbook/core/secret"
)

func TestAdd(t *testing.T) {
	d := newDesk(t)
	r, err := d.Add(t.Context(), d.View("me"), "savings", good)
	want := core.ACHAccount{
		Status: core.Unverified, From: core.ByHand, Kind: core.Checking, RoutingLast4: "0021", NumberLast4: "4417",
		Owner: "Alberta Charleson", Added: accountstest.Now(), Changed: accountstest.Now(),
	}
	if err != nil || r.ACH != want || d.World.Account("savings").ACH != want {
		t.Fatalf("%+v, %v", r.ACH, err)
	}
	if got := d.entry(t, "savings"); got != "021000021/1111222233334417" {
		t.Errorf("the keychain has %q", got)
	}
	if _, err := d.Add(t.Context(), d.View("me"), "savings", good); !fault.Is(err, fault.Occupied) || d.entry(t, "savings") == "" {
		t.Errorf("a second time: %v", err)
	}
	for number, tail := range map[string]string{"12345": "5", "123456": "56", "1234567": "67", "12345678": "5678"} {
		short, err := newDesk(t).Add(t.Context(), d.View("me"), "checking", ach.Entry{Pair: pair("021000021", number), Kind: core.Savings})
		if err != nil || short.ACH.NumberLast4 != tail {
			t.Errorf("%s: %q, %v", number, short.ACH.NumberLast4, err)
		}
	}
}

func TestAddWithAccount(t *testing.T) {
	d := newDesk(t)
	n := accounts.NewAccount{Bank: "Mill Valley Savings", Name: "Rainy day", Kind: accounts.CheckingKind}
	r, err := d.AddWithAccount(t.Context(), d.View("me"), n, good)
	if err != nil || !r.Of.Manual() || r.Mask != "4417" || r.ACH.Status != core.Unverified || d.entry(t, r.ID) == "" {
		t.Fatalf("%+v, %v", r, err)
	}
}

func TestFieldsThatCannotBeUsed(t *testing.T) {
	d := newDesk(t)
	_, err := d.Add(t.Context(), d.View("me"), "savings", good)
	must(t, err)
	d.World.Change("cash", func(a *core.Account) { a.Choices.Status = core.Closed })
	long := strings.Repeat("x", accounts.MaxName+1)
	with := func(set func(*ach.Entry)) ach.Entry {
		e := good
		set(&e)
		return e
	}
	is := func(list ...any) []input.Problem {
		var out []input.Problem
		for i := 0; i < len(list); i += 2 {
			out = append(out, input.Problem{Field: list[i].(input.Field), Flaw: list[i+1].(input.Flaw)})
		}
		return out
	}
	add := func(id core.AccountID, e ach.Entry) func() error {
		return func() error { _, err := d.Add(t.Context(), d.View("me"), id, e); return err }
	}
	both := func(n accounts.NewAccount, e ach.Entry) func() error {
		return func() error { _, err := d.AddWithAccount(t.Context(), d.View("me"), n, e); return err }
	}
	update := func(c ach.Changes) func() error {
		return func() error { _, err := d.Update(t.Context(), d.View("me"), "savings", c); return err }
	}
	calls := d.chain.calls
	for name, c := range map[string]struct {
		do   func() error
		want []input.Problem
	}{
		"nothing":           {add("checking", ach.Entry{}), is(ach.RoutingField, input.Missing, ach.NumberField, input.Missing, ach.KindField, input.Unknown)},
		"half a routing":    {add("checking", with(func(e *ach.Entry) { e.Routing = secret.New("0210") })), is(ach.RoutingField, input.TooShort)},
		"check digit":       {add("checking", with(func(e *ach.Entry) { e.Routing = secret.New("021000012") })), is(ach.RoutingField, input.CheckDigit)},
		"short number":      {add("checking", with(func(e *ach.Entry) { e.Number = secret.New("1234") })), is(ach.NumberField, input.TooShort)},
		"letters":           {add("checking", with(func(e *ach.Entry) { e.Number = secret.New("12345x") })), is(ach.NumberField, input.NotDigits)},
		"holder":            {add("checking", with(func(e *ach.Entry) { e.Owner = long })), is(ach.HolderField, input.TooLong)},
		"nickname":          {add("checking", with(func(e *ach.Entry) { e.Nickname = "a\nb" })), is(ach.NicknameField, input.Unprintable)},
		"a card":            {add("card", good), is(ach.AccountField, input.NotAllowed)},
		"closed":            {add("cash", good), is(ach.AccountField, input.NotAllowed)},
		"both forms":        {both(accounts.NewAccount{Kind: accounts.CheckingKind}, ach.Entry{Kind: core.Checking}), is(ach.RoutingField, input.Missing, ach.NumberField, input.Missing, accounts.Bank, input.Missing, accounts.Name, input.Missing)},
		"a card by hand":    {both(accounts.NewAccount{Bank: "B", Name: "N", Kind: accounts.CreditKind}, good), is(ach.AccountField, input.NotAllowed)},
		"new holder":        {update(ach.Changes{Owner: &long, Nickname: ptr("n")}), is(ach.HolderField, input.TooLong)},
		"new nickname":      {update(ach.Changes{Nickname: ptr("\x00")}), is(ach.NicknameField, input.Unprintable)},
		"new kind":          {update(ach.Changes{Kind: ptr(core.ACHKind("x"))}), is(ach.KindField, input.Unknown)},
		"new numbers":       {update(ach.Changes{Numbers: ptr(pair("021000012", ""))}), is(ach.RoutingField, input.CheckDigit, ach.NumberField, input.Missing)},
		"reveal unasked":    {func() error { _, err := d.Reveal(t.Context(), d.View("me"), "savings", ach.Act{}); return err }, is(ach.ConfirmField, input.Missing)},
		"a negative offset": {func() error { _, _, err := d.List(d.View("me"), ach.Filter{}, accounts.Page{Offset: -1}); return err }, is(accounts.Paging, input.NotAllowed)},
	} {
		before, _ := d.World.Accounts()
		err := c.do()
		if !fault.Is(err, fault.Invalid) || !slices.Equal(input.Problems(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := d.World.Accounts(); !reflect.DeepEqual(before, after) || d.chain.calls != calls {
			t.Errorf("%s: something was kept", name)
		}
	}
}

func TestUpdate(t *testing.T) {
	d := newDesk(t)
	_, err := d.Add(t.Context(), d.View("me"), "savings", good)
	must(t, err)
	d.World.Change("savings", func(a *core.Account) { a.ACH.Status = core.Verified })
	r, err := d.Update(t.Context(), d.View("me"), "savings", ach.Changes{Owner: ptr("Other"), Nickname: ptr(" Rent "), Kind: ptr(core.Savings)})
	if err != nil || r.ACH.Status != core.Verified || r.ACH.Owner != "Other" || r.ACH.Nickname != "Rent" || r.ACH.Kind != core.Savings {
		t.Errorf("%+v, %v", r.ACH, err)
	}
	d.World.Change("savings", func(a *core.Account) { a.ACH.From, a.ACH.Tokenized = core.ByPlaid, true })
	r, err = d.Update(t.Context(), d.View("me"), "savings", ach.Changes{Numbers: ptr(pair("011401533", "987654321"))})
	if err != nil || r.ACH.Status != core.Unverified || r.ACH.From != core.ByHand || r.ACH.Tokenized || r.ACH.NumberLast4 != "4321" || r.ACH.RoutingLast4 != "1533" || r.ACH.Nickname != "Rent" {
		t.Errorf("%+v, %v", r.ACH, err)
	}
	if got := d.entry(t, "savings"); got != "011401533/987654321" {
		t.Errorf("the keychain has %q", got)
	}
	must(t, d.Delete(t.Context(), d.View("me"), "savings"))
	if d.entry(t, "savings") != "" || d.World.Account("savings").ACH != (core.ACHAccount{}) {
		t.Error("deleted numbers are still there")
	}
	var actions []core.Action
	for _, a := range d.World.Journal() {
		actions = append(actions, a.Action)
	}
	if want := []core.Action{core.AddedNumbers, core.ChangedNumbers, core.ChangedNumbers, core.RemovedNumbers}; !slices.Equal(actions, want) {
		t.Errorf("journal %v", actions)
	}
}

func TestOnePrimaryForEachProfile(t *testing.T) {
	d := newDesk(t)
	for id, p := range map[core.AccountID]core.ProfileID{"checking": "me", "savings": "me", "till": "shop", "side": "shop"} {
		_, err := d.Add(t.Context(), d.View(p), id, good)
		must(t, err)
	}
	primaries := func() (ids []core.AccountID) {
		rows, _, err := d.List(d.View(""), ach.Filter{Primary: true}, accounts.Page{})
		must(t, err)
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		return ids
	}
	for _, s := range []struct {
		view core.ProfileID
		id   core.AccountID
		on   bool
		want []core.AccountID
	}{
		{"me", "checking", true, []core.AccountID{"checking"}},
		{"shop", "till", true, []core.AccountID{"checking", "till"}},
		{"", "side", true, []core.AccountID{"checking", "side"}},
		{"me", "savings", true, []core.AccountID{"savings", "side"}},
		{"me", "savings", false, []core.AccountID{"side"}},
	} {
		if _, err := d.SetPrimary(d.View(s.view), s.id, s.on); err != nil || !slices.Equal(primaries(), s.want) {
			t.Errorf("%+v: %v, %v", s, primaries(), err)
		}
	}
	d.World.Change("checking", func(a *core.Account) { a.Choices.Status = core.Stopped })
	if _, err := d.SetPrimary(d.View("me"), "checking", true); !fault.Is(err, fault.Invalid) {
		t.Errorf("a stopped one: %v", err)
	}
}

func TestList(t *testing.T) {
	d := newDesk(t)
	for id, status := range map[core.AccountID]core.Verification{"checking": core.Verified, "savings": core.Unverified, "till": core.VerifyFailed} {
		d.World.Change(id, func(a *core.Account) { a.ACH = core.ACHAccount{Status: status, From: core.ByHand} })
	}
	d.World.Change("checking", func(a *core.Account) { a.ACH.From = core.ByPlaid })
	for name, c := range map[string]struct {
		view  core.ProfileID
		f     ach.Filter
		p     accounts.Page
		want  []core.AccountID
		total int
	}{
		"a profile's": {"me", ach.Filter{}, accounts.Page{}, []core.AccountID{"checking", "savings"}, 2},
		"by owner":    {"", ach.Filter{Owner: "shop"}, accounts.Page{}, []core.AccountID{"till"}, 1},
		"by status":   {"", ach.Filter{Statuses: []core.Verification{core.Unverified, core.VerifyFailed}}, accounts.Page{}, []core.AccountID{"savings", "till"}, 2},
		"by origin":   {"", ach.Filter{From: core.ByPlaid}, accounts.Page{}, []core.AccountID{"checking"}, 1},
		"a page":      {"", ach.Filter{}, accounts.Page{Offset: 1, Limit: 1}, []core.AccountID{"savings"}, 3},
		"primary":     {"", ach.Filter{Primary: true}, accounts.Page{}, nil, 0},
	} {
		rows, total, err := d.List(d.View(c.view), c.f, c.p)
		var got []core.AccountID
		for _, r := range rows {
			got = append(got, r.ID)
		}
		if err != nil || total != c.total || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v of %d, %v", name, got, total, err)
		}
	}
}

func TestRevealAndCopy(t *testing.T) {
	d := newDesk(t)
	_, err := d.Add(t.Context(), d.View("me"), "savings", good)
	must(t, err)
	d.passphrase = "correct horse"
	if n, err := d.Reveal(t.Context(), d.View("me"), "savings", ach.Act{Meant: true, Passphrase: secret.New("wrong")}); !fault.Is(err, fault.Passphrase) || !n.Number.IsEmpty() {
		t.Errorf("with a wrong passphrase: %v", err)
	}
	act := ach.Act{Meant: true, Passphrase: secret.New(d.passphrase)}
	for _, do := range []func(context.Context, scope.View, core.AccountID, ach.Act) (bank.Numbers, error){d.Reveal, d.Copy} {
		if n, err := do(t.Context(), d.View("me"), "savings", act); err != nil || n.Number.Reveal() != "1111222233334417" || n.Routing.Reveal() != "021000021" {
			t.Errorf("got %v", err)
		}
	}
	j := d.World.Journal()[1:]
	if len(j) != 3 || j[0].Trouble.Kind != fault.Passphrase || j[1].Action != core.RevealedNumbers || j[2].Action != core.CopiedNumbers || j[2].Account != "savings" || j[2].Profile != "me" {
		t.Errorf("journal %+v", j)
	}
	d.World.Fail = func(m string) error {
		if m == "Record" {
			return errChain
		}
		return nil
	}
	if n, err := d.Reveal(t.Context(), d.View("me"), "savings", act); !errors.Is(err, errChain) || !n.Number.IsEmpty() {
		t.Errorf("it was revealed and not recorded: %v", err)
	}
}

// TestNumbersThatChangedUnseen: the program was killed after the entry was replaced.
func TestNumbersThatChangedUnseen(t *testing.T) {
	d := newDesk(t)
	_, err := d.Add(t.Context(), d.View("me"), "savings", good)
	must(t, err)
	d.World.Change("savings", func(a *core.Account) { a.ACH.Status = core.Verified })
	other := bank.Numbers{Routing: secret.New("011401533"), Number: secret.New("987654321")}
	must(t, d.chain.Set(t.Context(), secret.NumbersName(core.Practice, "savings"), other.Pack()))
	n, err := d.Reveal(t.Context(), d.View("me"), "savings", ach.Act{Meant: true})
	if a := d.World.Account("savings").ACH; err != nil || n.Number != other.Number || a.Status != core.Unverified || a.NumberLast4 != "4321" || a.RoutingLast4 != "1533" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestRefresh(t *testing.T) {
	d := newDesk(t)
	_, err := d.Add(t.Context(), d.View("me"), "savings", good)
	must(t, err)
	d.World.Change("savings", func(a *core.Account) { a.ACH.Primary, a.ACH.Nickname = true, "Rent" })
	given := func(id core.AccountID, tokenized bool) bank.Numbers {
		return bank.Numbers{Account: id, Routing: secret.New("011401533"), Number: secret.New("99990000" + string(id)), Tokenized: tokenized}
	}
	d.numbers = []bank.Numbers{given("checking", true), given("savings", false), given("side", false), given("card", false), given("gone", false)}
	d.World.Change("card", func(a *core.Account) { a.Choices.Status = core.Stopped })
	n, err := d.Refresh(t.Context(), d.View("me"), "platypus")
	if err != nil || n != 2 {
		t.Fatalf("%d, %v", n, err)
	}
	checking, savings := d.World.Account("checking").ACH, d.World.Account("savings").ACH
	if checking.Status != core.Verified || !checking.Tokenized || checking.From != core.ByPlaid || savings.Status != core.Verified || savings.From != core.ByPlaid || savings.Nickname != "Rent" || !savings.Primary || savings.Kind != core.Savings {
		t.Errorf("%+v, %+v", checking, savings)
	}
	for _, id := range []core.AccountID{"side", "card", "gone"} {
		if d.entry(t, id) != "" {
			t.Errorf("numbers of %s are kept", id)
		}
	}
	for item, change := range map[core.ItemID]func(*core.Item){
		"platypus": func(i *core.Item) { i.Products = []core.Product{core.Transactions} },
	} {
		_, err = d.World.UpdateItem(item, func(i *core.Item) error { change(i); return nil })
		must(t, err)
		if _, err := d.Refresh(t.Context(), d.View("me"), item); !fault.Is(err, fault.Unsupported) {
			t.Errorf("without the product: %v", err)
		}
	}
	if _, err := d.Refresh(t.Context(), d.View("me"), "drawer"); !fault.Is(err, fault.ByHand) {
		t.Errorf("by hand: %v", err)
	}
	if _, err := d.Refresh(t.Context(), d.View("me"), "tartan"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another's: %v", err)
	}
}

// TestAnothersAccounts tries every method with the ids of another profile.
func TestAnothersAccounts(t *testing.T) {
	d := newDesk(t)
	for id, p := range map[core.AccountID]core.ProfileID{"checking": "me", "till": "shop"} {
		_, err := d.Add(t.Context(), d.View(p), id, good)
		must(t, err)
	}
	calls, journal, told := d.chain.calls, len(d.World.Journal()), len(d.Told)
	before, _ := d.World.Accounts()
	for name, do := range map[string]func(scope.View, core.AccountID) error{
		"get": func(v scope.View, id core.AccountID) error { _, err := d.Get(v, id); return err },
		"add": func(v scope.View, id core.AccountID) error { _, err := d.Add(t.Context(), v, id, good); return err },
		"update": func(v scope.View, id core.AccountID) error {
			_, err := d.Update(t.Context(), v, id, ach.Changes{Nickname: ptr("x")})
			return err
		},
		"replace": func(v scope.View, id core.AccountID) error {
			_, err := d.Update(t.Context(), v, id, ach.Changes{Numbers: &good.Pair})
			return err
		},
		"primary": func(v scope.View, id core.AccountID) error { _, err := d.SetPrimary(v, id, true); return err },
		"delete":  func(v scope.View, id core.AccountID) error { return d.Delete(t.Context(), v, id) },
		"reveal": func(v scope.View, id core.AccountID) error {
			_, err := d.Reveal(t.Context(), v, id, ach.Act{Meant: true})
			return err
		},
		"copy": func(v scope.View, id core.AccountID) error {
			_, err := d.Copy(t.Context(), v, id, ach.Act{Meant: true})
			return err
		},
	} {
		for profile, id := range map[core.ProfileID]core.AccountID{"me": "till", "shop": "checking", "old": "checking"} {
			if err := do(d.View(profile), id); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s of %s by %s: %v", name, id, profile, err)
			}
		}
	}
	if after, _ := d.World.Accounts(); !reflect.DeepEqual(before, after) || d.chain.calls != calls || len(d.World.Journal()) != journal || len(d.Told) != told {
		t.Error("something changed")
	}
}

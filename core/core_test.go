package core_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
)

func TestEnvironments(t *testing.T) {
	for _, want := range core.Environments() {
		if got, err := core.ParseEnvironment(string(want)); err != nil || got != want {
			t.Errorf("%s reads as %q, %v", want, got, err)
		}
	}
	for _, s := range []string{"", "Practice", "development", "sandbox "} {
		if got, err := core.ParseEnvironment(s); err == nil || got != "" {
			t.Errorf("%q reads as %q", s, got)
		}
	}
	if core.Practice.RealMoney() || core.Sandbox.RealMoney() || !core.Production.RealMoney() {
		t.Error("only production is real money")
	}
	if !core.Practice.HasInstantLink() || !core.Sandbox.HasInstantLink() || core.Production.HasInstantLink() {
		t.Error("only production has no instant link")
	}
}

func TestWorth(t *testing.T) {
	hundred := money.Known(money.Of(10000, "USD"))
	minusHundred := money.Known(money.Of(-10000, "USD"))
	for _, c := range []struct {
		kind    core.AccountType
		current money.Optional
		want    money.Optional
	}{
		{core.Depository, hundred, hundred},
		{core.Depository, minusHundred, minusHundred},
		{core.Investment, hundred, hundred},
		{core.Credit, hundred, minusHundred},
		{core.Credit, minusHundred, hundred},
		{core.Loan, hundred, minusHundred},
		{"other", hundred, hundred},
		{core.Credit, money.Optional{}, money.Optional{}},
		{core.Depository, money.Optional{}, money.Optional{}},
	} {
		account := core.Account{Type: c.kind, Balance: core.Balance{Current: c.current}}
		if got := account.Worth(); got != c.want {
			t.Errorf("%s of %v is worth %v, want %v", c.kind, c.current, got, c.want)
		}
	}
}

func TestTitle(t *testing.T) {
	if got := (core.Transaction{Name: "SQ *BLUE BOTTLE", Merchant: "Blue Bottle"}).Title(); got != "Blue Bottle" {
		t.Errorf("title is %q", got)
	}
	if got := (core.Transaction{Name: "SQ *BLUE BOTTLE"}).Title(); got != "SQ *BLUE BOTTLE" {
		t.Errorf("title is %q", got)
	}
}

// Newer is a strict order: sorting by it gives one result from any start.
func TestNewerIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) core.Transaction {
			return core.Transaction{
				ID:   core.TransactionID(rapid.StringMatching(`[a-zA-Z]{1,2}`).Draw(t, "id")),
				Date: core.Date(rapid.Int32Range(1, 4).Draw(t, "date")),
			}
		}), 0, 20, func(r core.Transaction) core.TransactionID { return r.ID }).Draw(t, "rows")
		compare := func(a, b core.Transaction) int {
			switch {
			case a.Newer(b):
				return -1
			case b.Newer(a):
				return 1
			}
			return 0
		}
		once := slices.SortedFunc(slices.Values(rows), compare)
		shuffled := rapid.Permutation(rows).Draw(t, "shuffled")
		if !slices.Equal(once, slices.SortedFunc(slices.Values(shuffled), compare)) {
			t.Fatal("the order depends on the start")
		}
		for i := 1; i < len(once); i++ {
			if once[i].Date > once[i-1].Date || once[i].Newer(once[i-1]) {
				t.Fatalf("%v stands before %v", once[i-1], once[i])
			}
		}
	})
}

func TestTroubleOf(t *testing.T) {
	err := &fault.Error{
		Op: "bank: sync", Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1",
		Err: errors.New("a text that may not be kept"),
	}
	if got, want := core.TroubleOf(err), (core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1"}); got != want {
		t.Errorf("trouble is %+v", got)
	}
	if got := core.TroubleOf(nil); got != (core.Trouble{}) {
		t.Errorf("no error gives %+v", got)
	}
	if got := core.TroubleOf(context.Canceled); got.Kind != fault.Canceled {
		t.Errorf("a canceled context gives %+v", got)
	}
}

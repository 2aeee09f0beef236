package accounts_test

import (
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/accounts/accountstest"
	"bankbook/core/money"
)

func TestAddByHand(t *testing.T) {
	d := newDesk(t)
	n := accounts.NewAccount{Bank: " Mill Valley Savings ", Name: "Rainy day", Kind: accounts.SavingsKind, Mask: "4417", Opening: money.Known(money.Of(24_000, money.USD))}
	first, err := d.AddByHand(d.View("me"), n)
	must(t, err)
	if !first.Of.Manual() || first.Of.Institution.Name != "Mill Valley Savings" || first.Owner() != "me" || first.Type != core.Depository || first.Subtype != "savings" || first.Balance.At != accountstest.Now() {
		t.Errorf("%+v", first)
	}
	n.Bank, n.Name, n.Opening = "mill valley SAVINGS", "Other", money.Optional{}
	second, err := d.AddByHand(d.View("me"), n)
	must(t, err)
	n.Owner = "shop"
	third, err := d.AddByHand(d.View(""), n)
	must(t, err)
	if second.Item != first.Item || third.Item == first.Item || third.Owner() != "shop" || second.Balance.Current.Known {
		t.Errorf("%+v, %+v", second, third)
	}
	for _, k := range accounts.Kinds() {
		n.Kind = k
		if r, err := d.AddByHand(d.View(""), n); err != nil || r.Type == "" || r.Subtype == "" {
			t.Errorf("%s: %+v, %v", k, r, err)
		}
	}
}

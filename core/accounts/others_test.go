package accounts_test

import (
	"reflect"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/core/scope"
)

// TestAnothersAccounts tries every method with the ids of another profile.
func TestAnothersAccounts(t *testing.T) {
	d := newDesk(t)
	for name, do := range map[string]func(scope.View, core.AccountID) error{
		"get": func(v scope.View, id core.AccountID) error { _, err := d.Get(v, id); return err },
		"update": func(v scope.View, id core.AccountID) error {
			_, err := d.Update(v, id, accounts.Changes{Hidden: ptr(true)})
			return err
		},
		"primary": func(v scope.View, id core.AccountID) error {
			_, err := d.SetPrimary(v, id, core.Primary{Deposits: true}, true)
			return err
		},
		"give":    func(v scope.View, id core.AccountID) error { _, err := d.Give(v, id, "me"); return err },
		"stop":    func(v scope.View, id core.AccountID) error { _, err := d.Stop(v, id); return err },
		"close":   func(v scope.View, id core.AccountID) error { _, err := d.Close(v, id); return err },
		"reopen":  func(v scope.View, id core.AccountID) error { _, err := d.Reopen(v, id); return err },
		"preview": func(v scope.View, id core.AccountID) error { _, err := d.Preview(v, id); return err },
		"remove":  func(v scope.View, id core.AccountID) error { return d.Remove(t.Context(), v, id) },
		"set": func(v scope.View, id core.AccountID) error {
			_, err := d.SetBalance(v, id, money.Of(1, money.USD))
			return err
		},
		"balance": func(v scope.View, id core.AccountID) error { _, err := d.Balance(t.Context(), v, id); return err },
		"history": func(v scope.View, id core.AccountID) error { _, err := d.History(v, id, 0); return err },
	} {
		before, _ := d.World.Accounts()
		for profile, others := range map[core.ProfileID][]core.AccountID{
			"me": {"till", "side", "none"}, "shop": {"checking", "savings", "card", "cash"}, "old": {"checking", "till", "cash"},
		} {
			for _, id := range others {
				if err := do(d.View(profile), id); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s of %s by %s: %v", name, id, profile, err)
				}
			}
		}
		if after, _ := d.World.Accounts(); !reflect.DeepEqual(before, after) {
			t.Errorf("%s: something changed", name)
		}
	}
	if len(d.asked) != 0 || len(d.Told) != 0 || len(d.World.Journal()) != 0 {
		t.Errorf("asked %v, told %v, recorded %v", d.asked, d.Told, d.World.Journal())
	}
}

// TestAnAccountThatIsGivenAwayMeanwhile is no longer the former owner's to change.
func TestAnAccountThatIsGivenAwayMeanwhile(t *testing.T) {
	for _, method := range []string{"UpdateAccounts", "UpdateBank"} {
		d := newDesk(t)
		d.World.Fail = func(m string) error {
			if m == method {
				d.World.Change("savings", func(a *core.Account) { a.Choices.Profile = "shop" })
			}
			return nil
		}
		_, err := d.Stop(d.View("me"), "savings")
		if method == "UpdateBank" {
			_, err = d.Reopen(d.View("me"), "savings")
		}
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", method, err)
		}
	}
}

// Package numbers asks the bank for routing and account numbers and puts them where
// secrets are kept. What the vault may know of them comes back on the accounts.
package numbers

import (
	"context"
	"slices"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Bank tells numbers.
type Bank interface {
	// Numbers returns routing and account numbers of the accounts that have them.
	Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error)
}

// Secrets keeps them.
type Secrets interface {
	Set(ctx context.Context, name secret.Name, value secret.Text) error
}

// Keeper asks and keeps. All parts are required.
type Keeper struct {
	Bank    Bank
	Secrets Secrets
	Clock   clock.Clock
	Env     core.Environment
}

// Keep gets the numbers of an Item. Each is in the secret store before its account,
// one of the Item's as the bank has just named them, gets its ACH. Numbers of an
// account that is not among them are not kept.
func (k Keeper) Keep(ctx context.Context, access secret.Text, accounts []core.Account) error {
	all, err := k.Bank.Numbers(ctx, access)
	if err != nil {
		return err
	}
	for _, n := range all {
		i := slices.IndexFunc(accounts, func(a core.Account) bool { return a.ID == n.Account })
		if i < 0 {
			continue
		}
		if err := k.Secrets.Set(ctx, secret.NumbersName(k.Env, n.Account), n.Pack()); err != nil {
			return err
		}
		accounts[i].ACH = n.ACH(core.ACHKindOf(accounts[i].Subtype), k.Clock.Now())
	}
	return nil
}

// NotGiven reports whether a fault of Keep only means that the bank gives no numbers
// now: it has none, is not ready yet, or is not allowed to.
func NotGiven(err error) bool {
	return fault.Is(err, fault.Unsupported, fault.NotReady, fault.Consent, fault.Refused)
}

package bank

import (
	"testing"

	"bankbook/core"
)

func TestChargesOfCalls(t *testing.T) {
	for call, want := range map[Call]Charge{
		NewItem: PerItem, ReadNumbers: OncePerItem, ReadBalances: PerCall, RefreshTransactions: PerCall, "accounts": Free,
	} {
		if got := call.Charge(core.Production); got != want {
			t.Errorf("%s is billed %q in production, not %q", call, got, want)
		}
		for _, env := range []core.Environment{core.Practice, core.Sandbox} {
			if got := call.Charge(env); got != Free {
				t.Errorf("%s is billed %q in %s", call, got, env)
			}
		}
	}
}

package core_test

import (
	"testing"
	"time"

	"bankbook/core"
)

func TestVerificationGoesItsWay(t *testing.T) {
	can := map[core.Verification][]core.Verification{
		core.NoNumbers:     {},
		core.Unverified:    {core.VerifyPending, core.Verified},
		core.VerifyPending: {core.Verified, core.VerifyFailed, core.VerifyExpired},
		core.Verified:      {},
		core.VerifyFailed:  {core.VerifyPending},
		core.VerifyExpired: {core.VerifyPending},
	}
	for from, nexts := range can {
		want := map[core.Verification]bool{from: true}
		for _, next := range nexts {
			want[next] = true
		}
		for _, next := range append(core.Verifications(), core.NoNumbers) {
			if from.MayBecome(next) != want[next] {
				t.Errorf("%q to %q: %v", from, next, from.MayBecome(next))
			}
		}
	}
}

// TestAMergeTakesNoVerificationBack: what the bank says late is of the same numbers.
func TestAMergeTakesNoVerificationBack(t *testing.T) {
	old := core.ACHAccount{Status: core.Verified, From: core.ByPlaid, NumberLast4: "0000", RoutingLast4: "0021", Changed: time.Unix(1, 0)}
	with := func(change func(*core.ACHAccount)) core.ACHAccount {
		a := old
		a.Changed = time.Unix(2, 0)
		change(&a)
		return a
	}
	for name, c := range map[string]struct {
		fresh core.ACHAccount
		want  core.Verification
		at    int64
	}{
		"the same":      {with(func(*core.ACHAccount) {}), core.Verified, 1},
		"taken back":    {with(func(a *core.ACHAccount) { a.Status = core.VerifyPending }), core.Verified, 1},
		"other numbers": {with(func(a *core.ACHAccount) { a.Status, a.NumberLast4 = core.Unverified, "1111" }), core.Unverified, 2},
		"by hand":       {with(func(a *core.ACHAccount) { a.Status, a.From = core.Unverified, core.ByHand }), core.Unverified, 2},
	} {
		got := core.MergeAccounts([]core.Account{{ID: "a", ACH: old}}, []core.Account{{ID: "a", ACH: c.fresh}})[0].ACH
		if got.Status != c.want || got.Changed != time.Unix(c.at, 0) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	pending := with(func(a *core.ACHAccount) { a.Status = core.VerifyPending })
	got := core.MergeAccounts([]core.Account{{ID: "a", ACH: pending}}, []core.Account{{ID: "a", ACH: old}})[0].ACH
	if got.Status != core.Verified || got.Changed != old.Changed {
		t.Errorf("pending became %+v", got)
	}
}

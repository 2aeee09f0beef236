package syncer_test

import (
	"context"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// verifying is a bank that says how far the verification of an account's numbers is,
// and tells them once it has ended well. It has no transactions to give.
type verifying struct {
	script
	status core.Verification
	asked  int
	fails  fault.Kind
}

func newVerifying(t *testing.T) (*verifying, *fixture) {
	t.Helper()
	v := &verifying{status: core.VerifyPending}
	v.sync = func(context.Context, secret.Text, string) (bank.Page, error) {
		return bank.Page{}, fault.New("test", fault.Unsupported, nil)
	}
	v.accounts = func(context.Context) ([]core.Account, error) {
		return []core.Account{{ID: "account-1", Subtype: "checking", ACH: core.ACHAccount{Status: v.status, From: core.ByPlaid}}}, nil
	}
	v.numbers = func() ([]bank.Numbers, error) {
		v.asked++
		if v.fails != fault.None {
			return nil, fault.New("test", v.fails, nil)
		}
		return []bank.Numbers{{Account: "account-1", Routing: secret.New("011401533"), Number: secret.New("1111222233330000")}}, nil
	}
	f := newFixture(t, v, item)
	if err := f.repo.PutItem(core.Item{ID: item, Status: core.Connected, Products: []core.Product{core.Auth}}); err != nil {
		t.Fatal(err)
	}
	return v, f
}

// ach syncs and returns what is then kept of the account's numbers.
func (f *fixture) ach(t *testing.T) core.ACHAccount {
	t.Helper()
	if err := f.Sync(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	accounts, err := f.repo.AccountsOf(item)
	if err != nil || len(accounts) != 1 {
		t.Fatalf("accounts %+v, %v", accounts, err)
	}
	return accounts[0].ACH
}

func TestNumbersComeOnceTheyAreVerified(t *testing.T) {
	bubble(t, "and not before", numbersComeOnce)
	bubble(t, "also if the bank gives none at first", numbersComeLater)
	bubble(t, "and a failure that may pass ends the sync", numbersFail)
}

func numbersComeOnce(t *testing.T) {
	v, f := newVerifying(t)
	if got := f.ach(t); got.Status != core.VerifyPending || got.HasNumbers() || v.asked != 0 {
		t.Errorf("pending: %+v, asked %d times", got, v.asked)
	}
	v.status = core.Verified
	if got := f.ach(t); got.Status != core.Verified || got.NumberLast4 != "0000" {
		t.Errorf("verified: %+v", got)
	}
	packed, err := f.deps.Secrets.Get(t.Context(), secret.NumbersName(core.Practice, "account-1"))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := bank.UnpackNumbers("account-1", packed); err != nil || n.Number.Reveal() != "1111222233330000" {
		t.Errorf("the secret store has other numbers (%v)", err)
	}
	if f.ach(t); v.asked != 1 {
		t.Errorf("asked %d times", v.asked)
	}
	if kept := f.item(t); kept.Sync.LastSuccess.IsZero() || kept.Sync.Trouble.Kind != fault.None || kept.Sync.Phase != core.HistoryDone {
		t.Errorf("an item without transactions has synced as %+v", kept.Sync)
	}
}

func numbersComeLater(t *testing.T) {
	v, f := newVerifying(t)
	v.status, v.fails = core.Verified, fault.NotReady
	if got := f.ach(t); got.HasNumbers() {
		t.Errorf("got %+v", got)
	}
	v.fails = fault.None
	time.Sleep(time.Hour)
	if got := f.ach(t); !got.HasNumbers() {
		t.Errorf("later: %+v", got)
	}
}

func numbersFail(t *testing.T) {
	v, f := newVerifying(t)
	v.status, v.fails = core.Verified, fault.Network
	if err := f.Sync(t.Context(), item); !fault.Is(err, fault.Network) {
		t.Errorf("got %v", err)
	}
}

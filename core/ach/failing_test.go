package ach_test

import (
	"errors"
	"reflect"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/secret"
)

// deeds are what changes numbers, on a world in which "savings" has verified ones.
func deeds(t *testing.T) map[string]func(*desk) error {
	return map[string]func(*desk) error{
		"add": func(d *desk) error { _, err := d.Add(t.Context(), d.View("me"), "checking", good); return err },
		"add with account": func(d *desk) error {
			_, err := d.AddWithAccount(t.Context(), d.View("me"), accounts.NewAccount{Bank: "B", Name: "N", Kind: accounts.SavingsKind}, good)
			return err
		},
		"update": func(d *desk) error {
			_, err := d.Update(t.Context(), d.View("me"), "savings", ach.Changes{Numbers: ptr(pair("011401533", "987654321")), Nickname: ptr("Rent")})
			return err
		},
		"delete": func(d *desk) error { return d.Delete(t.Context(), d.View("me"), "savings") },
		"refresh": func(d *desk) error {
			d.numbers = []bank.Numbers{
				{Account: "checking", Routing: secret.New("011401533"), Number: secret.New("99990000")},
				{Account: "savings", Routing: secret.New("011401533"), Number: secret.New("99991111")},
			}
			_, err := d.Refresh(t.Context(), d.View("me"), "platypus")
			return err
		},
	}
}

func failingDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	_, err := d.Add(t.Context(), d.View("me"), "savings", good)
	must(t, err)
	d.World.Change("savings", func(a *core.Account) { a.ACH.Status = core.Verified })
	d.chain.calls = 0
	return d
}

// TestTheKeychainFailsAtEachCall lets each call fail once, before or after it is
// done: afterwards everything is as it was or as it was meant to be, and the next try
// succeeds.
func TestTheKeychainFailsAtEachCall(t *testing.T) {
	for name, do := range deeds(t) {
		for _, after := range []bool{false, true} {
			for n := 1; ; n++ {
				d := failingDesk(t)
				before, _ := d.World.Accounts()
				d.chain.failAt, d.chain.after = n, after
				err := do(d)
				if d.chain.calls < n {
					if n == 1 || err != nil {
						t.Errorf("%s: %d calls, %v", name, n-1, err)
					}
					break
				}
				if err == nil {
					t.Errorf("%s: call %d failed unnoticed", name, n)
				}
				if got, _ := d.World.Accounts(); !reflect.DeepEqual(before, got) {
					t.Errorf("%s, call %d, after %v: the vault changed: %+v", name, n, after, got)
				}
				d.allKnown(t, name)
				if err := do(d); err != nil {
					t.Errorf("%s, call %d, after %v: again: %v", name, n, after, err)
				}
				d.allKnown(t, name)
			}
		}
	}
}

// TestTheVaultFailsAtEachCommit does the same with the vault.
func TestTheVaultFailsAtEachCommit(t *testing.T) {
	full := errors.New("disk full")
	for name, do := range deeds(t) {
		for n := 1; ; n++ {
			d := failingDesk(t)
			commits := 0
			d.World.Fail = func(m string) error {
				switch m {
				case "UpdateAccounts", "AddAccount", "RemoveAccount":
					if commits++; commits == n {
						return full
					}
				}
				return nil
			}
			before, _ := d.World.Accounts()
			err := do(d)
			if commits < n {
				break
			}
			if !errors.Is(err, full) {
				t.Errorf("%s, commit %d: %v", name, n, err)
			}
			if got, _ := d.World.Accounts(); !reflect.DeepEqual(before, got) {
				t.Errorf("%s, commit %d: the vault changed: %+v", name, n, got)
			}
			d.allKnown(t, name)
			if err := do(d); err != nil {
				t.Errorf("%s, commit %d: again: %v", name, n, err)
			}
		}
	}
}

// allKnown checks that the vault tells of all numbers that are there, and that those
// that count as verified are the ones that were.
func (d *desk) allKnown(t *testing.T, when string) {
	t.Helper()
	all, err := d.World.Accounts()
	must(t, err)
	for _, a := range all {
		entry := d.entry(t, a.ID)
		if entry != "" && !a.ACH.Exists() {
			t.Errorf("%s: the vault knows nothing of the numbers of %s", when, a.ID)
		}
		if entry != "" && a.ACH.NumberLast4 != entry[len(entry)-4:] {
			t.Errorf("%s: the vault tells of other numbers of %s", when, a.ID)
		}
	}
}

// TestKilledAtEachStep lets nothing happen any more from some step on, neither in the
// vault nor in the keychain. Whatever is in the keychain then is of an account that
// the vault knows, and nothing counts as verified that is not.
func TestKilledAtEachStep(t *testing.T) {
	for name, do := range deeds(t) {
		for n := 1; ; n++ {
			d := failingDesk(t)
			steps := 0
			dead := func() bool { steps++; return steps >= n }
			d.chain.dead = dead
			d.World.Fail = func(m string) error {
				switch m {
				case "UpdateAccounts", "AddAccount", "RemoveAccount":
					if dead() {
						return errChain
					}
				}
				return nil
			}
			err := do(d)
			if steps < n {
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				break
			}
			d.chain.dead, d.World.Fail = nil, nil
			d.nothingUnknown(t, name, n)
		}
	}
}

func (d *desk) nothingUnknown(t *testing.T, name string, n int) {
	t.Helper()
	all, err := d.World.Accounts()
	must(t, err)
	known := map[secret.Name]core.AccountID{}
	for _, a := range all {
		known[secret.NumbersName(core.Practice, a.ID)] = a.ID
	}
	for entry := range d.chain.names {
		id, ok := known[entry]
		if _, err := d.chain.Memory.Get(t.Context(), entry); err != nil {
			continue
		}
		if !ok {
			t.Errorf("%s killed at step %d: nobody knows of %s", name, n, entry)
			continue
		}
		if !d.World.Account(id).ACH.Exists() {
			continue // it goes with the account, and the next numbers replace it
		}
		_, err := d.Reveal(t.Context(), d.View("me"), id, ach.Act{Meant: true})
		must(t, err)
		a := d.World.Account(id).ACH
		if a.Status == core.Verified && a.From == core.ByHand && d.entry(t, id) != "021000021/1111222233334417" {
			t.Errorf("%s killed at step %d: %s counts as verified and is not", name, n, d.entry(t, id))
		}
	}
}

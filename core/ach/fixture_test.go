package ach_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/accounts/accountstest"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

var errChain = errors.New("the keychain does not answer")

// chain is a secret store of which one call fails, before or after it is done.
type chain struct {
	*secret.Memory
	mu     sync.Mutex
	calls  int
	failAt int
	after  bool
	// dead, if it is not nil, tells that the program has been killed.
	dead func() bool
	// names are those of all entries that there ever were.
	names map[secret.Name]bool
}

func (c *chain) call(do func() error) error {
	if c.dead != nil && c.dead() {
		return errChain
	}
	c.mu.Lock()
	c.calls++
	failing := c.calls == c.failAt
	c.mu.Unlock()
	if failing && !c.after {
		return errChain
	}
	err := do()
	if failing {
		return errChain
	}
	return err
}

func (c *chain) Set(ctx context.Context, n secret.Name, v secret.Text) error {
	return c.call(func() error {
		c.names[n] = true
		return c.Memory.Set(ctx, n, v)
	})
}

func (c *chain) Get(ctx context.Context, n secret.Name) (v secret.Text, err error) {
	err = c.call(func() error { v, err = c.Memory.Get(ctx, n); return err })
	return v, err
}

func (c *chain) Delete(ctx context.Context, n secret.Name) error {
	return c.call(func() error { return c.Memory.Delete(ctx, n) })
}

// desk is a Service on a World.
type desk struct {
	*ach.Service
	*accountstest.Stand
	chain *chain
	// numbers is what the bank answers, err why it does not.
	numbers []bank.Numbers
	err     error
	// passphrase protects the data, if it is not "".
	passphrase string
}

func (d *desk) Numbers(context.Context, secret.Text) ([]bank.Numbers, error) { return d.numbers, d.err }

func (d *desk) Confirm(_ context.Context, p secret.Text) error {
	if p.Reveal() != d.passphrase {
		return fault.New("confirm", fault.Passphrase, nil)
	}
	return nil
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{chain: &chain{Memory: secret.NewMemory(), names: map[secret.Name]bool{}}}
	d.Stand = accountstest.NewStand(t, d.chain.Memory)
	d.Service = ach.New(ach.Deps{
		Env: core.Practice, Bank: d, Secrets: d.chain, Repo: d.World, Journal: d.World, Confirmer: d, Events: d.Events, Clock: accountstest.Clock{},
		Accounts: accounts.New(accounts.Deps{
			Env: core.Practice, Secrets: d.chain, Repo: d.World, Rows: d.World, Journal: d.World, Events: d.Events, Clock: accountstest.Clock{},
		}),
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

func pair(routing, number string) ach.Pair {
	return ach.Pair{Routing: secret.New(routing), Number: secret.New(number)}
}

var good = ach.Entry{Pair: pair("0210-0002 1", "1111 2222 3333 4417"), Kind: core.Checking, Owner: " Alberta Charleson "}

// entry is what the keychain has for an account, "" if nothing.
func (d *desk) entry(t *testing.T, id core.AccountID) string {
	t.Helper()
	packed, err := d.chain.Memory.Get(t.Context(), secret.NumbersName(core.Practice, id))
	if fault.Is(err, fault.SecretMissing) {
		return ""
	}
	must(t, err)
	n, err := bank.UnpackNumbers(id, packed)
	must(t, err)
	return n.Routing.Reveal() + "/" + n.Number.Reveal()
}

package boot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

// chain is a keychain that can be looked into, copied and made to fail.
type chain struct {
	mu      sync.Mutex
	entries map[secret.Name]secret.Text
	// calls counts the operations. The one with the number failAt, and all later
	// ones if stays, fail with kind: before they have done anything, or after.
	calls, failAt int
	kind          fault.Kind
	after, stays  bool
}

func newChain() *chain { return &chain{entries: map[secret.Name]secret.Text{}} }

// do does one operation, or fails.
func (c *chain) do(ctx context.Context, op func()) error {
	if err := secret.Ended(ctx, "chain"); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	fails := c.calls == c.failAt || c.stays && c.failAt > 0 && c.calls > c.failAt
	if !fails || c.after {
		op()
	}
	if fails {
		return fault.New("chain", c.kind, nil)
	}
	return nil
}

func (c *chain) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return c.do(ctx, func() { c.entries[name] = value })
}

func (c *chain) Get(ctx context.Context, name secret.Name) (value secret.Text, err error) {
	var ok bool
	if err := c.do(ctx, func() { value, ok = c.entries[name] }); err != nil {
		return secret.Text{}, err
	}
	if !ok {
		return secret.Text{}, fault.New("chain", fault.SecretMissing, nil)
	}
	return value, nil
}

func (c *chain) Delete(ctx context.Context, name secret.Name) error {
	return c.do(ctx, func() { delete(c.entries, name) })
}

// fail makes the n-th operation from now on fail.
func (c *chain) fail(n int, kind fault.Kind, after bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls, c.failAt, c.kind, c.after, c.stays = 0, n, kind, after, false
}

// failed reports whether the operation that was to fail has come.
func (c *chain) failed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failAt > 0 && c.calls >= c.failAt
}

func (c *chain) heal() { c.fail(0, "", false) }

func (c *chain) names() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var names []string
	for name := range c.entries {
		if !strings.HasSuffix(string(name), "/seen") { // it comes when it comes
			names = append(names, string(name))
		}
	}
	slices.Sort(names)
	return names
}

func (c *chain) clone() *chain {
	c.mu.Lock()
	defer c.mu.Unlock()
	other := newChain()
	for name, value := range c.entries {
		other.entries[name] = value
	}
	return other
}

// keychainKinds are the ways in which a keychain fails.
func keychainKinds() []fault.Kind {
	return []fault.Kind{
		fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.Canceled,
	}
}

func chainConfig(t *testing.T, c *chain) Config {
	t.Helper()
	made := config(t)
	made.Secrets = c
	return made
}

package boot

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
)

// What goes wrong while keys are saved leaves everything as it was: those that were
// there, and what is known about them.
func TestSavingKeysThatFails(t *testing.T) {
	for name, c := range map[string]struct {
		clientID, key string
		harm          func(t *testing.T, c *Config, p *stand, keys *chain)
		want          fault.Kind
	}{
		"wrong keys":      {ownID, "ffff2d3c4b5a69788796a5b4c3d2e1", nil, fault.Keys},
		"no client id":    {"", newSecret, nil, fault.Invalid},
		"no secret":       {ownID, "", nil, fault.Invalid},
		"a line break":    {ownID, newSecret + "\nx", nil, fault.Invalid},
		"no network":      {ownID, newSecret, func(_ *testing.T, _ *Config, p *stand, _ *chain) { p.setDown(true) }, fault.Network},
		"keychain locked": {ownID, newSecret, func(_ *testing.T, _ *Config, _ *stand, k *chain) { k.fail(1, fault.KeychainLocked, false) }, fault.KeychainLocked},
		"keychain fails":  {ownID, newSecret, func(_ *testing.T, _ *Config, _ *stand, k *chain) { k.fail(2, fault.KeychainTimeout, false) }, fault.KeychainTimeout},
		"keychain lies":   {ownID, newSecret, func(_ *testing.T, _ *Config, _ *stand, k *chain) { k.fail(2, fault.KeychainLied, true) }, fault.KeychainLied},
	} {
		for _, had := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				config, plaid := keysConfig(t)
				keys := newChain()
				config.Secrets = keys
				p := start(t, config)
				if had {
					save(t, p.KeyRing(), core.Sandbox, ownSecret)
				}
				before, want := maps.Clone(keys.entries), factsOf(t, p.KeyRing(), core.Sandbox)
				plaid.serve(t, newSecret, sandbox.Config{})
				if c.harm != nil {
					c.harm(t, &config, plaid, keys)
				}
				if err := p.KeyRing().Save(t.Context(), core.Sandbox, c.clientID, secret.New(c.key)); !fault.Is(err, c.want) {
					t.Errorf("Save = %v, want %s", err, c.want)
				}
				keys.fail(0, fault.None, false)
				if after := maps.Clone(keys.entries); len(after) != len(before) || after[secret.KeysName(core.Sandbox)] != before[secret.KeysName(core.Sandbox)] {
					t.Errorf("the keychain holds %d entries, not the %d of before, or others", len(after), len(before))
				}
				if got := factsOf(t, p.KeyRing(), core.Sandbox); got.Source != want.Source || got.ClientID != want.ClientID || !got.Check.Tested.Equal(want.Check.Tested) {
					t.Errorf("it tells %+v, not %+v", got, want)
				}
			})
		}
	}
}

// spoiling is a keychain that spoils something once, after a secret was set.
type spoiling struct {
	*chain
	spoil func()
}

func (s *spoiling) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	err := s.chain.Set(ctx, name, value)
	if spoil := s.spoil; spoil != nil {
		s.spoil = nil
		spoil()
	}
	return err
}

// What is known about new keys cannot be written: then they are not kept.
func TestSavingKeysThatCannotBeNoted(t *testing.T) {
	c, bank := keysConfig(t)
	keys := &spoiling{chain: newChain()}
	c.Secrets = keys
	k := start(t, c).KeyRing()
	save(t, k, core.Sandbox, ownSecret)
	before := maps.Clone(keys.chain.entries)
	bank.serve(t, newSecret, sandbox.Config{})
	notes := filepath.Join(c.DataDir, "keys-sandbox.json")
	keys.spoil = func() {
		for _, err := range []error{os.Rename(notes, notes+".aside"), os.MkdirAll(filepath.Join(notes, "full"), 0o700)} {
			if err != nil {
				t.Error(err)
			}
		}
	}
	if err := k.Save(t.Context(), core.Sandbox, ownID, secret.New(newSecret)); err == nil {
		t.Error("it is said to be saved")
	}
	if after := maps.Clone(keys.chain.entries); after[secret.KeysName(core.Sandbox)] != before[secret.KeysName(core.Sandbox)] {
		t.Error("other keys are kept than before")
	}
}

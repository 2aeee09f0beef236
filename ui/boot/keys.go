package boot

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/storage/settings"
)

// store returns where the program keeps secrets.
func (p *Program) store() secret.Store {
	if p.config.Secrets != nil {
		return p.config.Secrets
	}
	return keychain.New(keychain.Options{})
}

// Keychain tells why the keychain cannot be used; nil if it can.
func (p *Program) Keychain(ctx context.Context) error {
	if p.config.Secrets != nil {
		return nil
	}
	return keychain.New(keychain.Options{}).Available(ctx)
}

// HasKeys reports whether Plaid keys for an environment are kept. What is in a
// lockbox cannot be told before it is open; who has one has given keys once.
func (p *Program) HasKeys(ctx context.Context, env core.Environment) (bool, error) {
	if p.KeysAreSealed(env) {
		return true, nil
	}
	keys, err := p.plaidKeys(ctx, p.store(), env)
	return !keys.ClientID.IsEmpty(), err
}

// KeysAreSealed reports whether the keys of an environment are sealed with its
// passphrase, so that they are reached only while it is open.
func (p *Program) KeysAreSealed(env core.Environment) bool {
	_, err := os.Lstat(filepath.Join(envDir(p.dataDir, env), lockboxName))
	return err == nil
}

// keepKeys keeps the person's keys for the environment, and what CheckKeys has found
// out about them.
func (s *Services) keepKeys(ctx context.Context, keys plaid.Keys) error {
	if keys.ClientID.IsEmpty() {
		return nil
	}
	if err := s.Secrets.Set(ctx, secret.KeysName(s.Env), packKeys(keys)); err != nil {
		return err
	}
	check := s.program.checked(s.Env, keys)
	if check.IsZero() {
		return nil
	}
	return s.notes.tested(keys, check)
}

// adoptKeys moves keys from the keychain, where they were given before there was any
// data, into the lockbox of a new vault. A keychain that does not answer has none.
func (s *Services) adoptKeys(ctx context.Context) error {
	if s.box == nil || s.Env == core.Practice || s.program.keysGiven() {
		return nil
	}
	if empty, err := s.isEmpty(); err != nil || !empty {
		return err
	}
	if present, err := s.program.plaidKeys(ctx, s.Secrets, s.Env); err != nil || !present.ClientID.IsEmpty() {
		return err
	}
	chain := s.program.store()
	keys, err := s.program.plaidKeys(ctx, chain, s.Env)
	if err != nil || keys.ClientID.IsEmpty() {
		return nil
	}
	if err := s.Secrets.Set(ctx, secret.KeysName(s.Env), packKeys(keys)); err != nil {
		return err
	}
	if err := chain.Delete(ctx, secret.KeysName(s.Env)); err != nil {
		s.program.log.Warn("keys are left in the keychain", "error", err)
	}
	return nil
}

// CheckKeys asks Plaid what keys allow, which costs nothing, and so finds out whether
// it accepts them: the error is of the kind Keys if it does not.
func (p *Program) CheckKeys(ctx context.Context, env core.Environment, keys plaid.Keys) error {
	check, err := p.probe(ctx, env, keys)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lastCheck = lastCheck{env: env, keys: keys, check: check}
	return nil
}

// lastCheck is what CheckKeys has found out about keys that are not kept yet.
type lastCheck struct {
	env   core.Environment
	keys  plaid.Keys
	check core.KeyCheck
}

// checked returns what CheckKeys has found out about keys; zero if it was not asked.
func (p *Program) checked(env core.Environment, keys plaid.Keys) core.KeyCheck {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lastCheck.env != env || p.lastCheck.keys != keys {
		return core.KeyCheck{}
	}
	return p.lastCheck.check
}

// probe tests keys. Refused ones are a fault here, of the kind Keys.
func (p *Program) probe(ctx context.Context, env core.Environment, keys plaid.Keys) (core.KeyCheck, error) {
	check, err := p.probeKept(ctx, env, keys)
	if err == nil && !check.Works {
		return core.KeyCheck{}, fault.New("boot: test keys", fault.Keys, nil)
	}
	return check, err
}

// probeKept tests keys that are in use: it is a finding if they are refused.
func (p *Program) probeKept(ctx context.Context, env core.Environment, keys plaid.Keys) (core.KeyCheck, error) {
	client, err := plaid.New(p.plaidConfig(env, plaid.Config{Keys: keys, Tries: 2}))
	if err != nil {
		return core.KeyCheck{}, err
	}
	return client.Probe(ctx)
}

// plaidConfig fills in what is the same for all clients of Plaid.
func (p *Program) plaidConfig(env core.Environment, c plaid.Config) plaid.Config {
	c.Env, c.Now, c.Sleep, c.HTTP = env, p.Now, p.config.Clock.Sleep, p.config.HTTP
	return c
}

// plaidBank returns Plaid as these keys and what is noted about them let it be used;
// without keys it is absent.
func (p *Program) plaidBank(env core.Environment, keys plaid.Keys, notes settings.KeyNotes) (fullProvider, error) {
	check := checkOf(notes, keys)
	config := plaid.Config{Keys: keys, Countries: check.Use(notes.Wanted)}
	if check.Works {
		config.Products = check.Products
	}
	client, err := plaid.New(p.plaidConfig(env, config))
	if fault.Is(err, fault.NoKeys) {
		return absent{fault.NoKeys}, nil
	}
	if err != nil {
		return nil, err
	}
	return p.traceBank(client), nil
}

// plaidKeys returns the person's keys: those of the environment variables, or
// else those in the store; empty ones if there are none.
func (p *Program) plaidKeys(ctx context.Context, store secret.Store, env core.Environment) (plaid.Keys, error) {
	if p.keysGiven() {
		return p.config.Keys, nil
	}
	both, err := store.Get(ctx, secret.KeysName(env))
	if fault.Is(err, fault.SecretMissing) {
		return plaid.Keys{}, nil
	}
	return unpackKeys(both), err
}

// keysGiven reports whether the keys come from environment variables.
func (p *Program) keysGiven() bool { return !p.config.Keys.ClientID.IsEmpty() }

func packKeys(keys plaid.Keys) secret.Text {
	return secret.New(keys.ClientID.Reveal() + "\n" + keys.Secret.Reveal())
}

func unpackKeys(both secret.Text) plaid.Keys {
	id, key, _ := strings.Cut(both.Reveal(), "\n")
	return plaid.Keys{ClientID: secret.New(id), Secret: secret.New(key)}
}

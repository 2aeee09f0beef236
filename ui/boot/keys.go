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
	if _, err := os.Lstat(filepath.Join(envDir(p.dataDir, env), lockboxName)); err == nil {
		return true, nil
	}
	keys, err := p.plaidKeys(ctx, p.store(), env)
	return !keys.ClientID.IsEmpty(), err
}

// keepKeys keeps the person's keys for the environment.
func (s *Services) keepKeys(ctx context.Context, keys plaid.Keys) error {
	if keys.ClientID.IsEmpty() {
		return nil
	}
	return s.Secrets.Set(ctx, secret.KeysName(s.Env), secret.New(keys.ClientID.Reveal()+"\n"+keys.Secret.Reveal()))
}

// CheckKeys asks Plaid something that costs nothing, and so finds out whether it
// accepts keys.
func (p *Program) CheckKeys(ctx context.Context, env core.Environment, keys plaid.Keys) error {
	client, err := plaid.New(plaid.Config{Env: env, Keys: keys, Tries: 2})
	if err != nil {
		return err
	}
	_, err = client.SearchInstitutions(ctx, "Platypus")
	return err
}

// plaidKeys returns the person's keys: those of the environment variables, or
// else those in the store; empty ones if there are none.
func (p *Program) plaidKeys(ctx context.Context, store secret.Store, env core.Environment) (plaid.Keys, error) {
	if !p.config.Keys.ClientID.IsEmpty() {
		return p.config.Keys, nil
	}
	both, err := store.Get(ctx, secret.KeysName(env))
	if fault.Is(err, fault.SecretMissing) {
		return plaid.Keys{}, nil
	}
	if err != nil {
		return plaid.Keys{}, err
	}
	id, key, _ := strings.Cut(both.Reveal(), "\n")
	return plaid.Keys{ClientID: secret.New(id), Secret: secret.New(key)}, nil
}
